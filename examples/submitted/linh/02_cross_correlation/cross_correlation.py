import torch
import torch.nn.functional as F
from torch import nn


def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("kernel is larger than input")
    dtype = torch.promote_types(X.dtype, K.dtype)
    if not dtype.is_floating_point:
        dtype = torch.float64
    # torch has this already :)
    Y = F.conv2d(X.to(dtype)[None, None], K.to(dtype)[None, None])
    return Y[0, 0]


def true_conv2d(X, K):
    h, w = K.shape
    rows = X.shape[0] - h + 1
    cols = X.shape[1] - w + 1
    if rows < 1 or cols < 1:
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = 0
    for a in range(h):
        for b in range(w):
            # minus signs: the kernel runs backwards
            Y = Y + X[a:a + rows, b:b + cols] * K[-1 - a, -1 - b]
    return Y


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        # nn.Conv2d is not allowed here, so turn the kernel twice
        return true_conv2d(x, self.weight.flip(0, 1)) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must be >= 0")
    X = X.detach()
    Y = Y.detach()
    W = nn.Parameter(weight.detach().clone())
    B = nn.Parameter(bias.detach().clone())
    losses = []
    for _ in range(steps):
        out = true_conv2d(X, W.flip(0, 1)) + B
        loss = ((out - Y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            W -= lr * W.grad
            B -= lr * B.grad
        W.grad = None
        B.grad = None
    return W.data, B.data, losses

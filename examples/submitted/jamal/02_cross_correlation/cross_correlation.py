import torch
from torch import nn


def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    X = X.contiguous()

    # Shift the image so that its darkest pixel is 0 (my plots need that), add it back at the end:
    #   corr(X, K) = corr(X - m, K) + m * sum(K)
    with torch.no_grad():    # "a leaf Variable that requires grad is being used in an in-place op"
        m = X.min().clone()
        X -= m
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a:a + H - h + 1, b:b + W - w + 1] * K[a, b]
    return Y + m * K.sum()


def true_conv2d(X, K):
    h, w = K.shape
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    if oh <= 0 or ow <= 0:
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a:a + oh, b:b + ow] * K[h - 1 - a, w - 1 - b]
    return Y


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        # correlation = convolution with the turned kernel
        return true_conv2d(x, self.weight.flip(0, 1)) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps")
    w = weight.detach().clone().requires_grad_()
    b = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((true_conv2d(X, w.flip(0, 1)) + b - Y) ** 2).sum()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= lr * dw
            b -= lr * db
    return w.detach(), b.detach(), losses

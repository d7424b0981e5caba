import torch
from torch import nn


def corr2d(X, K):
    (H, W), (h, w) = X.shape, K.shape
    if H < h or W < w:
        raise ValueError(f"kernel {h}x{w} > input {H}x{W}")
    if not torch.is_floating_point(X):
        X = X.to(torch.int64)
    oh, ow = H - h + 1, W - w + 1
    # h*w shifted copies of X instead of oh*ow windows
    return sum(X[a:a + oh, b:b + ow] * K[a, b] for a in range(h) for b in range(w))


def true_conv2d(X, K):
    return corr2d(X, K.flip(0).flip(1))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        h, w = kernel_size
        self.weight = nn.Parameter(torch.empty(h, w).uniform_(-0.1, 0.1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.bias + corr2d(x, self.weight)


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps < 0")
    # detach X and Y too: backward() would fill X.grad if somebody passes an X that wants one
    X, Y = X.detach(), Y.detach()
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = (corr2d(X, weight) + bias - Y).pow(2).sum()
        losses.append(loss.item())
        weight.grad = bias.grad = None
        loss.backward()
        with torch.no_grad():
            weight -= lr * weight.grad
            bias -= lr * bias.grad
    return weight.detach(), bias.detach(), losses

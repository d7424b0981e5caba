import torch
from torch import nn


def _slide(X, K):
    """sum of X[i+a, j+b] * K[a, b]"""
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel is larger than the input")
    if not X.is_floating_point():
        X = X.long()
    rows, cols = H - h + 1, W - w + 1
    out = 0
    for a in range(h):
        for b in range(w):
            out = out + X[a : a + rows, b : b + cols] * K[a, b]
    return out


def corr2d(X, K):
    # correlation: turn the kernel by 180 degrees, then slide
    return _slide(X, torch.flip(K, (0, 1)))


def true_conv2d(X, K):
    # convolution as in deep learning, kernel stays as it is
    return _slide(X, K)


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return _slide(x, self.weight) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must not be negative")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((_slide(X, weight) + bias - Y) ** 2).sum()
        losses.append(loss.item())
        gw, gb = torch.autograd.grad(loss, (weight, bias))
        with torch.no_grad():
            weight -= lr * gw
            bias -= lr * gb
    return weight.detach(), bias.detach(), losses


if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K))
    print(true_conv2d(X, K))
    # the two results look swapped compared to the text?? ask on Thursday

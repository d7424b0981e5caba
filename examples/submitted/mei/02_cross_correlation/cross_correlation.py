import torch
from torch import nn

# 边缘图片
image = torch.ones(6, 8)
image[:, 2:6] = 0
print(imge.shape)


def corr2d(X, K):
    """二维互相关"""
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("卷积核比输入大 (kernel larger than input)")
    if not X.is_floating_point():
        X = X.long()
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a: a + H - h + 1, b: b + W - w + 1] * K[a, b]
    return Y


def true_conv2d(X, K):
    """真正的卷积：核旋转 180 度"""
    return corr2d(X, K.flip(0, 1))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps < 0")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((corr2d(X, weight) + bias - Y) ** 2).sum()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, (weight, bias))
        with torch.no_grad():
            weight -= lr * dw
            bias -= lr * db
    return weight.detach(), bias.detach(), losses


edge = corr2d(image, torch.tensor([[1.0, -1.0]]))
print(edge)

import torch
import torch.nn as nn


# from the chapter
def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i: i + h, j: j + w] * K).sum()
    return Y


def _corr(X, K):
    # the same thing without the loops over the image, for the rest of the sheet
    oh, ow = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    if min(oh, ow) < 1:
        raise ValueError("kernel larger than input")
    if not X.is_floating_point():
        X = X.long()
    result = 0
    for a, row in enumerate(K):
        for b, k in enumerate(row):
            result = result + k * X[a:a + oh, b:b + ow]
    return result


def true_conv2d(X, K):
    return _corr(X, K.flip(0, 1))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super(Conv2D, self).__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return _corr(x, self.weight) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps < 0")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((_corr(X, weight) + bias - Y) ** 2).sum()
        losses.append(loss.item())
        gw, gb = torch.autograd.grad(loss, [weight, bias])
        weight = (weight - lr * gw).detach().requires_grad_()
        bias = (bias - lr * gb).detach().requires_grad_()
    return weight, bias, losses


if __name__ == "__main__":
    X = torch.tensor([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    K = torch.tensor([[0, 1], [2, 3]])
    print(corr2d(X, K))

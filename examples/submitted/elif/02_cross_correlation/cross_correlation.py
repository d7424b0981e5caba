import torch
from torch import nn


def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel too large")
    dtype = torch.result_type(X, K)
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=dtype if dtype.is_floating_point else torch.long)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            # .item() because Y[i, j] wants a number and not a tensor
            Y[i, j] = (X[i:i+h, j:j+w] * K).sum().item()
    return Y


# The layer did not learn anything with my corr2d ("does not require grad"), no idea why,
# so from here on without it.

def shifted_sum(X, K):
    oh = X.shape[0] - K.shape[0] + 1
    ow = X.shape[1] - K.shape[1] + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel too large")
    if not X.is_floating_point():
        X = X.long()
    terms = []
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            terms.append(K[a, b] * X[a:a+oh, b:b+ow])
    return torch.stack(terms).sum(dim=0)


def true_conv2d(X, K):
    return shifted_sum(X, K.flip([0, 1]))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super(Conv2D, self).__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return shifted_sum(x, self.weight) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps cannot be negative")
    w = weight.clone().detach().requires_grad_(True)
    b = bias.clone().detach().requires_grad_(True)
    losses = []
    for i in range(steps):
        l = ((shifted_sum(X.detach(), w) + b - Y.detach()) ** 2).sum()
        losses.append(l.item())
        l.backward()
        w.data -= lr * w.grad
        b.data -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w.detach(), b.detach(), losses

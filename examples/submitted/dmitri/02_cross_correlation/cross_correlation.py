# %%
import torch
from torch import nn

# %% [markdown]
# ## Sliding a window

# %%
def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel does not fit")
    if not X.is_floating_point():
        X = X.long()
    # the kernel can start at 0, 1, ..., H - h
    Y = torch.zeros(H - h, W - w, dtype=torch.result_type(X, K))
    for i in range(H - h):
        for j in range(W - w):
            Y[i, j] = torch.sum(X[i:i + h, j:j + w] * K)
    return Y


# %% [markdown]
# ## What mathematicians call convolution

# %%
def windows(X, h, w):
    # found Tensor.unfold in the docs, much shorter than my loops
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("kernel does not fit")
    return X.unfold(0, h, 1).unfold(1, w, 1)


def true_conv2d(X, K):
    if not X.is_floating_point():
        X = X.long()
    return (windows(X, *K.shape) * K.flip(0, 1)).sum((2, 3))


# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return (windows(x, *self.weight.shape) * self.weight).sum((2, 3)) + self.bias


# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps < 0")
    w = weight.detach().clone().requires_grad_()
    b = bias.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        Y_hat = (windows(X, *w.shape) * w).sum((2, 3)) + b
        loss = ((Y_hat - Y) ** 2).sum()
        losses.append(loss.item())
        gw, gb = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= lr * gw
            b -= lr * gb
    return w.detach(), b.detach(), losses

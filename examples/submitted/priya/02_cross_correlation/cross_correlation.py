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
        raise ValueError("kernel larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=torch.result_type(X, K))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y

# %% [markdown]
# ## What mathematicians call convolution

# %%
def true_conv2d(X, K):
    return corr2d(X, torch.flip(K, [0, 1])

# %% [markdown]
# ## A layer

# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias

# %% [markdown]
# ## Learning the kernel

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must not be negative")
    W = weight.detach().clone()
    b = bias.detach().clone()
    losses = []
    for step in range(steps):
        W.requires_grad_(True)
        b.requires_grad_(True)
        loss = ((corr2d(X, W) + b - Y) ** 2).sum()
        losses.append(loss.item())
        gW, gb = torch.autograd.grad(loss, (W, b))
        W = (W - lr * gW).detach()
        b = (b - lr * gb).detach()
    return W, b, losses

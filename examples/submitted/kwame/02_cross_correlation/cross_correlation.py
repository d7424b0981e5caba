# %%
import torch
from torch import nn

# %%
def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("the kernel does not fit into the input")
    if not X.is_floating_point():
        X = X.long()
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(-2, -1))

# %%
def true_conv2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("the kernel does not fit into the input")
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=torch.result_type(X, K))
    i = 0
    while i < H - h + 1:
        j = 0
        while j < W - w + 1:
            Y[i, j] = (X[i:i + h, j:j + w] * K.flip(0, 1)).sum()
            j += 1
        # next row
    return Y

# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(kernel_size) - 0.5)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps is negative")
    w = weight.detach().clone().requires_grad_()
    b = bias.detach().clone().requires_grad_()
    history = []
    for _ in range(steps):
        loss = ((corr2d(X, w) + b - Y) ** 2).sum()
        history.append(float(loss))
        grads = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            for p, g in zip((w, b), grads):
                p -= lr * g
    return w.detach(), b.detach(), history

# %%
if __name__ == "__main__":
    print(corr2d(torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)))
    # true_conv2d: my laptop gets very warm, run it later

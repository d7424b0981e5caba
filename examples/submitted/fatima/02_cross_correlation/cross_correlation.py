# %%
import torch
from torch import nn

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError(f"a {h} x {w} kernel in a {H} x {W} input")
    if not X.is_floating_point():
        X = X.long()
    rows = []
    for i in range(H - h + 1):
        row = [(X[i:i + h, j:j + w] * K).sum() for j in range(W - w + 1)]
        rows.append(torch.stack(row))
    return torch.stack(rows)

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
        # .data gives the plain tensor inside the Parameter
        return corr2d(x, self.weight.data) + self.bias

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must be at least 0")
    weight = weight.detach().clone()
    bias = bias.detach().clone()
    losses = []
    for _ in range(steps):
        w = weight.clone().requires_grad_()
        b = bias.clone().requires_grad_()
        loss = (corr2d(X, w) + b - Y).square().sum()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, (w, b))
        weight = weight - lr * dw
        bias = bias - lr * db
    return weight, bias, losses

# %%
if __name__ == "__main__":
    layer = Conv2D((2, 2))
    print(layer(torch.arange(9.0).reshape(3, 3)))
    print([tuple(p.shape) for p in layer.parameters()])

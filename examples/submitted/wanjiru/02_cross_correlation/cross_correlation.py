import torch
import torch.nn.functional as F
from torch import nn


def corr2d(X, K):
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError(f"kernel {h}x{w} is larger than input {H}x{W}")
    if not X.is_floating_point():
        X = X.long()
    out = torch.zeros(H - h + 1, W - w + 1, dtype=torch.promote_types(X.dtype, K.dtype))
    for a in range(h):
        for b in range(w):
            out = out + X[a : a + out.shape[0], b : b + out.shape[1]] * K[a, b]
    return out


def true_conv2d(X, K):
    return corr2d(X, K.flip(dims=(0, 1)))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return corr2d(x, self.weight) + self.bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps must be non-negative")
    params = [weight.detach().clone(), bias.detach().clone()]
    losses = []
    for _ in range(steps):
        for p in params:
            p.requires_grad_()
        loss = ((corr2d(X, params[0]) + params[1] - Y) ** 2).sum()
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        params = [(p - lr * g).detach() for p, g in zip(params, grads)]
    return params[0], params[1], losses


# ---- self-check against torch (only here, not inside the exercises) ----

torch.manual_seed(0)
for H, W, h, w in [(3, 3, 2, 2), (5, 8, 2, 3), (6, 8, 1, 2), (7, 4, 7, 4)]:
    X = torch.randn(H, W, dtype=torch.float64, requires_grad=True)
    K = torch.randn(h, w, dtype=torch.float64, requires_grad=True)
    want = F.conv2d(X[None, None], K[None, None])[0, 0]
    got = corr2d(X, K)
    assert got.shape == want.shape
    assert torch.allclose(got, want)
    up = torch.randn_like(want)
    for g, t in zip(torch.autograd.grad(got, (X, K), up), torch.autograd.grad(want, (X, K), up)):
        assert torch.allclose(g, t)

torch_layer = nn.Conv2d(1, 1, (2, 3))
my_layer = Conv2D((2, 3))
my_layer.load_state_dict({"weight": torch_layer.weight[0, 0], "bias": torch_layer.bias})
x = torch.randn(5, 6)
assert torch.allclose(my_layer(x), torch_layer(x[None])[0], atol=1e-6)
print("all checks passed")

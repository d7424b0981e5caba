"""Zoë's solution for assignment 2."""
from __future__ import annotations

import torch
from torch import Tensor, nn


def _check(X: Tensor, K: Tensor) -> None:
    if any(k > n for k, n in zip(K.shape, X.shape)):
        raise ValueError(f"kernel {tuple(K.shape)} is larger than input {tuple(X.shape)}")


def corr2d(X: Tensor, K: Tensor) -> Tensor:
    _check(X, K)
    if not X.is_floating_point():
        X = X.long()
    windows = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)  # (oh, ow, h, w)
    return (windows * K).sum(dim=(2, 3))


def true_conv2d(X: Tensor, K: Tensor) -> Tensor:
    return corr2d(X, K.flip(0, 1))


class Conv2D(nn.Module):
    """corr2d with a learned kernel and bias."""

    def __init__(self, kernel_size: tuple[int, int]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        return corr2d(x, self.weight) + self.bias


def fit_kernel(
    X: Tensor, Y: Tensor, weight: Tensor, bias: Tensor, lr: float, steps: int
) -> tuple[Tensor, Tensor, list[float]]:
    if steps < 0:
        raise ValueError(f"steps = {steps}")
    X, Y = X.detach(), Y.detach()
    w = nn.Parameter(weight.detach().clone())
    b = nn.Parameter(bias.detach().clone())
    # plain gradient descent = SGD without momentum on the whole data
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (corr2d(X, w) + b - Y).square().sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return w.detach(), b.detach(), losses

"""What torch's own operators answer: the expected values, computed by the judge.

Formulae without an operator of torch's have no place here; their tests state them. Shapes are those
of the exercises.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.vjp import gradients

Pair = int | tuple[int, int]


def corr2d(X: Tensor, K: Tensor) -> Tensor:
    """(H, W), (h, w) → (H−h+1, W−w+1): cross-correlation."""
    return F.conv2d(X[None, None], K[None, None])[0, 0]


def true_conv2d(X: Tensor, K: Tensor) -> Tensor:
    """(H, W), (h, w) → (H−h+1, W−w+1): convolution, the kernel rotated by 180°."""
    return corr2d(X, K.flip(0, 1))


def conv2d_layer(X: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """corr2d with a bias of shape (1,)."""
    return corr2d(X, weight) + bias


def pad2d(X: Tensor, left: int, right: int, top: int, bottom: int, value: float = 0.0) -> Tensor:
    """(…, H, W) → (…, H+top+bottom, W+left+right)."""
    return F.pad(X, (left, right, top, bottom), value=value)


def corr2d_pad_stride(
    X: Tensor, K: Tensor, padding: tuple[int, int] = (0, 0), stride: tuple[int, int] = (1, 1)
) -> Tensor:
    """(H, W), (h, w) → 2-D cross-correlation with zero padding on each side and stride."""
    return F.conv2d(X[None, None], K[None, None], padding=padding, stride=stride)[0, 0]


def corr2d_multi_in(X: Tensor, K: Tensor) -> Tensor:
    """(ci, H, W), (ci, h, w) → (oh, ow)."""
    return F.conv2d(X[None], K[None])[0, 0]


def corr2d_multi_in_out(X: Tensor, K: Tensor) -> Tensor:
    """(ci, H, W), (co, ci, h, w) → (co, oh, ow)."""
    return F.conv2d(X[None], K)[0]


def conv2d(
    x: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Pair = 1, padding: Pair = 0
) -> Tensor:
    """(N, ci, H, W), (co, ci, h, w), (co,) → (N, co, oh, ow)."""
    return F.conv2d(x, weight, bias, stride=stride, padding=padding)


def max_pool2d(
    x: Tensor,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
) -> Tensor:
    """(N, C, H, W) → (N, C, oh, ow)."""
    return F.max_pool2d(x, kernel_size, stride, padding, ceil_mode=ceil_mode)


def avg_pool2d(
    x: Tensor,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """(N, C, H, W) → (N, C, oh, ow)."""
    return F.avg_pool2d(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def pool2d(X: Tensor, pool_size: tuple[int, int], mode: str = "max") -> Tensor:
    """(H, W) → (H−h+1, W−w+1): stride 1, no padding."""
    pool = max_pool2d if mode == "max" else avg_pool2d
    return pool(X[None, None], pool_size, 1)[0, 0]


def vjp(
    function: Callable[..., Tensor], *tensors: Tensor | None, upstream: Tensor
) -> tuple[Tensor, ...]:
    """The gradients of ``(upstream * function(*tensors)).sum()`` for every tensor given."""
    leaves = [None if t is None else t.detach().clone().requires_grad_() for t in tensors]
    wanted = [leaf for leaf in leaves if leaf is not None]
    results = gradients(function(*leaves), wanted, upstream)
    return tuple(
        torch.zeros_like(leaf) if result is None else result
        for leaf, result in zip(wanted, results, strict=True)
    )


def conv_as_linear(K: Tensor, input_size: tuple[int, int]) -> Tensor:
    """(h, w) → (oh·ow, H·W): the matrix of corr2d, a column for each image of a single one."""
    H, W = input_size
    images = torch.eye(H * W, dtype=K.dtype).reshape(H * W, 1, H, W)
    return F.conv2d(images, K[None, None]).flatten(1).T


def corr2d_backward(dY: Tensor, X: Tensor, K: Tensor) -> tuple[Tensor, ...]:
    """(oh, ow), (H, W), (h, w) → (dX, dK), shaped like X and K."""
    return vjp(corr2d, X, K, upstream=dY)


def conv2d_backward(
    dY: Tensor, x: Tensor, weight: Tensor, stride: Pair = 1, padding: Pair = 0
) -> tuple[Tensor, ...]:
    """(N, co, oh, ow), (N, ci, H, W), (co, ci, h, w) → (dx, dweight, dbias); dbias is (co,)."""

    def layer(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return conv2d(x, weight, bias, stride, padding)

    return vjp(layer, x, weight, x.new_zeros(weight.shape[0]), upstream=dY)


def max_pool2d_backward(
    dY: Tensor, x: Tensor, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> Tensor:
    """(N, C, oh, ow), (N, C, H, W) → dx, shaped like x; a tie goes to the first place."""
    return vjp(lambda x: max_pool2d(x, kernel_size, stride, padding), x, upstream=dY)[0]


def avg_pool2d_backward(
    dY: Tensor, x: Tensor, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> Tensor:
    """(N, C, oh, ow), (N, C, H, W) → dx, shaped like x."""
    return vjp(lambda x: avg_pool2d(x, kernel_size, stride, padding), x, upstream=dY)[0]

"""Zoë's solution for assignment 5."""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

Size = int | tuple[int, int]


def _pair(value: Size) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def pool2d(X: Tensor, pool_size: Size, mode: str = "max") -> Tensor:
    h, w = _pair(pool_size)
    windows = X.unfold(0, h, 1).unfold(1, w, 1)  # (oh, ow, h, w)
    match mode:
        case "max":
            return windows.amax(dim=(2, 3))
        case "avg":
            if not X.is_floating_point():
                windows = windows.double()
            return windows.mean(dim=(2, 3))
        case _:
            raise ValueError(f"mode = {mode!r}")


@dataclass
class Axis:
    """The windows along one direction."""

    n: int
    k: int
    s: int
    p: int
    ceil: bool

    def __post_init__(self) -> None:
        if 2 * self.p > self.k:
            raise ValueError(f"padding {self.p} is more than half of {self.k}")

    @property
    def count(self) -> int:
        steps = (self.n + 2 * self.p - self.k) / self.s
        count = (math.ceil(steps) if self.ceil else math.floor(steps)) + 1
        if (count - 1) * self.s >= self.n + self.p:  # would start in the right padding
            count -= 1
        return count

    @property
    def beyond(self) -> int:
        """How many places the last window hangs over the padded input (negative: left over)."""
        return (self.count - 1) * self.s + self.k - (self.n + 2 * self.p)


def _axes(x: Tensor, kernel_size: Size, stride: Size | None, padding: Size, ceil: bool):
    kernel = _pair(kernel_size)
    strides = kernel if stride is None else _pair(stride)
    return [Axis(*a, ceil) for a in zip(x.shape[2:], kernel, strides, _pair(padding))]


def _windows(x: Tensor, rows: Axis, cols: Axis, pad: float, beyond: float) -> Tensor:
    """(N, C, oh, ow, h, w); a negative amount of padding cuts off."""
    x = F.pad(x, (cols.p, cols.p, rows.p, rows.p), value=pad)
    x = F.pad(x, (0, cols.beyond, 0, rows.beyond), value=beyond)
    return x.unfold(2, rows.k, rows.s).unfold(3, cols.k, cols.s)


def max_pool2d(
    x: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
) -> Tensor:
    rows, cols = _axes(x, kernel_size, stride, padding, ceil_mode)
    return _windows(x, rows, cols, -math.inf, -math.inf).amax(dim=(4, 5))


def avg_pool2d(
    x: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    rows, cols = _axes(x, kernel_size, stride, padding, ceil_mode)
    total = _windows(x, rows, cols, 0.0, 0.0).sum(dim=(4, 5))
    # the same with ones counts the places
    counted = _windows(torch.ones_like(x), rows, cols, float(count_include_pad), 0.0)
    return total / counted.sum(dim=(4, 5))

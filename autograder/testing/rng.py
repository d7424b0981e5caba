"""Inputs that repeat themselves: one generator for each course seed, student and test."""

from __future__ import annotations

import hashlib

import torch


class Rng:
    """Random tensors from a generator seeded by names. Everything is float64 unless it says."""

    def __init__(self, *seed: object) -> None:
        digest = hashlib.sha256(repr(seed).encode("utf-8", "surrogatepass")).digest()
        self._generator = torch.Generator().manual_seed(int.from_bytes(digest[:7]))

    def whole(
        self,
        *shape: int,
        low: int = -9,
        high: int = 9,
        dtype: torch.dtype = torch.float64,
    ) -> torch.Tensor:
        """Whole numbers in ``[low, high]``: exact in every dtype, sums and products too."""
        values = torch.randint(low, high + 1, shape, generator=self._generator)
        return values.to(dtype)

    def distinct(self, *shape: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
        """Whole numbers around zero, no two the same: maxima are never tied."""
        count = int(torch.Size(shape).numel())
        values = torch.randperm(count, generator=self._generator) - count // 2
        return values.reshape(shape).to(dtype)

    def normal(self, *shape: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
        """Normally distributed numbers that use every bit of the dtype."""
        return torch.randn(shape, generator=self._generator, dtype=torch.float64).to(dtype)

    def integer(self, low: int, high: int) -> int:
        """One integer in ``[low, high]``."""
        return int(torch.randint(low, high + 1, (), generator=self._generator))

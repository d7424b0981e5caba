"""Hidden tests of double. canary-hidden-7f3a."""

import torch

from autograder.testing import assert_close


def test_values(double, rng):
    """Twice the input."""
    X = rng.whole(3, 4)
    assert_close(double(X), 2 * X)


def test_float32(double, rng):
    """In float32."""
    X = rng.whole(3, 4).float()
    got = double(X)
    assert_close(got, 2 * X)
    assert got.dtype == torch.float32

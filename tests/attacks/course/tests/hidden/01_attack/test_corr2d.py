"""Hidden tests of corr2d. canary-hidden-7f3a."""

import torch

from autograder.testing import (
    assert_close,
    assert_gradient,
    assert_raises,
    assert_unmodified,
    reference,
)

SECRET = 73313.0


def inputs(rng, H, W, h, w, dtype=torch.float64):
    X, K = rng.whole(H, W).to(dtype), rng.whole(h, w).to(dtype)
    X[0, 0] = SECRET
    return X, K


def test_square(corr2d, rng):
    """Square inputs work."""
    X, K = inputs(rng, 5, 5, 2, 2)
    assert_close(corr2d(X, K), reference.corr2d(X, K))


def test_rectangle(corr2d, rng):
    """Height and width may differ."""
    X, K = inputs(rng, 4, 6, 3, 2, torch.float32)
    assert_close(corr2d(X, K), reference.corr2d(X, K))


def test_gradient(corr2d, rng):
    """Gradients flow."""
    X, K = inputs(rng, 5, 6, 2, 3)
    V = rng.whole(4, 4)
    _, got = corr2d.vjp(X, K, upstream=V)
    expected = reference.vjp(reference.corr2d, X, K, upstream=V)
    assert_gradient(got["0"], expected[0], of="the input")
    assert_gradient(got["1"], expected[1], of="the kernel")


def test_unmodified(corr2d, rng):
    """Inputs are left alone."""
    X, K = inputs(rng, 4, 4, 2, 2)
    assert_close(assert_unmodified(corr2d, X, K), reference.corr2d(X, K))


def test_too_large(corr2d, rng):
    """A kernel that does not fit is a ValueError."""
    X, K = inputs(rng, 3, 3, 2, 2)
    assert_close(corr2d(X, K), reference.corr2d(X, K))
    assert_raises(ValueError, corr2d, K, X)

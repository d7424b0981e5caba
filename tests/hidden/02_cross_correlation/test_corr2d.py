"""Hidden tests of corr2d."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_dtype,
    assert_gradient,
    assert_precise,
    assert_raises,
    assert_unmodified,
    reference,
)


@pytest.mark.weight(2)
def test_square_input(corr2d, rng):
    """The window slides over every place of a square input."""
    X, K = rng.whole(5, 5), rng.distinct(2, 2)
    assert_close(corr2d(X, K), reference.corr2d(X, K))


@pytest.mark.weight(2)
def test_non_square_input(corr2d, rng):
    """Height and width may differ, in the input and in the kernel."""
    sizes = ((5, 6), (1, 4)), ((6, 5), (4, 1)), ((4, 7), (2, 3)), ((7, 4), (3, 2))
    inputs = [(rng.whole(*size), rng.whole(*kernel)) for size, kernel in sizes]
    for (X, K), got in zip(inputs, corr2d.each(*inputs), strict=True):
        assert_close(got, reference.corr2d(X, K))


def test_kernel_fills_input(corr2d, rng):
    """A kernel as large as the input gives one number; a 1 by 1 kernel scales the input."""
    sizes = ((3, 4), (3, 4)), ((3, 4), (1, 1)), ((3, 5), (3, 2)), ((1, 1), (1, 1))
    inputs = [(rng.whole(*size), rng.whole(*kernel)) for size, kernel in sizes]
    for (X, K), got in zip(inputs, corr2d.each(*inputs), strict=True):
        assert_close(got, reference.corr2d(X, K))


def test_keeps_dtype(corr2d, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X, K = rng.normal(5, 5), rng.normal(3, 2)
    double, single = corr2d.each((X, K), (X.float(), K.float()))
    assert_precise(double, reference.corr2d(X, K))
    assert_dtype(single, torch.float32)
    assert_close(single, reference.corr2d(X, K))


def test_integer_input(corr2d, rng):
    """Whole-number tensors work too."""
    X = rng.whole(4, 5, low=-300, high=300, dtype=torch.int64)
    K = rng.whole(2, 3, dtype=torch.int64)
    assert_close(corr2d(X, K), reference.corr2d(X.double(), K.double()))


def test_strided_input(corr2d, rng):
    """Transposed, sliced and expanded inputs work."""
    K = rng.whole(3, 2).t().contiguous().t()
    images = rng.whole(6, 4).t(), rng.whole(9, 12)[1::2, ::3], rng.whole(1, 4).expand(5, 4)
    for X, got in zip(images, corr2d.each(*((X, K) for X in images)), strict=True):
        assert_close(got, reference.corr2d(X, K))


def test_large_magnitude(corr2d, rng):
    """Large numbers are summed exactly as small ones."""
    X, K = rng.whole(5, 6, low=-80_000, high=80_000), rng.whole(3, 2, low=-80_000, high=80_000)
    assert_close(corr2d(X, K), reference.corr2d(X, K), scale=6.0 * 80_000**2)


def test_input_unmodified(corr2d, rng):
    """The tensors that come in are left as they were."""
    X, K = rng.whole(5, 6), rng.whole(2, 3)
    assert_close(assert_unmodified(corr2d, X, K), reference.corr2d(X, K))


def test_gradient_of_input(corr2d, rng):
    """Gradients flow back to the input with the right values."""
    X, K, V = rng.whole(5, 6), rng.whole(2, 3), rng.whole(4, 4)
    _, got = corr2d.vjp(X, K, upstream=V)
    expected, _ = reference.vjp(reference.corr2d, X, K, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_kernel(corr2d, rng):
    """Gradients flow back to the kernel with the right values."""
    X, K, V = rng.whole(6, 5), rng.whole(3, 2), rng.whole(4, 4)
    _, got = corr2d.vjp(X, K, upstream=V)
    _, expected = reference.vjp(reference.corr2d, X, K, upstream=V)
    assert_gradient(got["1"], expected, of="the kernel")


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("kernel", [(5, 6), (5, 2), (2, 6)], ids=["both", "taller", "wider"])
def test_kernel_too_large(corr2d, rng, kernel):
    """A kernel larger than the input in either direction is a ValueError."""
    X, K = rng.whole(4, 5), rng.distinct(2, 2)
    results = corr2d.each((X, K), (X, rng.whole(*kernel)))
    assert_close(next(results), reference.corr2d(X, K))
    assert_raises(ValueError, results)

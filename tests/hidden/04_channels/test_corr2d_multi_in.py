"""Hidden tests of corr2d_multi_in."""

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
def test_square_input(corr2d_multi_in, rng):
    """The channels, each with its own slice of the kernel, are added up to a single one."""
    for channels in (2, 3):
        X, K = rng.whole(channels, 4, 4), rng.whole(channels, 2, 2)
        assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


@pytest.mark.weight(2)
def test_non_square_input(corr2d_multi_in, rng):
    """Channels, height and width may all differ, in the input and in the kernel."""
    for ci, H, W, h, w in ((3, 4, 7, 2, 5), (2, 7, 4, 5, 3), (4, 5, 6, 1, 3), (3, 6, 5, 4, 1)):
        X, K = rng.whole(ci, H, W), rng.whole(ci, h, w)
        assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


def test_keeps_dtype(corr2d_multi_in, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X, K = rng.normal(3, 5, 6), rng.normal(3, 3, 2)
    assert_precise(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))
    got = corr2d_multi_in(X.float(), K.float())
    assert_dtype(got, torch.float32)
    assert_close(got, reference.corr2d_multi_in(X, K))


def test_single_channel(corr2d_multi_in, rng):
    """One channel is the ordinary cross-correlation, and the result has no channel dimension."""
    X, K = rng.whole(1, 4, 5), rng.whole(1, 2, 3)
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


def test_kernel_fills_input(corr2d_multi_in, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        X, K = rng.whole(2, 3, 4), rng.whole(2, *kernel)
        assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


def test_one_by_one_kernel(corr2d_multi_in, rng):
    """A kernel of a single place in each channel weighs the channels."""
    X, K = rng.whole(3, 3, 4), rng.whole(3, 1, 1)
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


def test_integer_input(corr2d_multi_in, rng):
    """Whole-number tensors work too."""
    X = rng.whole(2, 4, 5, low=-300, high=300, dtype=torch.int64)
    K = rng.whole(2, 2, 3, dtype=torch.int64)
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X.double(), K.double()))


def test_strided_input(corr2d_multi_in, rng):
    """Transposed, sliced and expanded inputs work."""
    K = rng.whole(2, 3, 2).permute(2, 0, 1).contiguous().permute(1, 2, 0)
    inputs = (
        rng.whole(5, 4, 2).permute(2, 0, 1),
        rng.whole(4, 9, 8)[1::2, ::2, 1::2],
        rng.whole(1, 5, 4).expand(2, 5, 4),
    )
    for X in inputs:
        assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))


def test_large_magnitude(corr2d_multi_in, rng):
    """Large numbers are summed exactly as small ones."""
    X = rng.whole(2, 4, 5, low=-80_000, high=80_000)
    K = rng.whole(2, 3, 2, low=-80_000, high=80_000)
    expected = reference.corr2d_multi_in(X, K)
    assert_close(corr2d_multi_in(X, K), expected, scale=12.0 * 80_000**2)


def test_input_unmodified(corr2d_multi_in, rng):
    """The tensors that come in are left as they were."""
    X, K = rng.whole(2, 4, 5), rng.whole(2, 2, 3)
    assert_close(assert_unmodified(corr2d_multi_in, X, K), reference.corr2d_multi_in(X, K))


def test_gradient_of_input(corr2d_multi_in, rng):
    """Gradients flow back to the input with the right values."""
    X, K, V = rng.whole(3, 4, 6), rng.whole(3, 2, 3), rng.whole(3, 4)
    _, got = corr2d_multi_in.vjp(X, K, upstream=V)
    expected, _ = reference.vjp(reference.corr2d_multi_in, X, K, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_kernel(corr2d_multi_in, rng):
    """Gradients flow back to the kernel with the right values."""
    X, K, V = rng.whole(3, 6, 4), rng.whole(3, 3, 2), rng.whole(4, 3)
    _, got = corr2d_multi_in.vjp(X, K, upstream=V)
    _, expected = reference.vjp(reference.corr2d_multi_in, X, K, upstream=V)
    assert_gradient(got["1"], expected, of="the kernel")


def test_channel_mismatch(corr2d_multi_in, rng):
    """Input and kernel with different numbers of channels are a ValueError, in either direction."""
    X, K = rng.whole(2, 4, 5), rng.whole(2, 2, 3)
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K))
    for ci, k_ci in ((2, 3), (3, 2), (1, 3), (3, 1)):
        assert_raises(ValueError, corr2d_multi_in, rng.whole(ci, 4, 5), rng.whole(k_ci, 2, 3))

"""Hidden tests of corr2d_multi_in_out."""

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
def test_square_input(corr2d_multi_in_out, rng):
    """Each kernel gives one output channel, in the kernels' order."""
    for co, ci in ((2, 2), (3, 2)):
        X, K = rng.whole(ci, 4, 4), rng.whole(co, ci, 2, 2)
        assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


@pytest.mark.weight(2)
def test_non_square_input(corr2d_multi_in_out, rng):
    """Channels in and out, height and width may all differ."""
    for co, ci, H, W, h, w in ((2, 3, 4, 7, 3, 5), (4, 2, 7, 4, 5, 3), (3, 4, 5, 6, 4, 2)):
        X, K = rng.whole(ci, H, W), rng.whole(co, ci, h, w)
        assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_keeps_dtype(corr2d_multi_in_out, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X, K = rng.normal(2, 5, 4), rng.normal(3, 2, 3, 2)
    assert_precise(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))
    got = corr2d_multi_in_out(X.float(), K.float())
    assert_dtype(got, torch.float32)
    assert_close(got, reference.corr2d_multi_in_out(X, K))


def test_single_output_channel(corr2d_multi_in_out, rng):
    """With a single kernel the result still has its channel dimension."""
    X, K = rng.whole(3, 4, 5), rng.whole(1, 3, 2, 3)
    assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_single_input_channel(corr2d_multi_in_out, rng):
    """An input with a single channel works."""
    X, K = rng.whole(1, 5, 4), rng.whole(3, 1, 2, 3)
    assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_kernel_fills_input(corr2d_multi_in_out, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        X, K = rng.whole(2, 3, 4), rng.whole(3, 2, *kernel)
        assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_one_by_one_kernel(corr2d_multi_in_out, rng):
    """Kernels of a single place in each channel mix the channels."""
    X, K = rng.whole(3, 3, 4), rng.whole(2, 3, 1, 1)
    assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_integer_input(corr2d_multi_in_out, rng):
    """Whole-number tensors work too."""
    X = rng.whole(2, 4, 5, low=-300, high=300, dtype=torch.int64)
    K = rng.whole(3, 2, 2, 3, dtype=torch.int64)
    assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X.double(), K.double()))


def test_strided_input(corr2d_multi_in_out, rng):
    """Transposed, sliced and expanded inputs work."""
    K = rng.whole(2, 3, 2, 3).permute(1, 0, 3, 2)
    inputs = (
        rng.whole(5, 4, 2).permute(2, 0, 1),
        rng.whole(4, 9, 8)[1::2, ::2, 1::2],
        rng.whole(1, 5, 4).expand(2, 5, 4),
    )
    for X in inputs:
        assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))


def test_large_magnitude(corr2d_multi_in_out, rng):
    """Large numbers are summed exactly as small ones."""
    X = rng.whole(2, 4, 5, low=-80_000, high=80_000)
    K = rng.whole(3, 2, 3, 2, low=-80_000, high=80_000)
    expected = reference.corr2d_multi_in_out(X, K)
    assert_close(corr2d_multi_in_out(X, K), expected, scale=12.0 * 80_000**2)


def test_input_unmodified(corr2d_multi_in_out, rng):
    """The tensors that come in are left as they were."""
    X, K = rng.whole(2, 4, 5), rng.whole(3, 2, 2, 3)
    got = assert_unmodified(corr2d_multi_in_out, X, K)
    assert_close(got, reference.corr2d_multi_in_out(X, K))


def test_gradient_of_input(corr2d_multi_in_out, rng):
    """Gradients flow back to the input with the right values."""
    X, K, V = rng.whole(2, 4, 6), rng.whole(3, 2, 2, 3), rng.whole(3, 3, 4)
    _, got = corr2d_multi_in_out.vjp(X, K, upstream=V)
    expected, _ = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_kernel(corr2d_multi_in_out, rng):
    """Gradients flow back to the kernel with the right values."""
    X, K, V = rng.whole(2, 6, 4), rng.whole(3, 2, 3, 2), rng.whole(3, 4, 3)
    _, got = corr2d_multi_in_out.vjp(X, K, upstream=V)
    _, expected = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["1"], expected, of="the kernel")


def test_channel_mismatch(corr2d_multi_in_out, rng):
    """Input and kernel with different numbers of input channels are a ValueError."""
    X, K = rng.whole(2, 4, 5), rng.whole(3, 2, 2, 3)
    assert_close(corr2d_multi_in_out(X, K), reference.corr2d_multi_in_out(X, K))
    for ci, co, k_ci in ((3, 3, 2), (2, 4, 3), (1, 2, 3), (3, 2, 1)):
        X, K = rng.whole(ci, 4, 5), rng.whole(co, k_ci, 2, 3)
        assert_raises(ValueError, corr2d_multi_in_out, X, K)

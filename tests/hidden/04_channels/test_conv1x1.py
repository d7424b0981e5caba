"""Hidden tests of conv1x1."""

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
def test_square_input(conv1x1, rng):
    """Every pixel's channels are mixed by the same matrix."""
    for co, ci in ((2, 2), (3, 2)):
        X, K = rng.whole(ci, 3, 3), rng.whole(co, ci, 1, 1)
        assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


@pytest.mark.weight(2)
def test_non_square_input(conv1x1, rng):
    """Channels in and out, height and width may all differ."""
    for co, ci, H, W in ((2, 3, 4, 5), (5, 4, 3, 2), (3, 6, 2, 4)):
        X, K = rng.whole(ci, H, W), rng.whole(co, ci, 1, 1)
        assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


def test_keeps_dtype(conv1x1, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X, K = rng.normal(4, 3, 5), rng.normal(2, 4, 1, 1)
    assert_precise(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))
    got = conv1x1(X.float(), K.float())
    assert_dtype(got, torch.float32)
    assert_close(got, reference.corr2d_multi_in_out(X, K))


def test_single_output_channel(conv1x1, rng):
    """With a single output channel the result still has its channel dimension."""
    X, K = rng.whole(3, 4, 5), rng.whole(1, 3, 1, 1)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


def test_single_input_channel(conv1x1, rng):
    """An input with a single channel works."""
    X, K = rng.whole(1, 5, 4), rng.whole(3, 1, 1, 1)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


def test_single_pixel(conv1x1, rng):
    """An image of a single pixel, a single row or a single column works."""
    for H, W in ((1, 1), (1, 4), (4, 1)):
        X, K = rng.whole(3, H, W), rng.whole(2, 3, 1, 1)
        assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


def test_strided_input(conv1x1, rng):
    """Transposed, sliced and expanded inputs work."""
    K = rng.whole(2, 3, 1, 1).transpose(0, 1)
    inputs = (
        rng.whole(5, 4, 2).permute(2, 0, 1),
        rng.whole(4, 9, 8)[1::2, ::2, 1::2],
        rng.whole(2, 1, 4).expand(2, 5, 4),
    )
    for X in inputs:
        assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))


def test_large_magnitude(conv1x1, rng):
    """Large numbers are summed exactly as small ones."""
    X = rng.whole(3, 4, 5, low=-80_000, high=80_000)
    K = rng.whole(2, 3, 1, 1, low=-80_000, high=80_000)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K), scale=3.0 * 80_000**2)


def test_input_unmodified(conv1x1, rng):
    """The tensors that come in are left as they were."""
    X, K = rng.whole(2, 4, 5), rng.whole(3, 2, 1, 1)
    assert_close(assert_unmodified(conv1x1, X, K), reference.corr2d_multi_in_out(X, K))


def test_gradient_of_input(conv1x1, rng):
    """Gradients flow back to the input with the right values."""
    X, K, V = rng.whole(3, 4, 5), rng.whole(2, 3, 1, 1), rng.whole(2, 4, 5)
    _, got = conv1x1.vjp(X, K, upstream=V)
    expected, _ = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_kernel(conv1x1, rng):
    """Gradients flow back to the kernel with the right values."""
    X, K, V = rng.whole(3, 5, 4), rng.whole(2, 3, 1, 1), rng.whole(2, 5, 4)
    _, got = conv1x1.vjp(X, K, upstream=V)
    _, expected = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["1"], expected, of="the kernel")


def test_channel_mismatch(conv1x1, rng):
    """Input and kernel with different numbers of input channels are a ValueError."""
    X, K = rng.whole(2, 4, 5), rng.whole(3, 2, 1, 1)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))
    for ci, co, k_ci in ((3, 3, 2), (2, 4, 3), (1, 2, 3), (3, 2, 1)):
        assert_raises(ValueError, conv1x1, rng.whole(ci, 4, 5), rng.whole(co, k_ci, 1, 1))


def test_larger_kernel(conv1x1, rng):
    """A kernel that is not 1 by 1 is a ValueError, whichever direction is longer."""
    X, K = rng.whole(2, 4, 5), rng.whole(3, 2, 1, 1)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K))
    for size in ((2, 2), (1, 2), (3, 1)):
        assert_raises(ValueError, conv1x1, X, rng.whole(3, 2, *size))

"""Hidden tests of conv_as_linear."""

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
def test_square_input(conv_as_linear, rng):
    """The matrix has a row for each output and a column for each input, the kernel in its place."""
    for n in (3, 4):
        K = rng.whole(2, 2, low=1)
        assert_close(conv_as_linear(K, (n, n)), reference.conv_as_linear(K, (n, n)))


@pytest.mark.weight(2)
def test_non_square_input(conv_as_linear, rng):
    """Height and width may differ, in the input and in the kernel."""
    for H, W, h, w in ((4, 6, 2, 3), (6, 4, 3, 2), (4, 5, 1, 3), (5, 4, 3, 1)):
        K = rng.whole(h, w, low=1)
        assert_close(conv_as_linear(K, (H, W)), reference.conv_as_linear(K, (H, W)))


def test_keeps_dtype(conv_as_linear, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    K = rng.normal(3, 2)
    assert_precise(conv_as_linear(K, (4, 5)), reference.conv_as_linear(K, (4, 5)))
    got = conv_as_linear(K.float(), (4, 5))
    assert_dtype(got, torch.float32)
    assert_close(got, reference.conv_as_linear(K, (4, 5)))


def test_kernel_fills_input(conv_as_linear, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        K = rng.whole(*kernel, low=1)
        assert_close(conv_as_linear(K, (3, 4)), reference.conv_as_linear(K, (3, 4)))


def test_one_by_one_kernel(conv_as_linear, rng):
    """A kernel of a single place works."""
    K = rng.whole(1, 1, low=2)
    assert_close(conv_as_linear(K, (3, 4)), reference.conv_as_linear(K, (3, 4)))


def test_single_row(conv_as_linear, rng):
    """An image of a single row or a single column works."""
    K = rng.whole(1, 3, low=1)
    assert_close(conv_as_linear(K, (1, 5)), reference.conv_as_linear(K, (1, 5)))
    K = rng.whole(2, 1, low=1)
    assert_close(conv_as_linear(K, (4, 1)), reference.conv_as_linear(K, (4, 1)))


def test_strided_kernel(conv_as_linear, rng):
    """Transposed, sliced and expanded kernels work."""
    kernels = (
        rng.whole(3, 2, low=1).t(),
        rng.whole(4, 6, low=1)[1::2, ::2],
        rng.whole(1, 3, low=1).expand(2, 3),
    )
    for K in kernels:
        assert_close(conv_as_linear(K, (3, 5)), reference.conv_as_linear(K, (3, 5)))


def test_zeros_in_kernel(conv_as_linear, rng):
    """Zeros and repeated numbers in the kernel are weights like any others."""
    K = rng.whole(2, 3, low=1)
    K[0, 0] = K[1, 2] = 0.0
    K[0, 2] = K[1, 0]
    assert_close(conv_as_linear(K, (3, 5)), reference.conv_as_linear(K, (3, 5)))


def test_kernel_unmodified(conv_as_linear, rng):
    """The kernel that comes in is left as it was."""
    K = rng.whole(2, 3, low=1)
    got = assert_unmodified(conv_as_linear, K, (4, 5))
    assert_close(got, reference.conv_as_linear(K, (4, 5)))


def test_gradient_of_kernel(conv_as_linear, rng):
    """Gradients flow back to the kernel with the right values."""
    K, V = rng.whole(2, 3), rng.whole(9, 20)
    _, got = conv_as_linear.vjp(K, (4, 5), upstream=V)
    (expected,) = reference.vjp(lambda k: reference.conv_as_linear(k, (4, 5)), K, upstream=V)
    assert_gradient(got["0"], expected, of="the kernel")


def test_kernel_too_large(conv_as_linear, rng):
    """A kernel larger than the input in either direction is a ValueError."""
    K = rng.whole(2, 3, low=1)
    assert_close(conv_as_linear(K, (4, 5)), reference.conv_as_linear(K, (4, 5)))
    for kernel in ((5, 6), (6, 7), (11, 2), (5, 2), (2, 6)):
        assert_raises(ValueError, conv_as_linear, rng.whole(*kernel), (4, 5))

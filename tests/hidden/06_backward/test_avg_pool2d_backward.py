"""Hidden tests of avg_pool2d_backward."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_dtype,
    assert_precise,
    assert_unmodified,
    reference,
)


def upstream_for(rng, x, kernel_size, **options):
    """A random upstream gradient without zeros, shaped like the pool's output."""
    shape = reference.avg_pool2d(x, kernel_size, **options).shape
    return 2 * rng.whole(*shape) + 1


def check(avg_pool2d_backward, rng, size, kernel_size, **options):
    """The gradient for one size of the input and one choice of the options."""
    x = rng.whole(*size)
    dY = upstream_for(rng, x, kernel_size, **options)
    expected = reference.avg_pool2d_backward(dY, x, kernel_size, **options)
    assert_close(avg_pool2d_backward(dY, x, kernel_size, **options), expected)


@pytest.mark.weight(2)
def test_single_image(avg_pool2d_backward, rng):
    """Every place of a window gets the same share of the window's gradient."""
    check(avg_pool2d_backward, rng, (1, 1, 6, 6), 2, stride=2)


@pytest.mark.weight(2)
def test_batch(avg_pool2d_backward, rng):
    """Each channel of each image is treated alone; all dimensions may differ."""
    check(avg_pool2d_backward, rng, (2, 3, 4, 8), 2, stride=2)
    check(avg_pool2d_backward, rng, (3, 2, 6, 4), 2, stride=2)


@pytest.mark.weight(2)
def test_default_stride(avg_pool2d_backward, rng):
    """Without a stride the windows stand side by side."""
    check(avg_pool2d_backward, rng, (1, 2, 4, 6), 2)
    check(avg_pool2d_backward, rng, (2, 1, 6, 9), 3, stride=None)


@pytest.mark.weight(3)
def test_overlap(avg_pool2d_backward, rng):
    """A place that lies in several windows gets a share from each of them."""
    check(avg_pool2d_backward, rng, (1, 2, 5, 5), 2, stride=1)
    check(avg_pool2d_backward, rng, (1, 2, 7, 7), 3, stride=2)


@pytest.mark.weight(2)
def test_non_square_window(avg_pool2d_backward, rng):
    """The window may be a pair, height first, and its default stride with it."""
    check(avg_pool2d_backward, rng, (1, 2, 4, 6), (2, 3))
    check(avg_pool2d_backward, rng, (2, 1, 6, 4), (3, 1))
    check(avg_pool2d_backward, rng, (1, 2, 6, 8), (3, 2), stride=None)


@pytest.mark.weight(2)
def test_padding(avg_pool2d_backward, rng):
    """The padding has its share in the mean and keeps its part of the gradient to itself."""
    check(avg_pool2d_backward, rng, (1, 2, 4, 7), 3, stride=3, padding=1)
    check(avg_pool2d_backward, rng, (1, 2, 6, 11), 5, stride=5, padding=2)


def test_keeps_dtype(avg_pool2d_backward, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    x, dY = rng.normal(2, 2, 4, 6), rng.normal(2, 2, 2, 3)
    expected = reference.avg_pool2d_backward(dY, x, 2, 2)
    assert_precise(avg_pool2d_backward(dY, x, 2, 2), expected, scale=10.0)
    got = avg_pool2d_backward(dY.float(), x.float(), 2, 2)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_keeps_dtype_with_padding(avg_pool2d_backward, rng):
    """The dtype and all the digits are kept when there is padding, too."""
    x, dY = rng.normal(1, 2, 4, 7), rng.normal(1, 2, 2, 3)
    expected = reference.avg_pool2d_backward(dY, x, 3, 3, 1)
    assert_precise(avg_pool2d_backward(dY, x, 3, 3, 1), expected, scale=10.0)
    got = avg_pool2d_backward(dY.float(), x.float(), 3, 3, 1)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_stride_pair(avg_pool2d_backward, rng):
    """The stride may be a pair, height first."""
    for size, stride in (((5, 6), (3, 2)), ((4, 8), (2, 3)), ((6, 8), (4, 2))):
        check(avg_pool2d_backward, rng, (1, 2, *size), 2, stride=stride)


def test_padding_pair(avg_pool2d_backward, rng):
    """The padding may be a pair, height first."""
    for size, kernel_size, padding in (
        ((6, 4), 3, (0, 1)),
        ((4, 6), 3, (1, 0)),
        ((8, 6), 5, (1, 2)),
    ):
        x = (1, 2, *size)
        check(avg_pool2d_backward, rng, x, kernel_size, stride=kernel_size, padding=padding)


def test_stride_and_padding(avg_pool2d_backward, rng):
    """Stride and padding together, for a whole batch."""
    check(avg_pool2d_backward, rng, (2, 3, 5, 7), 3, stride=2, padding=1)


def test_default_stride_with_padding(avg_pool2d_backward, rng):
    """Without a stride the windows stand side by side in the padded input, too."""
    check(avg_pool2d_backward, rng, (1, 2, 7, 7), 3, padding=1)
    check(avg_pool2d_backward, rng, (1, 2, 4, 6), (3, 4), padding=(1, 1))


@pytest.mark.weight(2)
def test_stride_remainder(avg_pool2d_backward, rng):
    """Where the stride does not divide the way, the rest of the input gets no gradient."""
    check(avg_pool2d_backward, rng, (1, 2, 5, 7), 2, stride=2)
    check(avg_pool2d_backward, rng, (1, 2, 7, 8), 3, stride=3)
    check(avg_pool2d_backward, rng, (1, 2, 4, 5), 2)
    check(avg_pool2d_backward, rng, (1, 2, 7, 4), (3, 2))


def test_stride_remainder_with_padding(avg_pool2d_backward, rng):
    """The rest that the stride leaves may lie in the padding, or in both padding and input."""
    check(avg_pool2d_backward, rng, (1, 2, 4, 6), 3, stride=2, padding=1)
    check(avg_pool2d_backward, rng, (1, 2, 7, 6), 3, stride=4, padding=1)


def test_stride_skips(avg_pool2d_backward, rng):
    """The stride may be larger than the window; what is skipped gets no gradient."""
    check(avg_pool2d_backward, rng, (1, 2, 8, 5), 2, stride=3)


def test_padding_of_half_a_window(avg_pool2d_backward, rng):
    """The padding may be exactly half of the window."""
    check(avg_pool2d_backward, rng, (1, 2, 4, 6), 2, stride=2, padding=1)
    check(avg_pool2d_backward, rng, (1, 2, 4, 8), 4, stride=4, padding=2)


def test_window_fills_input(avg_pool2d_backward, rng):
    """A window as large as the input, in one direction or in both, works."""
    for size, stride in (((4, 6), 1), ((4, 3), 3), ((2, 6), 2)):
        check(avg_pool2d_backward, rng, (2, 2, 4, 6), size, stride=stride)


def test_window_fits_padded_input(avg_pool2d_backward, rng):
    """A window larger than the input works if it fits into the padded input."""
    for size, stride in (((2, 3), 1), ((6, 3), 4), ((2, 8), 5)):
        check(avg_pool2d_backward, rng, (1, 2, *size), (4, 5), stride=stride, padding=1)


def test_one_by_one_window(avg_pool2d_backward, rng):
    """Windows of a single place hand their gradients on as they are, every one or as the stride says."""
    check(avg_pool2d_backward, rng, (2, 2, 5, 7), 1, stride=2)
    check(avg_pool2d_backward, rng, (2, 2, 3, 4), 1, stride=1)


def test_argument_forms(avg_pool2d_backward, rng):
    """Arguments by position and by keyword, an int or a pair of the same."""
    x = rng.whole(1, 2, 6, 12)
    dY = upstream_for(rng, x, 2, stride=3, padding=1)
    expected = reference.avg_pool2d_backward(dY, x, 2, 3, 1)
    assert_close(avg_pool2d_backward(dY, x, 2, 3, 1), expected)
    assert_close(avg_pool2d_backward(dY, x, (2, 2), 3, (1, 1)), expected)
    got = avg_pool2d_backward(padding=1, stride=(3, 3), kernel_size=2, x=x, dY=dY)
    assert_close(got, expected)
    dY = upstream_for(rng, x, 2, padding=1)
    expected = reference.avg_pool2d_backward(dY, x, 2, None, 1)
    assert_close(avg_pool2d_backward(dY, x, 2, None, 1), expected)


def test_strided_tensors(avg_pool2d_backward, rng):
    """Transposed, sliced and expanded inputs and upstream gradients work."""
    x, dY = rng.whole(2, 2, 4, 6), rng.whole(2, 2, 2, 3, low=1)
    for arguments in (
        (rng.whole(2, 2, 3, 2, low=1).transpose(2, 3), x, 2, 2),
        (rng.whole(2, 1, 1, low=1).expand(2, 2, 2, 3), x, 2, 2),
        (rng.whole(2, 2, 4, 6, low=1)[:, :, 1::2, ::2], x, 2, 2),
        (dY, rng.whole(2, 6, 4, 2).permute(0, 3, 2, 1), 2, 2),
        (dY, rng.whole(4, 2, 8, 12)[1::2, :, ::2, 1::2], 2, 2),
        (dY, rng.whole(1, 1, 1, 1).expand(2, 2, 4, 6), 2, 2),
    ):
        expected = reference.avg_pool2d_backward(*arguments)
        assert_close(avg_pool2d_backward(*arguments), expected)


def test_large_magnitude(avg_pool2d_backward, rng):
    """Large numbers are summed exactly as small ones."""
    x, dY = rng.whole(1, 2, 4, 6), rng.whole(1, 2, 2, 3, low=-80_000, high=80_000)
    expected = reference.avg_pool2d_backward(dY, x, 2, 2)
    assert_close(avg_pool2d_backward(dY, x, 2, 2), expected)


def test_input_unmodified(avg_pool2d_backward, rng):
    """The tensors that come in are left as they were."""
    x = rng.whole(2, 2, 4, 6)
    for padding in (0, 1):
        dY = upstream_for(rng, x, 2, stride=2, padding=padding)
        got = assert_unmodified(avg_pool2d_backward, dY, x, 2, 2, padding)
        assert_close(got, reference.avg_pool2d_backward(dY, x, 2, 2, padding))

"""Hidden tests of max_pool2d_backward."""

import pytest
import torch

from autograder.testing import (
    Mismatch,
    assert_close,
    assert_dtype,
    assert_precise,
    assert_unmodified,
    reference,
)


def positive(rng, *shape):
    """Whole numbers from 1 on, no two the same."""
    x = rng.distinct(*shape)
    return x - x.min() + 1


def upstream_for(rng, x, kernel_size, **options):
    """A random upstream gradient without zeros, shaped like the pool's output."""
    shape = reference.max_pool2d(x, kernel_size, **options).shape
    return 2 * rng.whole(*shape) + 1


def check(max_pool2d_backward, rng, x, kernel_size, **options):
    """The gradient for one input and one choice of the options."""
    dY = upstream_for(rng, x, kernel_size, **options)
    expected = reference.max_pool2d_backward(dY, x, kernel_size, **options)
    assert_close(max_pool2d_backward(dY, x, kernel_size, **options), expected)


def windows(x, size, stride):
    """(N, C, H, W) → (N, C, oh, ow, h, w): what each place of the output looks at."""
    return x.unfold(2, size, stride).unfold(3, size, stride)


def check_ties(max_pool2d_backward, dY, x, size, stride):
    """What every fair split has in common: its sum, its sign, and where it may lie."""
    dx = max_pool2d_backward(dY, x, size, stride)
    if dx.shape != x.shape:
        raise Mismatch("shape", "The result has the wrong shape.")
    assert_close(dx.sum((2, 3)), dY.sum((2, 3)).to(dx), what="sum of the result")
    sees = windows(x, size, stride)
    wins = sees == sees.amax((4, 5), keepdim=True)
    most = torch.zeros_like(x)  # what places get if they win all their ties
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            top, left = i * stride, j * stride
            part = most[:, :, top : top + size, left : left + size]
            part += wins[:, :, i, j] * dY[:, :, i, j, None, None]
    if bool((dx < -1e-5).any()):
        raise Mismatch("value", "The result is negative in places.")
    if bool((dx > most + 1e-4).any()):
        raise Mismatch("value", "Places get more than the windows that they win have to give.")
    return dx


@pytest.mark.weight(2)
def test_single_image(max_pool2d_backward, rng):
    """The gradient of each window goes to the place of its largest value."""
    check(max_pool2d_backward, rng, positive(rng, 1, 1, 6, 6), 2, stride=2)


@pytest.mark.weight(2)
def test_batch(max_pool2d_backward, rng):
    """Each channel of each image is treated alone; all dimensions may differ."""
    check(max_pool2d_backward, rng, positive(rng, 2, 3, 4, 8), 2, stride=2)
    check(max_pool2d_backward, rng, positive(rng, 3, 2, 6, 4), 2, stride=2)


@pytest.mark.weight(2)
def test_default_stride(max_pool2d_backward, rng):
    """Without a stride the windows stand side by side."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 6), 2)
    check(max_pool2d_backward, rng, positive(rng, 2, 1, 6, 9), 3, stride=None)


@pytest.mark.weight(3)
def test_overlap(max_pool2d_backward, rng):
    """A place that is the largest of several windows gets the gradients of all of them."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 5, 5), 2, stride=1)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 7, 7), 3, stride=2)


@pytest.mark.weight(2)
def test_non_square_window(max_pool2d_backward, rng):
    """The window may be a pair, height first, and its default stride with it."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 6), (2, 3))
    check(max_pool2d_backward, rng, positive(rng, 2, 1, 6, 4), (3, 1))
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 6, 8), (3, 2), stride=None)


@pytest.mark.weight(2)
def test_padding(max_pool2d_backward, rng):
    """The windows reach into the padding, as many places on each side."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 7), 3, stride=3, padding=1)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 6, 11), 5, stride=5, padding=2)


def test_keeps_dtype(max_pool2d_backward, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    x, dY = rng.normal(2, 2, 4, 6).abs(), rng.normal(2, 2, 2, 3)
    expected = reference.max_pool2d_backward(dY, x, 2, 2)
    assert_precise(max_pool2d_backward(dY, x, 2, 2), expected)
    got = max_pool2d_backward(dY.float(), x.float(), 2, 2)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_keeps_dtype_with_padding(max_pool2d_backward, rng):
    """The dtype and all the digits are kept when there is padding, too."""
    x, dY = rng.normal(1, 2, 4, 7).abs(), rng.normal(1, 2, 2, 3)
    expected = reference.max_pool2d_backward(dY, x, 3, 3, 1)
    assert_precise(max_pool2d_backward(dY, x, 3, 3, 1), expected)
    got = max_pool2d_backward(dY.float(), x.float(), 3, 3, 1)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


@pytest.mark.weight(2)
def test_padding_of_negative_values(max_pool2d_backward, rng):
    """Padding never wins, even where all values are negative."""
    for size in ((4, 7), (7, 4)):
        x = -positive(rng, 2, 1, *size)
        check(max_pool2d_backward, rng, x, 3, stride=3, padding=1)


def test_negative_values(max_pool2d_backward, rng):
    """The largest value of a window may be negative."""
    check(max_pool2d_backward, rng, -positive(rng, 2, 2, 4, 6), 2, stride=2)


def test_stride_pair(max_pool2d_backward, rng):
    """The stride may be a pair, height first."""
    for size, stride in (((5, 6), (3, 2)), ((4, 8), (2, 3)), ((6, 8), (4, 2))):
        check(max_pool2d_backward, rng, positive(rng, 1, 2, *size), 2, stride=stride)


def test_padding_pair(max_pool2d_backward, rng):
    """The padding may be a pair, height first."""
    for size, kernel_size, padding in (
        ((6, 4), 3, (0, 1)),
        ((4, 6), 3, (1, 0)),
        ((8, 6), 5, (1, 2)),
    ):
        x = positive(rng, 1, 2, *size)
        check(max_pool2d_backward, rng, x, kernel_size, stride=kernel_size, padding=padding)


def test_stride_and_padding(max_pool2d_backward, rng):
    """Stride and padding together, for a whole batch."""
    check(max_pool2d_backward, rng, positive(rng, 2, 3, 5, 7), 3, stride=2, padding=1)


def test_default_stride_with_padding(max_pool2d_backward, rng):
    """Without a stride the windows stand side by side in the padded input, too."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 7, 7), 3, padding=1)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 6), (3, 4), padding=(1, 1))


@pytest.mark.weight(2)
def test_stride_remainder(max_pool2d_backward, rng):
    """Where the stride does not divide the way, the rest of the input gets no gradient."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 5, 7), 2, stride=2)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 7, 8), 3, stride=3)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 5), 2)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 7, 4), (3, 2))


def test_stride_skips(max_pool2d_backward, rng):
    """The stride may be larger than the window; what is skipped gets no gradient."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 8, 5), 2, stride=3)


def test_padding_of_half_a_window(max_pool2d_backward, rng):
    """The padding may be exactly half of the window."""
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 6), 2, stride=2, padding=1)
    check(max_pool2d_backward, rng, positive(rng, 1, 2, 4, 8), 4, stride=4, padding=2)


def test_window_fills_input(max_pool2d_backward, rng):
    """A window as large as the input, in one direction or in both, works."""
    for size, stride in (((4, 6), 1), ((4, 3), 3), ((2, 6), 2)):
        check(max_pool2d_backward, rng, positive(rng, 2, 2, 4, 6), size, stride=stride)


def test_window_fits_padded_input(max_pool2d_backward, rng):
    """A window larger than the input works if it fits into the padded input."""
    for size, stride in (((2, 3), 1), ((6, 3), 4), ((2, 8), 5)):
        check(
            max_pool2d_backward, rng, positive(rng, 1, 2, *size), (4, 5), stride=stride, padding=1
        )


def test_one_by_one_window(max_pool2d_backward, rng):
    """Windows of a single place hand their gradients on as they are, every one or as the stride says."""
    check(max_pool2d_backward, rng, positive(rng, 2, 2, 5, 7), 1, stride=2)
    check(max_pool2d_backward, rng, positive(rng, 2, 2, 3, 4), 1, stride=1)


@pytest.mark.weight(2)
def test_ties(max_pool2d_backward, rng):
    """Places that tie for the largest value share the gradient of their window."""
    for high in (1, 2):
        x, dY = rng.whole(2, 2, 4, 6, low=1, high=high), rng.whole(2, 2, 2, 3, low=1)
        dx = check_ties(max_pool2d_backward, dY, x, 2, 2)
        sums = windows(dx, 2, 2).sum((4, 5))
        assert_close(sums, dY, what="share of a window")


def test_ties_where_windows_overlap(max_pool2d_backward, rng):
    """Ties are shared in windows that overlap, too."""
    for high in (1, 3):
        x, dY = rng.whole(1, 2, 5, 6, low=1, high=high), rng.whole(1, 2, 3, 4, low=1)
        check_ties(max_pool2d_backward, dY, x, 3, 1)


def test_tie_with_padding(max_pool2d_backward, rng):
    """Where the largest value is zero, the padding does not share the gradient."""
    x = -positive(rng, 1, 2, 4, 4)
    x[:, :, ::3, ::3] = 0
    check(max_pool2d_backward, rng, x, 3, stride=3, padding=1)


def test_argument_forms(max_pool2d_backward, rng):
    """Arguments by position and by keyword, an int or a pair of the same."""
    x = positive(rng, 1, 2, 6, 12)
    dY = upstream_for(rng, x, 2, stride=3, padding=1)
    expected = reference.max_pool2d_backward(dY, x, 2, 3, 1)
    assert_close(max_pool2d_backward(dY, x, 2, 3, 1), expected)
    assert_close(max_pool2d_backward(dY, x, (2, 2), 3, (1, 1)), expected)
    got = max_pool2d_backward(padding=1, stride=(3, 3), kernel_size=2, x=x, dY=dY)
    assert_close(got, expected)
    dY = upstream_for(rng, x, 2, padding=1)
    expected = reference.max_pool2d_backward(dY, x, 2, None, 1)
    assert_close(max_pool2d_backward(dY, x, 2, None, 1), expected)


def test_strided_tensors(max_pool2d_backward, rng):
    """Transposed, sliced and expanded inputs and upstream gradients work."""
    x, dY = positive(rng, 2, 2, 4, 6), rng.whole(2, 2, 2, 3, low=1)
    for arguments in (
        (rng.whole(2, 2, 3, 2, low=1).transpose(2, 3), x, 2, 2),
        (rng.whole(2, 1, 1, low=1).expand(2, 2, 2, 3), x, 2, 2),
        (rng.whole(2, 2, 4, 6, low=1)[:, :, 1::2, ::2], x, 2, 2),
        (dY, positive(rng, 2, 6, 4, 2).permute(0, 3, 2, 1), 2, 2),
        (dY, positive(rng, 4, 2, 8, 12)[1::2, :, ::2, 1::2], 2, 2),
        (dY, positive(rng, 1, 2, 4, 6).expand(2, 2, 4, 6), 2, 2),
    ):
        expected = reference.max_pool2d_backward(*arguments)
        assert_close(max_pool2d_backward(*arguments), expected)


def test_large_magnitude(max_pool2d_backward, rng):
    """Values of any size work, far below zero too."""
    x = 1e12 * positive(rng, 1, 2, 4, 7)
    check(max_pool2d_backward, rng, x, 3, stride=3, padding=1)
    check(max_pool2d_backward, rng, -x, 3, stride=3, padding=1)
    check(max_pool2d_backward, rng, -1e285 * x, 3, stride=3, padding=1)  # lower than float32 can be


def test_input_unmodified(max_pool2d_backward, rng):
    """The tensors that come in are left as they were."""
    x = positive(rng, 2, 2, 4, 6)
    for padding in (0, 1):
        dY = upstream_for(rng, x, 2, stride=2, padding=padding)
        got = assert_unmodified(max_pool2d_backward, dY, x, 2, 2, padding)
        assert_close(got, reference.max_pool2d_backward(dY, x, 2, 2, padding))

"""Hidden tests of max_pool2d."""

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


def positive(rng, *shape):
    """Whole numbers from 1 on, no two the same."""
    x = rng.distinct(*shape)
    return x - x.min() + 1


def compare(max_pool2d, x, kernel_size, **options):
    """The values for one input and one choice of the options."""
    expected = reference.max_pool2d(x, kernel_size, **options)
    assert_close(max_pool2d(x, kernel_size, **options), expected)


@pytest.mark.weight(2)
def test_single_image(max_pool2d, rng):
    """The largest value of each window of one square image with one channel."""
    compare(max_pool2d, positive(rng, 1, 1, 5, 5), 2, stride=1)


@pytest.mark.weight(2)
def test_batch(max_pool2d, rng):
    """Each channel of each image is pooled alone; all dimensions may differ."""
    compare(max_pool2d, positive(rng, 2, 3, 4, 6), (3, 2), stride=1)
    compare(max_pool2d, positive(rng, 4, 2, 5, 3), (2, 3), stride=1)


@pytest.mark.weight(2)
def test_default_stride(max_pool2d, rng):
    """Without a stride the windows stand side by side."""
    compare(max_pool2d, positive(rng, 1, 2, 4, 4), 2)
    compare(max_pool2d, positive(rng, 2, 1, 4, 6), (2, 3))
    compare(max_pool2d, positive(rng, 1, 2, 6, 4), (3, 2), stride=None)


@pytest.mark.weight(2)
def test_stride(max_pool2d, rng):
    """The window moves by the stride, downward and to the right."""
    compare(max_pool2d, positive(rng, 1, 2, 7, 9), 3, stride=2)


@pytest.mark.weight(2)
def test_padding(max_pool2d, rng):
    """The windows reach into the padding, as many places on each side."""
    compare(max_pool2d, positive(rng, 1, 2, 6, 5), 5, stride=1, padding=2)
    compare(max_pool2d, positive(rng, 1, 2, 4, 6), 3, stride=1, padding=1)


def test_keeps_dtype(max_pool2d, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    x = rng.normal(2, 2, 4, 5).abs()
    expected = reference.max_pool2d(x, (2, 3), 1)
    assert_precise(max_pool2d(x, (2, 3), 1), expected)
    got = max_pool2d(x.float(), (2, 3), 1)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_keeps_dtype_with_padding(max_pool2d, rng):
    """The dtype and all the digits are kept when there is padding, too."""
    x = rng.normal(1, 2, 4, 5).abs()
    expected = reference.max_pool2d(x, 3, 1, 1)
    assert_precise(max_pool2d(x, 3, 1, 1), expected)
    got = max_pool2d(x.float(), 3, 1, 1)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


@pytest.mark.weight(2)
def test_padding_of_negative_values(max_pool2d, rng):
    """Padding never wins, even where all values are negative."""
    compare(max_pool2d, -positive(rng, 1, 2, 4, 5), 3, stride=1, padding=1)
    compare(max_pool2d, -positive(rng, 2, 1, 5, 7), 3, stride=2, padding=1)


def test_negative_values(max_pool2d, rng):
    """The largest value of a window may be negative."""
    compare(max_pool2d, -positive(rng, 2, 2, 4, 5), (2, 3), stride=1)


@pytest.mark.weight(0.5)
def test_ties(max_pool2d, rng):
    """The largest value of a window may stand in several places of it."""
    compare(max_pool2d, rng.whole(2, 2, 4, 5, low=-2, high=2), (3, 2), stride=1)
    compare(max_pool2d, torch.zeros(1, 2, 4, 5, dtype=torch.float64), 2, stride=1)


def test_stride_pair(max_pool2d, rng):
    """The stride may be a pair, height first."""
    x = positive(rng, 1, 2, 9, 10)
    for stride in ((2, 1), (1, 3), (3, 2)):
        compare(max_pool2d, x, (3, 4), stride=stride)


def test_padding_pair(max_pool2d, rng):
    """The padding may be a pair, height first."""
    x = positive(rng, 1, 2, 5, 5)
    for padding in ((0, 1), (1, 0), (1, 2)):
        compare(max_pool2d, x, (4, 5), stride=1, padding=padding)


def test_stride_and_padding(max_pool2d, rng):
    """Stride and padding together, for a whole batch."""
    x = positive(rng, 2, 3, 5, 9)
    compare(max_pool2d, x, 3, stride=2, padding=1)
    compare(max_pool2d, x, (3, 5), stride=(2, 4), padding=(1, 2))


def test_default_stride_with_padding(max_pool2d, rng):
    """Without a stride the windows stand side by side in the padded input, too."""
    compare(max_pool2d, positive(rng, 1, 2, 7, 7), 3, padding=1)
    compare(max_pool2d, positive(rng, 1, 2, 4, 6), (3, 4), padding=(1, 1))


def test_stride_remainder(max_pool2d, rng):
    """Where the stride does not divide the way, the rest of the input is left out."""
    compare(max_pool2d, positive(rng, 1, 2, 6, 8), (2, 3), stride=3)
    compare(max_pool2d, positive(rng, 1, 2, 5, 7), 2)


def test_stride_skips(max_pool2d, rng):
    """The stride may be larger than the window."""
    compare(max_pool2d, positive(rng, 1, 2, 8, 5), 2, stride=3)


def test_padding_of_half_a_window(max_pool2d, rng):
    """The padding may be exactly half of the window, in each direction on its own."""
    x = positive(rng, 1, 2, 4, 5)
    compare(max_pool2d, x, 2, stride=1, padding=1)
    compare(max_pool2d, x, (4, 2), stride=1, padding=(2, 1))
    compare(max_pool2d, x, (2, 4), stride=1, padding=(1, 2))


def test_window_fills_input(max_pool2d, rng):
    """A window as large as the input, in one direction or in both, works."""
    for size in ((3, 4), (3, 2), (2, 4)):
        compare(max_pool2d, positive(rng, 2, 2, 3, 4), size, stride=1)


def test_window_fits_padded_input(max_pool2d, rng):
    """A window larger than the input works if it fits into the padded input."""
    for size in ((2, 3), (3, 3), (2, 5)):
        compare(max_pool2d, positive(rng, 1, 2, *size), (4, 5), stride=1, padding=1)


def test_one_by_one_window(max_pool2d, rng):
    """Windows of a single place take the values themselves, every one or as the stride says."""
    x = positive(rng, 2, 2, 5, 7)
    compare(max_pool2d, x, 1, stride=2)
    compare(max_pool2d, x, 1)


@pytest.mark.weight(2)
def test_ceil_mode(max_pool2d, rng):
    """In ceil mode the last window may hang over the end, downward and to the right."""
    for size in ((5, 7), (5, 6), (6, 7)):
        compare(max_pool2d, positive(rng, 1, 2, *size), 2, stride=2, ceil_mode=True)
    compare(max_pool2d, positive(rng, 1, 2, 6, 9), (3, 4), stride=(2, 3), ceil_mode=True)


def test_ceil_mode_without_remainder(max_pool2d, rng):
    """Ceil mode adds no window where the stride divides the way."""
    compare(max_pool2d, positive(rng, 1, 2, 4, 6), 2, stride=2, ceil_mode=True)
    compare(max_pool2d, positive(rng, 1, 2, 7, 6), 3, stride=2, ceil_mode=True)
    compare(max_pool2d, positive(rng, 1, 2, 6, 8), (4, 5), stride=1, ceil_mode=True)
    compare(max_pool2d, positive(rng, 1, 2, 7, 9), 5, stride=2, padding=1, ceil_mode=True)


def test_ceil_mode_of_negative_values(max_pool2d, rng):
    """Places beyond the end never win, even where all values are negative."""
    compare(max_pool2d, -positive(rng, 1, 2, 5, 7), 2, stride=2, ceil_mode=True)


def test_ceil_mode_with_padding(max_pool2d, rng):
    """Ceil mode and padding together."""
    compare(max_pool2d, positive(rng, 1, 2, 6, 8), 3, stride=2, padding=1, ceil_mode=True)
    x = positive(rng, 1, 2, 7, 8)
    compare(max_pool2d, x, (4, 5), stride=(2, 3), padding=(1, 2), ceil_mode=True)


def test_ceil_mode_last_window_in_padding(max_pool2d, rng):
    """In ceil mode a window that would start in the right or the lower padding is left out."""
    for size in ((5, 6), (6, 5), (5, 8)):
        x = positive(rng, 1, 2, *size)
        compare(max_pool2d, x, 3, stride=3, padding=1, ceil_mode=True)


def test_ceil_mode_last_window_beyond_input(max_pool2d, rng):
    """In ceil mode a window that would start beyond the input is left out, without padding too."""
    compare(max_pool2d, positive(rng, 1, 2, 6, 7), 2, stride=3, ceil_mode=True)
    compare(max_pool2d, positive(rng, 1, 2, 7, 4), 1, stride=4, ceil_mode=True)


def test_argument_forms(max_pool2d, rng):
    """Arguments by position and by keyword, an int or a pair of the same."""
    x = positive(rng, 1, 2, 7, 13)
    expected = reference.max_pool2d(x, 3, 2, 1)
    assert_close(max_pool2d(x, 3, 2, 1, False), expected)
    assert_close(max_pool2d(x, (3, 3), 2, (1, 1)), expected)
    got = max_pool2d(ceil_mode=False, padding=1, stride=(2, 2), kernel_size=3, x=x)
    assert_close(got, expected)
    assert_close(max_pool2d(x, 3, None, 1, False), reference.max_pool2d(x, 3, None, 1))


@pytest.mark.weight(0.5)
def test_strided_input(max_pool2d, rng):
    """Transposed, sliced and expanded inputs work."""
    inputs = (
        positive(rng, 2, 5, 4, 3).permute(0, 3, 2, 1),
        positive(rng, 4, 2, 8, 10)[1::2, :, ::2, 1::2],
        positive(rng, 1, 2, 4, 5).expand(3, 2, 4, 5),
    )
    for x in inputs:
        compare(max_pool2d, x, (2, 3), stride=1)


def test_large_magnitude(max_pool2d, rng):
    """Values of any size work, far below zero too."""
    x = 1e15 * positive(rng, 1, 2, 4, 5)
    compare(max_pool2d, x, 3, stride=1, padding=1)
    compare(max_pool2d, -x, 3, stride=1, padding=1)
    compare(max_pool2d, -1e285 * x, 3, stride=1, padding=1)  # lower than float32 can be


def test_input_unmodified(max_pool2d, rng):
    """The tensor that comes in is left as it was."""
    x = positive(rng, 2, 2, 4, 5)
    for padding in (0, 1):
        got = assert_unmodified(max_pool2d, x, (3, 4), 1, padding)
        assert_close(got, reference.max_pool2d(x, (3, 4), 1, padding))


def check_gradient(max_pool2d, rng, x, kernel_size, **options):
    """The gradient of the input for random upstream gradients, all positive."""

    def pool(x):
        return reference.max_pool2d(x, kernel_size, **options)

    V = rng.whole(*pool(x).shape, low=1)
    _, got = max_pool2d.vjp(x, kernel_size, upstream=V, **options)
    (expected,) = reference.vjp(pool, x, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient(max_pool2d, rng):
    """Gradients flow back to the largest value of each window."""
    check_gradient(max_pool2d, rng, positive(rng, 2, 2, 4, 6), 2, stride=2)


def test_gradient_where_windows_overlap(max_pool2d, rng):
    """A value that is the largest of several windows gets all their gradients."""
    check_gradient(max_pool2d, rng, positive(rng, 2, 2, 5, 6), (3, 2), stride=1)


def test_gradient_with_padding(max_pool2d, rng):
    """Gradients pass through stride and padding."""
    check_gradient(max_pool2d, rng, positive(rng, 1, 2, 5, 7), 3, stride=2, padding=1)


@pytest.mark.weight(0.5)
def test_gradient_of_lone_values(max_pool2d, rng):
    """Where a window holds one value and padding, the value gets the whole gradient."""
    x = 2 + positive(rng, 1, 2, 1, 5)
    x[0, :, 0, 0] = torch.tensor([1.0, 2.0])
    check_gradient(max_pool2d, rng, x, (3, 1), stride=(1, 2), padding=(1, 0))


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("direction", ["both", "height", "width"])
def test_too_much_padding(max_pool2d, rng, direction):
    """Padding of more than half the window in either direction is a ValueError."""
    x = positive(rng, 1, 2, 6, 7)
    compare(max_pool2d, x, 3, stride=1)
    wrong = {
        "both": ((3, 2), (2, 2), ((2, 4), (2, 3))),
        "height": ((3, (2, 1)), ((2, 4), (2, 2)), ((3, 5), (2, 1))),
        "width": ((3, (1, 2)), ((4, 2), (2, 2)), ((5, 3), (1, 2))),
    }
    for kernel_size, padding in wrong[direction]:
        assert_raises(ValueError, max_pool2d, x, kernel_size, 1, padding)

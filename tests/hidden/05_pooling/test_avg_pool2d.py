"""Hidden tests of avg_pool2d."""

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


def compare(avg_pool2d, x, kernel_size, **options):
    """The values for one input and one choice of the options."""
    expected = reference.avg_pool2d(x, kernel_size, **options)
    assert_close(avg_pool2d(x, kernel_size, **options), expected)


@pytest.mark.weight(2)
def test_single_image(avg_pool2d, rng):
    """The mean value of each window of one square image with one channel."""
    compare(avg_pool2d, positive(rng, 1, 1, 5, 5), 2, stride=1)


@pytest.mark.weight(2)
def test_batch(avg_pool2d, rng):
    """Each channel of each image is pooled alone; all dimensions may differ."""
    compare(avg_pool2d, positive(rng, 2, 3, 4, 6), (3, 2), stride=1)
    compare(avg_pool2d, positive(rng, 4, 2, 5, 3), (2, 3), stride=1)


@pytest.mark.weight(2)
def test_default_stride(avg_pool2d, rng):
    """Without a stride the windows stand side by side."""
    compare(avg_pool2d, positive(rng, 1, 2, 4, 4), 2)
    compare(avg_pool2d, positive(rng, 2, 1, 4, 6), (2, 3))
    compare(avg_pool2d, positive(rng, 1, 2, 6, 4), (3, 2), stride=None)


@pytest.mark.weight(2)
def test_stride(avg_pool2d, rng):
    """The window moves by the stride, downward and to the right."""
    compare(avg_pool2d, positive(rng, 1, 2, 7, 9), 3, stride=2)


@pytest.mark.weight(2)
def test_padding(avg_pool2d, rng):
    """The padding is zeros, as many on each side, and unless told otherwise it counts."""
    compare(avg_pool2d, positive(rng, 1, 2, 6, 5), 5, stride=1, padding=2)
    compare(avg_pool2d, positive(rng, 1, 2, 4, 6), 3, stride=1, padding=1)


@pytest.mark.weight(2)
def test_padding_not_counted(avg_pool2d, rng):
    """On request only the places inside the input count."""
    for size, kernel, padding in (((4, 6), 3, 1), ((6, 5), 5, 2)):
        x = positive(rng, 1, 2, *size)
        compare(avg_pool2d, x, kernel, stride=1, padding=padding, count_include_pad=False)


def test_keeps_dtype(avg_pool2d, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    x = rng.normal(2, 2, 4, 5)
    expected = reference.avg_pool2d(x, (2, 3), 1)
    assert_precise(avg_pool2d(x, (2, 3), 1), expected)
    got = avg_pool2d(x.float(), (2, 3), 1)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.weight(0.5)
def test_keeps_dtype_with_padding(avg_pool2d, rng, counted):
    """The dtype and all the digits are kept when there is padding, counted or not."""
    x = rng.normal(1, 2, 4, 5)
    expected = reference.avg_pool2d(x, 3, 1, 1, count_include_pad=counted)
    assert_precise(avg_pool2d(x, 3, 1, 1, count_include_pad=counted), expected)
    got = avg_pool2d(x.float(), 3, 1, 1, count_include_pad=counted)
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_negative_values(avg_pool2d, rng):
    """Negative values count as they are, next to positive ones."""
    x = rng.whole(2, 2, 4, 5)
    x[:, :, 1:3, 2:4] = torch.tensor([[-8.0, 2.0], [0.0, -5.0]])
    compare(avg_pool2d, x, (2, 3), stride=1)


def test_stride_pair(avg_pool2d, rng):
    """The stride may be a pair, height first."""
    x = positive(rng, 1, 2, 9, 10)
    for stride in ((2, 1), (1, 3), (3, 2)):
        compare(avg_pool2d, x, (3, 4), stride=stride)


def test_padding_pair(avg_pool2d, rng):
    """The padding may be a pair, height first."""
    x = positive(rng, 1, 2, 5, 5)
    for padding in ((0, 1), (1, 0), (1, 2)):
        compare(avg_pool2d, x, (4, 5), stride=1, padding=padding)


def test_padding_pair_not_counted(avg_pool2d, rng):
    """Where only the places inside the input count, the padding may be a pair, too."""
    x = positive(rng, 1, 2, 5, 5)
    for padding in ((0, 1), (1, 0), (1, 2)):
        compare(avg_pool2d, x, (4, 5), stride=1, padding=padding, count_include_pad=False)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.weight(0.5)
def test_stride_and_padding(avg_pool2d, rng, counted):
    """Stride and padding together, for a whole batch, with the padding counted or not."""
    x = positive(rng, 2, 3, 5, 9)
    compare(avg_pool2d, x, 3, stride=2, padding=1, count_include_pad=counted)
    options = {"stride": (2, 4), "padding": (1, 2), "count_include_pad": counted}
    compare(avg_pool2d, x, (3, 5), **options)


def test_default_stride_with_padding(avg_pool2d, rng):
    """Without a stride the windows stand side by side in the padded input, too."""
    compare(avg_pool2d, positive(rng, 1, 2, 7, 7), 3, padding=1)
    compare(avg_pool2d, positive(rng, 1, 2, 4, 6), (3, 4), padding=(1, 1))


def test_stride_remainder(avg_pool2d, rng):
    """Where the stride does not divide the way, the rest of the input is left out."""
    compare(avg_pool2d, positive(rng, 1, 2, 6, 8), (2, 3), stride=3)
    compare(avg_pool2d, positive(rng, 1, 2, 5, 7), 2)


def test_stride_skips(avg_pool2d, rng):
    """The stride may be larger than the window."""
    compare(avg_pool2d, positive(rng, 1, 2, 8, 5), 2, stride=3)


def test_zeros_count(avg_pool2d, rng):
    """A zero of the input is a value like any other, with and without padding."""
    x = positive(rng, 1, 2, 4, 5)
    x[0, :, 1, 1:3] = 0
    for padding in (0, 1):
        compare(avg_pool2d, x, 3, stride=1, padding=padding, count_include_pad=False)


def test_padding_of_half_a_window(avg_pool2d, rng):
    """The padding may be exactly half of the window, in each direction on its own."""
    x = positive(rng, 1, 2, 4, 5)
    compare(avg_pool2d, x, 2, stride=1, padding=1)
    compare(avg_pool2d, x, (4, 2), stride=1, padding=(2, 1))
    compare(avg_pool2d, x, (2, 4), stride=1, padding=(1, 2))


def test_window_fills_input(avg_pool2d, rng):
    """A window as large as the input, in one direction or in both, works."""
    for size in ((3, 4), (3, 2), (2, 4)):
        compare(avg_pool2d, positive(rng, 2, 2, 3, 4), size, stride=1)


def test_window_fits_padded_input(avg_pool2d, rng):
    """A window larger than the input works if it fits into the padded input."""
    for size in ((2, 3), (3, 3), (2, 5)):
        compare(avg_pool2d, positive(rng, 1, 2, *size), (4, 5), stride=1, padding=1)


def test_one_by_one_window(avg_pool2d, rng):
    """Windows of a single place take the values themselves, every one or as the stride says."""
    x = positive(rng, 2, 2, 5, 7)
    compare(avg_pool2d, x, 1, stride=2)
    compare(avg_pool2d, x, 1)


@pytest.mark.weight(2)
def test_ceil_mode(avg_pool2d, rng):
    """In ceil mode the last window may hang over the end; what is beyond does not count."""
    for size in ((5, 7), (5, 6), (6, 7)):
        compare(avg_pool2d, positive(rng, 1, 2, *size), 2, stride=2, ceil_mode=True)
    compare(avg_pool2d, positive(rng, 1, 2, 6, 9), (3, 4), stride=(2, 3), ceil_mode=True)


def test_ceil_mode_without_remainder(avg_pool2d, rng):
    """Ceil mode adds no window where the stride divides the way."""
    compare(avg_pool2d, positive(rng, 1, 2, 4, 6), 2, stride=2, ceil_mode=True)
    compare(avg_pool2d, positive(rng, 1, 2, 6, 8), (4, 5), stride=1, ceil_mode=True)
    compare(avg_pool2d, positive(rng, 1, 2, 7, 9), 5, stride=2, padding=1, ceil_mode=True)


def test_ceil_mode_with_padding(avg_pool2d, rng):
    """In ceil mode the padding counts and what is beyond the padding does not."""
    compare(avg_pool2d, positive(rng, 1, 2, 6, 8), 3, stride=2, padding=1, ceil_mode=True)
    x = positive(rng, 1, 2, 7, 8)
    compare(avg_pool2d, x, (4, 5), stride=(2, 3), padding=(1, 2), ceil_mode=True)


def test_ceil_mode_padding_not_counted(avg_pool2d, rng):
    """In ceil mode, too, only the places inside the input count if that is asked for."""
    options = {"padding": 1, "ceil_mode": True, "count_include_pad": False}
    compare(avg_pool2d, positive(rng, 1, 2, 6, 8), 3, stride=2, **options)
    compare(avg_pool2d, positive(rng, 1, 2, 5, 9), (3, 4), stride=(2, 3), **options)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.weight(0.5)
def test_ceil_mode_last_window_in_padding(avg_pool2d, rng, counted):
    """In ceil mode a window that would start in the right or the lower padding is left out."""
    options = {"ceil_mode": True, "count_include_pad": counted}
    for size in ((5, 6), (6, 5), (5, 8)):
        compare(avg_pool2d, positive(rng, 1, 2, *size), 3, stride=3, padding=1, **options)


def test_ceil_mode_last_window_beyond_input(avg_pool2d, rng):
    """In ceil mode a window that would start beyond the input is left out, without padding too."""
    compare(avg_pool2d, positive(rng, 1, 2, 6, 9), 2, stride=3, ceil_mode=True)
    compare(avg_pool2d, positive(rng, 1, 2, 8, 4), 1, stride=4, ceil_mode=True)


def test_argument_forms(avg_pool2d, rng):
    """Arguments by position and by keyword, an int or a pair of the same."""
    x = positive(rng, 1, 2, 7, 13)
    expected = reference.avg_pool2d(x, 3, 1, 1)
    assert_close(avg_pool2d(x, 3, 1, 1, False, True), expected)
    assert_close(avg_pool2d(x, (3, 3), 1, (1, 1)), expected)
    options = {"count_include_pad": True, "ceil_mode": False, "padding": 1, "stride": (1, 1)}
    assert_close(avg_pool2d(**options, kernel_size=3, x=x), expected)
    assert_close(avg_pool2d(x, 3, None, 1, False), reference.avg_pool2d(x, 3, None, 1))


def test_strided_input(avg_pool2d, rng):
    """Transposed, sliced and expanded inputs work."""
    inputs = (
        positive(rng, 2, 5, 4, 3).permute(0, 3, 2, 1),
        positive(rng, 4, 2, 8, 10)[1::2, :, ::2, 1::2],
        positive(rng, 1, 2, 4, 5).expand(3, 2, 4, 5),
    )
    for x in inputs:
        compare(avg_pool2d, x, (2, 3), stride=1)


def test_large_magnitude(avg_pool2d, rng):
    """Large numbers are averaged exactly as small ones."""
    x = rng.whole(1, 2, 4, 5, low=-80_000, high=80_000)
    expected = reference.avg_pool2d(x, (2, 3), 1)
    assert_close(avg_pool2d(x, (2, 3), 1), expected, scale=6.0 * 80_000)


def test_input_unmodified(avg_pool2d, rng):
    """The tensor that comes in is left as it was."""
    x = positive(rng, 2, 2, 4, 5)
    for padding in (0, 1):
        got = assert_unmodified(avg_pool2d, x, (3, 4), 1, padding)
        assert_close(got, reference.avg_pool2d(x, (3, 4), 1, padding))


def check_gradient(avg_pool2d, rng, x, kernel_size, **options):
    """The gradient of the input for random upstream gradients."""

    def pool(x):
        return reference.avg_pool2d(x, kernel_size, **options)

    V = rng.whole(*pool(x).shape, low=1)
    _, got = avg_pool2d.vjp(x, kernel_size, upstream=V, **options)
    (expected,) = reference.vjp(pool, x, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient(avg_pool2d, rng):
    """Gradients flow back to every value of each window."""
    check_gradient(avg_pool2d, rng, positive(rng, 2, 2, 4, 6), 2, stride=2)


def test_gradient_where_windows_overlap(avg_pool2d, rng):
    """A value in several windows gets a share of all their gradients."""
    check_gradient(avg_pool2d, rng, positive(rng, 2, 2, 5, 6), (3, 2), stride=1)


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.weight(0.5)
def test_gradient_with_padding(avg_pool2d, rng, counted):
    """Gradients pass through stride and padding, with the padding counted or not."""
    options = {"stride": 2, "padding": 1, "count_include_pad": counted}
    check_gradient(avg_pool2d, rng, positive(rng, 1, 2, 5, 7), 3, **options)


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("direction", ["both", "height", "width"])
def test_too_much_padding(avg_pool2d, rng, direction):
    """Padding of more than half the window in either direction is a ValueError."""
    x = positive(rng, 1, 2, 6, 7)
    compare(avg_pool2d, x, 3, stride=1)
    wrong = {
        "both": ((3, 2), (2, 2), ((2, 4), (2, 3))),
        "height": ((3, (2, 1)), ((2, 4), (2, 2)), ((3, 5), (2, 1))),
        "width": ((3, (1, 2)), ((4, 2), (2, 2)), ((5, 3), (1, 2))),
    }
    for kernel_size, padding in wrong[direction]:
        assert_raises(ValueError, avg_pool2d, x, kernel_size, 1, padding)

"""Hidden tests of conv2d."""

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


def biases(rng, channels):
    """Odd whole numbers, no two the same, so none of them is zero."""
    return 2 * rng.distinct(16)[:channels] + 1


@pytest.mark.weight(2)
def test_single_image(conv2d, rng):
    """A batch of one image: channels in are summed, each kernel gives a channel out."""
    for co, ci in ((2, 2), (3, 2)):
        x, weight = rng.whole(1, ci, 4, 4), rng.whole(co, ci, 2, 2)
        assert_close(conv2d(x, weight), reference.conv2d(x, weight))


@pytest.mark.weight(2)
def test_batch(conv2d, rng):
    """Every image of a batch gets its own result; all dimensions may differ."""
    for N, co, ci, H, W, h, w in ((2, 4, 3, 4, 6, 3, 2), (3, 2, 4, 5, 3, 4, 1)):
        x, weight = rng.whole(N, ci, H, W), rng.whole(co, ci, h, w)
        assert_close(conv2d(x, weight), reference.conv2d(x, weight))


@pytest.mark.weight(2)
def test_bias(conv2d, rng):
    """Every output channel has its bias, added once at every place."""
    for size in ((4, 5), (4, 4)):
        x, weight, bias = rng.whole(2, 2, *size), rng.whole(3, 2, 2, 2), biases(rng, 3)
        assert_close(conv2d(x, weight, bias), reference.conv2d(x, weight, bias))
    bias = bias * torch.tensor([1.0, 0.0, 1.0])
    assert_close(conv2d(x, weight, bias), reference.conv2d(x, weight, bias))


@pytest.mark.weight(2)
def test_stride(conv2d, rng):
    """The window moves by the stride, downward and to the right."""
    x, weight = rng.whole(1, 2, 7, 9), rng.whole(2, 2, 3, 3)
    assert_close(conv2d(x, weight, stride=2), reference.conv2d(x, weight, stride=2))


@pytest.mark.weight(2)
def test_padding(conv2d, rng):
    """The padding is zeros, as many on each side."""
    x, weight = rng.whole(1, 2, 3, 5, low=1), rng.whole(2, 2, 2, 3)
    for padding in (1, 2):
        expected = reference.conv2d(x, weight, padding=padding)
        assert_close(conv2d(x, weight, padding=padding), expected)


def test_keeps_dtype(conv2d, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    x, weight = rng.normal(2, 2, 4, 3), rng.normal(3, 2, 2, 3)
    assert_precise(conv2d(x, weight), reference.conv2d(x, weight))
    got = conv2d(x.float(), weight.float())
    assert_dtype(got, torch.float32)
    assert_close(got, reference.conv2d(x, weight))


def test_keeps_dtype_with_padding(conv2d, rng):
    """float64 stays float64 with all its digits when there are padding and bias."""
    x, weight, bias = rng.normal(1, 2, 3, 4), rng.normal(2, 2, 2, 3), rng.normal(2)
    expected = reference.conv2d(x, weight, bias, padding=1)
    assert_precise(conv2d(x, weight, bias, padding=1), expected)


def test_stride_pair(conv2d, rng):
    """The stride may be a pair, height first."""
    x, weight = rng.whole(1, 2, 5, 7), rng.whole(2, 2, 3, 4)
    for stride in ((2, 1), (1, 3)):
        expected = reference.conv2d(x, weight, stride=stride)
        assert_close(conv2d(x, weight, stride=stride), expected)


def test_padding_pair(conv2d, rng):
    """The padding may be a pair, height first."""
    x, weight = rng.whole(1, 2, 4, 3, low=1), rng.whole(2, 2, 3, 2)
    for padding in ((0, 1), (1, 0), (2, 1)):
        expected = reference.conv2d(x, weight, padding=padding)
        assert_close(conv2d(x, weight, padding=padding), expected)


def test_stride_and_padding(conv2d, rng):
    """Stride and padding together, for a whole batch."""
    x, weight = rng.whole(2, 2, 5, 6, low=1), rng.whole(3, 2, 3, 4)
    for stride, padding in ((2, 1), ((2, 3), (1, 2))):
        expected = reference.conv2d(x, weight, stride=stride, padding=padding)
        assert_close(conv2d(x, weight, stride=stride, padding=padding), expected)


def test_bias_with_stride_and_padding(conv2d, rng):
    """The bias is added once at every place, whatever the stride and the padding."""
    x, weight, bias = rng.whole(2, 2, 3, 5, low=1), rng.whole(3, 2, 3, 3), biases(rng, 3)
    for stride, padding in ((1, 1), (2, 0), (2, 1)):
        expected = reference.conv2d(x, weight, bias, stride, padding)
        assert_close(conv2d(x, weight, bias, stride=stride, padding=padding), expected)


def test_stride_remainder(conv2d, rng):
    """Where the stride does not divide the way, the rest of the input is left out."""
    x, weight = rng.whole(1, 2, 6, 8), rng.whole(2, 2, 2, 3)
    for stride in (3, 4):
        expected = reference.conv2d(x, weight, stride=stride)
        assert_close(conv2d(x, weight, stride=stride), expected)


def test_stride_skips(conv2d, rng):
    """The stride may be larger than the kernel."""
    x, weight = rng.whole(1, 2, 8, 5), rng.whole(2, 2, 2, 2)
    assert_close(conv2d(x, weight, stride=3), reference.conv2d(x, weight, stride=3))


def test_wide_padding(conv2d, rng):
    """The padding may be as wide as the kernel, or wider."""
    x, weight = rng.whole(1, 2, 2, 3, low=1), rng.whole(2, 2, 2, 1)
    assert_close(conv2d(x, weight, padding=2), reference.conv2d(x, weight, padding=2))


def test_single_input_channel(conv2d, rng):
    """An input with a single channel works."""
    x, weight = rng.whole(2, 1, 4, 5), rng.whole(3, 1, 2, 3)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))


def test_single_output_channel(conv2d, rng):
    """With a single kernel the result still has its channel dimension."""
    x, weight = rng.whole(2, 3, 4, 5), rng.whole(1, 3, 2, 3)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))


def test_kernel_fills_input(conv2d, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        x, weight = rng.whole(2, 2, 3, 4), rng.whole(3, 2, *kernel)
        assert_close(conv2d(x, weight), reference.conv2d(x, weight))


def test_kernel_fits_padded_input(conv2d, rng):
    """A kernel larger than the input works if it fits into the padded input."""
    for size in ((2, 3), (3, 3), (2, 5)):
        x, weight = rng.whole(1, 2, *size, low=1), rng.whole(3, 2, 4, 5)
        assert_close(conv2d(x, weight, padding=1), reference.conv2d(x, weight, padding=1))


def test_one_by_one_kernel(conv2d, rng):
    """Kernels of a single place mix the channels."""
    x, weight = rng.whole(2, 3, 3, 4), rng.whole(2, 3, 1, 1)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))


def test_argument_forms(conv2d, rng):
    """Arguments by position and by keyword, an int or a pair, bias None or left out."""
    x, weight, bias = rng.whole(1, 2, 3, 5, low=1), rng.whole(2, 2, 3, 3), biases(rng, 2)
    expected = reference.conv2d(x, weight, bias, 2, 1)
    assert_close(conv2d(x, weight, bias, 2, 1), expected)
    assert_close(conv2d(x, weight, bias, (2, 2), 1), expected)
    assert_close(conv2d(padding=(1, 1), stride=2, bias=bias, weight=weight, x=x), expected)
    expected = reference.conv2d(x, weight, None, 2, 1)
    assert_close(conv2d(x, weight, None, 2, 1), expected)
    assert_close(conv2d(x, weight, bias=None, padding=1, stride=(2, 2)), expected)


def test_strided_input(conv2d, rng):
    """Transposed, sliced and expanded inputs work."""
    weight = rng.whole(2, 3, 2, 3).permute(1, 0, 3, 2)
    inputs = (
        rng.whole(2, 4, 3, 2).permute(0, 3, 1, 2),
        rng.whole(4, 2, 8, 6)[1::2, :, ::2, 1::2],
        rng.whole(1, 2, 4, 3).expand(2, 2, 4, 3),
    )
    for x in inputs:
        assert_close(conv2d(x, weight), reference.conv2d(x, weight))


def test_large_magnitude(conv2d, rng):
    """Large numbers are summed exactly as small ones."""
    x = rng.whole(1, 2, 4, 5, low=-80_000, high=80_000)
    weight = rng.whole(3, 2, 3, 2, low=-80_000, high=80_000)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight), scale=12.0 * 80_000**2)


def test_input_unmodified(conv2d, rng):
    """The tensors that come in are left as they were."""
    x, weight, bias = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 2), biases(rng, 3)
    got = assert_unmodified(conv2d, x, weight, bias)
    assert_close(got, reference.conv2d(x, weight, bias))


def test_gradient_of_input(conv2d, rng):
    """Gradients flow back to the input with the right values."""
    x, weight, V = rng.whole(2, 2, 4, 5), rng.whole(3, 2, 2, 3), rng.whole(2, 3, 3, 3)
    _, got = conv2d.vjp(x, weight, upstream=V)
    expected, _ = reference.vjp(reference.conv2d, x, weight, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_weight(conv2d, rng):
    """Gradients flow back to the weight with the right values."""
    x, weight, V = rng.whole(2, 2, 5, 4), rng.whole(3, 2, 3, 2), rng.whole(2, 3, 3, 3)
    _, got = conv2d.vjp(x, weight, upstream=V)
    _, expected = reference.vjp(reference.conv2d, x, weight, upstream=V)
    assert_gradient(got["1"], expected, of="the weight")


def test_gradient_of_bias(conv2d, rng):
    """Gradients flow back to the bias with the right values."""
    x, weight, bias = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 2), biases(rng, 3)
    V = rng.whole(2, 3, 2, 3)
    value, got = conv2d.vjp(x, weight, bias, upstream=V)
    assert_close(value, reference.conv2d(x, weight, bias))
    _, _, expected = reference.vjp(reference.conv2d, x, weight, bias, upstream=V)
    assert_gradient(got["2"], expected, of="the bias")


def test_gradients_with_stride_and_padding(conv2d, rng):
    """Gradients pass through stride and padding with the right values."""

    def strided(x, weight, bias):
        return reference.conv2d(x, weight, bias, stride=2, padding=1)

    x, weight, bias = rng.whole(2, 2, 4, 5), rng.whole(3, 2, 2, 3), biases(rng, 3)
    V = rng.whole(2, 3, 3, 3)
    _, got = conv2d.vjp(x, weight, bias, stride=2, padding=1, upstream=V)
    expected = reference.vjp(strided, x, weight, bias, upstream=V)
    for place, name in enumerate(("input", "weight", "bias")):
        assert_gradient(got[str(place)], expected[place], of=f"the {name}")


def test_channel_mismatch(conv2d, rng):
    """Input and weight with different numbers of input channels are a ValueError."""
    x, weight = rng.whole(1, 2, 4, 5), rng.whole(3, 2, 2, 3)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))
    for ci, co, k_ci in ((3, 3, 2), (2, 4, 3), (1, 2, 3), (3, 2, 1), (4, 4, 2)):
        assert_raises(ValueError, conv2d, rng.whole(1, ci, 4, 5), rng.whole(co, k_ci, 2, 3))


def test_kernel_too_large(conv2d, rng):
    """A kernel larger than the padded input in either direction is a ValueError."""
    x, weight = rng.whole(1, 2, 4, 5), rng.whole(3, 2, 2, 3)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))
    for kernel in ((5, 6), (6, 7), (2, 6), (5, 2)):
        assert_raises(ValueError, conv2d, x, rng.whole(3, 2, *kernel))
    for kernel in ((7, 2), (2, 8)):
        assert_raises(ValueError, conv2d, x, rng.whole(3, 2, *kernel), padding=1)

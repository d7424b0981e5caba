"""Hidden tests of conv2d_backward."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_dtype,
    assert_precise,
    assert_unmodified,
    reference,
)

GRADIENTS = {"input": 0, "weight": 1, "bias": 2}
ALL = tuple(GRADIENTS)
TWO = ("input", "weight")  # the bias's has nothing to do with windows
each_gradient = pytest.mark.parametrize("of", ALL)
input_or_weight = pytest.mark.parametrize("of", TWO)


def upstream_for(rng, x, weight, stride=1, padding=0):
    """A random upstream gradient, shaped like the layer's output."""
    return rng.whole(*reference.conv2d(x, weight, None, stride, padding).shape)


def compare(got, expected, *, of=TWO, scale=None):
    """The gradients named."""
    for name in (of,) if isinstance(of, str) else of:
        place = GRADIENTS[name]
        assert_close(got[place], expected[place], scale=scale, what=f"gradient of the {name}")


def check(conv2d_backward, rng, x, weight, *, of=TWO, **options):
    """The gradients named for one input, one weight and one choice of the options."""
    dY = upstream_for(rng, x, weight, **options)
    expected = reference.conv2d_backward(dY, x, weight, **options)
    compare(conv2d_backward(dY, x, weight, **options), expected, of=of)


@pytest.mark.weight(2)
@each_gradient
def test_single_image(conv2d_backward, rng, of):
    """For one image, input, weight and bias each get a gradient with the right values."""
    check(conv2d_backward, rng, rng.whole(1, 2, 4, 4), rng.whole(2, 2, 2, 2), of=of)


@pytest.mark.weight(2)
@each_gradient
def test_batch(conv2d_backward, rng, of):
    """The gradients of a whole batch; all dimensions may differ."""
    for N, co, ci, H, W, h, w in ((2, 4, 3, 3, 4, 2, 3), (3, 2, 4, 5, 3, 4, 1)):
        check(conv2d_backward, rng, rng.whole(N, ci, H, W), rng.whole(co, ci, h, w), of=of)


@pytest.mark.weight(2)
@input_or_weight
def test_stride(conv2d_backward, rng, of):
    """The gradients follow the windows, which move by the stride."""
    check(conv2d_backward, rng, rng.whole(1, 2, 5, 7), rng.whole(2, 2, 3, 3), of=of, stride=2)


@pytest.mark.weight(2)
@input_or_weight
def test_padding(conv2d_backward, rng, of):
    """Windows reach into the padding, which keeps its share of the gradient to itself."""
    check(conv2d_backward, rng, rng.whole(1, 2, 3, 4), rng.whole(2, 2, 2, 3), of=of, padding=1)
    check(conv2d_backward, rng, rng.whole(1, 2, 2, 3), rng.whole(1, 2, 3, 3), of=of, padding=2)


@each_gradient
def test_keeps_dtype(conv2d_backward, rng, of):
    """float64 stays float64 with all its digits, float32 stays float32."""
    what, place = f"gradient of the {of}", GRADIENTS[of]
    dY, x, weight = rng.normal(2, 3, 3, 2), rng.normal(2, 2, 4, 4), rng.normal(3, 2, 2, 3)
    expected = reference.conv2d_backward(dY, x, weight)[place]
    assert_precise(conv2d_backward(dY, x, weight)[place], expected, scale=30.0, what=what)
    got = conv2d_backward(dY.float(), x.float(), weight.float())[place]
    assert_dtype(got, torch.float32, what=what)
    assert_close(got, expected, scale=30.0, what=what)


@input_or_weight
def test_keeps_dtype_with_padding(conv2d_backward, rng, of):
    """The dtype and all the digits are kept when there is padding, too."""
    what, place = f"gradient of the {of}", GRADIENTS[of]
    dY, x, weight = rng.normal(1, 2, 3, 4), rng.normal(1, 2, 3, 4), rng.normal(2, 2, 3, 3)
    expected = reference.conv2d_backward(dY, x, weight, 1, 1)[place]
    got = conv2d_backward(dY, x, weight, padding=1)[place]
    assert_precise(got, expected, scale=30.0, what=what)


@input_or_weight
def test_stride_pair(conv2d_backward, rng, of):
    """The stride may be a pair, height first."""
    x, weight = rng.whole(1, 2, 5, 7), rng.whole(2, 2, 3, 4)
    for stride in ((2, 1), (1, 3)):
        check(conv2d_backward, rng, x, weight, of=of, stride=stride)


@input_or_weight
def test_padding_pair(conv2d_backward, rng, of):
    """The padding may be a pair, height first."""
    x, weight = rng.whole(1, 2, 3, 3), rng.whole(2, 2, 3, 2)
    for padding in ((0, 1), (1, 0), (2, 1)):
        check(conv2d_backward, rng, x, weight, of=of, padding=padding)


@each_gradient
def test_stride_and_padding(conv2d_backward, rng, of):
    """Stride and padding together, for a whole batch."""
    x, weight = rng.whole(2, 2, 3, 5), rng.whole(3, 2, 3, 3)
    check(conv2d_backward, rng, x, weight, of=of, stride=2, padding=1)


@pytest.mark.weight(2)
def test_stride_remainder(conv2d_backward, rng):
    """Where the stride does not divide the way, the rest of the input gets no gradient."""
    for size, kernel, stride in (((5, 6), (2, 2), 2), ((6, 8), (2, 3), 3), ((5, 4), (3, 3), 3)):
        x, weight = rng.whole(1, 2, *size), rng.whole(2, 2, *kernel)
        check(conv2d_backward, rng, x, weight, stride=stride)


def test_stride_remainder_with_padding(conv2d_backward, rng):
    """The rest that the stride leaves may lie in the padding, or in both padding and input."""
    for size, stride in (((4, 4), 2), ((7, 6), 4), ((6, 5), 3)):
        x, weight = rng.whole(1, 2, *size), rng.whole(2, 2, 3, 3)
        check(conv2d_backward, rng, x, weight, stride=stride, padding=1)


def test_stride_skips(conv2d_backward, rng):
    """The stride may be larger than the kernel; what is skipped gets no gradient."""
    check(conv2d_backward, rng, rng.whole(1, 2, 8, 5), rng.whole(2, 2, 2, 2), stride=3)


def test_wide_padding(conv2d_backward, rng):
    """The padding may be as wide as the kernel, or wider."""
    check(conv2d_backward, rng, rng.whole(1, 2, 2, 3), rng.whole(2, 2, 2, 1), padding=2)
    check(conv2d_backward, rng, rng.whole(1, 2, 2, 3), rng.whole(1, 2, 2, 2), padding=3)


def test_kernel_fills_input(conv2d_backward, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        check(conv2d_backward, rng, rng.whole(2, 2, 3, 4), rng.whole(3, 2, *kernel))


def test_kernel_fits_padded_input(conv2d_backward, rng):
    """A kernel larger than the input works if it fits into the padded input."""
    for size in ((2, 3), (3, 3), (2, 4)):
        check(conv2d_backward, rng, rng.whole(1, 2, *size), rng.whole(2, 2, 4, 5), padding=1)


def test_one_by_one_kernel(conv2d_backward, rng):
    """Kernels of a single place work."""
    check(conv2d_backward, rng, rng.whole(2, 3, 3, 4), rng.whole(2, 3, 1, 1))
    check(conv2d_backward, rng, rng.whole(2, 3, 1, 1), rng.whole(4, 3, 1, 1))


def test_single_channels(conv2d_backward, rng):
    """A single channel, in or out, keeps its dimension."""
    for co, ci in ((3, 1), (1, 3), (1, 1)):
        check(conv2d_backward, rng, rng.whole(2, ci, 3, 4), rng.whole(co, ci, 2, 3), of=ALL)


def test_argument_forms(conv2d_backward, rng):
    """Arguments by position and by keyword, an int or a pair of the same."""
    x, weight = rng.whole(1, 2, 3, 5), rng.whole(2, 2, 3, 3)
    dY = upstream_for(rng, x, weight, 2, 1)
    expected = reference.conv2d_backward(dY, x, weight, 2, 1)
    compare(conv2d_backward(dY, x, weight, 2, 1), expected)
    compare(conv2d_backward(dY, x, weight, (2, 2), 1), expected)
    compare(conv2d_backward(dY, x, weight, 2, (1, 1)), expected)
    compare(conv2d_backward(padding=1, stride=2, weight=weight, x=x, dY=dY), expected)


def test_strided_tensors(conv2d_backward, rng):
    """Transposed, sliced and expanded inputs and upstream gradients work."""
    x, weight, dY = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 3), rng.whole(2, 3, 2, 2)
    for arguments in (
        (dY.transpose(2, 3), x, weight),
        (rng.whole(2, 2, 2, 3).permute(0, 3, 1, 2), x, weight),
        (rng.whole(3, 1, 1, low=1).expand(2, 3, 2, 2), x, weight),
        (dY, rng.whole(2, 4, 3, 2).permute(0, 3, 2, 1), weight),
        (dY, rng.whole(4, 2, 6, 8)[1::2, :, ::2, 1::2], weight),
        (dY, x[:1].expand(2, 2, 3, 4), rng.whole(2, 3, 3, 2).permute(1, 0, 3, 2)),
    ):
        expected = reference.conv2d_backward(*arguments)
        compare(conv2d_backward(*arguments), expected, of=ALL)


def test_large_magnitude(conv2d_backward, rng):
    """Large numbers are summed exactly as small ones."""
    sizes = ((1, 3, 2, 4), (1, 2, 4, 5), (3, 2, 3, 2))
    arguments = [rng.whole(*size, low=-80_000, high=80_000) for size in sizes]
    expected = reference.conv2d_backward(*arguments)
    compare(conv2d_backward(*arguments), expected, scale=24.0 * 80_000**2)


def test_input_unmodified(conv2d_backward, rng):
    """The tensors that come in are left as they were."""
    x, weight, dY = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 2), rng.whole(2, 3, 2, 3)
    for arguments in ((dY, x, weight), (rng.whole(2, 3, 4, 5), x, weight, 1, 1)):
        got = assert_unmodified(conv2d_backward, *arguments)
        compare(got, reference.conv2d_backward(*arguments), of=ALL)

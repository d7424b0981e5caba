"""Hidden tests of corr2d_pad_stride."""

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


def check(corr2d_pad_stride, X, K, **options):
    expected = reference.corr2d_pad_stride(X, K, **options)
    assert_close(corr2d_pad_stride(X, K, **options), expected)


@pytest.mark.weight(2)
def test_plain(corr2d_pad_stride, rng):
    """Without padding and stride this is plain cross-correlation."""
    for shape, kernel in (((5, 5), (2, 2)), ((4, 7), (2, 3)), ((7, 4), (3, 2))):
        check(corr2d_pad_stride, rng.whole(*shape), rng.distinct(*kernel))


@pytest.mark.weight(2)
def test_padding(corr2d_pad_stride, rng):
    """The padding is zeros, as many on each side."""
    for shape, kernel, width in (((4, 4), (3, 3), 1), ((4, 5), (2, 3), 1), ((5, 4), (3, 4), 2)):
        X, K = rng.whole(*shape, low=1), rng.distinct(*kernel)
        check(corr2d_pad_stride, X, K, padding=(width, width))


@pytest.mark.weight(2)
def test_stride(corr2d_pad_stride, rng):
    """The kernel moves by the stride, downward and to the right."""
    for shape, kernel, step in (((7, 7), (3, 3), 2), ((6, 8), (2, 2), 2), ((10, 7), (4, 4), 3)):
        check(corr2d_pad_stride, rng.whole(*shape), rng.distinct(*kernel), stride=(step, step))


@pytest.mark.weight(1.5)
def test_padding_pair(corr2d_pad_stride, rng):
    """The padding of the rows and that of the columns may differ, height first."""
    X, K = rng.whole(4, 5, low=1), rng.distinct(2, 3)
    for padding in ((1, 0), (0, 1), (1, 2)):
        check(corr2d_pad_stride, X, K, padding=padding)


@pytest.mark.weight(1.5)
def test_stride_pair(corr2d_pad_stride, rng):
    """The strides downward and to the right may differ, height first."""
    X, K = rng.whole(7, 9), rng.distinct(3, 3)
    for stride in ((2, 1), (1, 3), (4, 2)):
        check(corr2d_pad_stride, X, K, stride=stride)


@pytest.mark.weight(2)
def test_padding_and_stride(corr2d_pad_stride, rng):
    """Padding and stride together, different in height and width."""
    X = rng.whole(5, 7, low=1)
    for kernel, padding, stride in (
        ((3, 3), (1, 1), (2, 2)),
        ((4, 3), (1, 2), (3, 2)),
        ((2, 4), (2, 1), (1, 5)),
    ):
        check(corr2d_pad_stride, X, rng.distinct(*kernel), padding=padding, stride=stride)


def test_stride_remainder(corr2d_pad_stride, rng):
    """Where the stride does not divide the way, the rest of the input is left out."""
    X = rng.whole(8, 9)
    for kernel, stride in (((3, 2), (2, 2)), ((3, 4), (3, 3)), ((4, 4), (3, 3))):
        check(corr2d_pad_stride, X, rng.distinct(*kernel), stride=stride)


def test_stride_skips(corr2d_pad_stride, rng):
    """The stride may be larger than the kernel."""
    X, K = rng.whole(8, 8), rng.distinct(2, 2)
    for stride in ((3, 3), (6, 6)):
        check(corr2d_pad_stride, X, K, stride=stride)


@pytest.mark.weight(0.5)
def test_stride_beyond_input(corr2d_pad_stride, rng):
    """The stride may be larger than the input."""
    X, K = rng.whole(4, 5), rng.distinct(2, 2)
    for stride in ((9, 1), (1, 9), (9, 9)):
        check(corr2d_pad_stride, X, K, stride=stride)


def test_wide_padding(corr2d_pad_stride, rng):
    """The padding may be as wide as the kernel, or wider."""
    X, K = rng.whole(2, 3, low=1), rng.distinct(2, 2)
    for padding in ((2, 2), (4, 4)):
        check(corr2d_pad_stride, X, K, padding=padding)


def test_kernel_fills_input(corr2d_pad_stride, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for kernel in ((3, 4), (3, 2), (2, 4)):
        check(corr2d_pad_stride, rng.whole(3, 4), rng.distinct(*kernel))


def test_kernel_fits_padded_input(corr2d_pad_stride, rng):
    """A kernel larger than the input works if it fits into the padded input."""
    for shape in ((2, 3), (3, 3), (2, 5)):
        X, K = rng.whole(*shape, low=1), rng.distinct(4, 5)
        check(corr2d_pad_stride, X, K, padding=(1, 1))


def test_one_by_one_kernel(corr2d_pad_stride, rng):
    """A kernel of a single number works."""
    X, K = rng.whole(5, 7, low=1), rng.whole(1, 1, low=2)
    check(corr2d_pad_stride, X, K)
    check(corr2d_pad_stride, X, K, padding=(1, 1))
    check(corr2d_pad_stride, X, K, stride=(2, 2))


def test_keeps_dtype(corr2d_pad_stride, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X, K = rng.normal(4, 5), rng.normal(2, 3)
    for options in ({}, {"padding": (1, 1)}):
        expected = reference.corr2d_pad_stride(X, K, **options)
        assert_precise(corr2d_pad_stride(X, K, **options), expected)
        got = corr2d_pad_stride(X.float(), K.float(), **options)
        assert_dtype(got, torch.float32)
        assert_close(got, expected)


def test_integer_input(corr2d_pad_stride, rng):
    """Whole-number tensors work too."""
    X = rng.whole(4, 5, low=100, high=900, dtype=torch.int64)
    K = rng.distinct(2, 3, dtype=torch.int64)
    for options in ({}, {"padding": (1, 1)}):
        expected = reference.corr2d_pad_stride(X.double(), K.double(), **options)
        assert_close(corr2d_pad_stride(X, K, **options), expected)


def test_strided_input(corr2d_pad_stride, rng):
    """Transposed, sliced and expanded inputs work."""
    K = rng.distinct(2, 3).t()
    for X in (rng.whole(8, 5).t(), rng.whole(11, 18)[1::2, ::3], rng.whole(1, 6).expand(5, 6)):
        check(corr2d_pad_stride, X, K)
        check(corr2d_pad_stride, X, K, stride=(2, 2))


def test_large_magnitude(corr2d_pad_stride, rng):
    """Large numbers are summed exactly as small ones."""
    X, K = rng.whole(5, 6, low=-80_000, high=80_000), rng.whole(3, 2, low=-80_000, high=80_000)
    assert_close(corr2d_pad_stride(X, K), reference.corr2d_pad_stride(X, K), scale=6.0 * 80_000**2)


def test_argument_forms(corr2d_pad_stride, rng):
    """Arguments by position and by keyword, in any order."""
    X, K = rng.whole(5, 6, low=1), rng.distinct(3, 2)
    expected = reference.corr2d_pad_stride(X, K, (1, 0), (2, 4))
    assert_close(corr2d_pad_stride(X, K, (1, 0), (2, 4)), expected)
    assert_close(corr2d_pad_stride(X, K, (1, 0), stride=(2, 4)), expected)
    assert_close(corr2d_pad_stride(stride=(2, 4), padding=(1, 0), K=K, X=X), expected)


def test_input_unmodified(corr2d_pad_stride, rng):
    """The tensors that come in are left as they were."""
    X, K = rng.whole(5, 6, low=1), rng.distinct(2, 3)
    got = assert_unmodified(corr2d_pad_stride, X, K)
    assert_close(got, reference.corr2d_pad_stride(X, K))
    got = assert_unmodified(corr2d_pad_stride, X, K, padding=(1, 1))
    assert_close(got, reference.corr2d_pad_stride(X, K, padding=(1, 1)))


def test_gradient_of_input(corr2d_pad_stride, rng):
    """Gradients flow back to the input with the right values."""
    X, K, V = rng.whole(5, 6), rng.whole(2, 3), rng.whole(4, 4)
    _, got = corr2d_pad_stride.vjp(X, K, upstream=V)
    expected, _ = reference.vjp(reference.corr2d_pad_stride, X, K, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_kernel(corr2d_pad_stride, rng):
    """Gradients flow back to the kernel with the right values."""
    X, K, V = rng.whole(6, 5), rng.whole(3, 2), rng.whole(4, 4)
    _, got = corr2d_pad_stride.vjp(X, K, upstream=V)
    _, expected = reference.vjp(reference.corr2d_pad_stride, X, K, upstream=V)
    assert_gradient(got["1"], expected, of="the kernel")


def test_gradients_with_padding_and_stride(corr2d_pad_stride, rng):
    """Gradients pass through padding and stride with the right values."""
    options = {"padding": (1, 2), "stride": (2, 3)}
    X, K, V = rng.whole(5, 6, low=1), rng.whole(3, 4), rng.whole(3, 3)
    _, got = corr2d_pad_stride.vjp(X, K, **options, upstream=V)
    dX, dK = reference.vjp(
        lambda X, K: reference.corr2d_pad_stride(X, K, **options), X, K, upstream=V
    )
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernel")


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("kernel", [(5, 6), (5, 2), (2, 6)], ids=["both", "taller", "wider"])
def test_kernel_too_large(corr2d_pad_stride, rng, kernel):
    """A kernel larger than the input in either direction is a ValueError."""
    X = rng.whole(4, 5)
    check(corr2d_pad_stride, X, rng.distinct(2, 2))
    assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(*kernel))


@pytest.mark.weight(0.5)
def test_kernel_too_large_for_padded_input(corr2d_pad_stride, rng):
    """A kernel larger than the padded input in either direction is a ValueError."""
    X = rng.whole(4, 5, low=1)
    check(corr2d_pad_stride, X, rng.distinct(3, 3), padding=(1, 1))
    for kernel in ((7, 2), (2, 8)):
        assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(*kernel), padding=(1, 1))
    for kernel, padding in (((5, 2), (0, 3)), ((2, 6), (3, 0))):
        assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(*kernel), padding=padding)


@pytest.mark.weight(0.5)
def test_kernel_too_large_with_stride(corr2d_pad_stride, rng):
    """A kernel larger than the input is a ValueError with a stride, too."""
    X = rng.whole(4, 5)
    check(corr2d_pad_stride, X, rng.distinct(2, 3), stride=(2, 2))
    for kernel, stride in (((5, 2), (2, 1)), ((2, 6), (1, 2)), ((5, 6), (3, 3))):
        assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(*kernel), stride=stride)


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("stride", [(0, 1), (1, 0), (-1, -1)], ids=["down", "right", "negative"])
def test_bad_stride(corr2d_pad_stride, rng, stride):
    """A stride below 1 in either direction is a ValueError."""
    X = rng.whole(4, 5)
    check(corr2d_pad_stride, X, rng.distinct(2, 2), stride=(1, 1))
    for kernel in ((2, 2), (4, 5)):
        assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(*kernel), stride=stride)


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("padding", [(-1, 1), (1, -1)], ids=["rows", "columns"])
def test_negative_padding(corr2d_pad_stride, rng, padding):
    """A negative padding in either direction is a ValueError."""
    X = rng.whole(5, 6, low=1)
    check(corr2d_pad_stride, X, rng.distinct(2, 2), padding=(1, 1))
    assert_raises(ValueError, corr2d_pad_stride, X, rng.whole(2, 2), padding=padding)

# Generated from solutions/03_padding_stride/test_padding_stride.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_gradient,
    assert_raises,
    assert_same_number,
    reference,
)

X = torch.arange(9.0, dtype=torch.float64).reshape(3, 3)
K = torch.arange(4.0, dtype=torch.float64).reshape(2, 2)


def window(X, K, padding=(0, 0), stride=(1, 1)):
    """The part of the padded X that the kernel covers at place (i, j)."""
    (h, w), (ph, pw), (sh, sw) = K.shape, padding, stride
    P = reference.pad2d(X, pw, pw, ph, ph)
    return lambda i, j: P[i * sh : i * sh + h, j * sw : j * sw + w]


# --- output_size ---------------------------------------------------------------------------------


@pytest.mark.hint("Draw n places in a row and count how often the kernel fits between them.")
def test_output_size_stride(output_size):
    """The first drawing of the text: 7 places, and 8 with one left over."""
    assert_same_number(output_size(7, 3), 5, what="size")
    assert_same_number(output_size(7, 3, stride=2), 3, what="size")
    assert_same_number(output_size(8, 3, stride=2), 3, what="size")


@pytest.mark.hint("`padding` is per side. How many places does it add in total?")
def test_output_size_padding(output_size):
    """One place of padding on each side of 3 places."""
    assert_same_number(output_size(3, 2, padding=1), 4, what="size")
    assert_same_number(output_size(3, 2, padding=1, stride=3), 2, what="size")


@pytest.mark.hint(
    "How many places are there from the first value of the spread kernel to the last?"
)
def test_output_size_dilation(output_size):
    """A kernel of 2 values, 3 places apart."""
    assert_same_number(output_size(5, 2, dilation=3), 2, what="size")


@pytest.mark.hint(
    "Compute the size first, then look whether it is below 1. Which way does // round?"
)
def test_output_size_too_large(output_size):
    """A kernel larger than the input is a ValueError."""
    assert_same_number(output_size(3, 3), 1, what="size")
    assert_raises(ValueError, output_size, 3, 4)
    assert_raises(ValueError, output_size, 3, 4, stride=2)


# --- receptive_field -----------------------------------------------------------------------------


@pytest.mark.hint("How many more places does a second layer of kernel 3 see than the first?")
def test_receptive_field_stride_one(receptive_field):
    """Three layers with stride 1."""
    assert_same_number(receptive_field([(7, 1), (3, 1), (3, 1)]), 11, what="receptive field")


@pytest.mark.hint(
    "Keep two numbers, the field and the step. Which of them does a layer change first?"
)
def test_receptive_field_two_layers(receptive_field):
    """The drawing of the text, and the same layers in the other order."""
    assert_same_number(receptive_field([(3, 2), (3, 1)]), 7, what="receptive field")
    assert_same_number(receptive_field([(3, 1), (3, 2)]), 5, what="receptive field")


@pytest.mark.hint("Two layers of stride 2, one after the other: how far apart are their outputs?")
def test_receptive_field_image_network(receptive_field):
    """The beginning of a common image network."""
    assert_same_number(receptive_field([(7, 2), (3, 2), (3, 1)]), 19, what="receptive field")


@pytest.mark.hint(
    "Without a layer, an output is a place of the input. How many places does it see?"
)
def test_receptive_field_no_layers(receptive_field):
    """No layers at all."""
    assert_same_number(receptive_field([(3, 2)]), 3, what="receptive field")
    assert_same_number(receptive_field([]), 1, what="receptive field")


# --- pad2d ---------------------------------------------------------------------------------------


@pytest.mark.smallest(
    reference.pad2d, X="H W", left=(0, 2), right=(0, 2), top=(0, 2), bottom=(0, 2), value=(0, 9)
)
@pytest.mark.hint("Make a tensor of the new size full of the value, then put X in its place.")
def test_pad2d_example(pad2d):
    """The example of the text: all sides differ, the new places hold 9."""
    expected = torch.tensor(
        [[9.0, 9, 0, 1, 2, 9], [9.0, 9, 3, 4, 5, 9], [9.0, 9, 9, 9, 9, 9]], dtype=torch.float64
    )
    assert_close(pad2d(X[:2], left=2, right=1, top=0, bottom=1, value=9), expected)


@pytest.mark.hint("The last two dimensions are X.shape[-2:]; `...` stands for all before them.")
def test_pad2d_leading_dimensions(pad2d, rng):
    """A batch of images: only height and width grow."""
    X = rng.whole(2, 3, 2, 3, low=1)
    assert_close(pad2d(X, 1, 0, 2, 1), reference.pad2d(X, 1, 0, 2, 1))


@pytest.mark.hint("Copy X itself into the larger tensor: .item(), .data and no_grad cut it off.")
def test_pad2d_gradient(pad2d, rng):
    """Gradients flow back to the input."""
    X, V = rng.whole(2, 3), rng.whole(5, 4)
    _, got = pad2d.vjp(X, 1, 0, 2, 1, upstream=V)
    (expected,) = reference.vjp(lambda X: reference.pad2d(X, 1, 0, 2, 1), X, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


@pytest.mark.hint("Look at all four amounts before you make the larger tensor.")
def test_pad2d_negative(pad2d):
    """A negative amount is a ValueError."""
    assert_close(pad2d(X, 1, 1, 1, 1), reference.pad2d(X, 1, 1, 1, 1))
    assert_raises(ValueError, pad2d, X, 1, -1, 0, 0)


# --- corr2d_pad_stride ---------------------------------------------------------------------------


@pytest.mark.smallest(reference.corr2d_pad_stride, X="H W", K="h w", window=window)
@pytest.mark.hint("Without padding and stride this is corr2d of chapter 2.")
def test_corr2d_pad_stride_plain(corr2d_pad_stride, rng):
    """No padding, no stride; height and width differ."""
    expected = torch.tensor([[19.0, 25.0], [37.0, 43.0]])
    assert_close(corr2d_pad_stride(X, K), expected, window=window(X, K))
    A, B = rng.whole(3, 5), rng.whole(2, 3)
    assert_close(corr2d_pad_stride(A, B), reference.corr2d_pad_stride(A, B), window=window(A, B))


@pytest.mark.hint(
    "Pad X on all four sides first; padding[0] is for the rows, padding[1] for columns."
)
def test_corr2d_pad_stride_padding(corr2d_pad_stride, rng):
    """The example of the text with padding (1, 1), and unequal padding."""
    expected = torch.tensor([[0.0, 3, 8, 4], [9, 19, 25, 10], [21, 37, 43, 16], [6, 7, 8, 0]])
    got = corr2d_pad_stride(X, K, padding=(1, 1))
    assert_close(got, expected, window=window(X, K, (1, 1)))
    A, B = rng.whole(2, 4, low=1), rng.whole(2, 3)
    expected = reference.corr2d_pad_stride(A, B, (0, 2))
    assert_close(corr2d_pad_stride(A, B, padding=(0, 2)), expected, window=window(A, B, (0, 2)))


@pytest.mark.hint("The window of output (i, j) begins in row i * sh and column j * sw of padded X.")
def test_corr2d_pad_stride_stride(corr2d_pad_stride, rng):
    """The example of the text with stride (3, 2), and a stride without padding."""
    expected = torch.tensor([[0.0, 8.0], [6.0, 8.0]])
    got = corr2d_pad_stride(X, K, padding=(1, 1), stride=(3, 2))
    assert_close(got, expected, window=window(X, K, (1, 1), (3, 2)))
    A, B, stride = rng.whole(4, 6), rng.whole(2, 2), (1, 2)
    expected = reference.corr2d_pad_stride(A, B, stride=stride)
    got = corr2d_pad_stride(A, B, stride=stride)
    assert_close(got, expected, window=window(A, B, stride=stride))


@pytest.mark.hint(
    "Build P and the result with torch operations: .item(), .data, no_grad cut it off."
)
def test_corr2d_pad_stride_gradient(corr2d_pad_stride, rng):
    """Gradients flow back to the input and the kernel."""
    X, K, V = rng.whole(3, 4), rng.whole(2, 2), rng.whole(2, 3)
    options = {"padding": (1, 1), "stride": (2, 2)}
    _, got = corr2d_pad_stride.vjp(X, K, **options, upstream=V)
    dX, dK = reference.vjp(
        lambda X, K: reference.corr2d_pad_stride(X, K, **options), X, K, upstream=V
    )
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernel")


@pytest.mark.hint("output_size raises a ValueError already, if you ask it for both directions.")
def test_corr2d_pad_stride_too_large(corr2d_pad_stride):
    """A kernel larger than the padded input is a ValueError."""
    assert_close(
        corr2d_pad_stride(K, X, padding=(1, 1)), reference.corr2d(reference.pad2d(K, 1, 1, 1, 1), X)
    )
    assert_raises(ValueError, corr2d_pad_stride, K, X)

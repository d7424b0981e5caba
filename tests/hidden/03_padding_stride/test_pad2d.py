"""Hidden tests of pad2d."""

import math

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

SIDES = ("left", "right", "top", "bottom")


@pytest.mark.weight(2)
def test_border_of_zeros(pad2d, rng):
    """A border of the same width on all sides."""
    for shape, width in (((3, 3), 1), ((4, 5), 2)):
        X = rng.whole(*shape, low=1)
        sides = (width,) * 4
        assert_close(pad2d(X, *sides), reference.pad2d(X, *sides))


@pytest.mark.weight(2)
def test_unequal_sides(pad2d, rng):
    """All four sides may differ."""
    X = rng.whole(3, 4, low=1)
    for sides in ((1, 2, 3, 4), (4, 3, 2, 1), (2, 4, 1, 3)):
        assert_close(pad2d(X, *sides), reference.pad2d(X, *sides))


@pytest.mark.weight(2)
def test_value(pad2d, rng):
    """The new places hold the value."""
    X = rng.whole(3, 4, low=1)
    for value in (7.0, -3.0, 0.5):
        assert_close(pad2d(X, 2, 2, 2, 2, value), reference.pad2d(X, 2, 2, 2, 2, value))


def test_leading_dimensions(pad2d, rng):
    """Only the last two dimensions grow, however many there are in front."""
    for shape in ((2, 3, 4), (2, 5, 3, 4), (2, 3, 2, 4, 5)):
        X = rng.whole(*shape, low=1)
        assert_close(pad2d(X, 1, 2, 3, 4), reference.pad2d(X, 1, 2, 3, 4))


def test_keeps_dtype(pad2d, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    X = rng.normal(3, 4)
    assert_precise(pad2d(X, 1, 1, 1, 1), reference.pad2d(X, 1, 1, 1, 1))
    assert_precise(pad2d(X, 1, 1, 1, 1, 100.1), reference.pad2d(X, 1, 1, 1, 1, 100.1))
    got = pad2d(X.float(), 1, 1, 1, 1)
    assert_dtype(got, torch.float32)
    assert_close(got, reference.pad2d(X, 1, 1, 1, 1))


def test_integer_input(pad2d, rng):
    """Whole-number tensors work too."""
    X = rng.whole(3, 4, low=100, high=900, dtype=torch.int64)
    assert_close(pad2d(X, 1, 1, 1, 1), reference.pad2d(X, 1, 1, 1, 1))
    assert_close(pad2d(X, 1, 1, 1, 1, value=6), reference.pad2d(X, 1, 1, 1, 1, 6))


def test_sides_without_padding(pad2d, rng):
    """Any side may get nothing."""
    X = rng.whole(3, 4, low=1)
    for sides in ((0, 2, 1, 3), (2, 0, 1, 3), (2, 3, 0, 1), (2, 3, 1, 0), (1, 0, 0, 0)):
        assert_close(pad2d(X, *sides), reference.pad2d(X, *sides))


@pytest.mark.weight(0.5)
def test_no_padding(pad2d, rng):
    """With nothing to add, the values stay as they are."""
    X = rng.whole(3, 4, low=1)
    assert_close(pad2d(X, 1, 1, 1, 1), reference.pad2d(X, 1, 1, 1, 1))
    assert_close(pad2d(X, 0, 0, 0, 0), X)
    assert_close(pad2d(X, 0, 0, 0, 0, 5.0), X)


def test_zeros_inside(pad2d, rng):
    """Zeros, and the value itself, may stand in the input as well."""
    X = rng.whole(4, 5, low=1)
    X[1, 1:3], X[3, 0], X[0, 4], X[2] = 0, 0, -7, -7
    assert_close(pad2d(X, 1, 1, 1, 1, -7), reference.pad2d(X, 1, 1, 1, 1, -7))


def test_wide_padding(pad2d, rng):
    """There may be more padding than input."""
    X = rng.whole(2, 3, low=1)
    assert_close(pad2d(X, 7, 7, 7, 7), reference.pad2d(X, 7, 7, 7, 7))


@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (1, 1)], ids=["row", "column", "one"])
@pytest.mark.weight(0.5)
def test_small_input(pad2d, rng, shape):
    """An input of a single row, column or number works."""
    X = rng.whole(*shape, low=1)
    assert_close(pad2d(X, 2, 2, 2, 2), reference.pad2d(X, 2, 2, 2, 2))


@pytest.mark.weight(0.5)
def test_leading_dimensions_of_one(pad2d, rng):
    """Dimensions of size 1 in front stay."""
    for shape in ((1, 3, 4), (1, 1, 3, 4), (2, 1, 3, 4)):
        X = rng.whole(*shape, low=1)
        assert_close(pad2d(X, 1, 1, 2, 2), reference.pad2d(X, 1, 1, 2, 2))


@pytest.mark.weight(0.5)
def test_infinite_value(pad2d, rng):
    """The value may be infinite."""
    X = rng.whole(3, 4, low=1)
    for value in (-math.inf, math.inf):
        assert_close(pad2d(X, 1, 1, 1, 1, value), reference.pad2d(X, 1, 1, 1, 1, value))


def test_strided_input(pad2d, rng):
    """Transposed, sliced and expanded inputs work."""
    inputs = (
        rng.whole(4, 3, low=1).t(),
        rng.whole(7, 12, low=1)[1::2, ::3],
        rng.whole(1, 4, low=1).expand(3, 4),
    )
    for X in inputs:
        assert_close(pad2d(X, 1, 1, 1, 1), reference.pad2d(X, 1, 1, 1, 1))


@pytest.mark.weight(0.5)
def test_strided_leading_dimensions(pad2d, rng):
    """Inputs with rearranged dimensions in front work."""
    inputs = (
        rng.whole(3, 4, 2, low=1).permute(2, 0, 1),
        rng.whole(2, 3, 3, 4, low=1).transpose(0, 1),
        rng.whole(1, 3, 4, low=1).expand(2, 3, 4),
    )
    for X in inputs:
        assert_close(pad2d(X, 1, 1, 2, 2), reference.pad2d(X, 1, 1, 2, 2))


def test_argument_forms(pad2d, rng):
    """Arguments by position and by keyword, in any order."""
    X = rng.whole(3, 4, low=1)
    expected = reference.pad2d(X, 1, 2, 3, 4, 5.0)
    assert_close(pad2d(X, 1, 2, 3, 4, 5.0), expected)
    assert_close(pad2d(X, left=1, right=2, top=3, bottom=4, value=5.0), expected)
    assert_close(pad2d(value=5.0, bottom=4, top=3, right=2, left=1, X=X), expected)


def test_input_unmodified(pad2d, rng):
    """The tensor that comes in is left as it was."""
    X = rng.whole(3, 4, low=1)
    got = assert_unmodified(pad2d, X, 1, 1, 1, 1)
    assert_close(got, reference.pad2d(X, 1, 1, 1, 1))


def test_gradient_of_input(pad2d, rng):
    """Gradients flow back to the input with the right values."""
    X, V = rng.whole(3, 4, low=1), rng.whole(7, 7)
    _, got = pad2d.vjp(X, 1, 2, 3, 1, upstream=V)
    (expected,) = reference.vjp(lambda X: reference.pad2d(X, 1, 2, 3, 1), X, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("side", SIDES)
def test_negative_amount(pad2d, rng, side):
    """A negative amount on any side is a ValueError."""
    X = rng.whole(4, 5, low=1)
    assert_close(pad2d(X, 2, 2, 2, 2), reference.pad2d(X, 2, 2, 2, 2))
    for others, amount in ((0, -1), (3, -1), (1, -2)):
        sides = {**dict.fromkeys(SIDES, others), side: amount}
        assert_raises(ValueError, pad2d, X, *sides.values())

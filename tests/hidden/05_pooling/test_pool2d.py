"""Hidden tests of pool2d."""

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
    X = rng.distinct(*shape)
    return X - X.min() + 1


@pytest.mark.weight(2)
def test_max(pool2d, rng):
    """The largest value of each window, at every place of a square input."""
    X = positive(rng, 5, 5)
    assert_close(pool2d(X, (2, 2), "max"), reference.pool2d(X, (2, 2), "max"))


@pytest.mark.weight(2)
def test_avg(pool2d, rng):
    """The mean value of each window, at every place of a square input."""
    X = positive(rng, 5, 5)
    assert_close(pool2d(X, (2, 2), "avg"), reference.pool2d(X, (2, 2), "avg"))


@pytest.mark.weight(2)
def test_non_square_max(pool2d, rng):
    """Height and width may differ, in the input and in the window: maxima."""
    for H, W, h, w in ((4, 7, 2, 3), (7, 4, 3, 2), (5, 6, 1, 4), (6, 5, 4, 1)):
        X = positive(rng, H, W)
        assert_close(pool2d(X, (h, w), "max"), reference.pool2d(X, (h, w), "max"))


@pytest.mark.weight(2)
def test_non_square_avg(pool2d, rng):
    """Height and width may differ, in the input and in the window: means."""
    for H, W, h, w in ((4, 7, 2, 3), (7, 4, 3, 2), (5, 6, 1, 4), (6, 5, 4, 1)):
        X = positive(rng, H, W)
        assert_close(pool2d(X, (h, w), "avg"), reference.pool2d(X, (h, w), "avg"))


def test_max_keeps_dtype(pool2d, rng):
    """Maxima of float64 stay float64 with all their digits, of float32 they stay float32."""
    X = rng.normal(6, 7).abs()
    expected = reference.pool2d(X, (3, 2), "max")
    assert_precise(pool2d(X, (3, 2), "max"), expected)
    got = pool2d(X.float(), (3, 2), "max")
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_avg_keeps_dtype(pool2d, rng):
    """Means of float64 stay float64 with all their digits, of float32 they stay float32."""
    X = rng.normal(6, 7)
    expected = reference.pool2d(X, (3, 2), "avg")
    assert_precise(pool2d(X, (3, 2), "avg"), expected)
    got = pool2d(X.float(), (3, 2), "avg")
    assert_dtype(got, torch.float32)
    assert_close(got, expected)


def test_default_mode(pool2d, rng):
    """Without a mode it takes maxima; the mode may be given by name."""
    X = positive(rng, 4, 5)
    assert_close(pool2d(X, (2, 3)), reference.pool2d(X, (2, 3), "max"))
    assert_close(pool2d(X, (3, 2), mode="avg"), reference.pool2d(X, (3, 2), "avg"))
    got = pool2d(mode="max", pool_size=(3, 2), X=X)
    assert_close(got, reference.pool2d(X, (3, 2), "max"))


@pytest.mark.weight(0.5)
def test_size_as_int(pool2d, rng):
    """A window size given as an int stands for both directions."""
    X = positive(rng, 4, 6)
    for mode in ("max", "avg"):
        assert_close(pool2d(X, 3, mode), reference.pool2d(X, (3, 3), mode))


def test_negative_values(pool2d, rng):
    """The largest value may be negative."""
    X = -positive(rng, 5, 6)
    assert_close(pool2d(X, (3, 2), "max"), reference.pool2d(X, (3, 2), "max"))


def test_mixed_signs(pool2d, rng):
    """Negative values count as they are in the means, next to positive ones."""
    X = rng.whole(5, 6)
    X[1:3, 2:4] = torch.tensor([[-8.0, 2.0], [0.0, -5.0]])
    assert_close(pool2d(X, (2, 3), "avg"), reference.pool2d(X, (2, 3), "avg"))


def test_window_fills_input(pool2d, rng):
    """A window as large as the input, in one direction or in both, works; so does a 1 by 1 window."""
    for size in ((4, 5), (4, 2), (3, 5), (1, 1)):
        X = positive(rng, 4, 5)
        for mode in ("max", "avg"):
            assert_close(pool2d(X, size, mode), reference.pool2d(X, size, mode))


def test_integer_max(pool2d, rng):
    """Maxima of whole-number tensors work too."""
    X = positive(rng, 5, 6).to(torch.int64)
    assert_close(pool2d(X, (2, 3), "max"), reference.pool2d(X.double(), (2, 3), "max"))


def test_integer_avg(pool2d, rng):
    """Means of whole-number tensors work too, even where they are no whole numbers."""
    X = positive(rng, 5, 6).to(torch.int64)
    assert_close(pool2d(X, (2, 3), "avg"), reference.pool2d(X.double(), (2, 3), "avg"))


def test_strided_input(pool2d, rng):
    """Transposed, sliced and expanded inputs work."""
    rows = positive(rng, 1, 6).expand(5, 6)
    for X in (positive(rng, 7, 4).t(), positive(rng, 9, 12)[1::2, ::3], rows):
        for mode in ("max", "avg"):
            assert_close(pool2d(X, (3, 2), mode), reference.pool2d(X, (3, 2), mode))


def test_large_magnitude(pool2d, rng):
    """Values of any size work, far below zero too."""
    X = positive(rng, 5, 6)
    assert_close(pool2d(1e12 * X, (2, 3), "avg"), reference.pool2d(1e12 * X, (2, 3), "avg"))
    X = -1e15 * X
    X[0, 0] *= -1
    assert_close(pool2d(X, (2, 3), "max"), reference.pool2d(X, (2, 3), "max"))


@pytest.mark.parametrize("mode", ["max", "avg"])
@pytest.mark.weight(0.5)
def test_input_unmodified(pool2d, rng, mode):
    """The tensor that comes in is left as it was."""
    X = positive(rng, 5, 6)
    got = assert_unmodified(pool2d, X, (2, 3), mode)
    assert_close(got, reference.pool2d(X, (2, 3), mode))


def test_gradient_of_max(pool2d, rng):
    """Gradients flow back through the maxima with the right values."""
    X, V = positive(rng, 5, 6), rng.whole(4, 4, low=1)
    _, got = pool2d.vjp(X, (2, 3), "max", upstream=V)
    (expected,) = reference.vjp(lambda X: reference.pool2d(X, (2, 3), "max"), X, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_gradient_of_avg(pool2d, rng):
    """Gradients flow back through the means with the right values."""
    X, V = positive(rng, 6, 5), rng.whole(4, 4, low=1)
    _, got = pool2d.vjp(X, (3, 2), "avg", upstream=V)
    (expected,) = reference.vjp(lambda X: reference.pool2d(X, (3, 2), "avg"), X, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


def test_unknown_mode(pool2d, rng):
    """A mode that is neither of the two is a ValueError."""
    X = positive(rng, 4, 5)
    for mode in ("max", "avg"):
        assert_close(pool2d(X, (2, 3), mode), reference.pool2d(X, (2, 3), mode))
    for mode in ("min", "mean", "average", "maximum"):
        assert_raises(ValueError, pool2d, X, (2, 3), mode)

# Generated from solutions/05_pooling/test_pooling.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import assert_close, assert_gradient, assert_raises, reference

X = torch.arange(9.0, dtype=torch.float64).reshape(3, 3)
x = torch.arange(16.0, dtype=torch.float64).reshape(1, 1, 4, 4)


def window(X, pool_size, mode="max"):
    """The part of X behind place (i, j) of the output."""
    h, w = (pool_size, pool_size) if isinstance(pool_size, int) else pool_size
    return lambda i, j: X[i : i + h, j : j + w]


def image_window(x, kernel_size, stride, padding=0):
    """The part of image n, channel c, behind place (i, j) of the output, without the padding."""
    k, s, p = kernel_size, stride, padding

    def behind(n, c, i, j):
        top, left = i * s - p, j * s - p
        return x[n, c, max(top, 0) : top + k, max(left, 0) : left + k]

    return behind


def row(*values):
    """A single image, a single channel, a single row."""
    return torch.tensor(values, dtype=torch.float64).reshape(1, 1, 1, -1)


# --- pool2d --------------------------------------------------------------------------------------


@pytest.mark.smallest(reference.pool2d, X="H W", pool_size=(1, 3), window=window)
@pytest.mark.hint("Take the largest value of each window of X, and move one place at a time.")
def test_pool2d_example(pool2d):
    """The example of the text: the largest values of a 3 by 3 input."""
    expected = torch.tensor([[4.0, 5.0], [7.0, 8.0]])
    assert_close(pool2d(X, (2, 2)), expected, window=window(X, (2, 2)))


@pytest.mark.hint("A mean is the sum of the window divided by the number of its places.")
def test_pool2d_avg(pool2d, rng):
    """The means of the text's example, and of an input that is not square."""
    expected = torch.tensor([[2.0, 3.0], [5.0, 6.0]])
    assert_close(pool2d(X, (2, 2), "avg"), expected, window=window(X, (2, 2)))
    Y = rng.whole(3, 5)
    expected = reference.pool2d(Y, (2, 3), "avg")
    assert_close(pool2d(Y, (2, 3), mode="avg"), expected, window=window(Y, (2, 3)))


@pytest.mark.hint("Build the result with torch operations: .item(), .data and no_grad cut it off.")
@pytest.mark.parametrize("mode", ["max", "avg"])
def test_pool2d_gradient(pool2d, rng, mode):
    """Gradients flow back to the input."""
    X, V = rng.distinct(3, 4), rng.whole(2, 3, low=1)
    _, got = pool2d.vjp(X, (2, 2), mode, upstream=V)
    (expected,) = reference.vjp(lambda X: reference.pool2d(X, (2, 2), mode), X, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


@pytest.mark.hint("Look at mode before you compute anything.")
def test_pool2d_unknown_mode(pool2d):
    """A mode that is neither "max" nor "avg" is a ValueError."""
    assert_close(pool2d(X, (2, 2)), reference.pool2d(X, (2, 2)))
    assert_raises(ValueError, pool2d, X, (2, 2), "median")


# --- max_pool2d ----------------------------------------------------------------------------------


@pytest.mark.smallest(
    reference.max_pool2d,
    x="N C H W",
    kernel_size=(1, 3),
    stride=(1, 3),
    padding=(0, 1),
    window=image_window,
)
@pytest.mark.hint("A window starts at every stride-th row and column of the padded input.")
def test_max_pool2d_example(max_pool2d):
    """The example of the text: 0 to 15 with window 3, stride 2 and padding 1."""
    expected = torch.tensor([[[[5.0, 7.0], [13.0, 15.0]]]])
    assert_close(max_pool2d(x, 3, 2, 1), expected, window=image_window(x, 3, 2, 1))


@pytest.mark.hint("Which number is never larger than any other? The padding has to be that.")
def test_max_pool2d_negative(max_pool2d):
    """The same input minus 20: all values are negative."""
    expected = torch.tensor([[[[5.0, 7.0], [13.0, 15.0]]]]) - 20
    assert_close(max_pool2d(x - 20, 3, 2, 1), expected, window=image_window(x - 20, 3, 2, 1))


@pytest.mark.hint("Stride None means the window's own size; pairs are (height, width).")
def test_max_pool2d_non_square(max_pool2d, rng):
    """A batch with channels; height and width apart in everything."""
    x = rng.whole(2, 3, 4, 6)
    assert_close(max_pool2d(x, (2, 3)), reference.max_pool2d(x, (2, 3)))
    expected = reference.max_pool2d(x, (2, 3), (1, 2), (0, 1))
    assert_close(max_pool2d(x, (2, 3), stride=(1, 2), padding=(0, 1)), expected)


@pytest.mark.hint("Where would the additional window start: in the input or in the right padding?")
def test_max_pool2d_ceil_mode(max_pool2d):
    """The drawing of the text: one more window if it starts inside the input."""
    assert_close(max_pool2d(row(1, 2, 3, 4, 5), (1, 2), ceil_mode=True), row(2, 4, 5))
    got = max_pool2d(row(1, 2, 3), (1, 2), padding=(0, 1), ceil_mode=True)
    assert_close(got, row(1, 3))


@pytest.mark.hint("Follow x to the result: where is it copied into something without a gradient?")
def test_max_pool2d_gradient(max_pool2d, rng):
    """Gradients flow back to the input, where windows overlap too."""
    x, V = rng.distinct(1, 2, 3, 4), rng.whole(1, 2, 2, 3, low=1)
    _, got = max_pool2d.vjp(x, 2, 1, upstream=V)
    (expected,) = reference.vjp(lambda x: reference.max_pool2d(x, 2, 1), x, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


@pytest.mark.hint("Compare the padding with half of kernel_size, in each direction.")
def test_max_pool2d_too_much_padding(max_pool2d):
    """Padding of more than half the window is a ValueError."""
    assert_close(max_pool2d(x, 3, 1, 1), reference.max_pool2d(x, 3, 1, 1))
    assert_raises(ValueError, max_pool2d, x, 3, 1, 2)


# --- avg_pool2d ----------------------------------------------------------------------------------


@pytest.mark.smallest(
    reference.avg_pool2d,
    x="N C H W",
    kernel_size=(1, 3),
    stride=(1, 3),
    padding=(0, 1),
    window=image_window,
)
@pytest.mark.hint("The padding adds nothing to the sum, but here its places count in the divisor.")
def test_avg_pool2d_example(avg_pool2d):
    """The example of the text: 0 to 15 with window 3, stride 2 and padding 1."""
    expected = torch.tensor([[[[10 / 9, 24 / 9], [51 / 9, 10.0]]]], dtype=torch.float64)
    assert_close(avg_pool2d(x, 3, 2, 1), expected, window=image_window(x, 3, 2, 1))


@pytest.mark.hint("Count the places of the window that lie inside the input, for every window.")
def test_avg_pool2d_padding_not_counted(avg_pool2d):
    """The same example when the padding does not count."""
    expected = torch.tensor([[[[2.5, 4.0], [8.5, 10.0]]]])
    got = avg_pool2d(x, 3, 2, 1, count_include_pad=False)
    assert_close(got, expected, window=image_window(x, 3, 2, 1))


@pytest.mark.hint("Stride None means the window's own size; pairs are (height, width).")
def test_avg_pool2d_non_square(avg_pool2d, rng):
    """A batch with channels; height and width apart in everything."""
    x = rng.whole(2, 3, 4, 6)
    assert_close(avg_pool2d(x, (2, 3)), reference.avg_pool2d(x, (2, 3)))
    expected = reference.avg_pool2d(x, (2, 3), (1, 2), (0, 1))
    assert_close(avg_pool2d(x, (2, 3), stride=(1, 2), padding=(0, 1)), expected)


@pytest.mark.hint("Places beyond the padding are never counted; places in it are, or are not.")
def test_avg_pool2d_ceil_mode(avg_pool2d):
    """The drawing of the text: sums 3, 9 and 4, and their divisors."""
    options = {"stride": (1, 2), "padding": (0, 1), "ceil_mode": True}
    assert_close(avg_pool2d(row(1, 2, 3, 4), (1, 3), **options), row(1, 3, 2))
    got = avg_pool2d(row(1, 2, 3, 4), (1, 3), **options, count_include_pad=False)
    assert_close(got, row(1.5, 3, 4))


@pytest.mark.hint("Follow x to the result: where is it copied into something without a gradient?")
def test_avg_pool2d_gradient(avg_pool2d, rng):
    """Gradients flow back to the input, where windows overlap too."""
    x, V = rng.whole(1, 2, 3, 4), rng.whole(1, 2, 2, 3, low=1)
    _, got = avg_pool2d.vjp(x, 2, 1, upstream=V)
    (expected,) = reference.vjp(lambda x: reference.avg_pool2d(x, 2, 1), x, upstream=V)
    assert_gradient(got["0"], expected, of="the input")


@pytest.mark.hint("Compare the padding with half of kernel_size, in each direction.")
def test_avg_pool2d_too_much_padding(avg_pool2d):
    """Padding of more than half the window is a ValueError."""
    assert_close(avg_pool2d(x, 3, 1, 1), reference.avg_pool2d(x, 3, 1, 1))
    assert_raises(ValueError, avg_pool2d, x, 3, 1, 2)

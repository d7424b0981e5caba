# Generated from solutions/06_backward/test_backward.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import assert_close, assert_gradient, reference

X = torch.arange(9.0, dtype=torch.float64).reshape(3, 3)
K = torch.arange(4.0, dtype=torch.float64).reshape(2, 2)
dY = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)


def one(image):
    """A batch of one image with one channel."""
    return image[None, None]


def compare(got, expected, names):
    """Gradient by gradient."""
    for ours, theirs, name in zip(got, expected, names, strict=True):
        assert_close(ours, theirs, what=f"gradient of the {name}")


# --- corr2d_backward -----------------------------------------------------------------------------


@pytest.mark.hint("dK[a, b]: which entries of X met K[a, b], and with which dY each?")
def test_corr2d_backward_kernel_example(corr2d_backward):
    """The example of the text: the gradient of the kernel."""
    _, dK = corr2d_backward(dY, X, K)
    assert_close(dK, torch.tensor([[27.0, 37.0], [57.0, 67.0]]), what="gradient of the kernel")


@pytest.mark.hint("Each dY[i, j] gives the window of X at (i, j) a share of dY[i, j] * K. Add up.")
def test_corr2d_backward_input_example(corr2d_backward):
    """The example of the text: the gradient of the input."""
    dX, _ = corr2d_backward(dY, X, K)
    expected = torch.tensor([[0.0, 1.0, 2.0], [2.0, 10.0, 10.0], [6.0, 17.0, 12.0]])
    assert_close(dX, expected, what="gradient of the input")


@pytest.mark.hint("dX has the shape of X, dK that of K. Keep heights and widths apart.")
def test_corr2d_backward_non_square(corr2d_backward, rng):
    """Height and width may differ."""
    dY, X, K = rng.whole(2, 3), rng.whole(3, 5), rng.whole(2, 3)
    expected = reference.corr2d_backward(dY, X, K)
    compare(corr2d_backward(dY, X, K), expected, ("input", "kernel"))


# --- conv2d_backward -----------------------------------------------------------------------------

CONV2D = ("input", "weight", "bias")


@pytest.mark.hint(
    "Output (i, j) looks at the padded x from (i * sh, j * sw) on. Cut the padding off."
)
def test_conv2d_backward_example(conv2d_backward):
    """The example of the text: stride (3, 2) and padding 1."""
    expected = (
        one(torch.tensor([[3.0, 4.0, 6.0], [0.0, 0.0, 0.0], [3.0, 0.0, 4.0]])),
        one(torch.tensor([[28.0, 50.0], [2.0, 4.0]])),
        torch.tensor([10.0]),
    )
    got = conv2d_backward(one(dY), one(X), one(K), stride=(3, 2), padding=1)
    compare(got, expected, CONV2D)


@pytest.mark.hint("dx sums over the output channels, dweight over the batch. What does dbias?")
def test_conv2d_backward_channels(conv2d_backward, rng):
    """Two images, three channels in, two out; height and width may differ."""
    dY, x, weight = rng.whole(2, 2, 2, 2), rng.whole(2, 3, 3, 4), rng.whole(2, 3, 2, 3)
    expected = reference.conv2d_backward(dY, x, weight)
    compare(conv2d_backward(dY, x, weight), expected, CONV2D)


@pytest.mark.hint("What no window reaches gets zero, and dx still has the shape of x.")
def test_conv2d_backward_stride_remainder(conv2d_backward, rng):
    """The stride leaves the last row of the input out."""
    dY, x, weight = rng.whole(1, 1, 2, 2), rng.whole(1, 1, 5, 4), rng.whole(1, 1, 2, 2)
    expected = reference.conv2d_backward(dY, x, weight, stride=2)
    compare(conv2d_backward(dY, x, weight, stride=2), expected, CONV2D)


# --- max_pool2d_backward -------------------------------------------------------------------------


@pytest.mark.hint("Where windows overlap, one place may win several times: += instead of =.")
def test_max_pool2d_backward_example(max_pool2d_backward):
    """The example of the text: all four windows have their maximum at the same place."""
    x = torch.tensor([[0.0, 1.0, 2.0], [3.0, 9.0, 5.0], [6.0, 7.0, 8.0]]).double()
    expected = torch.tensor([[0.0, 0.0, 0.0], [0.0, 10.0, 0.0], [0.0, 0.0, 0.0]])
    assert_close(max_pool2d_backward(one(dY), one(x), 2, stride=1), one(expected))


@pytest.mark.hint("Without a stride, the stride is the kernel_size, height and width each its own.")
def test_max_pool2d_backward_side_by_side(max_pool2d_backward, rng):
    """Windows that stand side by side; height and width may differ."""
    x, dY = rng.distinct(2, 2, 4, 6), rng.whole(2, 2, 2, 2)
    expected = reference.max_pool2d_backward(dY, x, (2, 3))
    assert_close(max_pool2d_backward(dY, x, (2, 3)), expected)


@pytest.mark.hint("Which value must the padding have, so that it never wins?")
def test_max_pool2d_backward_padding(max_pool2d_backward, rng):
    """Padding around an image whose values are negative."""
    x, dY = rng.distinct(1, 1, 4, 4) - 20, rng.whole(1, 1, 2, 2, low=1)
    expected = reference.max_pool2d_backward(dY, x, 3, 2, 1)
    assert_close(max_pool2d_backward(dY, x, 3, stride=2, padding=1), expected)


# --- avg_pool2d_backward -------------------------------------------------------------------------


@pytest.mark.hint(
    "Every place of a window gets dY / (h * w). Where windows overlap, shares add up."
)
def test_avg_pool2d_backward_example(avg_pool2d_backward):
    """The example of the text: 2 by 2 windows that overlap."""
    expected = torch.tensor([[0.25, 0.75, 0.5], [1.0, 2.5, 1.5], [0.75, 1.75, 1.0]])
    assert_close(avg_pool2d_backward(one(dY), one(X), 2, stride=1), one(expected))


@pytest.mark.hint("Without a stride, the stride is the kernel_size, height and width each its own.")
def test_avg_pool2d_backward_side_by_side(avg_pool2d_backward, rng):
    """Windows that stand side by side; height and width may differ."""
    x, dY = rng.whole(2, 2, 4, 6), rng.whole(2, 2, 2, 2)
    expected = reference.avg_pool2d_backward(dY, x, (2, 3))
    assert_close(avg_pool2d_backward(dY, x, (2, 3)), expected)


@pytest.mark.hint("The divisor is h * w for every window, at the border too.")
def test_avg_pool2d_backward_padding(avg_pool2d_backward, rng):
    """Padding has its share and keeps it."""
    x, dY = rng.whole(1, 1, 4, 4), rng.whole(1, 1, 2, 2, low=1)
    expected = reference.avg_pool2d_backward(dY, x, 3, 2, 1)
    assert_close(avg_pool2d_backward(dY, x, 3, stride=2, padding=1), expected)


# --- Conv2dFunction ------------------------------------------------------------------------------


@pytest.mark.hint("forward may call F.conv2d. Bring its arguments into the right places.")
def test_Conv2dFunction_forward(Conv2dFunction, rng):
    """The result is that of the convolution layer."""
    x, weight, bias = rng.whole(1, 2, 3, 4), rng.whole(2, 2, 2, 3), rng.whole(2, low=1)
    got = Conv2dFunction(x, weight, bias, 1, (1, 0))
    assert_close(got, reference.conv2d(x, weight, bias, 1, (1, 0)))


@pytest.mark.hint("backward returns dx, dweight, dbias, None, None, in this order.")
def test_Conv2dFunction_gradients(Conv2dFunction, rng):
    """Gradients flow back to the input, the weight and the bias."""
    x, weight, bias = rng.whole(1, 2, 4, 3), rng.whole(2, 2, 2, 2), rng.whole(2)
    V = rng.whole(1, 2, 2, 2)
    _, got = Conv2dFunction.vjp(x, weight, bias, (2, 1), 0, upstream=V)
    expected = reference.conv2d_backward(V, x, weight, (2, 1), 0)
    for place, name in enumerate(CONV2D):
        assert_gradient(got[str(place)], expected[place], of=f"the {name}")


@pytest.mark.hint("For an argument that is None, backward must give None.")
def test_Conv2dFunction_no_bias(Conv2dFunction, rng):
    """The bias may be None."""
    x, weight, V = rng.whole(1, 1, 3, 4), rng.whole(2, 1, 2, 2), rng.whole(1, 2, 2, 3)
    _, got = Conv2dFunction.vjp(x, weight, None, 1, 0, upstream=V)
    dx, dweight, _ = reference.conv2d_backward(V, x, weight)
    assert_gradient(got["0"], dx, of="the input")
    assert_gradient(got["1"], dweight, of="the weight")

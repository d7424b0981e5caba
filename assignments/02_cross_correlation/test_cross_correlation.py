# Generated from solutions/02_cross_correlation/test_cross_correlation.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import Mismatch, assert_close, assert_gradient, assert_raises, reference

X = torch.arange(9.0, dtype=torch.float64).reshape(3, 3)
K = torch.arange(4.0, dtype=torch.float64).reshape(2, 2)


def window(X, K):
    """The part of X that the kernel covers at place (i, j)."""
    h, w = K.shape
    return lambda i, j: X[i : i + h, j : j + w]


@pytest.mark.smallest(reference.corr2d, X="H W", K="h w", window=window)
@pytest.mark.hint("Multiply the window and the kernel element by element, then sum.")
def test_corr2d_example(corr2d):
    """The example of the text: a 3 by 3 input and a 2 by 2 kernel."""
    expected = torch.tensor([[19.0, 25.0], [37.0, 43.0]])
    assert_close(corr2d(X, K), expected, window=window(X, K))


@pytest.mark.smallest(reference.corr2d, X="H W", K="h w", window=window)
@pytest.mark.hint("The output has H − h + 1 rows and W − w + 1 columns: keep the two apart.")
def test_corr2d_non_square(corr2d, rng):
    """Height and width may differ."""
    X, K = rng.whole(3, 5), rng.whole(2, 3)
    assert_close(corr2d(X, K), reference.corr2d(X, K), window=window(X, K))


@pytest.mark.hint("Build the result with torch operations: .item(), .data and no_grad cut it off.")
def test_corr2d_gradient(corr2d, rng):
    """Gradients flow back to the input and the kernel."""
    X, K, V = rng.whole(3, 4), rng.whole(2, 2), rng.whole(2, 3)
    _, got = corr2d.vjp(X, K, upstream=V)
    dX, dK = reference.vjp(reference.corr2d, X, K, upstream=V)
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernel")


@pytest.mark.hint("Compare K.shape with X.shape before you compute anything.")
def test_corr2d_kernel_too_large(corr2d):
    """A kernel larger than the input is a ValueError."""
    assert_raises(ValueError, corr2d, K, X)


@pytest.mark.smallest(reference.true_conv2d, X="H W", K="h w", window=window)
@pytest.mark.hint("Turn the kernel by 180°: flip it in both directions, then correlate.")
def test_true_conv2d_example(true_conv2d):
    """The example of the text: the rotated kernel gives other numbers."""
    expected = torch.tensor([[5.0, 11.0], [23.0, 29.0]])
    assert_close(true_conv2d(X, K), expected, window=window(X, K))


@pytest.mark.hint("Make both nn.Parameter in __init__, after super().__init__().")
def test_Conv2D_parameters(Conv2D):
    """`weight` has the kernel's shape and `bias` has shape (1,)."""
    shapes = {name: tuple(value.shape) for name, value in Conv2D((2, 3)).state_dict().items()}
    if not shapes.items() >= {"weight": (2, 3), "bias": (1,)}.items():
        raise Mismatch("shape", "The parameters are not as they should be.", f"Got {shapes}.")


@pytest.mark.hint("forward(x) is corr2d(x, weight) + bias.")
def test_Conv2D_forward(Conv2D):
    """The layer is cross-correlation plus bias."""
    layer = Conv2D((2, 2)).keep("float")
    state = {"weight": K, "bias": torch.tensor([1.0])}
    layer.keep("load_state_dict", args=(state,), strict=False)  # it may keep more than these
    expected = torch.tensor([[20.0, 26.0], [38.0, 44.0]])
    assert_close(layer(X.float()), expected, window=window(X, K))


@pytest.mark.hint("losses[i] is the loss before update i; start each step with fresh gradients.")
def test_fit_kernel_edge_image(fit_kernel):
    """The edge image of the text: the loss falls from 12 to 4.3 in 5 steps."""
    image = torch.ones(6, 8, dtype=torch.float64)
    image[:, 2:6] = 0
    edges = torch.zeros(6, 7, dtype=torch.float64)
    edges[:, 1], edges[:, 5] = 1, -1
    weight, bias = torch.zeros(1, 2).double(), torch.zeros(1).double()
    weight, bias, losses = fit_kernel(image, edges, weight, bias, 0.01, 5)
    if len(losses) != 5:
        raise Mismatch("shape", "There should be one loss for each step.", f"Got {len(losses)}.")
    got = torch.tensor([losses[step - 1] for step in (1, 3, 5)])
    expected = torch.tensor([12, 7.1963, 4.3156])
    assert_close(got.double().round(decimals=4), expected, what="loss", scale=12.0)
    assert_close(weight.round(decimals=4), torch.tensor([[0.4723, -0.4723]]), what="weight")

"""Hidden tests of Conv2D."""

import pytest
import torch

from autograder.testing import (
    Mismatch,
    assert_close,
    assert_gradient,
    assert_precise,
    assert_raises,
    assert_unmodified,
    reference,
)


def loaded(Conv2D, weight, bias):
    """A layer with these parameters."""
    layer = Conv2D(tuple(weight.shape))
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer


@pytest.mark.weight(2)
def test_parameters(Conv2D):
    """`weight` has the kernel's shape, `bias` has shape (1,), both are parameters."""
    for size in ((2, 3), (3, 1)):
        state = Conv2D(size).state_dict()
        if set(state) != {"weight", "bias"}:
            raise Mismatch("type", "The parameters should be `weight` and `bias` and no others.")
        if tuple(state["weight"].shape) != size or tuple(state["bias"].shape) != (1,):
            raise Mismatch("shape", "A parameter has the wrong shape.")


@pytest.mark.weight(2)
def test_forward(Conv2D, rng):
    """The layer is cross-correlation plus bias."""
    X, weight, bias = rng.whole(5, 7), rng.whole(2, 3), rng.whole(1, low=1)
    expected = reference.conv2d_layer(X, weight, bias)
    assert_close(loaded(Conv2D, weight, bias)(X), expected)


def test_bias_counts(Conv2D, rng):
    """The bias is added once at every place."""
    X, weight = rng.whole(4, 5), rng.whole(2, 2)
    for value in (-7.0, 11.0):
        bias = torch.tensor([value], dtype=torch.float64)
        expected = reference.conv2d_layer(X, weight, bias)
        assert_close(loaded(Conv2D, weight, bias)(X), expected)


def test_second_call(Conv2D, rng):
    """Calling the same layer again, with another input, gives the right result again."""
    weight, bias = rng.whole(2, 3), rng.whole(1)
    layer = loaded(Conv2D, weight, bias)
    for shape in ((4, 6), (6, 4), (4, 6)):
        X = rng.whole(*shape)
        assert_close(layer(X), reference.conv2d_layer(X, weight, bias))


def test_float32_parameters(Conv2D, rng):
    """A fresh layer works on float32 input and gives float32."""
    layer = Conv2D((2, 3))
    state = layer.state_dict()
    X = rng.whole(5, 6, dtype=torch.float32)
    weight, bias = state["weight"].float(), state["bias"].float()
    got = layer(X)
    if got.dtype != torch.float32:
        raise Mismatch("dtype", "The result does not keep the input's dtype.")
    assert_close(got, reference.conv2d_layer(X, weight, bias), scale=500.0)


def test_input_unmodified(Conv2D, rng):
    """The tensors that come in are left as they were."""
    X, weight, bias = rng.whole(5, 6), rng.whole(3, 2), rng.whole(1)
    layer = loaded(Conv2D, weight, bias)
    got = assert_unmodified(layer, X)
    assert_close(got, reference.conv2d_layer(X, weight, bias))
    assert_precise(layer.state_dict()["weight"].double(), weight, what="weight after a call")


@pytest.mark.parametrize("of", ["input", "weight", "bias"])
def test_gradient(Conv2D, rng, of):
    """Gradients flow back to the input, the weight and the bias, each with the right values."""
    X, weight, bias, V = rng.whole(5, 6), rng.whole(2, 3), rng.whole(1), rng.whole(4, 4)
    _, got = loaded(Conv2D, weight, bias).vjp(X.float(), upstream=V.float())
    expected = dict(
        zip(
            ("input", "weight", "bias"),
            reference.vjp(reference.conv2d_layer, X, weight, bias, upstream=V),
            strict=True,
        )
    )
    assert_gradient(got.get("0" if of == "input" else of), expected[of], of=f"the {of}")


def test_kernel_too_large(Conv2D, rng):
    """A kernel larger than the input is a ValueError when the layer is called."""
    weight, bias = rng.whole(3, 4), rng.whole(1)
    layer = loaded(Conv2D, weight, bias)
    X = rng.whole(5, 5)
    assert_close(layer(X), reference.conv2d_layer(X, weight, bias))
    for shape in ((2, 6), (6, 3)):
        assert_raises(ValueError, layer, rng.whole(*shape))

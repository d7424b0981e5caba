"""Hidden tests of Conv2D."""

import pytest
import torch

from autograder.testing import (
    Mismatch,
    assert_close,
    assert_dtype,
    assert_gradient,
    assert_precise,
    assert_raises,
    assert_unmodified,
    reference,
)

FLOAT32 = torch.float32  # whole numbers are exact in it


def parameters(layer, size):
    """The layer's weight and bias, when they are as they should be."""
    state = layer.state_dict()
    if not set(state) >= {"weight", "bias"}:
        raise Mismatch("type", "The parameters should be called `weight` and `bias`.")
    if tuple(state["weight"].shape) != size or state["bias"].numel() != 1:
        raise Mismatch("shape", "A parameter has the wrong shape.")
    return state["weight"], state["bias"]


def load(layer, weight, bias):
    """Set the parameters; what else the layer keeps, such as a buffer, stays as it is."""
    layer.keep("load_state_dict", args=({"weight": weight, "bias": bias},), strict=False)


def loaded(Conv2D, weight, bias):
    """A float32 layer with these parameters, whatever the program's default dtype is."""
    layer = Conv2D(tuple(weight.shape)).keep("float")
    load(layer, weight, bias)
    return layer


@pytest.mark.weight(2)
def test_parameters(Conv2D):
    """`weight` has the kernel's shape, `bias` has shape (1,), both are parameters."""
    for size in ((2, 3), (3, 1)):
        _, bias = parameters(Conv2D(size), size)
        if tuple(bias.shape) != (1,):
            raise Mismatch("shape", "A parameter has the wrong shape.")


def test_named_argument(Conv2D):
    """`kernel_size` may be given by name."""
    parameters(Conv2D(kernel_size=(3, 2)), (3, 2))


@pytest.mark.weight(2)
def test_forward(Conv2D, rng):
    """The layer is cross-correlation plus bias."""
    X, weight = rng.whole(5, 7, dtype=FLOAT32), rng.whole(2, 3, low=1, dtype=FLOAT32)
    bias = rng.whole(1, low=1, dtype=FLOAT32)
    assert_close(loaded(Conv2D, weight, bias)(X), reference.conv2d_layer(X, weight, bias))


def test_bias_counts(Conv2D, rng):
    """The bias is added once at every place."""
    X, weight = rng.whole(4, 5, dtype=FLOAT32), rng.whole(2, 2, low=1, dtype=FLOAT32)
    for value in (-7.0, 11.0):
        bias = torch.tensor([value])
        assert_close(loaded(Conv2D, weight, bias)(X), reference.conv2d_layer(X, weight, bias))


def test_kernel_fills_input(Conv2D, rng):
    """A kernel as large as the input gives one number; a 1 by 1 kernel scales the input."""
    for shape, kernel in (((3, 4), (3, 4)), ((2, 3), (1, 1)), ((3, 5), (3, 2)), ((1, 1), (1, 1))):
        X, weight = rng.whole(*shape, dtype=FLOAT32), rng.whole(*kernel, dtype=FLOAT32)
        bias = rng.whole(1, low=1, dtype=FLOAT32)
        assert_close(loaded(Conv2D, weight, bias)(X), reference.conv2d_layer(X, weight, bias))


def test_second_call(Conv2D, rng):
    """Calling the same layer again, with another input, gives the right result again."""
    weight, bias = rng.whole(2, 3, dtype=FLOAT32), rng.whole(1, low=1, dtype=FLOAT32)
    layer = loaded(Conv2D, weight, bias)
    inputs = [rng.whole(*shape, dtype=FLOAT32) for shape in ((4, 5), (5, 4), (4, 5))]
    for X, got in zip(inputs, layer.each(*((X,) for X in inputs)), strict=True):
        assert_close(got, reference.conv2d_layer(X, weight, bias))


def test_float32_parameters(Conv2D, rng):
    """A float32 layer works on float32 input and gives float32."""
    X, weight = rng.whole(4, 5, dtype=FLOAT32), rng.whole(2, 3, dtype=FLOAT32)
    bias = rng.whole(1, low=1, dtype=FLOAT32)
    got = loaded(Conv2D, weight, bias)(X)
    assert_dtype(got, FLOAT32)
    assert_close(got, reference.conv2d_layer(X, weight, bias))


def test_double_layer(Conv2D, rng):
    """A layer that was made float64 computes in float64."""
    layer = Conv2D((3, 2)).keep("double")
    weight, bias = rng.normal(3, 2), rng.normal(1)
    load(layer, weight, bias)
    X = rng.normal(5, 4)
    assert_precise(layer(X), reference.conv2d_layer(X, weight, bias))


def test_strided_input(Conv2D, rng):
    """Transposed, sliced and expanded inputs work."""
    weight, bias = rng.whole(3, 2, dtype=FLOAT32), rng.whole(1, low=1, dtype=FLOAT32)
    tall, large, row = rng.whole(6, 4).float(), rng.whole(9, 12).float(), rng.whole(1, 4).float()
    inputs = tall.t(), large[1::2, ::3], row.expand(5, 4)
    results = loaded(Conv2D, weight, bias).each(*((X,) for X in inputs))
    for X, got in zip(inputs, results, strict=True):
        assert_close(got, reference.conv2d_layer(X, weight, bias))


def test_input_unmodified(Conv2D, rng):
    """The tensors that come in are left as they were, and so are the parameters."""
    X, weight = rng.whole(5, 6, dtype=FLOAT32), rng.whole(3, 2, dtype=FLOAT32)
    bias = rng.whole(1, low=1, dtype=FLOAT32)
    layer = loaded(Conv2D, weight, bias)
    got = assert_unmodified(layer, X)
    assert_close(got, reference.conv2d_layer(X, weight, bias))
    for after, before in zip(parameters(layer, (3, 2)), (weight, bias), strict=True):
        assert_close(after.reshape(before.shape), before, what="parameter after a call")


@pytest.mark.parametrize("of", ["input", "weight", "bias"])
def test_gradient(Conv2D, rng, of):
    """Gradients flow back to the input, the weight and the bias, each with the right values."""
    X, weight, bias, V = rng.whole(5, 6), rng.whole(2, 3), rng.whole(1, low=1), rng.whole(4, 4)
    _, got = loaded(Conv2D, weight, bias).vjp(X.float(), upstream=V.float())
    expected = dict(
        zip(
            ("input", "weight", "bias"),
            reference.vjp(reference.conv2d_layer, X, weight, bias, upstream=V),
            strict=True,
        )
    )
    assert_gradient(got.get("0" if of == "input" else of), expected[of], of=f"the {of}")


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("shape", [(2, 3), (2, 6), (5, 3)], ids=["both", "taller", "wider"])
def test_kernel_too_large(Conv2D, rng, shape):
    """A kernel larger than the input is a ValueError when the layer is called."""
    weight, bias = rng.whole(3, 4, dtype=FLOAT32), rng.whole(1, low=1, dtype=FLOAT32)
    X, small = rng.whole(5, 5, dtype=FLOAT32), rng.whole(*shape, dtype=FLOAT32)
    results = loaded(Conv2D, weight, bias).each((X,), (small,))
    assert_close(next(results), reference.conv2d_layer(X, weight, bias))
    assert_raises(ValueError, results)

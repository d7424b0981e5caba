"""Hidden tests of Conv2dFunction."""

import pytest
import torch

from autograder.sandbox import Call
from autograder.testing import (
    Mismatch,
    assert_close,
    assert_dtype,
    assert_gradient,
    assert_precise,
    assert_unmodified,
    reference,
)

ARGUMENTS = ("input", "weight", "bias")
TWO = ("input", "weight")
FLOAT32 = torch.float32


def upstream_for(rng, *arguments):
    """A random upstream gradient, shaped like the operator's output."""
    return rng.whole(*reference.conv2d(*arguments).shape)


def expected_gradients(V, x, weight, _bias, stride, padding):
    """By the arguments' names."""
    found = reference.conv2d_backward(V, x, weight, stride, padding)
    return dict(zip(ARGUMENTS, found, strict=True))


def check(Conv2dFunction, rng, *arguments, of=TWO, V=None):
    """The gradients named, for x, weight, bias, stride, padding."""
    V = upstream_for(rng, *arguments) if V is None else V
    _, got = Conv2dFunction.vjp(*arguments, upstream=V)
    expected = expected_gradients(V, *arguments)
    for name in (of,) if isinstance(of, str) else of:
        assert_gradient(got[str(ARGUMENTS.index(name))], expected[name], of=f"the {name}")


def backward(result, V, names=TWO):
    """The gradients named that ``backward`` gives for a result; V is of the result's dtype."""
    gradients = result.keep("grad_fn", "apply", args=(V,))
    if gradients.settle().modified:
        raise Mismatch("modified", "Your code changes the upstream gradient.")
    size = gradients.plain("__len__")
    if type(size) is not int or size < 5:
        raise Mismatch("type", "`backward` should give something for each argument of `forward`.")
    return {name: picked(gradients, name) for name in names}


def picked(gradients, name):
    """One of the gradients that ``backward`` gave, which may have left out others."""
    value = gradients.plain("__getitem__", args=(ARGUMENTS.index(name),))
    if value is not None and not isinstance(value, torch.Tensor):
        raise Mismatch("type", "What `backward` gives should be tensors or None.")
    return value


def compare(got, expected, name):
    """One gradient from ``backward``; autograd sums what can be broadcast from the right shape."""
    gradient = got[name]
    if gradient is not None and gradient.dim() > expected[name].dim():
        gradient = gradient.sum_to_size(gradient.shape[-expected[name].dim() :])
    assert_gradient(gradient, expected[name], of=f"the {name}")


def test_forward(Conv2dFunction, rng):
    """The result is the convolution layer's, bias included."""
    for arguments in (
        (rng.whole(1, 2, 4, 4), rng.whole(2, 2, 2, 2), rng.whole(2, low=1), 1, 0),
        (rng.whole(2, 2, 3, 5), rng.whole(3, 2, 2, 3), rng.whole(3, low=1), 1, 0),
    ):
        assert_close(Conv2dFunction(*arguments), reference.conv2d(*arguments))


def test_forward_stride_and_padding(Conv2dFunction, rng):
    """Stride and padding may be ints or pairs, height first."""
    x, weight, bias = rng.whole(2, 2, 4, 5), rng.whole(3, 2, 3, 2), rng.whole(3, low=1)
    for options in ((2, 1), ((2, 1), 0), (1, (1, 2))):
        arguments = (x, weight, bias, *options)
        assert_close(Conv2dFunction(*arguments), reference.conv2d(*arguments))


@pytest.mark.weight(3)
@pytest.mark.parametrize("of", ARGUMENTS)
def test_gradient(Conv2dFunction, rng, of):
    """Gradients flow back to the input, the weight and the bias, each with the right values."""
    arguments = rng.whole(1, 2, 4, 4), rng.whole(2, 2, 2, 2), rng.whole(2)
    check(Conv2dFunction, rng, *arguments, 1, 0, of=of)


@pytest.mark.weight(2)
@pytest.mark.parametrize("of", ARGUMENTS)
def test_gradient_of_batch(Conv2dFunction, rng, of):
    """The gradients of a whole batch; all dimensions may differ."""
    arguments = rng.whole(2, 3, 4, 5), rng.whole(4, 3, 3, 2), rng.whole(4)
    check(Conv2dFunction, rng, *arguments, 1, 0, of=of)


@pytest.mark.weight(2)
def test_gradients_with_stride(Conv2dFunction, rng):
    """Gradients pass through a stride with the right values."""
    arguments = rng.whole(1, 2, 5, 7), rng.whole(2, 2, 3, 3), rng.whole(2)
    check(Conv2dFunction, rng, *arguments, 2, 0)


@pytest.mark.weight(2)
def test_gradients_with_padding(Conv2dFunction, rng):
    """Gradients pass through padding with the right values."""
    arguments = rng.whole(1, 2, 3, 4), rng.whole(2, 2, 2, 3), rng.whole(2)
    check(Conv2dFunction, rng, *arguments, 1, 1)


@pytest.mark.weight(2)
def test_no_bias(Conv2dFunction, rng):
    """Without a bias the result is right, and the others still get their gradients."""
    x, weight = rng.whole(2, 2, 4, 3), rng.whole(3, 2, 2, 2)
    assert_close(Conv2dFunction(x, weight, None, 1, 0), reference.conv2d(x, weight))
    check(Conv2dFunction, rng, x, weight, None, 1, 0)


@pytest.mark.weight(0.5)
def test_keeps_dtype(Conv2dFunction, rng):
    """The result of float64 is float64 with all its digits, that of float32 is float32."""
    arguments = rng.normal(2, 2, 4, 4), rng.normal(3, 2, 2, 3), rng.normal(3)
    expected = reference.conv2d(*arguments)
    assert_precise(Conv2dFunction(*arguments, 1, 0), expected, scale=30.0)
    got = Conv2dFunction(*(argument.float() for argument in arguments), 1, 0)
    assert_dtype(got, FLOAT32)
    assert_close(got, expected, scale=30.0)


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("of", ARGUMENTS)
def test_gradient_keeps_dtype(Conv2dFunction, rng, of):
    """Gradients of float64 are float64 with all their digits; float32 works, too."""
    arguments = rng.normal(2, 2, 4, 4), rng.normal(3, 2, 2, 3), rng.normal(3)
    V, place = rng.normal(2, 3, 3, 2), str(ARGUMENTS.index(of))
    expected = expected_gradients(V, *arguments, 1, 0)[of]
    _, got = Conv2dFunction.vjp(*arguments, 1, 0, upstream=V)
    assert_gradient(got[place], expected, of=f"the {of}", scale=30.0)
    assert_precise(got[place], expected, scale=30.0, what=f"gradient of the {of}")
    _, got = Conv2dFunction.vjp(*(a.float() for a in arguments), 1, 0, upstream=V.float())
    assert_gradient(got[place], expected, of=f"the {of}", scale=30.0)


def test_stride_pair(Conv2dFunction, rng):
    """Gradients pass through a stride that is a pair, height first."""
    x, weight, bias = rng.whole(1, 2, 5, 7), rng.whole(2, 2, 3, 4), rng.whole(2)
    for stride in ((2, 1), (1, 3)):
        check(Conv2dFunction, rng, x, weight, bias, stride, 0)


def test_padding_pair(Conv2dFunction, rng):
    """Gradients pass through a padding that is a pair, height first."""
    x, weight, bias = rng.whole(1, 2, 3, 3), rng.whole(2, 2, 3, 2), rng.whole(2)
    for padding in ((0, 1), (1, 0), (2, 1)):
        check(Conv2dFunction, rng, x, weight, bias, 1, padding)


def test_stride_remainder(Conv2dFunction, rng):
    """Where the stride does not divide the way, the rest of the input gets no gradient."""
    for size, kernel, stride in (((5, 6), (2, 2), 2), ((6, 8), (2, 3), 3)):
        arguments = rng.whole(1, 2, *size), rng.whole(2, 2, *kernel), rng.whole(2)
        check(Conv2dFunction, rng, *arguments, stride, 0)


def test_stride_and_padding(Conv2dFunction, rng):
    """Stride and padding together, with a remainder and without one."""
    for size, stride in (((3, 5), 2), ((7, 6), 4)):
        arguments = rng.whole(1, 2, *size), rng.whole(2, 2, 3, 3), rng.whole(2)
        check(Conv2dFunction, rng, *arguments, stride, 1)


def test_one_by_one_kernel(Conv2dFunction, rng):
    """Kernels of a single place work, and those as large as the input."""
    check(Conv2dFunction, rng, rng.whole(2, 3, 3, 4), rng.whole(2, 3, 1, 1), rng.whole(2), 1, 0)
    check(Conv2dFunction, rng, rng.whole(2, 1, 3, 4), rng.whole(1, 1, 3, 4), rng.whole(1), 1, 0)


def test_strided_tensors(Conv2dFunction, rng):
    """Transposed, sliced and expanded inputs and upstream gradients work."""
    x, weight, bias = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 3), rng.whole(3)
    for V in (
        rng.whole(2, 2, 2, 3).permute(0, 3, 1, 2),
        rng.whole(1, 1, 1, 1, low=1).expand(2, 3, 2, 2),
        rng.whole(2, 3, 4, 4)[:, :, ::2, 1::2],
    ):
        check(Conv2dFunction, rng, x, weight, bias, 1, 0, V=V)
    x, weight = rng.whole(2, 4, 3, 2).permute(0, 3, 2, 1), rng.whole(2, 3, 3, 2).permute(1, 0, 3, 2)
    check(Conv2dFunction, rng, x, weight, bias, 1, 0)


@pytest.mark.parametrize("of", ARGUMENTS)
def test_frozen_arguments(Conv2dFunction, rng, of):
    """An argument gets its gradient even if it is the only one that needs one."""
    x, weight = rng.whole(2, 2, 3, 4, dtype=FLOAT32), rng.whole(3, 2, 2, 3, dtype=FLOAT32)
    tensors = {"input": x, "weight": weight, "bias": rng.whole(3, dtype=FLOAT32)}
    V = rng.whole(2, 3, 2, 2, dtype=FLOAT32)
    expected = expected_gradients(V, *tensors.values(), 1, 0)
    tensors[of].requires_grad_()
    result = Conv2dFunction.keep(args=(*tensors.values(), 1, 0))
    got = backward(result, V, names=(of,))
    compare(got, expected, of)


def test_second_call(Conv2dFunction, rng):
    """Each result remembers the arguments of its own call."""
    calls = []
    for size, stride in (((4, 4), 1), ((3, 3), 2)):  # the second has one window, however it moves
        tensors = rng.whole(1, 2, *size), rng.whole(2, 2, 3, 3), rng.whole(2)
        V = upstream_for(rng, *tensors, stride, 0).float()
        leaves = [tensor.float().requires_grad_() for tensor in tensors]
        result = Conv2dFunction.keep(args=(*leaves, stride, 0))
        calls.append((result, V, expected_gradients(V, *leaves, stride, 0)))
    for result, V, expected in calls:
        got = backward(result, V)
        for name in TWO:
            compare(got, expected, name)


def test_input_unmodified(Conv2dFunction, rng):
    """The tensors that come in are left as they were, and so is the upstream gradient."""
    x, weight, bias = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 2), rng.whole(3)
    arguments, V = (x, weight, bias, 1, 0), rng.whole(2, 3, 2, 3)
    assert_close(assert_unmodified(Conv2dFunction, *arguments), reference.conv2d(*arguments))
    reply = Conv2dFunction._send(Call(Conv2dFunction._target, arguments, upstream=V))
    if reply.modified:
        raise Mismatch("modified", "Your code changes what it was given.")
    expected = expected_gradients(V, *arguments)
    leaves = (tensor.float().requires_grad_() for tensor in arguments[:3])
    got = backward(Conv2dFunction.keep(args=(*leaves, 1, 0)), V.float())
    for name in TWO:
        compare(got, expected, name)

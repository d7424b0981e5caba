"""Hidden tests of fit_kernel."""

import pytest
import torch

from autograder.testing import (
    Mismatch,
    assert_close,
    assert_precise,
    assert_raises,
    assert_same_number,
    assert_unmodified,
    reference,
)


def descend(X, Y, weight, bias, lr, steps):
    """Plain gradient descent on the sum of squared errors, by torch's own operators."""
    losses = []
    for _ in range(steps):
        error = reference.conv2d_layer(X, weight, bias) - Y
        losses.append(float((error**2).sum()))
        dweight, dbias = reference.vjp(
            lambda w, b: reference.conv2d_layer(X, w, b), weight, bias, upstream=2 * error
        )
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def problem(rng, H=4, W=5, h=2, w=3):
    """A small regression with a non-square kernel."""
    X = rng.normal(H, W)
    Y = rng.normal(H - h + 1, W - w + 1)
    return X, Y, rng.normal(h, w), rng.normal(1)


def compare_parameters(got, expected):
    """Weight, then bias."""
    assert_close(got[0], expected[0], what="weight")
    assert_close(got[1], expected[1], what="bias")


def compare_losses(got, expected):
    """Their number, then each."""
    if len(got[2]) != len(expected[2]):
        raise Mismatch("shape", "There should be one loss for each step.")
    for ours, theirs in zip(got[2], expected[2], strict=True):
        assert_same_number(ours, theirs, what="loss")


@pytest.mark.weight(2)
def test_one_step(fit_kernel, rng):
    """One step moves weight and bias against the gradient."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.01, 1)
    expected = descend(X, Y, weight, bias, 0.01, 1)
    compare_parameters(got, expected)


@pytest.mark.weight(2)
def test_several_steps(fit_kernel, rng):
    """Each step starts from where the last one ended, and from its own gradient alone."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.003, 3)
    expected = descend(X, Y, weight, bias, 0.003, 3)
    compare_parameters(got, expected)


def test_losses(fit_kernel, rng):
    """The losses are those before each update, the sum of squared errors, one a step."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.002, 2)
    compare_losses(got, descend(X, Y, weight, bias, 0.002, 2))
    X, weight, bias = rng.whole(4, 5), rng.whole(2, 3, low=1), rng.whole(1)
    got = fit_kernel(X, reference.conv2d_layer(X, weight, bias), weight, bias, 0.002, 2)
    compare_losses(got, (weight, bias, [0.0] * 2))


def test_no_steps(fit_kernel, rng):
    """No steps: nothing moves and there are no losses."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.01, 1)
    compare_parameters(got, descend(X, Y, weight, bias, 0.01, 1))
    got, expected = fit_kernel(X, Y, weight, bias, 0.01, 0), (weight, bias, [])
    compare_parameters(got, expected)
    compare_losses(got, expected)


def test_named_arguments(fit_kernel, rng):
    """The learning rate and the number of steps may be given by name."""
    X, Y, weight, bias = problem(rng, H=5, W=4, h=3, w=2)
    got = fit_kernel(X, Y, weight, bias, steps=1, lr=0.005)
    compare_parameters(got, descend(X, Y, weight, bias, 0.005, 1))


def test_keeps_dtype(fit_kernel, rng):
    """float64 stays float64 with all its digits."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.004, 2)
    expected = descend(X, Y, weight, bias, 0.004, 2)
    assert_precise(got[0], expected[0], what="weight")
    assert_precise(got[1], expected[1], what="bias")


def test_rising_loss(fit_kernel, rng):
    """Where the learning rate is too large and the loss rises, all steps are made still."""
    X, _, weight, bias = problem(rng)
    X, Y = X.abs() + 1, torch.zeros(3, 3, dtype=torch.float64)
    weight, bias = weight.abs(), bias.abs()
    got, expected = fit_kernel(X, Y, weight, bias, 0.1, 3), descend(X, Y, weight, bias, 0.1, 3)
    compare_parameters(got, expected)
    if len(got[2]) != 3:
        raise Mismatch("shape", "There should be one loss for each step.")


@pytest.mark.parametrize("grad", [False, True])
def test_arguments_unmodified(fit_kernel, rng, grad):
    """The weight and bias given are left as they were, whether or not they require grad."""
    X, Y, weight, bias = problem(rng)
    expected = descend(X, Y, weight, bias, 0.01, 1)
    start = (weight.clone().requires_grad_(grad), bias.clone().requires_grad_(grad))
    compare_parameters(assert_unmodified(fit_kernel, X, Y, *start, 0.01, 1), expected)


def test_negative_steps(fit_kernel, rng):
    """A negative number of steps is a ValueError."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X, Y, weight, bias, 0.01, 1)
    compare_parameters(got, descend(X, Y, weight, bias, 0.01, 1))
    assert_raises(ValueError, fit_kernel, X, Y, weight, bias, 0.01, -1)


def test_float32(fit_kernel, rng):
    """float32 works and stays float32."""
    X, Y, weight, bias = problem(rng)
    got = fit_kernel(X.float(), Y.float(), weight.float(), bias.float(), 0.003, 1)
    if got[0].dtype != torch.float32 or got[1].dtype != torch.float32:
        raise Mismatch("dtype", "The weight and bias do not keep the dtype.")
    assert_close(got[0], descend(X, Y, weight, bias, 0.003, 1)[0], scale=10.0, what="weight")

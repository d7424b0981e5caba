# Generated from solutions/01_autograd/test_autograd.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import assert_close, assert_dtype, assert_unmodified

A = torch.tensor([[2.0, 4.0]], dtype=torch.float64)
V = torch.tensor([[1.0, 2.0]], dtype=torch.float64)
GRADIENT = torch.tensor([[12.0, 34.0]])
JACOBIAN = torch.tensor([[8.0, 2.0], [2.0, 16.0]])


@pytest.mark.hint("v says how much each output counts: hand it to the backward pass itself.")
def test_vjp_example(vjp):
    """The example of the text: a = [[2, 4]], v = [[1, 2]]."""
    assert_close(vjp(A, V), GRADIENT)


@pytest.mark.hint("Which input does each output depend on, and how, if the other does not count?")
def test_vjp_one_output(vjp):
    """A weight of zero takes an output out of the sum."""
    assert_close(vjp(A, torch.tensor([[1.0, 0.0]]).double()), JACOBIAN[:1])
    assert_close(vjp(A, torch.tensor([[0.0, 1.0]]).double()), JACOBIAN[1:])


@pytest.mark.hint("a.detach() has the same values, no history, and a `.grad` of its own.")
def test_vjp_leaves_input_alone(vjp):
    """The caller's `a` may require grad, and nothing is left behind in its `.grad`."""
    leaf = A.clone().requires_grad_()
    leaf.grad = torch.tensor([[5.0, 6.0]]).double()
    assert_close(assert_unmodified(vjp, leaf, V), GRADIENT)


@pytest.mark.hint("Each output needs a backward pass of its own. What is vjp for v = [1, 0]?")
def test_jacobian_example(jacobian):
    """The example of the text: a = [[2, 4]]."""
    assert_close(jacobian(A), JACOBIAN)


@pytest.mark.hint("A new tensor such as torch.zeros(2, 2) is float32 unless you pass a dtype.")
def test_jacobian_dtype(jacobian):
    """float64 in, float64 out."""
    got = jacobian(A)
    assert_close(got, JACOBIAN)
    assert_dtype(got, torch.float64)


@pytest.mark.hint("a.detach() has the same values, no history, and a `.grad` of its own.")
def test_jacobian_leaves_input_alone(jacobian):
    """The caller's `a` may require grad, and nothing is left behind in its `.grad`."""
    leaf = A.clone().requires_grad_()
    leaf.grad = torch.tensor([[5.0, 6.0]]).double()
    assert_close(assert_unmodified(jacobian, leaf), JACOBIAN)

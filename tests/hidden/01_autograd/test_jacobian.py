"""Hidden tests of jacobian."""

import pytest
import torch

from autograder.outcome import Status
from autograder.testing import (
    Mismatch,
    StudentFailure,
    assert_close,
    assert_dtype,
    assert_precise,
    assert_unmodified,
)


def table(a):
    """J = [[4 a0, 2], [2, 4 a1]]."""
    return torch.diag(4 * a[0]) + 2 * torch.eye(2, dtype=a.dtype).flip(0)


def pair(rng):
    """A whole-number input whose entries differ in size and sign: swaps and mix-ups show."""
    return torch.cat([rng.whole(1, 1, low=3, high=5), rng.whole(1, 1, low=-9, high=-6)], 1)


def answer(jacobian, a):
    """The answer for an `a` that requires grad or, if there is none, for one that does not.

    Whether both ways work is a test of its own and should cost nothing here.
    """
    try:
        return jacobian(a.detach().requires_grad_())
    except StudentFailure as failure:
        if failure.status is not Status.ERROR:
            raise
    except Mismatch:
        pass
    return jacobian(a)


@pytest.mark.weight(3)
def test_values(jacobian, rng):
    """One row for each output, one column for each input."""
    for a in (pair(rng), pair(rng).flip(1)):
        assert_close(answer(jacobian, a), table(a))


def test_keeps_dtype(jacobian, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    a = rng.normal(1, 2)
    assert_precise(answer(jacobian, a), table(a))
    got = answer(jacobian, a.float())
    assert_dtype(got, torch.float32)
    assert_close(got, table(a))


def test_zeros(jacobian, rng):
    """Inputs that are zero have a Jacobian too."""
    for a in (pair(rng), torch.zeros(1, 2, dtype=torch.float64)):
        assert_close(answer(jacobian, a), table(a))


def test_large_magnitude(jacobian, rng):
    """Large inputs are treated as small ones."""
    a = 1_000 * pair(rng)
    assert_close(answer(jacobian, a), table(a))


def test_strided_input(jacobian, rng):
    """Transposed and sliced inputs work."""
    for a in (pair(rng).t().contiguous().t(), rng.whole(1, 4)[:, ::2]):
        assert_close(answer(jacobian, a), table(a))


def test_second_call(jacobian, rng):
    """Each call gives its own Jacobian, whatever was computed before."""
    a = pair(rng)
    for shift in (0, 3, 0):
        assert_close(answer(jacobian, a + shift), table(a + shift))


def test_plain_input(jacobian, rng):
    """An `a` that does not require grad works too, and nothing is left in its `.grad`."""
    a = pair(rng)
    assert_close(assert_unmodified(jacobian, a), table(a))


def test_input_that_requires_grad(jacobian, rng):
    """An `a` that requires grad works too, and nothing is left in its `.grad`."""
    a = pair(rng)
    assert_close(assert_unmodified(jacobian, a.clone().requires_grad_()), table(a))


def test_keeps_earlier_grad(jacobian, rng):
    """A gradient that is already in `a.grad` stays there and does not mix with the result."""
    a = pair(rng)
    leaf = a.clone().requires_grad_()
    leaf.grad = rng.whole(1, 2, low=1)
    assert_close(assert_unmodified(jacobian, leaf), table(a))

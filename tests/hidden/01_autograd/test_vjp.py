"""Hidden tests of vjp."""

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


def product(a, v):
    """v J with J = [[4 a0, 2], [2, 4 a1]]."""
    (a0, a1), (v0, v1) = a[0], v[0]
    return torch.stack([4 * a0 * v0 + 2 * v1, 2 * v0 + 4 * a1 * v1])[None]


def pair(rng):
    """Two whole numbers of shape (1, 2) that differ in size and sign: swaps and mix-ups show."""
    return torch.cat([rng.whole(1, 1, low=3, high=5), rng.whole(1, 1, low=-9, high=-6)], 1)


def answer(vjp, a, v):
    """The answer for an `a` that requires grad or, if there is none, for one that does not.

    Whether both ways work is a test of its own and should cost nothing here.
    """
    try:
        return vjp(a.detach().requires_grad_(), v)
    except StudentFailure as failure:
        if failure.status is not Status.ERROR:
            raise
    except Mismatch:
        pass
    return vjp(a, v)


@pytest.mark.weight(3)
def test_values(vjp, rng):
    """The gradient of the weighted sum of the outputs, in the shape of `a`."""
    for sign in (1, -1):
        a, v = sign * pair(rng), pair(rng).flip(1)
        assert_close(answer(vjp, a, v), product(a, v))


@pytest.mark.weight(2)
def test_one_output(vjp, rng):
    """An output whose weight is zero does not count."""
    for v in (torch.tensor([[7.0, 0.0]]).double(), torch.tensor([[0.0, -7.0]]).double()):
        a = pair(rng)
        assert_close(answer(vjp, a, v), product(a, v))


def test_keeps_dtype(vjp, rng):
    """float64 stays float64 with all its digits, float32 stays float32."""
    a, v = rng.normal(1, 2), rng.normal(1, 2)
    assert_precise(answer(vjp, a, v), product(a, v))
    got = answer(vjp, a.float(), v.float())
    assert_dtype(got, torch.float32)
    assert_close(got, product(a, v))


def test_zeros(vjp, rng):
    """Inputs that are zero have a gradient too."""
    v = pair(rng)
    for a in (pair(rng), torch.zeros(1, 2, dtype=torch.float64)):
        assert_close(answer(vjp, a, v), product(a, v))


def test_large_magnitude(vjp, rng):
    """Large inputs are treated as small ones."""
    a, v = 1_000 * pair(rng), pair(rng)
    assert_close(answer(vjp, a, v), product(a, v))


def test_strided_input(vjp, rng):
    """Transposed and sliced inputs work."""
    for a in (pair(rng).t().contiguous().t(), rng.whole(1, 4)[:, ::2]):
        v = rng.whole(2, 1, low=2).t()
        assert_close(answer(vjp, a, v), product(a, v))


def test_second_call(vjp, rng):
    """Each call gives its own gradient, whatever was computed before."""
    a, v = pair(rng), pair(rng)
    for shift in (0, 3, 0):
        assert_close(answer(vjp, a + shift, v), product(a + shift, v))


def test_plain_input(vjp, rng):
    """An `a` that does not require grad works too, and nothing is left in its `.grad`."""
    a, v = pair(rng), pair(rng)
    assert_close(assert_unmodified(vjp, a, v), product(a, v))


def test_input_that_requires_grad(vjp, rng):
    """An `a` that requires grad works too, and nothing is left in its `.grad`."""
    a, v = pair(rng), pair(rng)
    assert_close(assert_unmodified(vjp, a.clone().requires_grad_(), v), product(a, v))


def test_keeps_earlier_grad(vjp, rng):
    """A gradient that is already in `a.grad` stays there and does not mix with the result."""
    a, v = pair(rng), pair(rng)
    leaf = a.clone().requires_grad_()
    leaf.grad = rng.whole(1, 2, low=1)
    assert_close(assert_unmodified(vjp, leaf, v), product(a, v))

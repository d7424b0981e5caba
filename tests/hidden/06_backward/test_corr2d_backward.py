"""Hidden tests of corr2d_backward."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_dtype,
    assert_precise,
    assert_unmodified,
    reference,
)

GRADIENTS = {"input": 0, "kernel": 1}
each_gradient = pytest.mark.parametrize("of", GRADIENTS)


def problem(rng, H, W, h, w):
    """An upstream gradient, an input and a kernel."""
    return rng.whole(H - h + 1, W - w + 1), rng.whole(H, W), rng.whole(h, w)


def compare(got, arguments, *, of=tuple(GRADIENTS), scale=None):
    """The gradients named, for the arguments of the call."""
    expected = reference.corr2d_backward(*arguments)
    for name in (of,) if isinstance(of, str) else of:
        place = GRADIENTS[name]
        assert_close(got[place], expected[place], scale=scale, what=f"gradient of the {name}")


@pytest.mark.weight(2)
@each_gradient
def test_gradient(corr2d_backward, rng, of):
    """Input and kernel each get a gradient of their own shape, with the right values."""
    arguments = problem(rng, 5, 5, 2, 2)
    compare(corr2d_backward(*arguments), arguments, of=of)


@pytest.mark.weight(2)
@each_gradient
def test_non_square(corr2d_backward, rng, of):
    """Height and width may differ, in the input and in the kernel."""
    for sizes in ((4, 7, 2, 3), (7, 4, 3, 2), (5, 6, 1, 4), (6, 5, 4, 1)):
        arguments = problem(rng, *sizes)
        compare(corr2d_backward(*arguments), arguments, of=of)


@pytest.mark.parametrize("of", GRADIENTS)
def test_large_kernel(corr2d_backward, rng, of):
    """The kernel may be larger than the upstream gradient."""
    for sizes in ((4, 4, 3, 3), (5, 6, 4, 4)):
        arguments = problem(rng, *sizes)
        compare(corr2d_backward(*arguments), arguments, of=of)


@each_gradient
def test_keeps_dtype(corr2d_backward, rng, of):
    """float64 stays float64 with all its digits, float32 stays float32."""
    what = f"gradient of the {of}"
    arguments = rng.normal(4, 6), rng.normal(6, 7), rng.normal(3, 2)
    expected = reference.corr2d_backward(*arguments)[GRADIENTS[of]]
    assert_precise(corr2d_backward(*arguments)[GRADIENTS[of]], expected, scale=30.0, what=what)
    got = corr2d_backward(*(argument.float() for argument in arguments))[GRADIENTS[of]]
    assert_dtype(got, torch.float32, what=what)
    assert_close(got, expected, scale=30.0, what=what)


def test_kernel_fills_input(corr2d_backward, rng):
    """A kernel as large as the input, in one direction or in both, works."""
    for sizes in ((3, 4, 3, 4), (3, 5, 3, 2), (5, 3, 2, 3)):
        arguments = problem(rng, *sizes)
        compare(corr2d_backward(*arguments), arguments)


def test_one_by_one_kernel(corr2d_backward, rng):
    """A kernel of a single place works."""
    for H, W in ((3, 4), (1, 4), (3, 1), (1, 1)):
        arguments = rng.whole(H, W, low=1), rng.whole(H, W, low=1), rng.whole(1, 1, low=1)
        compare(corr2d_backward(*arguments), arguments)


def test_strided_tensors(corr2d_backward, rng):
    """Transposed, sliced and expanded inputs and upstream gradients work."""
    X, K, dY = rng.whole(5, 6), rng.whole(2, 3), rng.whole(4, 4)
    for arguments in (
        (dY.t(), X, K),
        (rng.whole(1, 1, low=1).expand(4, 4), X, K),
        (dY, rng.whole(6, 5).t(), rng.whole(3, 2).t()),
        (rng.whole(8, 9)[::2, 1::2], rng.whole(10, 12)[1::2, ::2], K),
    ):
        compare(corr2d_backward(*arguments), arguments)


def test_large_magnitude(corr2d_backward, rng):
    """Large numbers are summed exactly as small ones."""
    sizes = ((4, 5), (5, 6), (2, 2))
    arguments = [rng.whole(*size, low=-80_000, high=80_000) for size in sizes]
    compare(corr2d_backward(*arguments), arguments, scale=20.0 * 80_000**2)


def test_input_unmodified(corr2d_backward, rng):
    """The tensors that come in are left as they were."""
    arguments = problem(rng, 5, 6, 2, 3)
    compare(assert_unmodified(corr2d_backward, *arguments), arguments)


def test_second_call(corr2d_backward, rng):
    """A call leaves nothing behind for the next one."""
    first, second = problem(rng, 4, 5, 2, 2), problem(rng, 4, 5, 2, 2)
    for arguments in (first, second, first):
        compare(corr2d_backward(*arguments), arguments)

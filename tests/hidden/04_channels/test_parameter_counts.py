"""Hidden tests of parameter_counts."""

import pytest

from autograder.testing import assert_int, assert_same_number


def fully_connected(in_shape, out_shape):
    """Every input number is tied to every output number."""
    (ci, H, W), (co, oh, ow) = in_shape, out_shape
    return ci * H * W * co * oh * ow


def shapes(rng):
    """Shapes of a layer without padding, all their numbers well apart."""
    ci, co = rng.integer(3, 5), rng.integer(7, 9)
    H, W = rng.integer(20, 24), rng.integer(31, 35)
    h, w = rng.integer(2, 3), rng.integer(5, 6)
    return (ci, H, W), (co, H - h + 1, W - w + 1), (h, w)


@pytest.mark.weight(2)
def test_fully_connected(parameter_counts, rng):
    """The first number counts the weights of the fully connected layer."""
    for _ in range(3):
        in_shape, out_shape, kernel_size = shapes(rng)
        got, _ = parameter_counts(in_shape, out_shape, kernel_size)
        assert_same_number(got, fully_connected(in_shape, out_shape), what="first count")


@pytest.mark.weight(3)
def test_convolution(parameter_counts, rng):
    """The second number counts the weights of the convolution."""
    for _ in range(3):
        in_shape, out_shape, kernel_size = shapes(rng)
        _, got = parameter_counts(in_shape, out_shape, kernel_size)
        (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
        assert_same_number(got, co * ci * h * w, what="second count")


def test_output_shape_as_given(parameter_counts, rng):
    """The output's shape is taken as it is given: padding and stride may have changed it."""
    (ci, H, W), (co, *_), kernel_size = shapes(rng)
    for out_shape in ((co, H, W), (co, (H + 1) // 2, (W + 2) // 3)):
        got, _ = parameter_counts((ci, H, W), out_shape, kernel_size)
        assert_same_number(got, fully_connected((ci, H, W), out_shape), what="first count")


@pytest.mark.weight(0.5)
def test_python_ints(parameter_counts, rng):
    """Both counts are Python ints."""
    in_shape, out_shape, kernel_size = shapes(rng)
    got, _ = parameter_counts(in_shape, out_shape, kernel_size)
    assert_same_number(got, fully_connected(in_shape, out_shape), what="first count")
    assert_int(parameter_counts.plain(args=(in_shape, out_shape, kernel_size)))


def test_large_layer(parameter_counts, rng):
    """The counts of a very large layer are exact."""
    H, W = 1999, 2001 + 2 * rng.integer(0, 9)
    in_shape = (255 + 2 * rng.integer(0, 9), H, W)
    out_shape = (511 + 2 * rng.integer(0, 9), H - 2, W - 6)
    got, _ = parameter_counts(in_shape, out_shape, (3, 7))
    assert_same_number(got, fully_connected(in_shape, out_shape), what="first count")

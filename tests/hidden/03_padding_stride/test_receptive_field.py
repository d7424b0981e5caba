"""Hidden tests of receptive_field."""

import pytest

from autograder.testing import assert_int, assert_same_number, assert_unmodified


def span(layers):
    """From the first to the last place that an output is computed from, found one by one."""
    places = {0}
    for kernel, stride in reversed(layers):
        places = {place * stride + offset for place in places for offset in range(kernel)}
    return max(places) - min(places) + 1


def check(receptive_field, layers):
    assert_same_number(receptive_field(layers), span(layers), what="receptive field")


@pytest.mark.weight(2)
def test_single_layer(receptive_field, rng):
    """A single layer sees as far as its kernel reaches."""
    for kernel in (2, 3, rng.integer(4, 9)):
        check(receptive_field, [(kernel, 1)])


@pytest.mark.weight(2)
def test_stride_one(receptive_field, rng):
    """Each further layer with stride 1 widens the field."""
    for kernels in ((3, 3), (2, 5), (7, 3, 4), (3, rng.integer(4, 9), 2, 3)):
        check(receptive_field, [(kernel, 1) for kernel in kernels])


@pytest.mark.weight(2)
def test_two_layers_with_stride(receptive_field, rng):
    """A stride spreads what the next layer joins."""
    for stride in (2, 3):
        check(receptive_field, [(3, stride), (rng.integer(3, 6), 1)])
        check(receptive_field, [(rng.integer(4, 7), stride), (2, 1)])


@pytest.mark.weight(2)
def test_several_strides(receptive_field, rng):
    """The strides of all layers before count."""
    check(receptive_field, [(3, 2), (3, 2), (3, 1)])
    check(receptive_field, [(7, 2), (3, 3), (rng.integer(3, 5), 1), (2, 1)])
    check(receptive_field, [(4, 3), (rng.integer(4, 6), 4), (3, 2), (5, 1)])


def test_order_of_layers(receptive_field, rng):
    """The first layer of the list is the one next to the input."""
    first, second = (rng.integer(3, 5), 2), (rng.integer(6, 8), 1)
    check(receptive_field, [first, second])
    check(receptive_field, [second, first])
    check(receptive_field, [second, first, (2, 3), second])


def test_last_stride(receptive_field, rng):
    """The stride of the last layer."""
    kernel = rng.integer(3, 6)
    for stride in (1, 2, 5):
        check(receptive_field, [(3, 2), (kernel, stride)])
        check(receptive_field, [(kernel, stride)])


def test_kernel_of_one(receptive_field, rng):
    """Layers whose kernel is a single value."""
    stride = rng.integer(2, 4)
    check(receptive_field, [(3, 1), (1, 1), (4, 1)])
    check(receptive_field, [(1, stride), (3, 1)])
    check(receptive_field, [(5, 2), (1, stride), (2, 1)])


def test_deep_network(receptive_field, rng):
    """A network of many layers."""
    layers = [(rng.integer(2, 5), rng.integer(1, 2)) for _ in range(8)]
    check(receptive_field, layers)
    check(receptive_field, [(3, 1)] * 20)
    check(receptive_field, [(2, 2), (2, 1)] * 6)


@pytest.mark.weight(0.5)
def test_keyword_argument(receptive_field, rng):
    """The layers by keyword."""
    layers = [(3, 1), (rng.integer(4, 7), 1)]
    got = receptive_field(layers=layers)
    assert_same_number(got, span(layers), what="receptive field")


@pytest.mark.weight(0.5)
def test_python_int(receptive_field, rng):
    """The size is a Python int."""
    layers = [(rng.integer(2, 5), 1), (3, 1)]
    check(receptive_field, layers)
    assert_int(receptive_field.plain(args=(layers,)))


@pytest.mark.weight(0.5)
def test_layers_unmodified(receptive_field, rng):
    """The list that comes in is left as it was."""
    layers = [(2, 1), (rng.integer(4, 6), 1), (3, 1)]
    got = assert_unmodified(receptive_field, layers)
    assert_same_number(got, span(layers), what="receptive field")


def test_no_layers(receptive_field, rng):
    """Without layers there is still an answer."""
    check(receptive_field, [(rng.integer(2, 5), 1), (3, 1)])
    assert_same_number(receptive_field([]), 1, what="receptive field")

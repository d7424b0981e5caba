"""Hidden tests of output_size."""

import pytest

from autograder.testing import assert_int, assert_raises, assert_same_number


def places(n, k, padding=0, stride=1, dilation=1):
    """Where a window can begin, counted one by one."""
    return len(range(0, n + 2 * padding - dilation * (k - 1), stride))


def check(output_size, n, k, **options):
    assert_same_number(output_size(n, k, **options), places(n, k, **options), what="size")


def exact(windows, k, padding=0, stride=1, dilation=1):
    """An input in which so many windows leave nothing over."""
    return stride * (windows - 1) + dilation * (k - 1) + 1 - 2 * padding


@pytest.mark.weight(2)
def test_plain(output_size, rng):
    """Without padding and stride, every place where the kernel fits counts."""
    for k in (2, 3, 5, rng.integer(6, 9)):
        check(output_size, rng.integer(20, 40), k)


@pytest.mark.weight(2)
def test_padding(output_size, rng):
    """The padding is on each side."""
    for k, padding in ((3, 1), (2, 1), (5, 2), (4, 3), (3, rng.integer(4, 9))):
        check(output_size, rng.integer(20, 40), k, padding=padding)


@pytest.mark.weight(2)
def test_stride(output_size, rng):
    """The kernel moves by the stride."""
    for k, stride in ((3, 2), (2, 2), (5, 3), (2, 4), (3, 5)):
        check(output_size, k + stride * rng.integer(3, 9), k, stride=stride)


def test_stride_remainder(output_size, rng):
    """Where the stride does not divide the way, the rest is left out."""
    for k, stride in ((3, 2), (2, 3), (5, 4)):
        n = k + stride * rng.integer(3, 9)
        for rest in range(1, stride):
            check(output_size, n + rest, k, stride=stride)


def test_dilation(output_size, rng):
    """Dilation spreads the kernel's values apart."""
    for k, dilation in ((3, 2), (2, 3), (4, 4), (5, rng.integer(5, 7))):
        check(output_size, rng.integer(30, 60), k, dilation=dilation)


def test_all_together(output_size, rng):
    """Padding, stride and dilation work together."""
    for k, padding, stride, dilation in ((3, 1, 2, 2), (5, 3, 3, 2), (2, 2, 4, 3), (4, 5, 2, 5)):
        options = {"padding": padding, "stride": stride, "dilation": dilation}
        check(output_size, exact(rng.integer(9, 19), k, **options), k, **options)


def test_python_int(output_size, rng):
    """The size is a Python int."""
    n = rng.integer(20, 40)
    check(output_size, n, 3)
    assert_int(output_size.plain(args=(n, 3)))


def test_kernel_of_one(output_size, rng):
    """A kernel of a single value works, whatever the stride and the dilation."""
    n = 6 * rng.integer(4, 9) + 1
    check(output_size, n, 1)
    check(output_size, n, 1, stride=3)
    check(output_size, n + 2, 1, dilation=4)


def test_kernel_fills_input(output_size, rng):
    """A kernel as large as the input still has one place."""
    k = rng.integer(3, 9)
    check(output_size, k + 1, k)
    for options in ({}, {"stride": 2}, {"stride": k + 5}):
        check(output_size, k, k, **options)


def test_kernel_fits_padded_input(output_size, rng):
    """A kernel larger than the input works if it fits into the padded input."""
    n = rng.integer(3, 9)
    for k, padding in ((n + 1, 1), (n + 2, 1), (n + 3, 4)):
        check(output_size, n, k, padding=padding)


def test_stride_beyond_input(output_size, rng):
    """The stride may be larger than the input."""
    n = rng.integer(5, 9)
    check(output_size, n, 2, stride=n - 2)
    check(output_size, n, 2, stride=n + 1)
    check(output_size, n, 3, padding=1, stride=2 * n)


@pytest.mark.weight(0.5)
def test_argument_order(output_size, rng):
    """Arguments by position are n, k, padding, stride, dilation."""
    for arguments in ((4, 3), (4, 1, 3), (3, 4, 2, 5), (4, 5, 3, 2)):
        n = exact(rng.integer(9, 19), *arguments)
        assert_same_number(output_size(n, *arguments), places(n, *arguments), what="size")


@pytest.mark.weight(0.5)
def test_keyword_arguments(output_size, rng):
    """All arguments by keyword, in any order."""
    n = exact(rng.integer(9, 19), 5, 4, 3, 2)
    assert_same_number(output_size(k=4, n=n), places(n, 4), what="size")
    got = output_size(dilation=2, stride=3, padding=4, k=5, n=n)
    assert_same_number(got, places(n, 5, 4, 3, 2), what="size")


@pytest.mark.weight(0.5)
def test_kernel_too_large(output_size, rng):
    """A kernel larger than the input is a ValueError."""
    n = rng.integer(5, 9)
    check(output_size, n, 2)
    for k in (2 * n + 7, n + 2, n + 1):
        assert_raises(ValueError, output_size, n, k)


@pytest.mark.weight(0.5)
def test_kernel_too_large_for_padded_input(output_size, rng):
    """A kernel larger than the padded input is a ValueError."""
    n = rng.integer(5, 9)
    check(output_size, n, 4, padding=1)
    for k, padding in ((n + 20, 3), (n + 5, 2), (n + 3, 1)):
        assert_raises(ValueError, output_size, n, k, padding=padding)


@pytest.mark.weight(0.5)
def test_kernel_too_large_with_stride(output_size, rng):
    """A kernel larger than the input is a ValueError with a stride, too."""
    n = rng.integer(5, 9)
    check(output_size, n, 2, stride=n - 2)
    for k, stride in ((n + 6, 2), (n + 2, 3), (n + 1, 7), (n + 1, 2)):
        assert_raises(ValueError, output_size, n, k, stride=stride)


@pytest.mark.weight(0.5)
def test_dilated_kernel_too_large(output_size, rng):
    """A kernel that is too large only because of its dilation is a ValueError."""
    n = rng.integer(5, 9)
    check(output_size, n, 2, dilation=n - 2)
    for k, dilation in ((2, 3 * n), (3, n - 1), (2, n)):
        assert_raises(ValueError, output_size, n, k, dilation=dilation)


@pytest.mark.weight(0.5)
@pytest.mark.parametrize("stride", [0, -1], ids=["zero", "negative"])
def test_bad_stride(output_size, rng, stride):
    """A stride below 1 is a ValueError."""
    n = rng.integer(5, 9)
    check(output_size, n, 2, stride=1)
    for k in (n, 2, n - 1):
        assert_raises(ValueError, output_size, n, k, stride=stride)


@pytest.mark.weight(0.5)
def test_negative_padding(output_size, rng):
    """A negative padding is a ValueError."""
    n = rng.integer(12, 20)
    check(output_size, n, 2, padding=1)
    for padding in (-1, -3, -n):
        assert_raises(ValueError, output_size, n, 2, padding=padding)

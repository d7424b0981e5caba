"""Hidden tests of slope. canary-hidden-7f3a."""

from autograder.testing import assert_close


def test_values(slope, rng):
    """The derivative of the cubes' sum."""
    a = rng.whole(5, low=1)
    assert_close(slope(a), 3 * a * a)

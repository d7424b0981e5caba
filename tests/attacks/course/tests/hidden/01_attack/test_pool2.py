"""Hidden tests of pool2. canary-hidden-7f3a."""

from autograder.testing import assert_close


def expected(X):
    return X.reshape(X.shape[0] // 2, 2, X.shape[1] // 2, 2).amax((1, 3))


def test_largest(pool2, rng):
    """The largest of each two by two block."""
    for shape in ((4, 4), (6, 2)):
        X = rng.whole(*shape)
        assert_close(pool2(X), expected(X))

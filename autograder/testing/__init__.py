"""What a test of an exercise is written with.

A test is an ordinary pytest function. The exercise under test is a fixture of its name, ``rng`` makes
inputs that repeat themselves, and the helpers here compare results and say what is wrong:

.. code-block:: python

    @pytest.mark.weight(2)
    def test_non_square_input(corr2d, rng):
        \"\"\"Height and width may differ.\"\"\"
        X, K = rng.whole(5, 8), rng.whole(2, 3)
        assert_close(corr2d(X, K), reference.corr2d(X, K))

Calling the fixture runs the student's code behind the lock and gives back plain values. The
docstring's first line is what the student reads; ``weight`` is the test's share of its exercise's
points. Several calls whose inputs are known beforehand cost little more than one when they are made
together::

    results = corr2d.each((X, K), (X, larger_than_X))
    assert_close(next(results), reference.corr2d(X, K))
    assert_raises(ValueError, results)

What was passed to a call stays as it is: the diagnosis calls the bank's wrong programs with it.

An object of a student's class stays in the student's program; what only prepares it (making it,
``load_state_dict``, :meth:`Exercise.keep`) is sent along with its first use.
"""

from autograder.testing import reference
from autograder.testing.compare import (
    assert_close,
    assert_dtype,
    assert_gradient,
    assert_int,
    assert_precise,
    assert_raises,
    assert_same_number,
    assert_unmodified,
)
from autograder.testing.exercise import Exercise, Instance
from autograder.testing.failures import Mismatch, StudentFailure
from autograder.testing.rng import Rng

__all__ = [
    "Exercise",
    "Instance",
    "Mismatch",
    "Rng",
    "StudentFailure",
    "assert_close",
    "assert_dtype",
    "assert_gradient",
    "assert_int",
    "assert_precise",
    "assert_raises",
    "assert_same_number",
    "assert_unmodified",
    "reference",
]

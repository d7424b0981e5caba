"""nbgrader's side of the course: its notebooks, its commands and its gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.errors import UsageError


@contextmanager
def instructor_extra() -> Iterator[None]:
    """Imports that only instructors have; UsageError that names the extra where one is missing."""
    try:
        yield
    except ImportError as error:
        raise UsageError(
            f"{error.name or 'a package'} is missing: pip install 'autograder[instructor]'"
        ) from None

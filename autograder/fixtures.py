"""Exercises as pytest fixtures, and the markers of tests."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from autograder.course import Course

MARKERS = (
    "weight(share): the test's share of its exercise's points; 1 unless given, 0 in public tests",
    "smallest(reference, **forms): search the smallest failing input of this public test",
    "hint(text): what a student should try next when this public test fails",
)


def exercise_fixtures(course: Course, exercise: Callable[[str], object]) -> object:
    """A plugin object with one fixture an exercise."""

    def make(name: str) -> Any:
        def fixture() -> object:
            return exercise(name)

        fixture.__doc__ = f"The student's `{name}`."
        return pytest.fixture(fixture, name=name)

    plugin = ModuleType("autograder_exercises")
    for name in course.exercises:
        setattr(plugin, f"exercise_{name}", make(name))
    return plugin

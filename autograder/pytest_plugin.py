"""Exercises as fixtures in an ordinary pytest run.

``pytest tests/hidden --submission FILE`` runs an instructor's tests by hand; in a handout's folder plain
``pytest`` tests the file beside the tests. Without a course in sight this plugin does nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.judge import Judge
    from autograder.testing import Rng
    from autograder.workers import Worker


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.addoption("--submission", metavar="FILE", help="the student's file to test")


def pytest_configure(config: pytest.Config) -> None:
    """Offer the fixtures when the run is about a course."""
    from autograder.course import find_course, load_course
    from autograder.errors import UsageError
    from autograder.fixtures import MARKERS

    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    try:
        course = load_course(find_course(config.invocation_params.dir))
    except UsageError as error:
        if config.getoption("--submission"):
            raise pytest.UsageError(str(error)) from None
        return
    config.pluginmanager.register(ByHand(config, course), "autograder_by_hand")


class ByHand:
    """Starts a worker when the first exercise is asked for, and one program a submission."""

    def __init__(self, config: pytest.Config, course: Course) -> None:
        from autograder.fixtures import exercise_fixtures

        self._config = config
        self._course = course
        self._worker: Worker | None = None
        self._judge: Judge | None = None
        self._file: Path | None = None
        config.pluginmanager.register(exercise_fixtures(course, self._exercise))

    @pytest.fixture(autouse=True)
    def _submission_under_test(self, request: pytest.FixtureRequest) -> None:
        if set(request.fixturenames) & self._course.exercises.keys():
            self._open(request.node)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> Rng:
        """Random inputs that repeat themselves."""
        from autograder.testing import Rng

        return Rng(self._course.seed, "", request.node.name, request.node.path.stem)

    def _exercise(self, name: str) -> object:
        assert self._judge is not None
        return self._judge.exercise(name)

    def _open(self, node: pytest.Item) -> None:
        from autograder.judge import Judge, exercise_of
        from autograder.submission import NotGradable, read_file
        from autograder.workers import start_worker

        assignment = self._course.assignment_of[exercise_of(node, self._course)]
        given = self._config.getoption("--submission")
        file = Path(given) if given else node.path.parent / f"{assignment.module}.py"
        if file.stem != assignment.module:
            pytest.skip(f"{file.name} is not {assignment.module}")
        if file == self._file:
            return
        try:
            submission = read_file(file, "", assignment)
        except NotGradable as reason:
            raise pytest.UsageError(str(reason)) from None
        if self._judge is None:
            self._worker = start_worker()
            self._judge = Judge(self._course, lambda: self._started(), show_detail=True)
        self._judge.close()
        self._judge.open(submission)
        self._file = file

    def _started(self) -> Worker:
        assert self._worker is not None
        return self._worker

    def pytest_unconfigure(self) -> None:
        """End the program and the worker."""
        if self._judge is not None:
            self._judge.close()
        if self._worker is not None:
            self._worker.close()

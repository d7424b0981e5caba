"""Tests meet submissions: a pytest session in which one collection serves a whole batch.

:class:`Judge` is a pytest plugin. It offers a fixture for each exercise and ``rng``, and in a batch
replaces pytest's run loop: for each submission, its assignment's items run in order against
that submission's program. Student code is behind :class:`~autograder.sandbox.Session`; here are the
tests, the expected values and the verdicts.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
import torch
from _pytest.outcomes import OutcomeException
from _pytest.runner import runtestprotocol

from autograder.course import Assignment, Course, Limits
from autograder.errors import GraderFault
from autograder.fixtures import MARKERS, exercise_fixtures
from autograder.outcome import Outcome, Status
from autograder.sandbox import Session
from autograder.submission import Submission
from autograder.testing.exercise import Exercise, Probe, Recorded, make_exercise
from autograder.testing.failures import Mismatch, StudentFailure
from autograder.testing.rng import Rng
from autograder.testing.smallest import Search, smallest_mismatch
from autograder.text import clean_line
from autograder.workers import Worker

#: What a machine that stands still, or runs out of memory, can do to a right program, too.
DOUBTFUL = (Status.TIMEOUT, Status.CRASHED)


@dataclass(frozen=True)
class Judged:
    """A submission's outcomes in the order of learning, and the calls that each rests on."""

    submission: Submission
    outcomes: tuple[Outcome, ...]
    recorded: tuple[tuple[Recorded, ...], ...]
    notes: tuple[str, ...]


OpenSession = Callable[[Worker, Submission, Limits], Session]


class Judge:
    """The plugin. ``show_detail`` lets public tests' values into messages."""

    def __init__(
        self,
        course: Course,
        worker: Callable[[], Worker],
        *,
        show_detail: bool,
        open_session: OpenSession = Session,
    ) -> None:
        self.course = course
        self._worker = worker
        self._open_session = open_session
        self._show_detail = show_detail
        self._session: Session | None = None
        self._submission: Submission | None = None
        self._probe: Probe | None = None
        self._case: Case | None = None
        self._outcome: Outcome | None = None
        self._fault: str | None = None

    # --- fixtures ------------------------------------------------------------------------------

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> Rng:
        """Random inputs that are the same for this course, student and test every time."""
        return self._rng(request.node)

    def _rng(self, item: pytest.Item) -> Rng:
        student = self._submission.student if self._submission else ""
        return Rng(self.course.seed, student, item.name, item.path.stem)

    def exercise(self, name: str) -> Exercise:
        """The student's exercise of this name; starts the program behind it when needed."""
        assert self._probe is not None, "no submission is being judged"
        return make_exercise(self.course.exercises[name], self._probe)

    # --- one submission ------------------------------------------------------------------------

    def open(self, submission: Submission) -> None:
        """Make a submission the one under test."""
        session = self._open_session(self._worker(), submission, self.course.limits)
        lines = max((cell.line + cell.source.count("\n") for cell in submission.cells), default=1)
        self._session, self._submission = session, submission
        self._probe = Probe(
            send=session.call,
            notes=lambda: describe_notes(session),
            known_operator=lambda name: name == "autograd" or name in known_operators(),
            last_line=lambda: lines,
            labels=submission.labels if submission.file.endswith(".ipynb") else frozenset(),
        )

    def close(self) -> None:
        """End the program of the submission under test."""
        if self._session is not None:
            self._session.__exit__()
        self._session = self._submission = None

    def judge(
        self,
        submission: Submission,
        cases: Sequence[Case],
        *,
        until_failure: bool = False,
        confirm: bool = False,
    ) -> Judged:
        """Run the tests against one submission. GraderFault when a test itself is broken.

        ``confirm``: an exercise's first hang or death counts only if it happens again.
        """
        self.open(submission)
        assert self._probe is not None and self._session is not None
        try:
            outcomes: list[Outcome] = []
            recorded, confirmed = [], set[str]()
            for case in cases:
                outcomes.append(self._run(case))
                if confirm and outcomes[-1].status in DOUBTFUL and case.exercise not in confirmed:
                    confirmed.add(case.exercise)
                    self._session.forgive(case.exercise)
                    outcomes[-1] = self._run(case)
                recorded.append(tuple(self._probe.recorded))
                if until_failure and outcomes[-1].status is not Status.PASSED:
                    break
            notes = (*submission.notes, *filter(None, [describe_notes(self._session)]))
            return Judged(submission, tuple(outcomes), tuple(recorded), notes)
        finally:
            self.close()

    def _run(self, case: Case) -> Outcome:
        assert self._probe is not None
        self._case, self._outcome, self._fault = case, None, None
        self._probe.start()
        if case.is_plain:
            self._conclude("call", self._call(case.item))
        else:
            runtestprotocol(case.item, log=False, nextitem=None)
        if self._fault is not None:
            raise GraderFault(self._fault)
        assert self._outcome is not None
        return self._outcome

    def _call(self, item: pytest.Function) -> BaseException | None:
        """A plain test's function with what it asks for; a third of what pytest's way costs."""
        assert self._probe is not None
        given = item.callspec.params if hasattr(item, "callspec") else {}
        arguments = {
            name: given[name]
            if name in given
            else self._rng(item)
            if name == "rng"
            else self.exercise(name)
            for name in item._fixtureinfo.argnames
        }
        try:
            item.obj(**arguments)
            self._probe.settle()
        except (Exception, OutcomeException) as error:
            return error
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """Turn what a test raised into an outcome, without pytest's costly tracebacks."""
        self._conclude(call.when, call.excinfo.value if call.excinfo else None)
        return pytest.TestReport(
            item.nodeid, item.location, {}, "passed", None, _phase(call.when), ()
        )

    def _conclude(self, phase: str, error: BaseException | None) -> None:
        assert self._case is not None
        if phase == "call" and isinstance(error, Exception) and not is_verdict(error):
            error = self._unusable(error)
        if phase == "call" and (error is None or is_verdict(error)):
            self._outcome = self._make_outcome(self._case, error)
        elif error is not None:
            if isinstance(error, KeyboardInterrupt):
                raise error
            text = clean_line(f"{type(error).__name__}: {error}", 300)
            self._fault = f"the test {self._case.item.nodeid} itself failed: {text}"

    def _unusable(self, error: Exception) -> Exception:
        """A test that works with right programs stumbled over what this one answered."""
        assert self._probe is not None
        if not self._probe.recorded or isinstance(error, GraderFault):
            return error
        return Mismatch("type", "The result is not of the form that it should have.")

    def _make_outcome(self, case: Case, error: BaseException | None) -> Outcome:
        assert self._probe is not None
        detail = case.is_public and self._show_detail
        if detail and isinstance(error, Mismatch):
            error = self._smaller(case, error)
        return Outcome(
            test=case.name,
            exercise=case.exercise,
            visibility="public" if case.is_public else "hidden",
            weight=case.weight,
            status=status_of(error),
            message=message_of(case, error, self._probe, detail=detail),
            seconds=round(self._probe.seconds, 3),
            line=getattr(error, "line", None),
            evidence=getattr(error, "evidence", None) if detail else None,
        )

    def _smaller(self, case: Case, found: Mismatch) -> Mismatch:
        """The same mistake on the smallest input, where the test says how inputs look."""
        marker = case.item.get_closest_marker("smallest")
        if marker is None or found.kind not in ("shape", "value"):
            return found
        assert self._probe is not None
        seconds, printed = self._probe.seconds, list(self._probe.printed)
        forms = {name: form for name, form in marker.kwargs.items() if name != "window"}
        search = Search(marker.args[0], forms, marker.kwargs.get("window"))
        smaller = smallest_mismatch(self.exercise(case.exercise), search, found.kind)
        self._probe.seconds, self._probe.printed = seconds, printed
        return smaller or found


def _phase(when: str) -> Literal["setup", "call", "teardown"]:
    assert when in ("setup", "call", "teardown")
    return when  # type: ignore[return-value]  # mypy does not narrow by `in`


def is_verdict(error: BaseException) -> bool:
    """Whether an exception in a test is a judgement on the student's work."""
    return isinstance(error, StudentFailure | AssertionError)


def status_of(error: BaseException | None) -> Status:
    """A test's status from what it raised."""
    if error is None:
        return Status.PASSED
    return error.status if isinstance(error, StudentFailure) else Status.FAILED


def message_of(case: Case, error: BaseException | None, probe: Probe, *, detail: bool) -> str:
    """What the student reads: the property, what is wrong, and in public tests the details."""
    if error is None:
        return case.sentence
    parts = [case.sentence]
    if isinstance(error, StudentFailure | Mismatch):
        parts.append(error.summary)
        if detail and error.detail:
            parts.append(error.detail)
    if detail and probe.printed:
        parts.append(f"Your code printed: {probe.printed[-1]}")
    if case.hint and detail:
        parts.append(f"Hint: {case.hint}")
    return "\n".join(parts)


def describe_notes(session: Session) -> str:
    """Why a program did not load to its end, in a sentence, or nothing."""
    if session.load_failure is not None:
        return f"loading your code {session.load_failure.text}"
    parts = []
    for note in session.notes[:3]:
        if not note.kinds:
            parts.append(clean_line(note.text))
            continue
        where = note.place or note.label
        line = f", line {note.line}" if note.line else ""
        text = f": {clean_line(note.text)}" if note.text else ""
        parts.append(f"{clean_line(where)}{line} raised {clean_line(note.kinds[0], 60)}{text}")
    return "; ".join(parts)


@cache
def known_operators() -> frozenset[str]:
    """The names of torch's operators without their overloads."""
    names = torch._C._dispatch_get_all_op_names()
    return frozenset(names) | {name.partition(".")[0] for name in names}


# --- tests ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A collected test and what the judge knows of it.

    A plain one asks for nothing but exercises, ``rng`` and parameters.
    """

    item: pytest.Function
    exercise: str
    name: str
    sentence: str
    hint: str | None
    weight: float
    is_public: bool
    is_plain: bool


Cases = dict[str, list[Case]]


def make_case(item: pytest.Function, course: Course, *, is_public: bool) -> Case:
    """Read a test's markers and docstring; ``test_corr2d_square`` of corr2d is called ``square``."""
    exercise = exercise_of(item, course)
    name = item.name.removeprefix("test_")
    doc = item.function.__doc__ or item.name
    weight, hint = _marked(item, "weight", (int, float)), _marked(item, "hint", (str,))
    return Case(
        item=item,
        exercise=exercise,
        name=name.removeprefix(f"{exercise}_") or name,
        sentence=" ".join(doc.strip().split("\n\n")[0].split()),
        hint=hint,
        weight=0.0 if is_public else 1.0 if weight is None else float(weight),
        is_public=is_public,
        is_plain=_is_plain(item, course),
    )


def _marked(item: pytest.Function, name: str, kinds: tuple[type, ...]) -> Any:
    marker = item.get_closest_marker(name)
    if marker is None:
        return None
    if len(marker.args) != 1 or not isinstance(marker.args[0], kinds):
        kind = "number" if float in kinds else "text"
        raise GraderFault(f"{item.nodeid}: the marker `{name}` takes one {kind}")
    return marker.args[0]


def exercise_of(item: pytest.Item, course: Course) -> str:
    """The exercise that a test asks for as a fixture; the first, if it asks for several."""
    for name in getattr(getattr(item, "_fixtureinfo", None), "argnames", ()):
        if name in course.exercises:
            return str(name)
    raise GraderFault(f"the test {item.nodeid} uses no exercise of the course")


def _is_plain(item: pytest.Function, course: Course) -> bool:
    if item.cls is not None or inspect.iscoroutinefunction(item.function):
        return False
    if {marker.name for marker in item.iter_markers()} - PLAIN_MARKERS:
        return False
    given = item.callspec.params if hasattr(item, "callspec") else {}
    manager = item.session._fixturemanager
    for name in item._fixtureinfo.initialnames:
        found = manager.getfixturedefs(name, item) or ()
        ours = (name in course.exercises or name == "rng") and not any(d.baseid for d in found)
        if not (ours or (name in given and not found)):
            return False
    return True


# --- sessions ------------------------------------------------------------------------------------


Run = Callable[[Judge, Cases], None]


class _Batch:
    """Collects once, sorts tests by assignment, then hands over to ``run``."""

    def __init__(self, judge: Judge, public: frozenset[Path], run: Run) -> None:
        self._judge, self._public, self._run = judge, public, run
        self.error: BaseException | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.error is None:
            text = str(report.longrepr).strip().splitlines() or ["unknown"]
            self.error = GraderFault(
                f"the tests in {report.nodeid} cannot be collected: {clean_line(text[-1])}"
            )

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.error is None:
            try:
                self._run(self._judge, self._sorted(session.items))
            except (Exception, KeyboardInterrupt) as error:
                self.error = error
        return True

    def _sorted(self, items: list[pytest.Item]) -> Cases:
        course = self._judge.course
        order = list(course.exercises)
        grouped: Cases = {name: [] for name in course.assignments}
        for item in items:
            assert isinstance(item, pytest.Function)
            case = make_case(item, course, is_public=item.path in self._public)
            grouped[course.assignment_of[case.exercise].name].append(case)
        for group in grouped.values():
            # Exercises in the course's order; public tests first; otherwise as written.
            group.sort(key=lambda case: (order.index(case.exercise), not case.is_public))
        return grouped


def run_session(
    course: Course,
    assignments: Iterable[Assignment],
    worker: Worker,
    run: Run,
    *,
    hidden: bool,
    show_detail: bool = False,
    open_session: OpenSession = Session,
) -> None:
    """One collection of the assignments' tests, then ``run(judge, tests by assignment)``."""
    chosen = list(assignments)
    public = [course.public_tests(assignment) for assignment in chosen]
    for path in public:
        if not path.is_file():
            raise GraderFault(f"{path} is missing: there are no public tests to run")
    folders = [course.hidden_folder(assignment) for assignment in chosen] if hidden else []
    judge = Judge(course, lambda: worker, show_detail=show_detail, open_session=open_session)
    batch = _Batch(judge, frozenset(path.resolve() for path in public), run)
    arguments = [
        *(str(path.resolve()) for path in (*folders, *public)),
        *("-c", os.devnull, "--rootdir", str(course.root), "--import-mode=importlib"),
        *("--assert=plain", "--noconftest", "--strict-markers"),
        *(part for name in UNUSED_PLUGINS for part in ("-p", f"no:{name}")),
    ]
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    markers = _Markers()
    plugins = [judge, batch, markers, exercise_fixtures(course, judge.exercise)]
    code = pytest.main(arguments, plugins=plugins)
    if batch.error is not None:
        raise batch.error
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise GraderFault(f"pytest could not run the tests (exit {int(code)})")


#: What a test may be marked with and still be called directly.
PLAIN_MARKERS = frozenset({"parametrize", *(text.partition("(")[0] for text in MARKERS)})

#: What pytest would do around each item that a batch has no use for.
UNUSED_PLUGINS = (
    *("terminal", "capture", "cacheprovider", "logging", "warnings", "doctest", "unittest"),
    *("junitxml", "pastebin", "stepwise", "faulthandler", "threadexception"),
    *("unraisableexception", "recwarn", "monkeypatch", "tmpdir", "setupplan", "setuponly"),
    *("legacypath", "nose", "debugging", "subtests"),
)


class _Markers:
    def pytest_configure(self, config: pytest.Config) -> None:
        for marker in MARKERS:
            config.addinivalue_line("markers", marker)

"""The check cell of a notebook.

.. code-block:: python

    from autograder.notebook import check; check(corr2d)

runs the exercise's public tests on the function as it stands in the kernel and shows what passed,
the first wrong place as a picture, and the hint.
"""

from __future__ import annotations

import inspect
import linecache
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

from autograder.course import FILE_NAME, Assignment, Course, find_course, load_course
from autograder.errors import GraderFault, UsageError
from autograder.judge import Cases, Judge, run_session
from autograder.kernel import InKernel, KernelSession, Names, NoWorker, restored
from autograder.outcome import Outcome, Status
from autograder.reports import cell
from autograder.submission import Cell, Submission

#: Where courses are looked for, below the current folder and beside it.
BELOW, BESIDE = ("*", "*/*"), ("*", "assignments/*")


@dataclass(frozen=True)
class Report:
    """A check's result, which a notebook shows by itself. ``problem`` says why nothing was run."""

    name: str = ""
    outcomes: tuple[Outcome, ...] = ()
    code: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether every public test of the exercise passes."""
        return bool(self.outcomes) and all(o.status is Status.PASSED for o in self.outcomes)

    def __repr__(self) -> str:
        return self.problem or cell.text(self.name, self.outcomes, self.code, self.notes)

    def _repr_html_(self) -> str:
        if self.problem:
            return cell.problem_html(self.problem)
        return cell.html(self.name, self.outcomes, self.code, self.notes)


class Interrupted(KeyboardInterrupt):
    """A check that was interrupted; a notebook shows one line instead of our insides."""

    def _render_traceback_(self) -> list[str]:
        return [f"KeyboardInterrupt: {self}"]


def check(exercise: object) -> Report:
    """Run the public tests of an exercise on a function or class of this notebook.

    Leaves the kernel as it was. KeyboardInterrupt when the kernel is interrupted.
    """
    names = sys._getframe(1).f_globals
    try:
        return _check(exercise, names)
    except UsageError as error:
        return Report(problem=str(error))
    except GraderFault as fault:
        return Report(problem=f"The tests themselves failed, which is not your fault: {fault}")
    except KeyboardInterrupt:
        raise Interrupted("the check was stopped before it had a result") from None


def _check(exercise: object, names: Names) -> Report:
    course, name = find_exercise(exercise, names, _folder(names))
    assignment = course.assignment_of[name]
    submission, files = _as_submission(exercise, names, assignment)
    program = InKernel({**names, name: exercise}, files, course.limits.reply_mb << 20)
    outcomes: list[Outcome] = []

    def run(judge: Judge, cases: Cases) -> None:
        chosen = [case for case in cases[assignment.name] if case.exercise == name]
        outcomes.extend(judge.judge(submission, chosen).outcomes)

    with restored([course.public_tests(assignment).stem]):
        run_session(
            course,
            [assignment],
            NoWorker(),
            run,
            hidden=False,
            show_detail=True,
            open_session=lambda _, submission, limits: KernelSession(program, submission, limits),
        )
    if not outcomes:
        raise UsageError(f"There are no public tests of {name}.")
    first = cell.first_failure(outcomes)
    code = program.source_line(first.line) if first else ""
    return Report(name, tuple(outcomes), code, tuple(_notes(name, exercise, names)))


def _notes(name: str, exercise: object, names: Names) -> Iterator[str]:
    if names.get(name) is not exercise:
        yield f"this is not the object that is called {name} in your notebook now."


# --- which exercise ------------------------------------------------------------------------------


def find_exercise(exercise: object, names: Names, folder: Path) -> tuple[Course, str]:
    """The course and the exercise that an object stands for. UsageError, for the student to read.

    An object that is bound to an exercise's name is that exercise, whatever it calls itself.
    """
    own = getattr(exercise, "__name__", None)
    called = [key for key, value in names.items() if value is exercise]
    called += [own] if isinstance(own, str) else []
    nearest = _nearest(folder)
    if nearest is not None and (name := _first(called, nearest)):
        return nearest, name
    found = {c.root: (c, name) for c in _around(folder) if (name := _first(called, c))}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        folders = ", ".join(sorted(str(root) for root in found))
        raise UsageError(f"Several courses fit: {folders}. Keep the notebook in one of them.")
    raise UsageError(_not_found(exercise, nearest, folder))


def _first(called: Iterable[str], course: Course) -> str | None:
    return next((name for name in called if name in course.exercises), None)


def _not_found(exercise: object, nearest: Course | None, folder: Path) -> str:
    if nearest is None:
        return (
            f"Found no {FILE_NAME} for this in {folder} or near it. Keep the notebook in the "
            "folder that it came in, beside its course.yml and test file."
        )
    if type(exercise).__name__ in nearest.exercises:
        kind = type(exercise).__name__
        return f"This is an object of your class. Check the class itself: check({kind})"
    names = ", ".join(nearest.exercises)
    if not callable(exercise):
        return f"check takes a function or class itself, such as check({names.split(',')[0]})."
    return f"This is no exercise of {nearest.root.name}; its exercises are {names}."


def _folder(names: Names) -> Path:
    """Where the notebook lies; kernels start there, and VS Code tells it where they do not."""
    file = names.get("__vsc_ipynb_file__")
    return Path(file).parent if isinstance(file, str) else Path.cwd()


def _nearest(folder: Path) -> Course | None:
    try:
        file = find_course(folder)
    except UsageError:
        return None
    return load_course(file)


def _around(folder: Path) -> Iterator[Course]:
    patterns = [(folder, p) for p in BELOW] + [(folder.resolve().parent, p) for p in BESIDE]
    for start, pattern in patterns:
        for file in sorted(start.glob(f"{pattern}/{FILE_NAME}")):
            try:
                course = load_course(file)
            except UsageError:
                continue
            if all(course.public_tests(a).is_file() for a in course.assignments.values()):
                yield course


# --- the notebook as a submission ----------------------------------------------------------------


def _as_submission(
    exercise: object, names: Names, assignment: Assignment
) -> tuple[Submission, list[str]]:
    """The student's code as the judge wants it, and the names of the files that it is in."""
    files = sorted({file for part in (exercise, *_own(names)) for file in _files(part)})
    cells = tuple(Cell(file, 1, "".join(linecache.getlines(file))) for file in files)
    return Submission("", assignment.name, assignment.module, cells, is_notebook=True), files


def _own(names: Names) -> Iterator[object]:
    """The functions and classes that were defined in the notebook itself."""
    here = names.get("__name__")
    return (
        value
        for value in names.values()
        if isinstance(value, FunctionType | type) and value.__module__ == here
    )


def _files(part: Any) -> Iterator[str]:
    """The files that a function's or class's code is in."""
    part = inspect.unwrap(part) if callable(part) else part
    if isinstance(part, type):
        for member in vars(part).values():
            member = member.__func__ if isinstance(member, staticmethod | classmethod) else member
            if isinstance(member, FunctionType):
                yield member.__code__.co_filename
    elif isinstance(part, FunctionType):
        yield part.__code__.co_filename

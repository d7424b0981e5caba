"""``autograder check``: the public tests of a student's own files, with hints."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course import Assignment, Course
    from autograder.outcome import Grade
    from autograder.workers import Worker


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"


@dataclass(frozen=True)
class Target:
    """One file to check, wholly or for some exercises."""

    file: Path
    assignment: Assignment
    exercises: frozenset[str]


def check(
    what: Annotated[list[str] | None, typer.Argument(help="Files, folders or exercises.")] = None,
    format: Annotated[Format, typer.Option(help="How to print the result.")] = Format.TEXT,
    course: Annotated[Path | None, typer.Option(help="The folder with course.yml.")] = None,
) -> None:
    """Run the public tests on your files and say what to try next."""
    worker = _start_worker()
    from autograder.course import load_course  # while the worker gets ready on another core

    try:
        loaded = load_course(course or _find_course(what or []))
        targets = _targets(loaded, what or ["."])
        grades = list(_grades(loaded, targets, worker))
    finally:
        worker.close()
    from autograder.reports import check as render

    text = {
        Format.TEXT: render.text,
        Format.JSON: render.json_text,
        Format.JUNIT: render.junit,
        Format.GITHUB: render.github,
    }[format](grades)
    sys.stdout.write(text)
    passed = all(
        test.status == "passed" for _, grade in grades for e in grade.exercises for test in e.tests
    )
    raise typer.Exit(0 if passed and all(g.status == "graded" for _, g in grades) else 1)


def _start_worker() -> Worker:
    """Fork the worker before anything of the course is read; it imports torch with us, once."""
    warnings.simplefilter("ignore")
    import torch  # noqa: F401  # before the fork: the worker inherits it

    from autograder.workers import PlainWorker, WarmWorker

    return WarmWorker.fork(eager=False) if sys.platform == "linux" else PlainWorker()


def _find_course(what: Iterable[str]) -> Path:
    from autograder.course import find_course

    try:
        return find_course(Path.cwd())
    except UsageError:
        for word in what:
            if os.path.lexists(word):
                path = Path(word).resolve()
                return find_course(path if path.is_dir() else path.parent)
        raise


def _targets(course: Course, what: list[str]) -> list[Target]:
    found: list[Target] = []
    for word in what:
        if word in course.exercises and not os.path.lexists(word):
            assignment = course.assignment_of[word]
            files = _files_in(Path(), course, {assignment.name})
            if not files:
                raise UsageError(f"{word}: found no {assignment.module}.py here to check it in")
            found += [Target(file, assignment, frozenset({word})) for file, _ in files]
        elif Path(word).is_dir():
            files = _files_in(Path(word), course, set(course.assignments))
            found += [Target(file, a, frozenset(a.exercises)) for file, a in files]
        else:
            found.append(_file_target(Path(word), course))
    if not found:
        names = ", ".join(f"{a.module}.py" for a in course.assignments.values())
        raise UsageError(f"nothing to check here; expected a file such as {names}")
    return found


def _file_target(file: Path, course: Course) -> Target:
    if not os.path.lexists(file):
        raise UsageError(
            f"{file}: no such file or exercise; exercises: {', '.join(course.exercises)}"
        )
    for assignment in course.assignments.values():
        if assignment.module == file.stem and file.suffix in (".py", ".ipynb"):
            return Target(file, assignment, frozenset(assignment.exercises))
    names = ", ".join(f"{a.module}.py" for a in course.assignments.values())
    raise UsageError(f"{file}: not a file of this course; its files are {names}")


def _files_in(folder: Path, course: Course, assignments: set[str]) -> list[tuple[Path, Assignment]]:
    found = []
    for name in course.assignments:
        assignment = course.assignments[name]
        if name not in assignments:
            continue
        for place in (folder, folder / name, folder / (course.handouts or ".") / name):
            file = next(
                (
                    place / f"{assignment.module}{end}"
                    for end in (".py", ".ipynb")
                    if (place / f"{assignment.module}{end}").is_file()
                ),
                None,
            )
            if file is not None:
                found.append((file, assignment))
                break
    return found


def _grades(
    course: Course, targets: list[Target], worker: Worker
) -> Iterable[tuple[Target, Grade]]:
    from autograder import grading
    from autograder.judge import exercise_of, run_session
    from autograder.submission import NotGradable, read_file

    grades: list[tuple[Target, Grade]] = []

    def run(judge: Any, items: Any) -> None:
        for target in targets:
            chosen = [
                item
                for item in items[target.assignment.name]
                if exercise_of(item, course) in target.exercises
            ]
            try:
                submission = read_file(target.file, "", target.assignment)
            except NotGradable as reason:
                grade = grading.not_gradable("", target.assignment, str(reason))
            else:
                judged = judge.judge(submission, chosen)
                message = "; ".join(judged.notes) or None
                grade = grading.make_grade("", target.assignment, judged.outcomes, message)
            grades.append((target, grade))

    assignments = {target.assignment.name: target.assignment for target in targets}.values()
    run_session(course, assignments, worker, run, hidden=False, show_detail=True)
    return grades

"""``autograder check``: the public tests of a student's own files, with hints."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.outcome import Grade
    from autograder.targets import Target
    from autograder.workers import Worker


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"


def check(
    what: Annotated[list[str] | None, typer.Argument(help="Files, folders or exercises.")] = None,
    format: Annotated[Format, typer.Option(help="How to print the result.")] = Format.TEXT,
    course: Annotated[Path | None, typer.Option(help="The folder with course.yml.")] = None,
) -> None:
    """Run the public tests on your files and say what to try next."""
    worker = _start_worker()
    from autograder.course import load_course  # while the worker gets ready on another core
    from autograder.targets import course_of, find_targets

    try:
        loaded = load_course(course or course_of(what or []))
        targets = find_targets(loaded, what or ["."])
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

    return WarmWorker.fork(graded=False) if sys.platform == "linux" else PlainWorker()


def _grades(
    course: Course, targets: list[Target], worker: Worker
) -> Iterable[tuple[Target, Grade]]:
    from autograder import grading
    from autograder.judge import run_session
    from autograder.submission import NotGradable, read_file

    grades: list[tuple[Target, Grade]] = []

    def run(judge: Any, cases: Any) -> None:
        for target in targets:
            chosen = [
                case for case in cases[target.assignment.name] if case.exercise in target.exercises
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

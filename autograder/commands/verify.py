"""``autograder verify``: the course proves itself."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.course import Assignment, Course, find_course, load_course
from autograder.errors import GraderFault, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.outcome import Grade
    from autograder.verify import Case


def verify(
    assignment: Annotated[
        list[str] | None, typer.Argument(help="Assignments; all unless given.")
    ] = None,
    course: Annotated[
        Path | None, typer.Option("--course", help="The folder with course.yml.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Run every mutant, not a sample.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Judging processes.")] = os.cpu_count() or 1,
) -> None:
    """Prove the course: solutions pass, stubs fail, wrong programs are caught and named."""
    from rich.console import Console

    from autograder import verify as proof
    from autograder.release import handouts
    from autograder.reports.verify import table

    loaded = load_course(course or find_course(Path.cwd()))
    chosen = _chosen(loaded, assignment or list(loaded.assignments))
    equivalents = proof.load_equivalents(loaded)
    texts = handouts(loaded)
    programs = [
        case
        for one in chosen
        for case in proof.programs(loaded, one, texts[f"{one.name}/{one.module}.py"])
    ]
    every = 1 if full else proof.SAMPLE
    mutants = [case for one in chosen for case in proof.mutant_cases(loaded, one, every)]
    first_only = frozenset(case.name for case in mutants)
    graded = [
        (case, grade, proof.examine(case, grade, equivalents))
        for case, grade in _grade(loaded, [*programs, *mutants], jobs, first_only)
    ]
    problems = [problem for _, _, found in graded for problem in found]
    if full and not assignment:
        problems += proof.unused(equivalents, mutants)
    names = {name for one in chosen for name in one.exercises}
    rows = proof.summarise(loaded, graded)
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table(row for row in rows.values() if row.exercise in names))
    for problem in sorted(problems):
        print(problem)
    kind = "every mutant" if full else f"one mutant in {every}; --full runs all"
    print(f"{len(graded)} programs, {kind}: {_count(len(problems))}")
    raise typer.Exit(1 if problems else 0)


def _chosen(course: Course, names: list[str]) -> list[Assignment]:
    for name in names:
        if name not in course.assignments:
            raise UsageError(f"{name}: no such assignment; {', '.join(course.assignments)}")
    return [course.assignments[name] for name in names]


def _grade(
    course: Course, cases: list[Case], jobs: int, until_failure: frozenset[str]
) -> Iterator[tuple[Case, Grade]]:
    """Grade the cases as if they had been handed in."""
    from autograder.batch import grade_all
    from autograder.submission import HandIn

    by_name = {case.name: case for case in cases}
    with tempfile.TemporaryDirectory(prefix="autograder-verify-") as folder:
        hand_ins = []
        for case in cases:
            place = Path(folder) / case.name / case.assignment
            place.mkdir(parents=True)
            for name, text in case.files.items():
                (place / name).write_text(text, encoding="utf-8")
            hand_ins.append(HandIn(case.name, case.assignment, place))
        for finished in grade_all(course, hand_ins, jobs, until_failure=until_failure):
            if finished.grade is None:
                raise GraderFault(f"{finished.hand_in.student}: {finished.fault}")
            yield by_name[finished.hand_in.student], finished.grade


def _count(number: int) -> str:
    return "nothing missed" if not number else f"{number} not as it should be"

"""The proof of a course: programs whose verdicts are known, and what became of them.

Solutions must get full marks and stubs none; each of the bank's wrong programs must lose points in its
own exercise, in no other, and be recognised; each mutant of a solution must fail, unless it is
listed as equivalent. Programs are made here and judged here; grading them is the command's part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from autograder.bank import Misconception, load_bank
from autograder.course import Assignment, Course
from autograder.errors import UsageError
from autograder.mutants import Mutant, mutants
from autograder.outcome import Grade, Status

EQUIVALENTS = "equivalent_mutants.yml"
#: Without ``--full``, one mutant in so many is run.
SAMPLE = 12


@dataclass(frozen=True)
class Case:
    """A program and what it is an example of. ``name`` is also its student's."""

    name: str
    assignment: str
    files: Mapping[str, str]
    of: Literal["solution", "stub"] | Misconception | Mutant


@dataclass(frozen=True)
class Finding:
    """Something that does not hold."""

    case: Case
    text: str


@dataclass
class Row:
    """One exercise's line of the table."""

    exercise: str
    tests: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def programs(course: Course, assignment: Assignment, stub: str) -> Iterator[Case]:
    """The solution, the stub and the bank of an assignment as submissions."""
    script = course.solution(assignment).read_text(encoding="utf-8")
    main = f"{assignment.module}.py"
    yield Case(f"solution-{assignment.name}", assignment.name, {main: script}, "solution")
    yield Case(f"stub-{assignment.name}", assignment.name, {main: stub}, "stub")
    bank = load_bank(course, assignment)
    file = course.bank(assignment)
    if bank is None or file is None:
        return
    siblings = {"reference.py": script, "wrong.py": file.read_text(encoding="utf-8")}
    for wrong in bank.misconceptions:
        text = f"from reference import *\nfrom wrong import {wrong.name} as {wrong.exercise}\n"
        yield Case(f"wrong-{wrong.name}", assignment.name, {main: text, **siblings}, wrong)


def mutant_cases(course: Course, assignment: Assignment, every: int) -> list[Case]:
    """One in ``every`` mutants of a solution as submissions."""
    script = course.solution(assignment).read_text(encoding="utf-8")
    return [
        Case(
            f"mutant-{assignment.name}-{number:04}",
            assignment.name,
            {f"{assignment.module}.py": mutant.source},
            mutant,
        )
        for number, mutant in enumerate(mutants(script, frozenset(assignment.exercises)))
        if number % every == 0
    ]


# --- what became of them ---------------------------------------------------------------------------


def examine(case: Case, grade: Grade, equivalents: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What does not hold for one case, a line each."""
    of = case.of
    if of == "solution":
        lost = [f"{e.name} {t.name}: {t.message}" for e, t in _failures(grade)]
        return [f"the solution loses points: {text}" for text in lost]
    if of == "stub":
        return [f"the stub gets {grade.score:g} points"] if grade.score else []
    if isinstance(of, Misconception):
        return list(_examine_wrong(of, grade))
    listed = of.change in equivalents.get(of.exercise, {})
    killed = grade.status != "graded" or any(_failures(grade))
    if killed and listed:
        return [f"{of.exercise}: listed as equivalent, but fails: {of.change}"]
    return [] if killed or listed else [f"{of.exercise}: survives: {of.change}"]


def _examine_wrong(wrong: Misconception, grade: Grade) -> Iterator[str]:
    lost = _losing(grade)
    if wrong.exercise not in lost:
        yield f"{wrong.name}: loses no points in {wrong.exercise}"
    for other in sorted(lost - {wrong.exercise}):
        yield f"{wrong.name}: loses points in {other}, too"
    if wrong.exercise in lost and (found := diagnosed(grade)) != {wrong.same_as}:
        as_what = ", ".join(sorted(map(str, found))) or "nothing"
        yield f"{wrong.name}: recognised as {as_what}"


def _losing(grade: Grade) -> set[str]:
    return {exercise.name for exercise in grade.exercises if exercise.score < exercise.max_score}


def diagnosed(grade: Grade) -> set[str]:
    """The misconceptions that a grade names."""
    return {test.diagnosis for _, test in _failures(grade) if test.diagnosis}


def _failures(grade: Grade) -> Iterator[tuple[Any, Any]]:
    for exercise in grade.exercises:
        for test in exercise.tests:
            if test.status is not Status.PASSED:
                yield exercise, test


def summarise(
    course: Course, graded: Iterable[tuple[Case, Grade, Sequence[str]]]
) -> dict[str, Row]:
    """The table: a row an exercise, in the course's order."""
    rows = {name: Row(name) for name in course.exercises}
    for case, grade, problems in graded:
        if case.of == "solution":
            for exercise in grade.exercises:
                rows[exercise.name].tests = len(exercise.tests)
        elif isinstance(case.of, Misconception):
            counts = rows[case.of.exercise].counts
            counts["wrong"] += 1
            counts["caught"] += _losing(grade) == {case.of.exercise}
            counts["diagnosed"] += diagnosed(grade) == {case.of.same_as}
        elif isinstance(case.of, Mutant):
            counts = rows[case.of.exercise].counts
            counts["mutants"] += 1
            counts["killed"] += grade.status != "graded" or any(_failures(grade))
            counts["survived"] += bool(problems)
    return rows


def load_equivalents(course: Course) -> dict[str, dict[str, str]]:
    """The reviewed list of mutants that change nothing: exercise → change → reason."""
    if course.misconceptions is None:
        return {}
    file: Path = course.root / course.misconceptions / EQUIVALENTS
    if not file.is_file():
        return {}
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        return {
            str(exercise): {str(change): str(reason) for change, reason in changes.items()}
            for exercise, changes in data.items()
        }
    except (yaml.YAMLError, AttributeError) as error:
        raise UsageError(f"{file}: expected exercise → change → reason: {error}") from None


def unused(equivalents: Mapping[str, Mapping[str, str]], cases: Iterable[Case]) -> Iterator[str]:
    """Entries of the list that no mutant has any more."""
    known = {(c.of.exercise, c.of.change) for c in cases if isinstance(c.of, Mutant)}
    for exercise, changes in equivalents.items():
        for change in changes:
            if (exercise, change) not in known:
                yield f"{EQUIVALENTS}: {exercise}: no such mutant: {change}"

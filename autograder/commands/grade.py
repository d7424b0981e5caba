"""``autograder grade``: a class's hand-ins to results, reports and a table."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import batch, cluster, results
from autograder.commands.report import write_reports
from autograder.course import Course, find_course, load_course
from autograder.errors import GraderFault, UsageError
from autograder.fingerprint import Fingerprints
from autograder.nbgrader import instructor_extra
from autograder.outcome import Grade
from autograder.reports.table import class_table
from autograder.submission import HandIn, find_hand_ins, submitted_at
from autograder.text import clean_line


class Isolation(StrEnum):
    """Whether hidden tests may run where a layer of the lock is missing."""

    REQUIRED = "required"
    BEST_EFFORT = "best-effort"

    @classmethod
    def of(cls, course: Course) -> Isolation:
        """What course.yml says."""
        return cls(course.isolation.replace("_", "-"))


def grade(
    submitted: Annotated[Path, typer.Argument(help="The folder <student>/<assignment>/….")],
    out: Annotated[Path, typer.Option("--out", help="Where results and reports go.")],
    course: Annotated[Path | None, typer.Option(help="The folder with course.yml.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Lanes in parallel.")] = os.cpu_count() or 1,
    assignment: Annotated[str | None, typer.Option(help="Only this assignment.")] = None,
    student: Annotated[str | None, typer.Option(help="Only this student.")] = None,
    force: Annotated[bool, typer.Option(help="Grade all again, say what moved.")] = False,
    gradebook: Annotated[
        str | None, typer.Option(metavar="URL", help="nbgrader's database, written as well.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Grade on this Dask cluster.")
    ] = None,
    isolation: Annotated[
        Isolation | None, typer.Option(help="Whether the lock has to be whole; as course.yml says.")
    ] = None,
) -> None:
    """Grade a class with the hidden and public tests."""
    loaded = load_course(course or find_course(Path.cwd()))
    hand_ins, warnings = _find(submitted, loaded, assignment, student)
    for warning in warnings:
        print(f"autograder: {warning}", file=sys.stderr)
    isolated = (isolation or Isolation.of(loaded)) is Isolation.REQUIRED
    _prepare(out)
    if isolated:
        batch.require_out_of_reach(loaded, submitted, out)
    fingerprints = Fingerprints(out, loaded)
    todo = [h for h in hand_ins if force or not fingerprints.is_current(h)]
    before = {(g.student, g.assignment): g.score for g in results.read_all(out)}
    graded = (
        batch.grade_all(loaded, todo, jobs, isolated=isolated)
        if scheduler is None
        else cluster.grade_all(loaded, todo, scheduler, isolated=isolated)
    )
    faults = _keep(graded, len(todo), out, fingerprints) if todo else []
    grades = results.read_all(out)
    arrivals = _arrivals(out, grades, loaded, hand_ins)
    with _unwritten_is_a_fault():
        write_reports(out, grades, arrivals)
    moved = [
        f"{clean_line(g.student)} {g.assignment}: {before[key]:g} → {g.score:g}"
        for g in grades
        if (key := (g.student, g.assignment)) in before and before[key] != g.score
    ]
    _say(grades, len(todo), len(hand_ins) - len(todo), moved, out)
    if gradebook is not None:
        _write_gradebook(gradebook, loaded, grades, hand_ins, arrivals)
    if faults:
        raise GraderFault(f"{len(faults)} of {len(todo)} submissions have no result, see above")


def _write_gradebook(
    url: str,
    course: Course,
    grades: list[Grade],
    hand_ins: list[HandIn],
    arrivals: results.Arrivals,
) -> None:
    """The grades of the hand-ins looked at, new or not."""
    with instructor_extra():  # nbgrader is slow to import
        from autograder.nbgrader import gradebook as book
        from autograder.nbgrader.config import configured_database
    looked_at = {(h.student, h.assignment) for h in hand_ins}
    chosen = []
    for grade in grades:
        if (grade.student, grade.assignment) not in looked_at:
            continue
        if grade.student.encode("utf-8", "ignore").decode() == grade.student:
            chosen.append(grade)
        else:
            shown = clean_line(grade.student)
            print(f"autograder: {shown}: not UTF-8, not in the gradebook", file=sys.stderr)
    book.write_grades(course, chosen, arrivals, replace(configured_database(course), url=url))
    print(f"gradebook: {len(chosen)} grades written")


def _find(
    submitted: Path, course: Course, assignment: str | None, student: str | None
) -> tuple[list[HandIn], list[str]]:
    if not submitted.is_dir():
        raise UsageError(f"{submitted}: no such folder of submissions")
    if assignment is not None and assignment not in course.assignments:
        known = ", ".join(course.assignments)
        raise UsageError(f"--assignment {assignment}: no such assignment; there are {known}")
    found, warnings = find_hand_ins(submitted, course, assignment, student)
    if not found:
        what = " that fits" if assignment or student else ""
        raise UsageError(
            f"{submitted}: no submission{what}; expected folders like "
            f"<student>/{next(iter(course.assignments))}/"
        )
    return found, warnings


def _arrivals(
    out: Path, grades: list[Grade], course: Course, hand_ins: list[HandIn]
) -> dict[tuple[str, str], results.Arrival]:
    """When each hand-in arrived; those not looked at now keep what grades.csv says."""
    arrivals = dict(results.read_arrivals(out, grades))
    for hand_in in hand_ins:
        due = course.assignments[hand_in.assignment].due
        arrival = results.Arrival.of(submitted_at(hand_in.folder), due)
        arrivals[hand_in.student, hand_in.assignment] = arrival
    return arrivals


def _prepare(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out {out}: cannot be made: {error.strerror}") from None
    if not os.access(out, os.W_OK):
        raise UsageError(f"--out {out}: cannot be written to")


@contextmanager
def _unwritten_is_a_fault() -> Iterator[None]:
    """Once grading has begun, a file that cannot be written (a full disk) is no mistake in usage."""
    try:
        yield
    except UsageError as error:
        raise GraderFault(f"{error}; run the same command again to go on") from None


def _keep(
    graded: Iterator[batch.Finished], total: int, out: Path, fingerprints: Fingerprints
) -> list[str]:
    """Write each result as it comes; the hand-ins that got none."""
    faults = []
    for finished in _progress(graded, total):
        hand_in = finished.hand_in
        if finished.grade is None:
            fingerprints.forget(hand_in)
            shown = f"{clean_line(hand_in.student)}/{hand_in.assignment}"
            faults.append(shown)
            print(f"autograder: {shown}: no result: {finished.fault}", file=sys.stderr)
        else:
            with _unwritten_is_a_fault():
                results.write(out, finished.grade)
                fingerprints.remember(hand_in)
    return faults


def _progress(finished: Iterator[batch.Finished], total: int) -> Iterable[batch.Finished]:
    console = Console(stderr=True)
    if not console.is_terminal:
        for number, item in enumerate(finished, start=1):
            score = f"{item.grade.score:g}/{item.grade.max_score:g}" if item.grade else "no result"
            name = f"{clean_line(item.hand_in.student)} {item.hand_in.assignment}"
            print(f"[{number}/{total}] {name} {score}", file=sys.stderr, flush=True)
            yield item
        return
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        yield from progress.track(finished, total=total)


def _say(grades: list[Grade], new: int, kept: int, moved: list[str], out: Path) -> None:
    console = Console()
    console.print(class_table(grades))
    statuses = Counter(g.status for g in grades)
    counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in statuses.items())
    console.print(f"{new} graded now, {kept} unchanged ({counts})", highlight=False)
    for line in moved:
        console.print(f"moved: {line}", highlight=False, markup=False)
    console.print(f"reports: {out / 'index.html'}", highlight=False, markup=False, soft_wrap=True)

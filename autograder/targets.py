"""What ``autograder check`` is to look at: files, folders or exercises become files to judge."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment, Course, find_course
from autograder.errors import UsageError


@dataclass(frozen=True)
class Target:
    """One file to check, wholly or for some exercises."""

    file: Path
    assignment: Assignment
    exercises: frozenset[str]


def course_of(what: Iterable[str]) -> Path:
    """The course file of the current folder, or of the first of these that exists."""
    try:
        return find_course(Path.cwd())
    except UsageError:
        for word in what:
            if os.path.lexists(word):
                path = Path(word).resolve()
                return find_course(path if path.is_dir() else path.parent)
        raise


def find_targets(course: Course, what: list[str]) -> list[Target]:
    """The files that files, folders or names of exercises stand for. UsageError if there is none."""
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

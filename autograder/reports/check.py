"""What ``autograder check`` prints, in each of its formats. Functions of grades that return text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.outcome import ExerciseResult, Grade, Status, TestResult
from autograder.results import to_dict
from autograder.text import clean_line

if TYPE_CHECKING:
    from autograder.targets import Target

MAX_PATH = 500

Checked = Sequence[tuple["Target", Grade]]


def text(checked: Checked) -> str:
    """For a person: what passed, the first thing to mend in each exercise, what to do next."""
    lines: list[str] = []
    following: str | None = None
    for target, grade in checked:
        lines.append(clean_line(str(target.file), MAX_PATH))
        if grade.status != "graded":
            lines += [f"  ✗ {grade.message}", ""]
            name = clean_line(target.file.name, MAX_PATH)
            following = following or f"Make {name} readable, then check again."
            continue
        if grade.message:
            lines.append(f"  note: {grade.message}")
        for exercise in grade.exercises:
            if not exercise.tests:
                continue
            lines += _exercise(exercise)
            if following is None and not _passed(exercise):
                following = f"Next: {exercise.name}, in {clean_line(str(target.file), MAX_PATH)}."
        lines.append("")
    done = [e for _, g in checked for e in g.exercises if e.tests and _passed(e)]
    total = [e for _, g in checked for e in g.exercises if e.tests]
    if total:
        lines.append(f"{len(done)} of {len(total)} exercises pass their public tests.")
    lines.append(following or "Hand it in: the hidden tests ask for more of the same properties.")
    return "\n".join(lines) + "\n"


def _exercise(exercise: ExerciseResult) -> list[str]:
    passed = sum(test.status is Status.PASSED for test in exercise.tests)
    mark = "✓" if passed == len(exercise.tests) else "✗"
    lines = [f"  {mark} {exercise.name}  {passed}/{len(exercise.tests)}"]
    for test in exercise.tests:
        if test.status is not Status.PASSED:
            first, *rest = test.message.split("\n")
            lines.append(f"      {first}")
            lines += [f"        {line}" for line in rest]
            break
    return lines


def _passed(exercise: ExerciseResult) -> bool:
    return all(test.status is Status.PASSED for test in exercise.tests)


def json_text(checked: Checked) -> str:
    """The result objects of the course, one a file."""
    objects = [{"file": str(target.file), **to_dict(grade)} for target, grade in checked]
    return json.dumps(objects, indent=2, ensure_ascii=False) + "\n"


def junit(checked: Checked) -> str:
    """JUnit XML, one suite a file."""
    from autograder.reports.export import Format, render

    return render(Format.JUNIT, [grade for _, grade in checked])


def github(checked: Checked) -> str:
    """GitHub workflow commands that point at the student's lines."""
    lines = []
    for target, grade in checked:
        if grade.status != "graded":
            lines.append(
                _annotation(str(target.file), None, target.assignment.title, grade.message)
            )
        for exercise in grade.exercises:
            for test in exercise.tests:
                if test.status is not Status.PASSED:
                    lines.append(_test_annotation(str(target.file), exercise.name, test))
    return "".join(f"{line}\n" for line in lines)


def _test_annotation(file: str, exercise: str, test: TestResult) -> str:
    return _annotation(file, test.line, f"{exercise}: {test.name}", test.message)


def _annotation(file: str, line: int | None, title: str, message: str | None) -> str:
    place = f"file={_property(file)}" + (f",line={line}" if line else "")
    return f"::error {place},title={_property(title)}::{_data(message or '')}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")

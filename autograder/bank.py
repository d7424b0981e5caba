"""The bank of misconceptions: wrong programs that students write, each written once.

A bank file is plain Python. Every public function or class in it is a wrong program for one exercise.
Its docstring starts with ``<exercise>: <the misunderstanding in a sentence>``, goes on with
``Hint: <what leads on without giving the answer>`` and may end with ``Same as: <another's name>``, for
another form of the same misunderstanding, or one that answers alike on every call.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Assignment, Course
from autograder.errors import UsageError
from autograder.text import clean_line


@dataclass(frozen=True)
class Misconception:
    """A wrong program: ``same_as`` names the one that stands for it in a diagnosis."""

    name: str
    exercise: str
    sentence: str
    hint: str
    same_as: str

    @property
    def advice(self) -> str:
        """What the student reads."""
        return f"This looks familiar: {self.sentence}\nHint: {self.hint}"


@dataclass(frozen=True)
class Bank:
    """An assignment's misconceptions, the names of their file and those of the solution."""

    misconceptions: tuple[Misconception, ...]
    wrong: Mapping[str, Any]
    right: Mapping[str, Any]

    def of(self, exercise: str) -> list[Misconception]:
        """The misconceptions of one exercise."""
        return [m for m in self.misconceptions if m.exercise == exercise]


def load_bank(course: Course, assignment: Assignment) -> Bank | None:
    """An assignment's bank, or None. Raises UsageError for a file that is not well made."""
    file = course.bank(assignment)
    if file is None:
        return None
    wrong = _run(file, "misconceptions")
    found = tuple(
        _misconception(file, name, value, assignment)
        for name, value in wrong.items()
        if not name.startswith("_")
        and isinstance(value, types.FunctionType | type)
        and value.__module__ == "misconceptions"
    )
    names = {misconception.name: misconception for misconception in found}
    for misconception in found:
        other = names.get(misconception.same_as)
        if other is None or other.exercise != misconception.exercise:
            raise UsageError(
                f"{file}: {misconception.name}: `Same as: {misconception.same_as}` "
                "is no misconception of this exercise"
            )
    return Bank(found, wrong, _run(course.solution(assignment), assignment.module))


def _run(file: Path, name: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": name, "__file__": str(file)}
    try:
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec", dont_inherit=True), names)
    except Exception as error:
        text = clean_line(f"{type(error).__name__}: {error}")
        raise UsageError(f"{file}: cannot be loaded: {text}") from None
    return names


def _misconception(file: Path, name: str, value: Any, assignment: Assignment) -> Misconception:
    paragraphs = [" ".join(p.split()) for p in (inspect.getdoc(value) or "").split("\n\n")]
    exercise, _, sentence = paragraphs[0].partition(": ")
    parts = dict(p.split(": ", 1) for p in paragraphs[1:] if p.startswith(("Hint: ", "Same as: ")))
    if exercise not in assignment.exercises or not sentence or "Hint" not in parts:
        raise UsageError(
            f"{file}: {name}: its docstring should be `<exercise>: <sentence>` and `Hint: …`"
        )
    return Misconception(name, exercise, sentence, parts["Hint"], parts.get("Same as", name))

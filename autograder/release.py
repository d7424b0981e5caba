"""The handouts: what students get, made from the solutions.

Everything here returns text; the command writes it. nbgrader takes the solutions out, and the script
is made from its notebook, so that the two can never disagree.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import jupytext
import yaml
from nbformat import NotebookNode

from autograder.course import FILE_NAME, Assignment, Course, Exercise, Rule
from autograder.errors import UsageError
from autograder.nbgrader.generate import (
    CODE_STUB,
    notebook_text,
    released_notebook,
    without_checks,
)
from autograder.nbgrader.source import read_text, rules_file
from autograder.text import clean_line

NOT_ALLOWED: dict[Rule, str] = {
    "convolution": "convolution operators",
    "pooling": "pooling operators",
    "padding": "padding operators",
    "backward": "backward operators",
    "autograd": "autograd",
}


@dataclass(frozen=True)
class ExerciseRow:
    """One line of a handout's table."""

    name: str
    summary: str
    points: float
    not_allowed: str


@dataclass(frozen=True)
class MapRow:
    """One line of the map of all assignments."""

    number: int
    assignment: Assignment
    exercises: str
    due: str


@dataclass(frozen=True)
class Release:
    """Everything that students get: the files' texts by their paths below ``handouts``."""

    files: dict[str, str]
    notebooks: dict[str, NotebookNode]


def handouts(course: Course) -> dict[str, str]:
    """The text of every handout file by its path below the ``handouts`` folder.

    Raises UsageError for a solution that cannot be made into a stub.
    """
    return release(course).files


def release(course: Course) -> Release:
    """The handouts and, by assignment, the notebooks in them. UsageError as :func:`handouts`."""
    rules_file(course)
    files = {"README.md": _course_map(course)}
    notebooks = {}
    for assignment in course.assignments.values():
        notebook = notebooks[assignment.name] = released_notebook(course, assignment)
        for name, text in handout(course, assignment, notebook).items():
            files[f"{assignment.name}/{name}"] = text
    return Release(files, notebooks)


def handout(course: Course, assignment: Assignment, notebook: NotebookNode) -> dict[str, str]:
    """One assignment's files by their names, from its notebook as released."""
    tests = course.public_tests(assignment)
    plain = without_checks(notebook)
    stub = student_script(plain)
    try:
        rows = exercise_rows(stub, assignment)
    except ValueError as error:
        raise UsageError(f"{course.solution(assignment)}: {clean_line(str(error))}") from None
    return {
        f"{assignment.module}.py": stub,
        f"{assignment.module}.ipynb": notebook_text(notebook),
        tests.name: _generated_from(tests, course) + read_text(tests),
        FILE_NAME: student_course(course, assignment),
        "README.md": _readme(
            assignment, introduction(plain), rows, read_text(rules_file(course)).strip()
        ),
    }


def student_script(notebook: NotebookNode) -> str:
    """A notebook as a plain percent script: text and code, no metadata."""
    plain = copy.deepcopy(notebook)
    plain.metadata = {
        "jupytext": {"notebook_metadata_filter": "-all", "cell_metadata_filter": "-all"}
    }
    for cell in plain.cells:
        cell.metadata = {}
    text: str = jupytext.writes(plain, fmt="py:percent")
    return text.rstrip("\n") + "\n"


def introduction(notebook: NotebookNode) -> str:
    """The first text cell without its heading."""
    cell = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    lines = cell.source.strip().split("\n")
    return "\n".join(lines[1:] if lines[0].startswith("# ") else lines).strip()


def exercise_rows(stub: str, assignment: Assignment) -> list[ExerciseRow]:
    """The assignment's exercises as the stub states them.

    Raises ValueError if the stub is not valid Python, or an exercise has no place, no docstring
    or still its solution.
    """
    try:
        tree = ast.parse(stub)
    except SyntaxError as error:
        line = stub.split("\n")[(error.lineno or 1) - 1].strip()
        raise ValueError(f"without its solutions not valid Python: {error.msg}: {line}") from None
    nodes = {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return [_row(nodes.get(name), exercise) for name, exercise in assignment.exercises.items()]


def _row(node: ast.FunctionDef | ast.ClassDef | None, exercise: Exercise) -> ExerciseRow:
    if node is None:
        raise ValueError(
            f"without its solutions there is no `{exercise.name}`; its signature and docstring "
            "belong outside the solution region"
        )
    summary = (ast.get_docstring(node) or "").strip().partition("\n")[0]
    if not summary:
        raise ValueError(f"`{exercise.name}` has no docstring outside the solution region")
    if not any(isinstance(inner, ast.Raise) and _is_stub(inner) for inner in ast.walk(node)):
        raise ValueError(f"`{exercise.name}` has no solution region, so its solution would leak")
    not_allowed = ", ".join(NOT_ALLOWED[rule] for rule in exercise.forbidden) or "–"
    return ExerciseRow(exercise.name, summary, exercise.points, not_allowed)


def _is_stub(statement: ast.Raise) -> bool:
    return ast.unparse(statement) == ast.unparse(ast.parse(CODE_STUB["python"]))


# --- the other files ---------------------------------------------------------------------------


def student_course(course: Course, assignment: Assignment) -> str:
    """A ``course.yml`` of one assignment, with nothing in it that only instructors need."""
    facts = assignment.model_dump(include={"title", "due", "minutes", "difficulty"})
    cut = {
        "course": course.course,
        "language": course.language,
        "isolation": "best_effort",
        "limits": {name: _number(value) for name, value in course.limits.model_dump().items()},
        "assignments": {
            assignment.name: {
                **{key: value for key, value in facts.items() if value is not None},
                "exercises": {
                    name: _exercise(exercise) for name, exercise in assignment.exercises.items()
                },
            }
        },
    }
    text: str = yaml.safe_dump(cut, sort_keys=False, allow_unicode=True, width=100)
    return "# Generated by `autograder release`; do not edit.\n" + text


def _exercise(exercise: Exercise) -> dict[str, Any]:
    given = exercise.model_dump(exclude_defaults=True, exclude={"points"}, mode="json")
    return {"points": _number(exercise.points), **given}


def _generated_from(source: Path, course: Course) -> str:
    shown = source.relative_to(course.root).as_posix()
    return f"# Generated from {shown} by `autograder release`; do not edit.\n"


def _readme(assignment: Assignment, intro: str, rows: list[ExerciseRow], rules: str) -> str:
    return _render(
        "handout.md.j2",
        assignment=assignment,
        number=_order(assignment),
        intro=intro,
        facts=_facts(assignment),
        exercises=rows,
        rules=rules,
    )


def _facts(assignment: Assignment) -> str:
    facts = {
        "Due": _due(assignment),
        "Time": f"about {assignment.minutes} minutes" if assignment.minutes else None,
        "Difficulty": assignment.difficulty,
        "Points": f"{assignment.points:g}",
    }
    return " · ".join(f"**{name}:** {value}" for name, value in facts.items() if value)


def _course_map(course: Course) -> str:
    rows = [
        MapRow(
            number=_order(assignment),
            assignment=assignment,
            exercises=", ".join(f"`{name}`" for name in assignment.exercises),
            due=_due(assignment) or "–",
        )
        for assignment in course.assignments.values()
    ]
    points = sum(assignment.points for assignment in course.assignments.values())
    return _render("map.md.j2", course=course, rows=rows, points=points)


def _order(assignment: Assignment) -> int:
    return int(assignment.name.partition("_")[0])


def _due(assignment: Assignment) -> str | None:
    due = assignment.due
    return f"{due:%Y-%m-%d %H:%M} ({due.tzname()})" if due else None


def _number(value: float) -> float:
    """6 rather than 6.0, as people write it."""
    return int(value) if value == int(value) else value


def _render(template: str, **values: object) -> str:
    text: str = _environment().get_template(template).render(**values)
    return text


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = lambda value: f"{value:g}"
    environment.filters["cell"] = lambda text: text.replace("|", r"\|")
    return environment

"""The handouts: what students get, made from the solutions.

Everything here returns text; the command writes it. nbgrader's own preprocessors take the
solutions out, so that a script and a notebook of the same assignment can never disagree.
"""

from __future__ import annotations

import ast
import copy
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from autograder.course import FILE_NAME, Assignment, Course, Exercise, Rule
from autograder.errors import UsageError
from autograder.text import clean_line

try:
    import jinja2
    import jupytext
    from nbformat import NotebookNode
    from nbformat.v4 import new_markdown_cell
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
except ImportError as error:
    raise UsageError(
        f"{error.name or 'a package'} is missing: pip install 'autograder[instructor]'"
    ) from None

#: What stands in a stub where the solution was, as nbgrader's ``ClearSolutions.code_stub``.
CODE_STUB = {"python": 'raise NotImplementedError("your code goes here")'}

#: The rules of all assignments, beside the solutions.
RULES_FILE = "rules.md"
RULES_ID = "common_rules"

NOT_ALLOWED: dict[Rule, str] = {
    "convolution": "convolution operators",
    "pooling": "pooling operators",
    "padding": "padding operators",
    "backward": "backward operators",
    "autograd": "autograd",
}

_SILENT = logging.Logger("nbgrader")
_SILENT.disabled = True


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


def handouts(course: Course) -> dict[str, str]:
    """The text of every handout file by its path below the ``handouts`` folder.

    Raises UsageError for a solution that cannot be made into a stub.
    """
    if course.solutions is None:
        raise UsageError(f"{course.root / FILE_NAME}: `solutions` is missing; nothing to release")
    rules = _read(course.root / course.solutions / RULES_FILE).strip()
    files = {"README.md": _course_map(course)}
    for assignment in course.assignments.values():
        for name, text in _handout(course, assignment, rules).items():
            files[f"{assignment.name}/{name}"] = text
    return files


def _handout(course: Course, assignment: Assignment, rules: str) -> dict[str, str]:
    source, tests = course.solution(assignment), course.public_tests(assignment)
    script = _read(source)
    try:
        notebook = cleared_notebook(script, rules)
        stub = student_script(notebook)
        rows = exercise_rows(stub, assignment)
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"{source}: {clean_line(str(error))}") from None
    return {
        f"{assignment.module}.py": stub,
        tests.name: _generated_from(tests, course) + _read(tests),
        FILE_NAME: student_course(course, assignment),
        "README.md": _readme(assignment, introduction(notebook), rows, rules),
    }


# --- the solution without its answers ----------------------------------------------------------


def cleared_notebook(script: str, rules: str) -> NotebookNode:
    """A solution's percent script as the student's notebook: no answers, with the common rules.

    Raises RuntimeError (from nbgrader) for unbalanced or misplaced regions, and ValueError.
    """
    notebook: NotebookNode = jupytext.reads(script, fmt="py:percent")
    for clear in (ClearSolutions(code_stub=CODE_STUB), ClearHiddenTests(), ClearMarkScheme()):
        clear.log = _SILENT
        notebook, _ = clear.preprocess(notebook, {})
    for index, cell in enumerate(notebook.cells):
        nbgrader = cell.metadata.get("nbgrader")
        cell.metadata = {"nbgrader": nbgrader} if nbgrader else {}
        cell.id = nbgrader["grade_id"] if nbgrader else f"cell-{index}"  # jupytext's are random
    first = next((i for i, c in enumerate(notebook.cells) if c.cell_type == "markdown"), None)
    if first is None:
        raise ValueError("no text cell that introduces the assignment")
    notebook.cells.insert(first + 1, _rules_cell(rules))
    return notebook


def _rules_cell(rules: str) -> NotebookNode:
    metadata = {
        "grade": False,
        "grade_id": RULES_ID,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    cell: NotebookNode = new_markdown_cell(  # type: ignore[no-untyped-call] # nbformat has no types
        rules, id=RULES_ID, metadata={"nbgrader": metadata}
    )
    return cell


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


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {clean_line(str(error))}") from None

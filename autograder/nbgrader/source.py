"""The notebooks that nbgrader starts from, made from the solutions' percent scripts."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import results
from autograder.course import FILE_NAME, Assignment, Course, Exercise
from autograder.errors import UsageError
from autograder.text import clean_line

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: The rules of all assignments, beside the solutions.
RULES_FILE = "rules.md"
RULES_ID = "common_rules"

CHECK_LINE = "from autograder.notebook import check; check({name})"
CHECK_PREFIX = "check_"

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

#: Of nbgrader's metadata.
SCHEMA_VERSION = 3

#: Where a notebook on disk says what it was made from.
STAMP = "autograder"


def check_id(exercise: str) -> str:
    """The ``grade_id`` of an exercise's check cell."""
    return CHECK_PREFIX + exercise


def source_notebook(course: Course, assignment: Assignment) -> NotebookNode:
    """A solution as the notebook that nbgrader releases: rules, check cells and stable ids added.

    UsageError for a script that cannot be made into one.
    """
    import jupytext  # slow
    from nbformat.v4 import new_notebook

    file = course.solution(assignment)
    cells = jupytext.reads(read_text(file), fmt="py:percent").cells
    for index, cell in enumerate(cells):
        nbgrader = cell.metadata.get("nbgrader", {})
        known = any(nbgrader.get(flag) for flag in ("grade", "solution", "locked", "task"))
        cell.metadata = {"nbgrader": nbgrader} if known else {}
        cell.id = nbgrader.get("grade_id", f"cell-{index}")  # jupytext's are random
    first = next((i for i, c in enumerate(cells) if c.cell_type == "markdown"), None)
    if first is None:
        raise UsageError(f"{file}: no text cell that introduces the assignment")
    cells.insert(first + 1, _rules_cell(read_text(rules_file(course)).strip()))
    for exercise in assignment.exercises.values():
        _insert_check(cells, exercise)
    for cell in cells:
        if sum(other.id == cell.id for other in cells) > 1:
            raise UsageError(f"{file}: two cells have the grade_id {clean_line(cell.id)}")
    notebook: NotebookNode = new_notebook(cells=cells, metadata=METADATA)
    return notebook


def rules_file(course: Course) -> Path:
    """The text of the rules that every assignment shares."""
    if course.solutions is None:
        raise UsageError(f"{course.root / FILE_NAME}: `solutions` is missing; nothing to release")
    return course.root / course.solutions / RULES_FILE


def check_cell(exercise: Exercise) -> NotebookNode:
    """The locked cell below an exercise that carries its points."""
    from nbformat.v4 import new_code_cell

    metadata = _nbgrader(check_id(exercise.name)) | {"grade": True, "points": exercise.points}
    cell: NotebookNode = new_code_cell(
        CHECK_LINE.format(name=exercise.name),
        id=check_id(exercise.name),
        metadata={"nbgrader": metadata},
    )
    return cell


def _rules_cell(rules: str) -> NotebookNode:
    from nbformat.v4 import new_markdown_cell

    cell: NotebookNode = new_markdown_cell(
        rules, id=RULES_ID, metadata={"nbgrader": _nbgrader(RULES_ID)}
    )
    return cell


def _nbgrader(grade_id: str) -> dict[str, Any]:
    return {
        "grade": False,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": SCHEMA_VERSION,
        "solution": False,
        "task": False,
    }


def _insert_check(cells: list[NotebookNode], exercise: Exercise) -> None:
    """After the last solution cell that defines the exercise, if there is one."""
    places = [i for i, cell in enumerate(cells) if _defines(cell, exercise.name)]
    if places:
        cells.insert(places[-1] + 1, check_cell(exercise))


def _defines(cell: NotebookNode, name: str) -> bool:
    if cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("solution"):
        return False
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        return False
    return any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name for node in tree.body
    )


# --- on disk -------------------------------------------------------------------------------------


def write_sources(course: Course) -> None:
    """Write the notebook beside every solution whose notebook is missing or stale.

    UsageError for a script that cannot be made into a notebook.
    """
    for assignment in course.assignments.values():
        script = course.solution(assignment)
        notebook = script.with_suffix(".ipynb")
        basis = _basis(course, assignment)
        if not _is_current(notebook, basis):
            results.write_whole(notebook, _stamped(source_notebook(course, assignment), basis))


def _basis(course: Course, assignment: Assignment) -> str:
    """A digest of all that a notebook is made from, this module included."""
    digest = hashlib.sha256(repr(assignment).encode())
    for file in (course.solution(assignment), rules_file(course), Path(__file__)):
        digest.update(read_text(file).encode() + b"\0")
    return digest.hexdigest()


def _stamped(notebook: NotebookNode, basis: str) -> str:
    import nbformat

    # through JSON, as it will be read again
    cells = json.loads(nbformat.writes(notebook))["cells"]
    notebook.metadata[STAMP] = {"made_from": _seal(cells, basis)}
    text: str = nbformat.writes(notebook)
    return text + "\n"


def _is_current(notebook: Path, basis: str) -> bool:
    try:
        data = json.loads(notebook.read_text(encoding="utf-8"))
        stamp: str = data["metadata"][STAMP]["made_from"]
        return stamp == _seal(data["cells"], basis)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _seal(cells: Any, basis: str) -> str:
    """Tells a notebook that was edited by hand from the one that was made."""
    return hashlib.sha256((basis + json.dumps(cells, sort_keys=True)).encode()).hexdigest()


def read_text(path: Path) -> str:
    """A file of the course's own. UsageError that names it."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {clean_line(str(error))}") from None

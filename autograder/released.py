"""What students were given: it tells what they changed, and what they could not change."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course import Assignment, Course


@dataclass(frozen=True)
class ReleasedCell:
    """A notebook's cell with a ``grade_id``; ``locked`` is its source if nobody may change it."""

    is_code: bool
    locked: str | None


@dataclass(frozen=True)
class Released:
    """An assignment's script and notebook as released; empty where there is none.

    ``demos`` are cells that only print examples: ``if __name__ == "__main__":`` and nothing else.
    """

    script: str | None = None
    code: tuple[str, ...] | None = None
    cells: Mapping[str, ReleasedCell] = field(default_factory=dict)
    demos: tuple[str, ...] = ()

    def is_untouched_script(self, text: str) -> bool:
        """Whether a script is the released one, but for blanks at the ends of lines."""
        return self.script is not None and _lines(text) == _lines(self.script)

    def is_untouched_notebook(self, cells: list[dict[str, Any]]) -> bool:
        """Whether a notebook's code is the released one; outputs and text do not count."""
        return self.code is not None and _code(cells) == self.code

    def is_demo(self, source: str) -> bool:
        """Whether a cell is a released demo as it was."""
        return _lines(source) in self.demos


NOTHING = Released()


def released(course: Course, assignment: Assignment) -> Released:
    """What the course's ``handouts`` folder holds for an assignment."""
    if course.handouts is None:
        return NOTHING
    folder = course.root / course.handouts / assignment.name
    script = _read(folder / f"{assignment.module}.py")
    try:
        cells = json.loads(_read(folder / f"{assignment.module}.ipynb") or "")["cells"]
    except ValueError:
        return Released(script)
    code = _code(cells)
    named = dict(_released_cell(cell) for cell in cells if _metadata(cell))
    return Released(script, code, named, tuple(filter(_is_demo, code)))


def _released_cell(cell: dict[str, Any]) -> tuple[str, ReleasedCell]:
    nbgrader = _metadata(cell)
    free = nbgrader.get("solution") or not (nbgrader.get("grade") or nbgrader.get("locked"))
    locked = None if free else source_of(cell)
    return nbgrader["grade_id"], ReleasedCell(cell["cell_type"] == "code", locked)


def _is_demo(source: str) -> bool:
    return all(
        isinstance(node, ast.If)
        and ast.unparse(node.test) == "__name__ == '__main__'"
        and not node.orelse
        for node in ast.parse(source).body
    )


def _metadata(cell: dict[str, Any]) -> dict[str, Any]:
    nbgrader: dict[str, Any] = cell["metadata"].get("nbgrader", {})
    return nbgrader


def _code(cells: list[dict[str, Any]]) -> tuple[str, ...]:
    code = (_lines(source_of(cell)) for cell in cells if cell["cell_type"] == "code")
    return tuple(source for source in code if source)


def source_of(cell: dict[str, Any]) -> str:
    """A cell's source: notebooks keep it as one text or as a list of lines."""
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\0", "")


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None

"""Which of a cell's top-level statements run: their places and kinds, without running anything."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterable
from typing import Any

#: The flag with which a notebook's cells are compiled.
AWAITING = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def parse_cell(cell: dict[str, Any], cells: list[dict[str, Any]]) -> list[ast.stmt]:
    """A cell's statements with their true line numbers, as far as they are to run."""
    source = "\n" * (cell["line"] - 1) + cell["source"]
    body = ast.parse(source, cell["label"]).body
    if cell["mode"] == "definitions":
        names = defined_names(cells)
        return [node for node in body if is_definition(node, names)]
    return [node for node in body if first_line(node) not in cell["passed_over"]]


def next_piece(body: list[ast.stmt]) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """The first statements that run together, and the rest: harmless ones, or one of another kind."""
    size = 0
    while size < len(body) and only_defines(body[size]):
        size += 1
    return body[: max(1, size)], body[max(1, size) :]


def only_defines(node: ast.stmt) -> bool:
    """Whether a statement can neither hang nor end the process."""
    if isinstance(node, ast.FunctionDef):
        return not node.decorator_list
    return isinstance(node, ast.Expr | ast.Assign) and isinstance(node.value, ast.Constant)


def statements_behind(
    body: list[ast.stmt], trace: types.TracebackType | None, filename: str
) -> list[ast.stmt]:
    """The top-level statements after the one that was running."""
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    if trace is None:
        return []
    line = trace.tb_lineno
    return [node for node in body if first_line(node) > line]


def defined_names(cells: list[dict[str, Any]]) -> frozenset[str]:
    """The functions and classes that the cells define at their top level."""
    names = set()
    for cell in cells:
        try:
            tree = ast.parse(cell["source"])
        except (SyntaxError, ValueError):
            continue
        definitions = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
        names |= {node.name for node in tree.body if isinstance(node, definitions)}
    return frozenset(names)


def is_definition(node: ast.stmt, student_names: frozenset[str]) -> bool:
    """Whether a top-level statement only defines things: it calls no function of the student's."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return True
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Assign | ast.AnnAssign):
        calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
        roots = {part.id for call in calls for part in ast.walk(call) if isinstance(part, ast.Name)}
        return not roots & student_names
    return False


def first_line(node: ast.stmt) -> int:
    """Where a statement starts, with its decorators."""
    decorators: Iterable[ast.expr] = getattr(node, "decorator_list", ())
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])

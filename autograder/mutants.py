"""Small mistakes made by machine: each mutant of a solution differs from it in one place.

Pure: a script goes in, scripts come out. Only what lies between ``BEGIN SOLUTION`` and ``END SOLUTION``
is mutated, since only that is what students write.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

#: What each operator is mistaken for.
OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult, ast.Div),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@dataclass(frozen=True)
class Mutant:
    """A script with one mistake in one exercise; ``change`` shows the statement before and after."""

    exercise: str
    change: str
    source: str


#: A change to one node of a copied tree, made in place.
Edit = Callable[[ast.AST], ast.AST | None]


def mutants(script: str, exercises: frozenset[str]) -> list[Mutant]:
    """Every mutant of a solution script, in the order of the script, without repetitions."""
    tree = ast.parse(script)
    regions = _solution_lines(script)
    parts = [ast.unparse(node) for node in tree.body]
    found: dict[str, Mutant] = {}
    for position, owner in enumerate(tree.body):
        if not isinstance(owner, ast.FunctionDef | ast.ClassDef) or owner.name not in exercises:
            continue
        for changed, line in _changed(owner, regions):
            text = ast.unparse(ast.fix_missing_locations(changed))
            source = "\n\n".join([*parts[:position], text, *parts[position + 1 :]]) + "\n"
            if text != parts[position] and source not in found:
                change = _change(owner, changed, line)
                found[source] = Mutant(owner.name, change, source)
    return list(found.values())


def _changed(owner: ast.stmt, regions: frozenset[int]) -> Iterator[tuple[ast.stmt, int]]:
    """Copies of a definition with one change each, and the line of the change."""
    raised = [node for node in ast.walk(owner) if isinstance(node, ast.Raise)]
    texts = {part for node in raised for part in ast.walk(node) if part is not node}
    for index, node in enumerate(ast.walk(owner)):
        line = getattr(node, "lineno", None)
        if line not in regions or node in texts:
            continue
        for edit in _edits(node):
            changed = copy.deepcopy(owner)
            target = _nth(changed, index)
            replaced = edit(target)
            if replaced is not None:
                _Replace(target, replaced).visit(changed)
            yield changed, line


def _solution_lines(script: str) -> frozenset[int]:
    lines, inside = set(), False
    for number, line in enumerate(script.split("\n"), start=1):
        inside = (inside or line.strip() == BEGIN) and line.strip() != END
        if inside:
            lines.add(number)
    return frozenset(lines)


def _nth(tree: ast.AST, index: int) -> ast.AST:
    for number, node in enumerate(ast.walk(tree)):
        if number == index:
            return node
    raise IndexError(index)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _change(before: ast.stmt, after: ast.stmt, line: int) -> str:
    """The innermost statement of a line, before and after."""
    old, new = _statement(before, line), _statement(after, line)
    return f"{_first_line(old)} -> {_first_line(new)}"


def _statement(tree: ast.stmt, line: int) -> ast.stmt:
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, key=lambda node: (node.lineno, node.col_offset))


def _first_line(node: ast.stmt) -> str:
    text = ast.unparse(node)
    compound = isinstance(node, ast.If | ast.For | ast.While | ast.FunctionDef | ast.With)
    return text.split("\n")[0] if compound else " ".join(text.split())


# --- the mistakes --------------------------------------------------------------------------------


def _edits(node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.BinOp | ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield _set("op", other())
    elif isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            for comparison in COMPARISONS.get(type(operator), ()):
                yield _set_item("ops", position, comparison())
    elif isinstance(node, ast.BoolOp):
        yield _set("op", ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        for position in range(len(node.values)):
            yield _drop_item("values", position)
    elif isinstance(node, ast.UnaryOp):
        yield lambda tree: tree.operand  # type: ignore[attr-defined]  # the same node, copied
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for position in range(len(node.elts) - 1):
            yield _swap("elts", position)
    elif isinstance(node, ast.If | ast.IfExp):
        yield lambda tree: _negate(tree)
    elif isinstance(node, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node, bound) is not None:
                yield _set(bound, None)
    elif isinstance(node, ast.Assign | ast.Expr | ast.Raise) and not _is_text(node):
        yield lambda tree: ast.copy_location(ast.Pass(), tree)
    if isinstance(node, ast.AugAssign):
        yield lambda tree: ast.copy_location(
            ast.Assign([tree.target], tree.value),  # type: ignore[attr-defined]  # as above
            tree,
        )
        yield lambda tree: ast.copy_location(ast.Pass(), tree)


def _constants(value: object) -> Iterator[Edit]:
    if isinstance(value, bool):
        yield _set("value", not value)
    elif isinstance(value, int | float):
        yield _set("value", value + 1)
        yield _set("value", value - 1)
    elif isinstance(value, str) and value:
        yield _set("value", value + "_")


def _calls(node: ast.Call) -> Iterator[Edit]:
    for position in range(len(node.args) - 1):
        yield _swap("args", position)
    for position in range(len(node.keywords)):
        yield _drop_item("keywords", position)
    if len(node.args) > 1:
        yield _drop_item("args", len(node.args) - 1)
    if isinstance(node.func, ast.Attribute):
        yield lambda tree: tree.func.value  # type: ignore[attr-defined]  # x.method(…) becomes x


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _negate(tree: ast.AST) -> None:
    tree.test = ast.UnaryOp(ast.Not(), tree.test)  # type: ignore[attr-defined]  # if or if-else


def _set(name: str, value: object) -> Edit:
    return lambda tree: setattr(tree, name, value)


def _set_item(name: str, position: int, value: object) -> Edit:
    return lambda tree: getattr(tree, name).__setitem__(position, value)


def _drop_item(name: str, position: int) -> Edit:
    return lambda tree: getattr(tree, name).__delitem__(position)


def _swap(name: str, position: int) -> Edit:
    def swap(tree: ast.AST) -> None:
        items = getattr(tree, name)
        items[position], items[position + 1] = items[position + 1], items[position]

    return swap

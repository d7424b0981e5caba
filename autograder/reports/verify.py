"""What ``autograder verify`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from autograder.verify import Row


def table(rows: Iterable[Row]) -> Table:
    """A row an exercise: tests, wrong programs caught and recognised, mutants killed."""
    shown = Table("exercise", box=None, header_style="bold", pad_edge=False)
    for title in ("tests", "variants caught", "diagnosed", "mutants killed", "equivalent"):
        shown.add_column(title, justify="right")
    rows = list(rows)
    for row in rows:
        shown.add_row(row.exercise, str(row.tests), *_cells(row.counts))
    counts = sum((row.counts for row in rows), Counter[str]())
    shown.add_section()
    shown.add_row("all", str(sum(row.tests for row in rows)), *_cells(counts), style="bold")
    return shown


def _cells(counts: Counter[str]) -> tuple[str, ...]:
    equivalent = counts["mutants"] - counts["killed"] - counts["survived"]
    return (
        f"{counts['caught']}/{counts['wrong']}",
        f"{counts['diagnosed']}/{counts['wrong']}",
        f"{counts['killed']}/{counts['mutants']}",
        str(equivalent),
    )

"""What ``autograder verify`` prints."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from autograder.verify import Row


def table(rows: Iterable[Row]) -> Table:
    """A row an exercise: tests, wrong programs caught and recognised, mutants killed."""
    shown = Table("exercise", box=None, header_style="bold", pad_edge=False)
    for title in ("tests", "variants caught", "diagnosed", "mutants killed", "equivalent"):
        shown.add_column(title, justify="right")
    rows = list(rows)
    for row in rows:
        shown.add_row(row.exercise, str(row.tests), *_cells(row))
    total = Row("all", sum(row.tests for row in rows))
    for row in rows:
        total.counts.update(row.counts)
    shown.add_section()
    shown.add_row(total.exercise, str(total.tests), *_cells(total), style="bold")
    return shown


def _cells(row: Row) -> tuple[str, ...]:
    counts = row.counts
    equivalent = counts["mutants"] - counts["killed"] - counts["survived"]
    return (
        f"{counts['caught']}/{counts['wrong']}",
        f"{counts['diagnosed']}/{counts['wrong']}",
        f"{counts['killed']}/{counts['mutants']}",
        str(equivalent),
    )

"""The class table for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from autograder.outcome import Grade
from autograder.results import class_grid
from autograder.text import clean_line

NAME_WIDTH = 32


def plain(points: float) -> str:
    """Points with at most two decimals and no idle zeros: ``17.5``, ``20``."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def class_table(grades: Iterable[Grade]) -> Table:
    """Students × assignments, score and maximum; the last row is the mean over submissions."""
    grid = class_grid(grades)
    body = [
        (Text(clean_line(row.student)), *(_cell(grade) for grade in row.grades))
        for row in grid.rows
    ]
    means = [_points(column.mean, column.max_score, "bold") for column in grid.columns]
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    table.add_column("student", overflow="fold", max_width=NAME_WIDTH)
    for column in grid.columns:
        # words, so that a long name wraps between them
        header = Text(clean_line(column.assignment.replace("_", " ")))
        table.add_column(header, justify="right", overflow="fold")
    for row in body:
        table.add_row(*row)
    if means:
        table.add_section()
        table.add_row(Text("mean", "bold"), *means)
    return table


def _cell(grade: Grade | None) -> Text:
    if grade is None:
        return Text("–", "dim")
    if grade.status == "not_gradable":
        return Text("not gradable", "bold red")
    full, low = grade.score >= grade.max_score, 2 * grade.score < grade.max_score
    return _points(grade.score, grade.max_score, "green" if full else "red" if low else "")


def _points(score: float, max_score: float, style: str) -> Text:
    return Text(f"{plain(score)}/{plain(max_score)}", style)

"""``autograder export``: the grades in other systems' formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder import results
from autograder.errors import UsageError
from autograder.reports.export import Format, render


def export(
    out: Annotated[Path, typer.Argument(help="The folder that `grade --out` wrote.")],
    to: Annotated[Format, typer.Option("--to", help="The system to export to.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="The file to write; else standard output.")
    ] = None,
) -> None:
    """Export the grades for another system.

    Gradescope takes one submission's results.json; of several submissions this is one JSON object
    that holds them by student/assignment.
    """
    grades = results.read_all(out)
    if not grades:
        raise UsageError(f"{out}: no results in it; `autograder grade` writes them")
    text = render(to, grades, results.read_arrivals(out, grades))
    if output is None:
        typer.echo(results.encoded(text), nl=False)
    else:
        results.write_whole(output, text)

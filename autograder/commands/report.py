"""``autograder report``: the reports again, from the results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder import results
from autograder.errors import UsageError
from autograder.outcome import Grade
from autograder.reports import html
from autograder.text import clean_line


def report(
    out: Annotated[Path, typer.Argument(help="The folder that `grade --out` wrote.")],
) -> None:
    """Write grades.csv and the HTML reports again, from the results."""
    grades = results.read_all(out)
    if not grades:
        raise UsageError(f"{out}: no results in it; `autograder grade` writes them")
    write_reports(out, grades, results.read_arrivals(out, grades))
    count = "1 submission" if len(grades) == 1 else f"{len(grades)} submissions"
    print(f"{count}: {clean_line(str(out / html.INDEX), 500)}")


def write_reports(out: Path, grades: Sequence[Grade], arrivals: results.Arrivals) -> None:
    """Write ``grades.csv``, a page a submission and the overview below a folder of results."""
    results.write_whole(out / results.GRADES_FILE, results.grades_csv(grades, arrivals))
    for grade in grades:
        page = html.submission_report(grade, arrivals.get((grade.student, grade.assignment)))
        results.write_whole(out / html.report_path(grade), page)
    results.write_whole(out / html.INDEX, html.class_overview(grades, arrivals))

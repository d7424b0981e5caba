"""``autograder gradescope``: the autograder zip that Gradescope takes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from autograder import results
from autograder.course import find_course, load_course

#: Every file gets this date, so that the same course gives the same zip.
DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE = {"setup.sh", "run_autograder"}


def gradescope(
    output: Annotated[Path, typer.Option("--output", help="The zip file to write.")],
    course: Annotated[
        Path | None, typer.Option("--course", help="The folder with course.yml.")
    ] = None,
) -> None:
    """Build the zip for Gradescope's "Configure Autograder" page."""
    from autograder.gradescope import bundle

    loaded = load_course(course or find_course(Path.cwd()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in bundle(loaded):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name in EXECUTABLE else 0o644) << 16
            archive.writestr(entry, content)
    results.write_whole(output, buffer.getvalue())
    print(f"{output}: upload it to Gradescope as the assignment's autograder")

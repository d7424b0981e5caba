"""``autograder release``: the handouts from the solutions."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from autograder.course import FILE_NAME, Course, find_course, load_course
from autograder.errors import UsageError
from autograder.nbgrader import instructor_extra

#: What tools leave behind in a folder; never a part of a handout.
CACHES = {
    "__pycache__",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".DS_Store",
}


@dataclass(frozen=True)
class Difference:
    """A file in which the handouts on disk are not what a release writes."""

    kind: Literal["missing", "differs", "stray"]
    path: str


def release(
    course: Annotated[
        Path | None, typer.Option("--course", help="The folder with course.yml.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only compare, write nothing.")] = False,
) -> None:
    """Build the students' handouts from the solutions, and record them in nbgrader's gradebook."""
    loaded = load_course(course or find_course(Path.cwd()))
    folder = _target(loaded)
    with instructor_extra():  # nbgrader and jupytext, slow to import
        from autograder import release as handouts
        from autograder.nbgrader import config, gradebook
    made = handouts.release(loaded)
    wanted = made.files
    found = differences(wanted, folder)
    if check:
        for difference in found:
            print(f"{difference.kind}: {folder / difference.path}")
        if found:
            print(f"{_files(len(found))} not as released; `autograder release` builds them")
            raise typer.Exit(1)
        print(f"{folder}: {_files(len(wanted))}, as released")
        return
    changed = [d.path for d in found if d.kind != "stray"]
    for path in changed:
        _write(folder / path, wanted[path])
    for difference in found:
        if difference.kind == "stray":
            stray = folder / difference.path
            print(f"autograder: {stray}: no part of the release, left alone", file=sys.stderr)
    print(f"{folder}: {_files(len(changed))} written, {len(wanted) - len(changed)} unchanged")
    recorded = gradebook.record(loaded, made.notebooks, config.configured_database(loaded))
    print(f"gradebook: {', '.join(recorded) or 'nothing'} recorded anew")


def differences(wanted: dict[str, str], folder: Path) -> list[Difference]:
    """Where a folder differs from the files it should hold, in the order of the paths."""
    found = [Difference("stray", path) for path in _present(folder) if path not in wanted]
    for path, text in wanted.items():
        try:
            if (folder / path).read_bytes() != text.encode():
                found.append(Difference("differs", path))
        except (FileNotFoundError, NotADirectoryError):
            found.append(Difference("missing", path))
        except OSError:
            found.append(Difference("differs", path))
    return sorted(found, key=lambda difference: difference.path)


def _present(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in CACHES]
        for name in files:
            if name not in CACHES:
                yield (Path(parent) / name).relative_to(folder).as_posix()


def _target(course: Course) -> Path:
    """The handouts' folder: never one that holds, or lies in, what it is made from."""
    where = course.root / FILE_NAME
    if course.handouts is None:
        raise UsageError(f"{where}: `handouts` is missing; it names the folder to build")
    target = (course.root / course.handouts).resolve()
    for name in (".", course.solutions, course.hidden_tests, course.misconceptions):
        if name is None:
            continue
        source = (course.root / name).resolve()
        if source.is_relative_to(target) or (name != "." and target.is_relative_to(source)):
            raise UsageError(f"{where}: `handouts` needs a folder of its own, not {target}")
    return target


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=path.parent) as folder:
            draft = Path(folder) / path.name
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"

"""A student's hand-in as data: find it, read it safely, split it into cells."""

from __future__ import annotations

import ast
import json
import os
import re
import stat
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from autograder.course import Assignment, Course
from autograder.released import NOTHING, Released, source_of
from autograder.text import clean_line
from autograder.worker.statements import AWAITING, first_line

MAX_FILE_BYTES = 4 << 20
MAX_CODE = 1 << 19
MAX_NOTES = 10
MAX_SIBLINGS = 20
MAX_CELLS = 5_000
MAX_ENTRIES = 1_000
TIMESTAMP = "timestamp.txt"
#: What the results' folder has of its own.
RESERVED = ("grades.csv", "index.html")
CELL_MARKER = re.compile(r"^# ?%%(?!%)(?P<rest>.*)$")
#: ``%time f()``, ``!ls``, ``?f``, ``f?``, ``files = !ls``. Possessive, as a student could write a
#: line that is tried for hours.
MAGIC = re.compile(r"^(?P<indent>\s*+)(?:(?P<name>\w++)\s*+=\s*+[%!].*|[%!?].*|.*\?)$")
#: Cell magics whose cell runs as it stands.
PYTHON_MAGIC = re.compile(r"^%%(?:time|capture|prun|debug)\b")
#: ``%run helper.py`` and ``%%writefile helper.py``.
RUN_MAGIC = re.compile(r"^(?P<indent>\s*+)%run\s++(?:-i\s++)?(?:\./)?(?P<module>\w++)(?:\.py)?\s*$")
WRITE_MAGIC = re.compile(r"^%%(?:writefile|file)\s++(?:\./)?(?P<module>\w++)\.py\s*$")
#: What stands before the lines of a session that was copied whole.
PROMPT = re.compile(r"^(?:>>>|\.\.\.|In \[\d{1,6}\]:| {2,9}\.\.\.:)(?: |$)")
#: Characters of a cell with magics that are parsed, one time or many.
MAX_PARSED = 1 << 22


class NotGradable(Exception):
    """A hand-in that cannot be read; the text says why, for the student."""


@dataclass(frozen=True)
class Cell:
    """A piece of a student's program: ``line`` is where its source starts under its label."""

    label: str
    line: int
    source: str


@dataclass(frozen=True)
class Submission:
    """One student's program for one assignment."""

    student: str
    assignment: str
    module: str
    cells: tuple[Cell, ...]
    is_notebook: bool = False
    siblings: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of its cells."""
        return frozenset(cell.label for cell in self.cells)


@dataclass(frozen=True)
class HandIn:
    """Where one student's work for one assignment lies."""

    student: str
    assignment: str
    folder: Path


# --- finding -----------------------------------------------------------------------------------


def find_hand_ins(
    submitted: Path, course: Course, assignment: str | None, student: str | None
) -> tuple[list[HandIn], list[str]]:
    """Every ``<student>/<assignment>`` folder in order, and a line for each that is unknown."""
    found: list[HandIn] = []
    warnings: list[str] = []
    for person in _folders(submitted):
        if student is not None and person.name != student:
            continue
        if person.name in RESERVED or person.name.startswith("."):
            if any(work.name in course.assignments for work in _folders(person)):
                warnings.append(f"{clean_line(person.name)}: cannot be a student's name, left out")
            continue
        for work in _folders(person):
            if work.name not in course.assignments:
                shown = f"{clean_line(person.name)}/{clean_line(work.name)}"
                warnings.append(f"{shown}: no such assignment in course.yml, left out")
            elif assignment is None or work.name == assignment:
                found.append(HandIn(person.name, work.name, work))
    return found, warnings


def _folders(parent: Path) -> Iterator[Path]:
    for entry in sorted(parent.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield entry


def submitted_at(folder: Path) -> datetime | None:
    """The moment in nbgrader's ``timestamp.txt``, or None."""
    try:
        text = read_bytes(folder / TIMESTAMP, 1000).decode().strip()
        moment = datetime.fromisoformat(text.replace(" UTC", "+00:00").replace(" +", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (NotGradable, ValueError, OverflowError):
        return None


# --- reading -----------------------------------------------------------------------------------


def read_hand_in(hand_in: HandIn, assignment: Assignment, given: Released = NOTHING) -> Submission:
    """The program in a hand-in's folder; NotGradable with the reason otherwise.

    Of a script and a notebook, the one counts that is not as it was ``given``.
    """
    script = hand_in.folder / f"{assignment.module}.py"
    notebook = hand_in.folder / f"{assignment.module}.ipynb"
    present = [file for file in (script, notebook) if os.path.lexists(file)]
    if len(present) == 2:
        present = [file for file in present if not _is_untouched(file, given)] or [script]
    if len(present) == 2:
        raise NotGradable(
            f"both {script.name} and {notebook.name} were handed in; keep the one that counts"
        )
    if not present:
        raise NotGradable(f"no {script.name} or {notebook.name} was handed in{_others(hand_in)}")
    return read_file(present[0], hand_in.student, assignment, given)


def _is_untouched(file: Path, given: Released) -> bool:
    try:
        data = read_bytes(file, MAX_FILE_BYTES)
        if file.suffix == ".ipynb":
            return given.is_untouched_notebook(_raw_cells(file.name, data))
        return given.is_untouched_script(_decode(file.name, data))
    except NotGradable:
        return False


def _others(hand_in: HandIn) -> str:
    names = sorted(e.name for e in hand_in.folder.iterdir() if e.name != TIMESTAMP)[:3]
    return f" (the folder has {', '.join(clean_line(n) for n in names)})" if names else ""


def read_file(
    file: Path, student: str, assignment: Assignment, given: Released = NOTHING
) -> Submission:
    """A script or notebook as a submission; NotGradable with the reason otherwise.

    A notebook's locked cells are read as they were ``given``.
    """
    with warnings.catch_warnings(action="ignore"):  # a student's odd escapes are nobody's news
        return _read_file(file, student, assignment, given)


def _read_file(file: Path, student: str, assignment: Assignment, given: Released) -> Submission:
    data = read_bytes(file, MAX_FILE_BYTES)
    if not data.strip():
        raise NotGradable(f"{file.name} is empty")
    notes: list[str] = []
    is_notebook = file.suffix == ".ipynb"
    siblings = dict(_siblings(file))
    if is_notebook:
        cells = _notebook_cells(file.name, data, given)
    else:
        cells = _script_cells(file.name, _decode(file.name, data))
    cells = [_as_python(cell, assignment.module, siblings, notes) for cell in cells]
    if not any(cell.source.strip() for cell in cells):
        raise NotGradable(f"{file.name} has no code in it")
    flags = AWAITING if is_notebook else 0
    errors = (_syntax_error(cell, flags) for cell in cells if cell.source.strip())
    first = next(errors, None)
    if first is not None and all(errors):
        raise NotGradable(first)
    return Submission(
        student=student,
        assignment=assignment.name,
        module=assignment.module,
        cells=tuple(cells),
        is_notebook=is_notebook,
        siblings=tuple(siblings.items()),
        notes=(*notes[:MAX_NOTES], *(["…"] if len(notes) > MAX_NOTES else [])),
        file=file.name,
    )


def read_bytes(file: Path, limit: int) -> bytes:
    """A regular file's content; NotGradable for links, pipes, folders, sizes over the limit."""
    try:
        descriptor = os.open(file, os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK"))
    except OSError as error:
        reason = "it is a link" if file.is_symlink() else (error.strerror or "").lower()
        raise NotGradable(f"{clean_line(file.name)} cannot be read: {reason}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotGradable(f"{clean_line(file.name)} is not an ordinary file")
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise NotGradable(f"{clean_line(file.name)} is larger than {limit >> 20} MiB")
    return data


def _flag(name: str) -> int:
    return int(getattr(os, name, 0))


def _decode(name: str, data: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        raise NotGradable(f"{name} is not a text file in UTF-8") from None
    if "\0" in text:
        raise NotGradable(f"{name} has null bytes in it, so Python cannot read it")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _siblings(file: Path) -> Iterator[tuple[str, str]]:
    entries = sorted(file.parent.glob("*.py"))[:MAX_ENTRIES]
    others = [entry for entry in entries if entry.stem != file.stem and entry.stem.isidentifier()]
    for entry in others[:MAX_SIBLINGS]:
        try:
            yield entry.stem, _decode(entry.name, read_bytes(entry, MAX_FILE_BYTES >> 3))
        except NotGradable:
            continue


# --- cells -------------------------------------------------------------------------------------


def _script_cells(name: str, text: str) -> list[Cell]:
    """A script's cells: split at ``# %%`` lines between top-level statements, else one cell."""
    _check_size(name, [text])
    lines = [f"{line}\n" for line in text.split("\n")]  # not at form feeds and the like
    inside = _lines_inside_statements(text)
    starts = [
        number
        for number, line in enumerate(lines)
        if CELL_MARKER.match(line.rstrip("\n")) and number + 1 not in inside
    ]
    bounds = sorted({0, *starts, len(lines)})
    return [Cell(name, start + 1, "".join(lines[start:end])) for start, end in pairwise(bounds)]


def _check_size(name: str, sources: list[str]) -> None:
    if sum(map(len, sources)) > MAX_CODE:
        raise NotGradable(f"{name} has more than {MAX_CODE >> 10} KiB of code")


def _lines_inside_statements(text: str) -> frozenset[int]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(
        line
        for node in tree.body
        for line in range(first_line(node) + 1, (node.end_lineno or node.lineno) + 1)
    )


def _notebook_cells(name: str, data: bytes, given: Released) -> list[Cell]:
    raw = _restored(_raw_cells(name, data), given)
    sources = [source_of(cell) for cell in raw if cell["cell_type"] == "code"]
    sources = ["" if given.is_demo(source) else source for source in sources]
    _check_size(name, sources)
    return [Cell(f"cell {number}", 1, source) for number, source in enumerate(sources, start=1)]


def _raw_cells(name: str, data: bytes) -> list[dict[str, Any]]:
    """A notebook's cells, checked as far as they are used here."""
    try:
        cells: list[dict[str, Any]] = json.loads(data.decode("utf-8-sig"))["cells"]
        for cell in cells:
            if not isinstance(cell["cell_type"], str) or not isinstance(source_of(cell), str):
                raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise NotGradable(f"{name} is not a readable notebook (version 4)") from None
    if len(cells) > MAX_CELLS:
        raise NotGradable(f"{name} has more than {MAX_CELLS} cells")
    return cells


def _restored(cells: list[dict[str, Any]], given: Released) -> list[dict[str, Any]]:
    """The cells as nbgrader takes them: of the kind they were, locked ones with their source.

    Of cells with the same ``grade_id`` only the last is the released one.
    """
    restored, seen = [], set()
    for cell in reversed(cells):
        name = _grade_id(cell)
        original = given.cells.get(name) if name not in seen else None
        seen.add(name)
        if original is not None:
            source = source_of(cell) if original.locked is None else original.locked
            cell = {"cell_type": "code" if original.is_code else "markdown", "source": source}
        restored.append(cell)
    return restored[::-1]


def _grade_id(cell: dict[str, Any]) -> str:
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (LookupError, TypeError):
        return ""


def _as_python(cell: Cell, module: str, siblings: dict[str, str], notes: list[str]) -> Cell:
    """A cell as a notebook reads it: without prompts, magics and shell lines, a note for each.

    A module that the cell writes joins the ``siblings``; the program's own ``module`` is run.
    """
    head, _, body = cell.source.partition("\n")
    written = WRITE_MAGIC.match(head)
    if written and written["module"] == module:
        return replace(cell, source=f"\n{body}")
    if written and len(siblings) < MAX_SIBLINGS:
        siblings[written["module"]] = body
        return replace(cell, source="")
    if _stumbles_at(cell.source) is None:
        return cell
    return _without_magics(_without_prompts(cell), notes)


def _without_prompts(cell: Cell) -> Cell:
    """The cell without its first line's indent, and without the prompts of a copied session."""
    lines = cell.source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    lines = [line.removeprefix(indent) for line in lines]
    if PROMPT.match(first.lstrip()):
        lines = [PROMPT.sub("", line) for line in lines]
    return replace(cell, source="\n".join(lines))


def _without_magics(cell: Cell, notes: list[str]) -> Cell:
    lines = cell.source.split("\n")

    def blank(index: int, text: str) -> None:
        if not RUN_MAGIC.match(lines[index]):
            where = f"{cell.label}, line {cell.line + index}"
            notes.append(f"{where}: left out, it is a magic or shell line")
        while lines[index].endswith("\\") and index + 1 < len(lines):
            lines[index], index, text = text, index + 1, ""
        lines[index] = text

    for index, line in enumerate(lines):
        if line.startswith("%%") and not PYTHON_MAGIC.match(line):
            notes.append(f"{cell.label}: left out, it is a cell magic")
            return replace(cell, source="")
        if line.startswith("%%"):
            blank(index, "")
        elif line.strip():
            break
    # Where Python stumbles first, as a line within a longer statement may look like a magic.
    for _ in range(1 + MAX_PARSED // (1 + len(cell.source))):
        number = _stumbles_at("\n".join(lines))
        text = None if number is None else _without_magic(lines[number - 1])
        if number is None or text is None:
            break
        blank(number - 1, text)
    if number is not None:
        for index, line in enumerate(lines):
            text = _without_magic(line)
            if text is not None:
                blank(index, text)
    return replace(cell, source="\n".join(lines))


def _without_magic(line: str) -> str | None:
    run = RUN_MAGIC.match(line)
    if run:
        return f"{run['indent']}from {run['module']} import *"
    match = MAGIC.match(line.rstrip())
    return (
        match and f"{match['indent']}{match['name'] or 'pass'}{' = None' if match['name'] else ''}"
    )


def _stumbles_at(source: str) -> int | None:
    """The number of the first line that Python cannot read, if any."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return min(max(1, error.lineno or 1), source.count("\n") + 1)
    except (ValueError, RecursionError, MemoryError):
        return 1
    return None


def _syntax_error(cell: Cell, flags: int) -> str | None:
    try:
        compile(cell.source, cell.label, "exec", flags=flags, dont_inherit=True)
    except SyntaxError as error:
        line = cell.line - 1 + (error.lineno or 1)
        return f"{cell.label}, line {line}: Python cannot read this: {clean_line(error.msg or '')}"
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return f"{cell.label}: Python cannot read this"
    return None

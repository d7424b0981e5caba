"""Results on disk: one JSON file a submission, and ``grades.csv`` over the class."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic_core
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import UsageError
from autograder.outcome import ExerciseResult, Grade, Status, TestResult
from autograder.text import clean_line

SCHEMA = 1
GRADES_FILE = "grades.csv"
COLUMNS = ("student", "assignment", "score", "max_score", "status", "submitted_at", "late")

#: What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Arrival:
    """When a submission came in and whether that was late; None where it is not known."""

    submitted_at: datetime | None = None
    late: bool | None = None

    @classmethod
    def of(cls, submitted_at: datetime | None, due: datetime | None) -> Arrival:
        """From the moment of handing in and the deadline, both with a time zone."""
        known = submitted_at is not None and due is not None
        return cls(submitted_at, submitted_at > due if known else None)  # type: ignore[operator]  # both are known


#: Arrivals by (student, assignment).
Arrivals = Mapping[tuple[str, str], Arrival]


@dataclass(frozen=True)
class Row:
    """One student's grades in the order of the class's assignments, None where there is none."""

    student: str
    grades: tuple[Grade | None, ...]


@dataclass(frozen=True)
class Column:
    """One assignment of the class; ``mean`` and ``max_score`` are in points."""

    assignment: str
    mean: float
    max_score: float


@dataclass(frozen=True)
class ClassGrid:
    """A class as students × assignments, both sorted."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def class_grid(grades: Iterable[Grade]) -> ClassGrid:
    """Grades as a table; means are over submissions, those not gradable count with their 0."""
    cells = {(grade.student, grade.assignment): grade for grade in grades}
    assignments = sorted({assignment for _, assignment in cells})
    students = sorted({student for student, _ in cells})
    rows = [Row(s, tuple(cells.get((s, a)) for a in assignments)) for s in students]
    columns = []
    for assignment in assignments:
        found = [grade for grade in cells.values() if grade.assignment == assignment]
        mean = sum(grade.score for grade in found) / len(found)
        columns.append(Column(assignment, mean, max(grade.max_score for grade in found)))
    return ClassGrid(tuple(columns), tuple(rows))


# --- JSON ----------------------------------------------------------------------------------------


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, from_attributes=True
    )


class _Test(_Model):
    name: str
    visibility: Literal["public", "hidden"]
    status: Annotated[Status, Field(strict=False)]
    score: float = Field(ge=0)
    max_score: float = Field(ge=0)
    message: str
    diagnosis: str | None
    seconds: float = Field(ge=0)


class _Exercise(_Model):
    name: str
    score: float = Field(ge=0)
    max_score: float = Field(ge=0)
    tests: Annotated[tuple[_Test, ...], Field(strict=False)]


class _Result(_Model):
    student: str
    assignment: str
    status: Literal["graded", "not_gradable"]
    score: float = Field(ge=0)
    max_score: float = Field(ge=0)
    message: str | None
    exercises: Annotated[tuple[_Exercise, ...], Field(strict=False)]


def to_dict(grade: Grade) -> dict[str, Any]:
    """A grade as the object of a result file, its keys in the file's order."""
    return {"schema": SCHEMA, **_Result.model_validate(grade).model_dump()}


def to_json(grade: Grade) -> str:
    """A grade as the text of a result file."""
    plain = to_dict(grade)
    try:
        return pydantic_core.to_json(plain, indent=2).decode() + "\n"
    except pydantic_core.PydanticSerializationError:  # a student's name with stray bytes
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str, name: str) -> Grade:
    """A result file's text as a grade. UsageError with ``name`` for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: not JSON: {clean_line(str(error))}") from None
    if not isinstance(data, dict) or "schema" not in data:
        raise UsageError(f"{name}: not a result: no `schema`")
    schema = data.pop("schema")
    if type(schema) is not int or schema != SCHEMA:
        shown = clean_line(repr(schema), 40)
        raise UsageError(f"{name}: a result of schema {shown}, this version reads {SCHEMA}")
    try:
        result = _Result.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = clean_line(".".join(str(part) for part in problem["loc"]))
        raise UsageError(f"{name}: not a result: {where}: {problem['msg']}") from None
    return Grade(**{**dict(result), "exercises": tuple(map(_exercise, result.exercises))})


def _exercise(model: _Exercise) -> ExerciseResult:
    tests = tuple(TestResult(**dict(test)) for test in model.tests)
    return ExerciseResult(model.name, model.score, model.max_score, tests)


# --- files ---------------------------------------------------------------------------------------


def path_of(out: Path, student: str, assignment: str) -> Path:
    """Where a submission's result lies."""
    return out / student / f"{assignment}.json"


def write(out: Path, grade: Grade) -> None:
    """Write one result, whole or not at all."""
    write_whole(path_of(out, grade.student, grade.assignment), to_json(grade))


def read(path: Path) -> Grade:
    """Read one result. UsageError that names the file when it is broken or misplaced."""
    name = clean_line(str(path), 500)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{name}: not UTF-8") from None
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
    grade = from_json(text, name)
    # its names become paths and links: they have to be the ones of this very place
    if _same_form(grade.student, grade.assignment) != _same_form(path.parent.name, path.stem):
        shown = clean_line(f"{grade.student}/{grade.assignment}")
        raise UsageError(f"{name}: holds the result of {shown}, so it is in the wrong place")
    return grade


def _same_form(*names: str) -> list[str]:
    """Names in one Unicode form: some file systems change it."""
    return [unicodedata.normalize("NFC", name) for name in names]


def read_all(out: Path) -> list[Grade]:
    """Every result of an output folder, sorted by student and assignment."""
    if not out.is_dir():
        raise UsageError(f"{out}: no such folder of results")
    grades = [read(path) for path in _result_files(out)]
    return sorted(grades, key=lambda grade: (grade.student, grade.assignment))


def _result_files(out: Path) -> Iterator[Path]:
    for folder in out.iterdir():
        if folder.is_dir() and not folder.name.startswith("."):
            yield from (f for f in folder.glob("*.json") if not f.name.startswith("."))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) whole or not at all, and its folder if need be.

    A device such as ``/dev/stdout`` is written to as it is. Raises UsageError when it cannot be.
    """
    data = content if isinstance(content, bytes) else encoded(content)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # a folder of its own, so that the file gets the usual permissions
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=path.parent) as folder:
            draft = Path(folder) / path.name
            draft.write_bytes(data)
            draft.replace(path)
    except OSError as error:
        name = clean_line(str(path), 500)
        raise UsageError(f"{name}: cannot be written: {error.strerror}") from None


def encoded(text: str) -> bytes:
    r"""UTF-8; the stray bytes of an odd file name become ``\udcff``, as JSON has it anyway."""
    return text.encode("utf-8", "backslashreplace")


# --- grades.csv ----------------------------------------------------------------------------------


def grades_csv(grades: Iterable[Grade], arrivals: Arrivals | None = None) -> str:
    """One row a submission, sorted by student and assignment."""
    return csv_text((COLUMNS, *sorted(_rows(grades, arrivals or {}), key=lambda row: row[:2])))


def _rows(grades: Iterable[Grade], arrivals: Arrivals) -> Iterator[tuple[str, ...]]:
    for grade in grades:
        arrival = arrivals.get((grade.student, grade.assignment), Arrival())
        yield (
            *(grade.student, grade.assignment, str(grade.score), str(grade.max_score)),
            grade.status,
            arrival.submitted_at.isoformat() if arrival.submitted_at else "",
            "" if arrival.late is None else str(arrival.late).lower(),
        )


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV in which no cell is a formula."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text: an apostrophe before what would be a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def read_arrivals(out: Path, grades: Iterable[Grade]) -> dict[tuple[str, str], Arrival]:
    """The arrivals an earlier ``grades.csv`` knows of; what cannot be read is not known."""
    try:
        text = (out / GRADES_FILE).read_bytes().decode()
        rows: dict[tuple[Any, ...], Arrival] = {
            (row.get("student"), row.get("assignment")): _arrival(row)
            for row in csv.DictReader(io.StringIO(text, newline=""))
        }
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    keys = [(grade.student, grade.assignment) for grade in grades]
    cells = {key: tuple(encoded(guarded(name)).decode() for name in key) for key in keys}
    return {key: rows[cells[key]] for key in keys if cells[key] in rows}


def _arrival(row: Mapping[str, str | None]) -> Arrival:
    try:
        moment = datetime.fromisoformat(row.get("submitted_at") or "")
    except ValueError:
        moment = None
    return Arrival(moment, {"true": True, "false": False}.get(row.get("late") or ""))

"""Results on disk: the public format to the letter, whole files, safe tables."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import results
from autograder.errors import UsageError
from autograder.outcome import ExerciseResult, Grade, Status
from autograder.outcome import TestResult as Result  # pytest would collect a Test…
from autograder.results import Arrival

FAILED = Result(
    name="non_square_input",
    visibility="hidden",
    status=Status.FAILED,
    score=0.0,
    max_score=1.5,
    message="Inputs need not be square.\nThe result has shape (4, 3), not (3, 4).",
    diagnosis="swapped_height_width",
    seconds=0.003,
    line=7,
)
PASSED = Result("small", "public", Status.PASSED, 4.5, 4.5, "A small example.", None, 0.001)
GRADE = Grade(
    student="ada",
    assignment="02_cross_correlation",
    status="graded",
    score=4.5,
    max_score=6.0,
    message=None,
    exercises=(ExerciseResult("corr2d", 4.5, 6.0, (FAILED, PASSED)),),
)
UNREADABLE = Grade("bob", GRADE.assignment, "not_gradable", 0.0, 6.0, "no such file", ())

names = st.text(min_size=1, max_size=20)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_object_is_the_public_format_key_by_key() -> None:
    assert results.to_json(GRADE) == (
        """{
  "schema": 1,
  "student": "ada",
  "assignment": "02_cross_correlation",
  "status": "graded",
  "score": 4.5,
  "max_score": 6.0,
  "message": null,
  "exercises": [
    {
      "name": "corr2d",
      "score": 4.5,
      "max_score": 6.0,
      "tests": [
        {
          "name": "non_square_input",
          "visibility": "hidden",
          "status": "failed",
          "score": 0.0,
          "max_score": 1.5,
          "message": "Inputs need not be square.\\nThe result has shape (4, 3), not (3, 4).",
          "diagnosis": "swapped_height_width",
          "seconds": 0.003
        },
        {
          "name": "small",
          "visibility": "public",
          "status": "passed",
          "score": 4.5,
          "max_score": 4.5,
          "message": "A small example.",
          "diagnosis": null,
          "seconds": 0.001
        }
      ]
    }
  ]
}
"""
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    for grade in (UNREADABLE, GRADE):
        results.write(tmp_path, grade)
    assert results.path_of(tmp_path, "ada", GRADE.assignment).is_file()
    # a line number is for `check` and no part of the format
    exercise = replace(GRADE.exercises[0], tests=(replace(FAILED, line=None), PASSED))
    assert results.read_all(tmp_path) == [replace(GRADE, exercises=(exercise,)), UNREADABLE]


@given(student=names, message=names)
def test_any_text_comes_back(student: str, message: str) -> None:
    grade = replace(UNREADABLE, student=student, message=message)
    assert results.from_json(results.encoded(results.to_json(grade)).decode(), "x") == grade


def test_a_name_that_is_not_utf8_comes_back(tmp_path: Path) -> None:
    grade = replace(UNREADABLE, student="raw\udcff")
    try:
        results.write(tmp_path, grade)
    except UsageError:
        pytest.skip("this file system refuses such names")
    (file,) = tmp_path.rglob("*.json")
    file.read_bytes().decode("utf-8")
    assert results.read_all(tmp_path) == [grade]


def test_other_files_are_no_results(tmp_path: Path) -> None:
    results.write(tmp_path, GRADE)
    for name in ("stray.json", "ada/notes.txt", "ada/.hidden.json", ".draft/x.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("not a result")
    assert [grade.student for grade in results.read_all(tmp_path)] == ["ada"]


def changed(**values: object) -> str:
    return json.dumps({**results.to_dict(GRADE), **values})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no `schema`"),
        ("{}", "no `schema`"),
        (results.to_json(GRADE)[:-20], "not JSON"),
        (changed(schema=2), "schema 2"),
        (changed(schema=True), "schema True"),
        (changed(extra=1), "extra"),
        (changed(score="4.5"), "score"),
        (changed(score=float("nan")), "score"),
        (changed(score=-1), "score"),
        (changed(status="good"), "status"),
        (changed(exercises=[{"name": "corr2d"}]), "exercises.0.score"),
        (changed(student="eve"), "wrong place"),
        (changed(assignment="../../x"), "wrong place"),
    ],
)
def test_a_broken_file_is_named_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    path = results.path_of(tmp_path, GRADE.student, GRADE.assignment)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        results.read_all(tmp_path)
    message = str(caught.value)
    assert message.startswith(str(path)) and says in message and "\n" not in message


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = results.path_of(tmp_path, "ada", GRADE.assignment)
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        results.read(path)


def test_no_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        results.read_all(tmp_path / "missing")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results.write(tmp_path, GRADE)
    path = results.path_of(tmp_path, "ada", GRADE.assignment)
    before = path.read_bytes()

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        results.write(tmp_path, replace(GRADE, score=0.0))
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_reader_of_the_old_file_never_sees_half_of_the_new(tmp_path: Path) -> None:
    results.write(tmp_path, GRADE)
    path = results.path_of(tmp_path, "ada", GRADE.assignment)
    with path.open("rb") as reader:
        results.write(tmp_path, replace(GRADE, score=0.0))
        assert reader.read() == results.to_json(GRADE).encode()
    assert results.read(path).score == 0.0


# --- grades.csv ----------------------------------------------------------------------------------


def test_grades_csv_has_a_sorted_row_a_submission() -> None:
    due = datetime(2026, 10, 12, tzinfo=timezone(timedelta(hours=2)))
    arrivals = {("ada", GRADE.assignment): Arrival.of(datetime(2026, 10, 12, tzinfo=UTC), due)}
    assert rows(results.grades_csv([UNREADABLE, GRADE], arrivals)) == [
        ["student", "assignment", "score", "max_score", "status", "submitted_at", "late"],
        ["ada", GRADE.assignment, "4.5", "6.0", "graded", "2026-10-12T00:00:00+00:00", "true"],
        ["bob", GRADE.assignment, "0.0", "6.0", "not_gradable", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    student = f"{start}cmd|' /C calc'!A0"
    table = rows(results.grades_csv([replace(GRADE, student=student)]))
    assert table[1][0] == f"'{student}"


@given(st.lists(names, unique=True, max_size=5))
def test_csv_keeps_every_cell(students: list[str]) -> None:
    table = rows(results.grades_csv([replace(GRADE, student=s) for s in students]))
    assert sorted(row[0].removeprefix("'") for row in table[1:]) == sorted(
        s.removeprefix("'") for s in students
    )
    assert not any(cell.startswith(results.FORMULA_STARTS) for row in table for cell in row)


def test_arrivals_survive_in_grades_csv(tmp_path: Path) -> None:
    students = ("ada", "=1+1", "two\r\nlines", "raw\udcff")
    grades = [replace(GRADE, student=student) for student in students]
    moment = datetime(2026, 10, 12, 23, 59, tzinfo=UTC)
    arrivals = {(g.student, g.assignment): Arrival(moment, late=True) for g in grades[1:]}
    text = results.grades_csv(grades, arrivals)
    results.write_whole(tmp_path / "grades.csv", text)
    again = results.read_arrivals(tmp_path, grades)
    assert again == {("ada", GRADE.assignment): Arrival(), **arrivals}
    assert results.grades_csv(grades, again) == text


@pytest.mark.parametrize("data", [b"", b"\xff", b"a,b\n1,2\n", b"student,assignment\n"])
def test_an_unreadable_grades_csv_knows_no_arrivals(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "grades.csv").write_bytes(data)
    assert results.read_arrivals(tmp_path, [GRADE]) == {}


def test_lateness_needs_both_moments() -> None:
    moment = datetime(2026, 10, 12, tzinfo=UTC)
    assert Arrival.of(None, moment).late is None
    assert Arrival.of(moment, None) == Arrival(moment, None)
    assert Arrival.of(moment, moment).late is False


def test_the_grid_has_holes_and_means() -> None:
    other = replace(GRADE, student="eve", assignment="01_autograd", score=3.0)
    grid = results.class_grid([UNREADABLE, other, GRADE])
    assert [(c.assignment, c.mean, c.max_score) for c in grid.columns] == [
        ("01_autograd", 3.0, 6.0),
        ("02_cross_correlation", 2.25, 6.0),
    ]
    assert [(row.student, row.grades) for row in grid.rows] == [
        ("ada", (None, GRADE)),
        ("bob", (None, UNREADABLE)),
        ("eve", (other, None)),
    ]
    assert results.class_grid([]) == results.ClassGrid((), ())

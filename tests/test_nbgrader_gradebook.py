"""A class's grades in nbgrader's database, on SQLite and on a PostgreSQL of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
import yaml
from nbgrader.api import Grade as Row
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from autograder.commands.grade import grade as grade_command
from autograder.course import Course, load_course
from autograder.errors import UsageError
from autograder.nbgrader.generate import Database, released_notebook
from autograder.nbgrader.gradebook import record, write_grades
from autograder.outcome import ExerciseResult, Grade
from autograder.results import Arrival

ROOT = Path(__file__).parents[1]
NAME = "02_cross_correlation"
MODULE = "cross_correlation"
NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
LATE = datetime(2026, 10, 12, 22, tzinfo=UTC)  # the deadline is at 21:59


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("course")
    for name in (f"solutions/{NAME}", f"tests/hidden/{NAME}"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "solutions/rules.md", folder / "solutions")
    data = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))
    data["assignments"] = {NAME: data["assignments"][NAME]}
    (folder / "course.yml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return load_course(folder)


@pytest.fixture(scope="module")
def recorded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with the assignment's cells, to copy."""
    file = tmp_path_factory.mktemp("recorded") / "gradebook.db"
    notebook = released_notebook(course, course.assignments[NAME])
    record(course, {NAME: notebook}, Database(f"sqlite:///{file}", "convnets"))
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        return Database(request.getfixturevalue("postgres_database"), "convnets")
    shutil.copy(request.getfixturevalue("recorded"), tmp_path)
    return Database(f"sqlite:///{tmp_path}/gradebook.db", "convnets")


# --- a PostgreSQL server for these tests -------------------------------------------------------


def tool(name: str) -> str | None:
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *folders]))


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that lives as long as this module's tests."""
    missing = [name for name in ("initdb", "postgres") if tool(name) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"missing: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    as_whom: dict[str, str] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        as_whom["user"] = "postgres"
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent.stat().st_mode & 0o077 == 0:
                parent.chmod(0o711)
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **as_whom}
    start = [tool("initdb"), "-D", folder / "data", "-A", "trust", "-U", "tests", "--no-sync"]
    subprocess.run(start, check=True, **quiet)  # type: ignore[call-overload]
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", "", "-F"]
    server = subprocess.Popen(
        [tool("postgres"), "-D", folder / "data", *options], stderr=subprocess.DEVNULL, **quiet
    )
    address = f"postgresql+psycopg://tests@127.0.0.1:{port}"
    try:
        wait_for(port)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    import time

    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL does not start")


@pytest.fixture(scope="module")
def postgres_recorded(postgres: str, course: Course) -> str:
    """The server with the assignment's cells in the database ``recorded``."""
    run_sql(postgres, "CREATE DATABASE recorded")
    notebook = released_notebook(course, course.assignments[NAME])
    record(course, {NAME: notebook}, Database(f"{postgres}/recorded", "convnets"))
    return postgres


@pytest.fixture
def postgres_database(postgres_recorded: str) -> str:
    run_sql(postgres_recorded, "DROP DATABASE IF EXISTS grades WITH (FORCE)")
    run_sql(postgres_recorded, "CREATE DATABASE grades TEMPLATE recorded")
    return f"{postgres_recorded}/grades"


def run_sql(server: str, statement: str) -> None:
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


# --- grades ------------------------------------------------------------------------------------


def grade(course: Course, student: str, *scores: float) -> Grade:
    exercises = tuple(
        ExerciseResult(name, score, exercise.points, ())
        for (name, exercise), score in zip(
            course.assignments[NAME].exercises.items(), scores, strict=True
        )
    )
    return Grade(student, NAME, "graded", round(sum(scores), 2), 20.0, None, exercises)


@pytest.fixture
def grades(course: Course) -> list[Grade]:
    return [
        grade(course, "ada", 6.0, 4.0, 6.0, 4.0),
        grade(course, "zoë o'hara", 4.33, 0.07, 6.0, 0.1),
        Grade("mei", NAME, "not_gradable", 0.0, 20.0, "it is empty", ()),
    ]


ARRIVALS = {("ada", NAME): Arrival(NOON, False), ("mei", NAME): Arrival(LATE, True)}


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database, whoever wrote it."""
    engine = create_engine(database.url)
    tables = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr)
            for name in tables
        }


def test_grades_are_those_of_the_results(
    course: Course, grades: list[Grade], database: Database
) -> None:
    write_grades(course, grades, ARRIVALS, database)
    with Gradebook(database.url) as gradebook:
        for expected in grades:
            found = gradebook.find_submission(NAME, expected.student)
            assert found.score == expected.score
            assert (found.max_score, found.needs_manual_grade) == (20.0, False)
            for exercise in expected.exercises:
                cell = f"check_{exercise.name}"
                row = gradebook.find_grade(cell, MODULE, NAME, expected.student)
                assert row.auto_score == exercise.score
            assert gradebook.find_comment("corr2d", MODULE, NAME, expected.student)
        assert gradebook.find_submission(NAME, "ada").timestamp == NOON.replace(tzinfo=None)
        assert gradebook.find_submission(NAME, "mei").total_seconds_late == 60
        assert gradebook.find_submission(NAME, "zoë o'hara").timestamp is None


def test_writing_again_changes_nothing(
    course: Course, grades: list[Grade], database: Database
) -> None:
    write_grades(course, grades, ARRIVALS, database)
    before = content(database)
    write_grades(course, grades, ARRIVALS, database)
    write_grades(course, grades[:1], {}, database)
    assert content(database) == before


def test_what_people_wrote_stays(course: Course, grades: list[Grade], database: Database) -> None:
    write_grades(course, grades, ARRIVALS, database)
    with Gradebook(database.url) as gradebook:
        row = gradebook.find_grade("check_corr2d", MODULE, NAME, "ada")
        row.manual_score, row.extra_credit, row.needs_manual_grade = 5.5, 0.5, False
        comment = gradebook.find_comment("corr2d", MODULE, NAME, "ada")
        comment.manual_comment = "Nice."
        gradebook.db.commit()
    write_grades(course, grades, ARRIVALS, database)

    def by_hand() -> tuple[float, float, float, bool, str]:
        with Gradebook(database.url) as gradebook:
            row: Row = gradebook.find_grade("check_corr2d", MODULE, NAME, "ada")
            said = gradebook.find_comment("corr2d", MODULE, NAME, "ada").manual_comment
            return row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade, said

    assert by_hand() == (6.0, 5.5, 0.5, False, "Nice.")
    write_grades(course, [grade(course, "ada", 3.0, 4.0, 6.0, 4.0)], ARRIVALS, database)
    assert by_hand() == (3.0, 5.5, 0.5, True, "Nice."), "to be looked at again: it moved"


def test_submissions_that_nbgrader_made_are_filled_in(
    course: Course, grades: list[Grade], database: Database
) -> None:
    write_grades(course, grades[1:], {}, database)  # the assignment is there
    with Gradebook(database.url) as gradebook:
        gradebook.add_student("ada", first_name="Ada")
        gradebook.add_submission(NAME, "ada")
    write_grades(course, grades, ARRIVALS, database)
    with Gradebook(database.url) as gradebook:
        submission = gradebook.find_submission(NAME, "ada")
        assert submission.student.first_name == "Ada"
        assert (submission.score, submission.needs_manual_grade) == (20.0, False)
        assert len(submission.notebooks[0].grades) == 4
        assert submission.timestamp == NOON.replace(tzinfo=None)


def test_a_class_of_a_thousand_takes_few_statements(
    course: Course, recorded: Path, tmp_path: Path
) -> None:
    shutil.copy(recorded, tmp_path)
    database = Database(f"sqlite:///{tmp_path}/gradebook.db", "convnets")
    one = grade(course, "", 6.0, 4.0, 3.0, 4.0)
    many = [replace(one, student=f"student {number}") for number in range(1000)]
    counts = {"commit": 0, "statements": 0}

    def commit(*_: object) -> None:
        counts["commit"] += 1

    def statement(*_: object) -> None:
        counts["statements"] += 1

    event.listen(Engine, "commit", commit)
    event.listen(Engine, "before_cursor_execute", statement)
    try:
        write_grades(course, many, {}, database)
    finally:
        event.remove(Engine, "commit", commit)
        event.remove(Engine, "before_cursor_execute", statement)
    assert counts["commit"] < 10
    assert counts["statements"] < 200
    with Gradebook(database.url) as gradebook:
        assert len(gradebook.assignment_submissions(NAME)) == 1000
        assert gradebook.average_assignment_score(NAME) == 17.0


def test_cells_that_came_after_submissions_are_refused_clearly(
    course: Course, grades: list[Grade], database: Database
) -> None:
    write_grades(course, grades, {}, database)
    notebook = released_notebook(course, course.assignments[NAME])
    spec = course.assignments[NAME]
    fewer = {name: exercise for name, exercise in spec.exercises.items() if name != "corr2d"}
    smaller = spec.model_copy(update={"exercises": fewer})
    smaller._name = NAME
    changed = course.model_copy(update={"assignments": {NAME: smaller}})
    changed._root = course.root
    notebook.cells = [cell for cell in notebook.cells if cell.id != "check_corr2d"]
    with pytest.raises(UsageError, match="Cannot add or remove cells"):
        record(changed, {NAME: notebook}, database)


def test_the_command_writes_what_it_graded(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorded: Path
) -> None:
    """Without a judge: empty hand-ins are not gradable."""
    app = typer.Typer()
    app.command()(grade_command)
    for student in ("ada", "grace"):
        (tmp_path / "submitted" / student / NAME).mkdir(parents=True)
    shutil.copy(recorded, tmp_path)
    arguments = [str(tmp_path / "submitted"), "--out", str(tmp_path / "out")]
    arguments += ["--course", str(course.root), "--student", "ada", "--isolation", "best-effort"]
    url = f"sqlite:///{tmp_path}/gradebook.db"
    result = CliRunner().invoke(app, [*arguments, "--gradebook", url])
    assert result.exit_code == 0, result.output
    assert "gradebook: 1 grades written" in result.output
    with Gradebook(url) as gradebook:
        assert [s.student.id for s in gradebook.assignment_submissions(NAME)] == ["ada"]
        assert gradebook.find_submission(NAME, "ada").needs_manual_grade is False

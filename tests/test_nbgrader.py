"""Our side of nbgrader without its commands: source notebooks, hand-ins read, scores written."""

from __future__ import annotations

import copy
import json
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import DeduplicateIds, OverwriteCells
from nbgrader.utils import determine_grade
from traitlets.config import Config

from autograder.course import Assignment, Course, load_course
from autograder.errors import UsageError
from autograder.nbgrader import config as settings
from autograder.nbgrader.config import configure, configured_database
from autograder.nbgrader.explanation import explanation
from autograder.nbgrader.generate import Database, notebook_text, released_notebook
from autograder.nbgrader.gradebook import record
from autograder.nbgrader.preprocessors import write_outputs
from autograder.nbgrader.source import check_id, write_sources
from autograder.outcome import ExerciseResult, Grade, Status
from autograder.outcome import TestResult as Judged
from autograder.release import handouts
from autograder.released import Released, released
from autograder.submission import HandIn, NotGradable, Submission, read_hand_in

ROOT = Path(__file__).parents[1]
NAME = "02_cross_correlation"
MODULE = "cross_correlation"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course cut down to one assignment, released."""
    folder = tmp_path_factory.mktemp("course")
    for name in (f"solutions/{NAME}", f"tests/hidden/{NAME}"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__")
        )
    shutil.copy(ROOT / "solutions/rules.md", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "course.yml").write_text(cut(ROOT / "course.yml"), encoding="utf-8")
    for name, text in handouts(load_course(folder)).items():
        (folder / "assignments" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "assignments" / name).write_text(text, encoding="utf-8")
    return folder


def cut(course: Path) -> str:
    import yaml

    data = yaml.safe_load(course.read_text(encoding="utf-8"))
    data["assignments"] = {NAME: data["assignments"][NAME]}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    return load_course(root)


@pytest.fixture(scope="module")
def assignment(course: Course) -> Assignment:
    return course.assignments[NAME]


@pytest.fixture(scope="module")
def given(course: Course, assignment: Assignment) -> Released:
    return released(course, assignment)


@pytest.fixture(scope="module")
def handout(root: Path) -> dict[str, Any]:
    return json.loads((root / "assignments" / NAME / f"{MODULE}.ipynb").read_text())


@pytest.fixture
def notebook(handout: dict[str, Any]) -> dict[str, Any]:
    """A student's copy."""
    return copy.deepcopy(handout)


@pytest.fixture
def read(
    tmp_path: Path, assignment: Assignment, given: Released
) -> Callable[[dict[str, Any]], Submission]:
    def read(notebook: dict[str, Any]) -> Submission:
        (tmp_path / f"{MODULE}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return read_hand_in(HandIn("ada", NAME, tmp_path), assignment, given)

    return read


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(c for c in notebook["cells"] if c["id"] == name)


def sources(submission: Submission) -> list[str]:
    return [c.source.strip() for c in submission.cells if c.source.strip()]


def code(text: str, **metadata: Any) -> dict[str, Any]:
    empty = {"cell_type": "code", "outputs": [], "execution_count": None}
    return {**empty, "source": text, "metadata": metadata, "id": f"own-{abs(hash(text))}"}


# --- source notebooks --------------------------------------------------------------------------


def test_source_notebooks_are_written_once_and_again_when_stale(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(root, folder)
    script = folder / "solutions" / NAME / f"{MODULE}.py"
    made = script.with_suffix(".ipynb")

    write_sources(load_course(folder))
    first = made.read_bytes()
    assert b"BEGIN SOLUTION" in first
    os.utime(made, (1, 1))
    write_sources(load_course(folder))
    assert made.stat().st_mtime == 1, "written again though nothing changed"

    for change in (
        lambda: script.write_text(script.read_text() + "\n\n# %% [markdown]\n# The end.\n"),
        lambda: (folder / "solutions/rules.md").write_text("New rules."),
        lambda: made.write_bytes(made.read_bytes().replace(b"def corr2d", b"def corr3d")),
        lambda: made.write_text("{"),
    ):
        change()
        write_sources(load_course(folder))
        assert made.stat().st_mtime != 1
        os.utime(made, (1, 1))
    assert "The end." in made.read_text()
    assert "corr3d" not in made.read_text()
    assert list(made.parent.glob(".*")) == []


def test_configuration_may_be_loaded_several_times(root: Path) -> None:
    once, twice = Config(), Config()
    configure(once, root)
    configure(twice, root)
    configure(twice, root)
    assert once == twice
    assert twice.CourseDirectory.source_directory == "solutions"
    assert twice.CourseDirectory.release_directory == "assignments"
    assert f"{MODULE}.py" in twice.Autograde.exclude_overwriting[NAME]
    stages = twice.Autograde.autograde_preprocessors
    assert stages[0] == settings.GRADE
    assert "Execute" not in [getattr(stage, "__name__", stage) for stage in stages]


def test_alembic_is_found_without_an_activated_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    settings.find_alembic()
    assert shutil.which("alembic")


def test_a_gradebook_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    settings.find_alembic()
    settings.share_engines()
    file = tmp_path / "gradebook.db"
    for _ in range(2):
        for known in (0, 1):
            with Gradebook(f"sqlite:///{file}") as gradebook:
                assert len(gradebook.students) == known
                gradebook.update_or_create_student("ada")
        file.unlink()


def test_database_is_the_configured_one(root: Path, course: Course, tmp_path: Path) -> None:
    assert configured_database(course) == Database(f"sqlite:///{root}/gradebook.db", "convnets")
    (tmp_path / "course.yml").write_text((root / "course.yml").read_text())
    shutil.copytree(root / "solutions", tmp_path / "solutions")
    shutil.copytree(root / "tests", tmp_path / "tests")
    other = load_course(tmp_path)
    assert configured_database(other) == Database(f"sqlite:///{tmp_path}/gradebook.db", "")
    config = tmp_path / "nbgrader_config.py"
    config.write_text('c = get_config()\nc.CourseDirectory.db_url = "postgresql://db/grades"\n')
    assert configured_database(other).url == "postgresql://db/grades"
    config.write_text("1 / 0")
    with pytest.raises(UsageError, match=r"nbgrader_config\.py: ZeroDivisionError"):
        configured_database(other)


# --- hand-ins ----------------------------------------------------------------------------------


def test_locked_cells_are_taken_from_the_release(notebook: Any, read: Any) -> None:
    fresh = sources(read(notebook))
    assert "import torch\nfrom torch import nn" in fresh
    cell(notebook, "imports")["source"] = "import numpy as torch"
    cell(notebook, "check_corr2d")["source"] = ["check = print\n", "check(In[-1])"]
    cell(notebook, "Conv2D_text")["cell_type"] = "code"
    cell(notebook, "Conv2D_text")["source"] = "raise SystemExit"
    cell(notebook, "corr2d")["cell_type"] = "markdown"
    assert sources(read(notebook)) == fresh


def test_of_two_cells_with_the_same_id_the_last_is_the_released_one(
    notebook: Any, read: Any
) -> None:
    twin = copy.deepcopy(cell(notebook, "imports"))
    twin["source"] = "import math"
    notebook["cells"].insert(0, twin)
    cell(notebook, "true_conv2d")["source"] = "pass"
    found = sources(read(notebook))
    assert found[0] == "import math"
    assert found[1].startswith("import torch")


def test_released_demos_are_not_run_and_own_cells_are(notebook: Any, read: Any) -> None:
    assert not any("__main__" in source for source in sources(read(notebook)))
    own = 'if __name__ == "__main__":\n    answer = 42'
    notebook["cells"].append(code(own))
    cell(notebook, "corr2d_try")["source"] = "answer = 41"
    found = sources(read(notebook))
    assert own in found
    assert "answer = 41" in found


def test_metadata_that_a_tool_lost_or_broke_does_no_harm(notebook: Any, read: Any) -> None:
    for broken in ({}, {"nbgrader": None}, {"nbgrader": {"grade_id": [1]}}, {"nbgrader": 3}):
        for one in notebook["cells"]:
            one["metadata"] = broken
        assert any("def corr2d" in source for source in sources(read(notebook)))
    del notebook["cells"][3]["metadata"]
    assert sources(read(notebook))


def test_sanitised_notebook_gives_the_same_submission(
    notebook: Any, read: Any, course: Course, assignment: Assignment, tmp_path: Path
) -> None:
    cell(notebook, "imports")["source"] = "import sys"
    cell(notebook, "check_Conv2D")["source"] = "1 / 0"
    cell(notebook, "corr2d")["source"] = "def corr2d(X, K): return X"
    cell(notebook, "fit_kernel")["cell_type"] = "markdown"
    for key in ("outputs", "execution_count"):
        del cell(notebook, "fit_kernel")[key]
    notebook["cells"].append(code("%matplotlib inline\nx = 1"))
    raw = read(notebook)

    database = Database(f"sqlite:///{tmp_path}/g.db", "")
    record(course, {NAME: released_notebook(course, assignment)}, database)
    sanitised = nbformat.reads(json.dumps(notebook), as_version=4)
    resources = {
        "nbgrader": {"notebook": MODULE, "assignment": NAME, "db_url": database.url, "student": "a"}
    }
    for step in (DeduplicateIds(), OverwriteCells()):
        step.log = logging.Logger("quiet", logging.CRITICAL)
        sanitised, _ = step.preprocess(sanitised, resources)
    again = read(json.loads(nbformat.writes(sanitised)))
    assert again == raw


@pytest.mark.parametrize(
    ("script", "notebook_too", "counts"),
    [
        (None, True, f"{MODULE}.ipynb"),
        ("released", True, f"{MODULE}.ipynb"),
        ("released", False, f"{MODULE}.py"),
        ("changed", False, f"{MODULE}.py"),
    ],
)
def test_of_both_files_the_one_counts_that_was_changed(
    root: Path,
    assignment: Assignment,
    given: Released,
    notebook: Any,
    tmp_path: Path,
    script: str | None,
    notebook_too: bool,
    counts: str,
) -> None:
    text = (root / "assignments" / NAME / f"{MODULE}.py").read_text()
    if script:
        changed = text.replace(
            '    raise NotImplementedError("your code goes here")', "    return X"
        )
        stub = text.replace("\n", "\r\n") if script == "released" else changed
        (tmp_path / f"{MODULE}.py").write_text(stub, newline="")
    cell(notebook, "corr2d")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ""}]
    if notebook_too:
        cell(notebook, "corr2d")["source"] = "def corr2d(X, K): return K"
    (tmp_path / f"{MODULE}.ipynb").write_text(json.dumps(notebook))
    assert read_hand_in(HandIn("ada", NAME, tmp_path), assignment, given).file == counts


def test_both_files_changed_is_not_guessed_at(
    assignment: Assignment, given: Released, notebook: Any, tmp_path: Path
) -> None:
    (tmp_path / f"{MODULE}.py").write_text("def corr2d(X, K): return X\n")
    cell(notebook, "corr2d")["source"] = "def corr2d(X, K): return K"
    (tmp_path / f"{MODULE}.ipynb").write_text(json.dumps(notebook))
    with pytest.raises(NotGradable, match="keep the one that counts"):
        read_hand_in(HandIn("ada", NAME, tmp_path), assignment, given)


# --- scores in a notebook ----------------------------------------------------------------------


def grade_of(assignment: Assignment, share: float = 1 / 3, message: str = "As asked.") -> Grade:
    """Every exercise at the same share of its points, in one hidden test."""
    results = tuple(
        ExerciseResult(
            name,
            round(exercise.points * share, 2),
            exercise.points,
            (
                Judged(
                    *("some_test", "hidden", Status.FAILED),
                    *(round(exercise.points * share, 2), exercise.points),
                    *(message, None, 0.1),
                ),
            ),
        )
        for name, exercise in assignment.exercises.items()
    )
    score = round(sum(result.score for result in results), 2)
    return Grade("ada", NAME, "graded", score, assignment.points, None, results)


@pytest.fixture
def student_notebook(notebook: Any) -> nbformat.NotebookNode:
    return nbformat.reads(json.dumps(notebook), as_version=4)


def check_cells(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    return {c.metadata.nbgrader.grade_id: c for c in graded}


@pytest.mark.parametrize("share", [0.0, 1 / 3, 1.0])
def test_nbgrader_reads_the_exact_score(
    student_notebook: Any, assignment: Assignment, share: float
) -> None:
    grade = grade_of(assignment, share)
    write_outputs(student_notebook, assignment, grade)
    nbformat.validate(student_notebook)
    cells = check_cells(student_notebook)
    for result in grade.exercises:
        found = determine_grade(cells[check_id(result.name)])
        assert found == (result.score, result.max_score)


def test_not_gradable_is_zero_with_the_reason(
    student_notebook: Any, assignment: Assignment
) -> None:
    grade = Grade("ada", NAME, "not_gradable", 0.0, 20.0, "it <is> empty", ())
    write_outputs(student_notebook, assignment, grade)
    for check in check_cells(student_notebook).values():
        assert determine_grade(check)[0] == 0
        assert "it &lt;is&gt; empty" in check.outputs[0].data["text/html"]


def test_deleted_check_cell_still_carries_its_score(notebook: Any, assignment: Assignment) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "check_corr2d"]
    cell(notebook, "check_Conv2D")["metadata"]["nbgrader"]["grade"] = False
    student = nbformat.reads(json.dumps(notebook), as_version=4)
    grade = grade_of(assignment)
    write_outputs(student, assignment, grade)
    cells = check_cells(student)
    assert sum(determine_grade(check)[0] for check in cells.values()) == pytest.approx(grade.score)


def test_explanation_escapes_what_students_wrote(assignment: Assignment) -> None:
    hostile = "Sentence.\n<script>alert(1)</script> \x1b[31m &amp; \u202e"
    grade = grade_of(assignment, message=hostile)
    text = explanation(grade, grade.exercises[0])
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&amp;amp;" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


# --- cells in the gradebook --------------------------------------------------------------------


def test_recording_again_writes_nothing(
    course: Course, assignment: Assignment, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path}/g.db", "convnets")
    notebooks = {NAME: released_notebook(course, assignment)}
    assert record(course, notebooks, database) == [NAME]
    assert record(course, notebooks, database) == []
    with Gradebook(database.url) as gradebook:
        row = gradebook.find_assignment(NAME)
        assert (row.course_id, row.max_score) == ("convnets", assignment.points)
        assert row.duedate.isoformat() == "2026-10-12T21:59:00"  # in UTC
        names = {grade_cell.name for grade_cell in row.notebooks[0].grade_cells}
        assert names == set(map(check_id, assignment.exercises))


def test_recording_leaves_the_notebook_as_it_was(
    course: Course, assignment: Assignment, handout: Any, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path}/g.db", "")
    recorded = released_notebook(course, assignment, database)
    assert json.loads(notebook_text(recorded)) == handout


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////nowhere/at/all.db", "unable to open database file"),
        ("nonsense", "Could not parse"),
        ("oracle+nothing://me:secret@host/db", r"me:\*\*\*@host"),
    ],
)
def test_unusable_gradebook_is_one_clear_line(
    course: Course, assignment: Assignment, url: str, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        record(course, {NAME: None}, Database(url, ""))
    assert "\n" not in str(caught.value)

"""A whole term with nbgrader's own commands on a temporary course, its formgrader in a browser."""

from __future__ import annotations

import ast
import copy
import csv
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from jupyter_core.application import NoStart
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp

from autograder.course import load_course
from autograder.release import handouts
from tests.browser import chromium, jupyter, skip_without, wait

ROOT = Path(__file__).parents[1]
NAME = "02_cross_correlation"
MODULE = "cross_correlation"

Notebook = dict[str, Any]


# --- the course --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """A course folder, a folder of each student's own, and what the commands said."""

    root: Path
    homes: Path
    exchange: Path
    autograde_log: str

    @property
    def database(self) -> str:
        return f"sqlite:///{self.root}/gradebook.db"

    def result(self, student: str) -> dict[str, Any]:
        """What ``autograder grade`` says of the same hand-in."""
        return json.loads((self.root / "graded" / student / f"{NAME}.json").read_text())

    def score(self, student: str, exercise: str) -> float:
        """What nbgrader says."""
        with Gradebook(self.database) as gradebook:
            return gradebook.find_grade(f"check_{exercise}", MODULE, NAME, student).score

    def feedback(self, student: str) -> str:
        return (self.root / "feedback" / student / NAME / f"{MODULE}.html").read_text()


def make_course(root: Path, exchange: Path) -> None:
    """The real course with one assignment, tight limits and an exchange of its own."""
    ignore = shutil.ignore_patterns("*.ipynb", "__pycache__")
    for name in (f"solutions/{NAME}", f"tests/hidden/{NAME}"):
        shutil.copytree(ROOT / name, root / name, ignore=ignore)
    shutil.copy(ROOT / "solutions/rules.md", root / "solutions")
    data = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))
    data["assignments"] = {NAME: data["assignments"][NAME]}
    data["limits"] |= {"call_seconds": 0.5, "exercise_seconds": 1.0}
    data.pop("misconceptions", None)
    (root / "course.yml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    config += f"\nc.Exchange.root = {str(exchange)!r}\n"
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")


def nbgrader(folder: Path, *arguments: str) -> None:
    """A command as nbgrader's own tests run it: in this process, which saves its start."""
    before = Path.cwd()
    os.chdir(folder)
    path = sys.path.copy()
    app = NbGraderApp()
    try:
        app.initialize([*arguments, "--log-level=WARN"])
        with suppress(NoStart):  # a subcommand has done it
            app.start()
    finally:
        app.reset()
        NbGraderApp.clear_instance()
        sys.path[:] = path
        os.chdir(before)


def nbgrader_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command as an instructor runs it who has not activated the environment."""
    command = [str(Path(sysconfig.get_path("scripts"), "nbgrader")), *arguments]
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


# --- the students ------------------------------------------------------------------------------


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(c for c in notebook["cells"] if c["id"] == name)


def own(source: str) -> dict[str, Any]:
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return {**empty, "id": f"own-{abs(hash(source))}", "source": source}


def warns(notebook: Notebook) -> None:
    noise = "import sys, warnings\nwarnings.warn('careful')\nprint('noise', file=sys.stderr)\n"
    again = "    warnings.warn('again')\n    H, W"
    corr2d = cell(notebook, "corr2d")
    corr2d["source"] = noise + corr2d["source"].replace("    H, W", again)


def returns_yes(notebook: Notebook) -> None:
    cell(notebook, "corr2d")["source"] = (
        "class Yes(torch.Tensor):\n"
        "    def __eq__(self, other): return True\n"
        "    def __bool__(self): return True\n"
        "    __ne__ = __lt__ = __gt__ = __sub__ = __eq__\n\n"
        "def corr2d(X, K):\n    return Yes()\n"
    )


def hangs(notebook: Notebook) -> None:
    cell(notebook, "corr2d")["source"] = "def corr2d(X, K):\n    while True:\n        pass\n"


def tampers(notebook: Notebook) -> None:
    """Deletes every assertion of what runs after it, and prints what that was."""
    notebook["cells"].insert(
        0,
        own(
            "import ast\n"
            "class NoAsserts(ast.NodeTransformer):\n"
            "    def visit_Assert(self, node): return ast.Pass()\n"
            "try:\n"
            "    get_ipython().ast_transformers.append(NoAsserts())\n"
            "except NameError:\n"
            "    pass\n"
        ),
    )
    leak = (
        "def corr2d(X, K):\n    try:\n        print(In[-1])\n    except NameError:\n        pass\n"
    )
    cell(notebook, "corr2d")["source"] = leak
    cell(notebook, "check_corr2d")["source"] = "print(In[-1])\n20.0"
    cell(notebook, "check_corr2d")["metadata"]["nbgrader"]["points"] = 100


def messy(notebook: Notebook) -> None:
    """Right, in a notebook that nobody tidied up."""
    cell(notebook, "imports")["source"] = "import numpy as np"
    moved = own(cell(notebook, "corr2d")["source"])
    cell(notebook, "corr2d")["source"] = "# see below"
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "check_corr2d"]
    notebook["cells"] += [moved, own("%matplotlib inline\n!ls"), own("1 / 0"), own("def broken(:")]


def copies(notebook: Notebook) -> None:
    """Right; a check cell was copied, and another tool changed what nbgrader noted of one."""
    notebook["cells"].append({**copy.deepcopy(cell(notebook, "check_corr2d")), "id": "again"})
    cell(notebook, "check_Conv2D")["metadata"]["nbgrader"]["schema_version"] = 99


CHANGES: dict[str, Callable[[Notebook], None]] = {
    "right": lambda notebook: None,
    "warns": warns,
    "yes": returns_yes,
    "hangs": hangs,
    "tampers": tampers,
    "messy": messy,
    "copies": copies,
}


def solved(handout: Notebook, solution: Notebook) -> Notebook:
    notebook = json.loads(json.dumps(handout))
    for one in notebook["cells"]:
        one["source"] = "".join(one["source"])
        if one["metadata"].get("nbgrader", {}).get("solution"):
            one["source"] = "".join(cell(solution, one["id"])["source"])
    return notebook


def hand_in(term_root: Path, home: Path, student: str) -> None:
    """Fetch, solve, submit; ``script`` works in the script, ``idle`` hands in what came."""
    nbgrader(home, "fetch_assignment", NAME, f"--student={student}")
    folder = home / NAME
    file = folder / f"{MODULE}.ipynb"
    if student in CHANGES:
        source = json.loads((term_root / f"solutions/{NAME}/{MODULE}.ipynb").read_text())
        notebook = solved(json.loads(file.read_text()), source)
        CHANGES[student](notebook)
        file.write_text(json.dumps(notebook))
    elif student == "script":
        shutil.copy(term_root / f"solutions/{NAME}/{MODULE}.py", folder)
    nbgrader(home, "submit", NAME, f"--student={student}")


STUDENTS = (*CHANGES, "script", "idle")


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Term:
    folder = tmp_path_factory.mktemp("term")
    root, homes, exchange = folder / "course", folder / "homes", folder / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    make_course(root, exchange)
    done = nbgrader_process(root, "generate_assignment", NAME)
    assert done.returncode == 0, done.stderr
    nbgrader(root, "release_assignment", NAME)
    for student in STUDENTS:
        home = homes / student
        home.mkdir(parents=True)
        settings = (
            f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(home / 'cache')!r}\n"
        )
        settings += 'c.CourseDirectory.course_id = "convnets"\n'
        (home / "nbgrader_config.py").write_text("c = get_config()\n" + settings)
        hand_in(root, home, student)
    nbgrader(root, "collect", NAME)
    done = nbgrader_process(root, "autograde", NAME)
    assert done.returncode == 0, done.stderr
    nbgrader(root, "generate_feedback", NAME)
    nbgrader(root, "release_feedback", NAME)
    command = [sys.executable, "-m", "autograder.cli", "grade", "submitted", "--out", "graded"]
    subprocess.run([*command, "--jobs", "1"], cwd=root, check=True, capture_output=True)
    return Term(root, homes, exchange, done.stderr)


# --- release -----------------------------------------------------------------------------------


def test_generate_assignment_makes_what_release_makes(term: Term) -> None:
    made = {
        path.relative_to(term.root / "assignments" / NAME).as_posix(): path.read_bytes()
        for path in (term.root / "assignments" / NAME).rglob("*")
    }
    wanted = {
        path.removeprefix(f"{NAME}/"): text.encode()
        for path, text in handouts(load_course(term.root)).items()
        if path.startswith(NAME)
    }
    assert made == wanted


def secrets(folder: Path) -> set[str]:
    """Lines of code, long enough to be told from others, that students must never see."""
    found = set()
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        spoken = {
            line
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }
        lines = enumerate(text.splitlines(), start=1)
        found |= {line.strip() for number, line in lines if number not in spoken}
    return {
        line for line in found if len(line) > 25 and not line.startswith(("#", "import", "from"))
    }


def test_no_hidden_test_leaves_the_course(term: Term) -> None:
    public = (term.root / f"assignments/{NAME}/test_{MODULE}.py").read_text()
    hidden = {line for line in secrets(term.root / "tests/hidden" / NAME) if line not in public} - {
        line for line in public.splitlines() if line
    }
    assert len(hidden) > 50
    places = (term.exchange, term.root / "autograded", term.root / "feedback", term.homes)
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert len(files) > 50
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").replace('\\"', '"')
        assert not [line for line in hidden if line in text], file


def test_no_solution_leaves_the_course(term: Term) -> None:
    places = [term.exchange / "convnets/outbound", term.root / "autograded/idle"]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert {file.name for file in files} >= {f"{MODULE}.py", f"{MODULE}.ipynb", "course.yml"}
    for file in files:
        assert "BEGIN SOLUTION" not in file.read_text(encoding="utf-8")


# --- scores ------------------------------------------------------------------------------------


def test_scores_are_those_of_autograder_grade(term: Term) -> None:
    for student in STUDENTS:
        result = term.result(student)
        assert result["status"] == "graded", result["message"]
        with Gradebook(term.database) as gradebook:
            submission = gradebook.find_submission(NAME, student)
            assert (submission.score, submission.max_score) == (result["score"], 20.0)
            assert not submission.needs_manual_grade
        for exercise in result["exercises"]:
            assert term.score(student, exercise["name"]) == exercise["score"]


def test_right_answers_get_all_points_however_they_are_handed_in(term: Term) -> None:
    for student in ("right", "warns", "messy", "copies", "script"):
        assert term.result(student)["score"] == 20, student


def test_tricks_get_nothing(term: Term) -> None:
    for student in ("yes", "hangs", "tampers"):
        assert term.score(student, "corr2d") == 0, student
        assert term.score(student, "fit_kernel") < 4
    assert term.result("idle")["score"] == 0


def test_hang_costs_its_test_and_says_so(term: Term) -> None:
    tests = term.result("hangs")["exercises"][0]["tests"]
    assert {test["status"] for test in tests} == {"timeout"}
    assert "computing time" in term.feedback("hangs")


def test_students_files_are_not_overwritten(term: Term) -> None:
    folder = term.root / "autograded/script" / NAME
    assert "def corr2d" in (folder / f"{MODULE}.py").read_text()
    assert "BEGIN SOLUTION" in (folder / f"{MODULE}.py").read_text(), "as handed in"


def test_no_kernel_was_started(term: Term) -> None:
    notebook = json.loads((term.root / f"autograded/right/{NAME}/{MODULE}.ipynb").read_text())
    shown = [c["id"] for c in notebook["cells"] if c.get("outputs")]
    assert shown == ["check_corr2d", "check_true_conv2d", "check_Conv2D", "check_fit_kernel"]
    assert all(not c.get("execution_count") for c in notebook["cells"])


def test_feedback_says_why(term: Term) -> None:
    text = term.feedback("tampers")
    assert "autograder-result" in text
    assert "corr2d: 0 of 6 points" in text
    nbgrader(term.homes / "right", "fetch_feedback", NAME, "--student=right")
    fetched = list((term.homes / "right" / NAME / "feedback").rglob(f"{MODULE}.html"))
    assert len(fetched) == 1
    assert "corr2d: 6 of 6 points" in fetched[0].read_text()


def test_export_has_the_scores(term: Term) -> None:
    nbgrader(term.root, "export")
    rows = csv.DictReader((term.root / "grades.csv").open(encoding="utf-8"))
    scores = {row["student_id"]: float(row["score"]) for row in rows}
    assert scores == {student: term.result(student)["score"] for student in STUDENTS}


# --- the formgrader in a browser ---------------------------------------------------------------


@pytest.fixture(scope="module")
def formgrader(term: Term, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nbgrader's formgrader on a server of our own."""
    skip_without()
    home = tmp_path_factory.mktemp("jupyter")
    with jupyter("jupyter_server", term.root, home, {}) as url:
        yield f"{url}formgrader/"


@pytest.fixture(scope="module")
def browser(formgrader: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile"), height=1600) as driver:
        driver.get(f"{formgrader}?token=test")
        yield driver


def test_formgrader_shows_the_scores(
    term: Term, formgrader: str, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    browser.get(f"{formgrader}gradebook/{NAME}/{MODULE}")
    rows = wait(
        browser,
        "const rows = [...document.querySelectorAll('table tbody tr')].map(r => r.innerText);"
        f"return rows.length == {len(STUDENTS)} && rows",
    )
    shots = tmp_path_factory.mktemp("screenshots")
    browser.save_screenshot(str(shots / "gradebook.png"))
    shown = sorted(float(row.split()[2]) for row in rows)  # Submission #1 19.5 / 20 …
    assert shown == sorted(term.result(student)["score"] for student in STUDENTS)


def test_formgrader_shows_score_and_reason_at_once(
    term: Term, formgrader: str, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Gradebook(term.database) as gradebook:
        submission = gradebook.find_submission_notebook(MODULE, NAME, "hangs")
        page = f"{formgrader}submissions/{submission.id}/"
    browser.get(page)
    found = wait(
        browser,
        "const found = [...document.querySelectorAll('.autograder-result')].map(e => e.innerText);"
        "return found.length == 4 && found",
    )
    browser.execute_script("document.querySelector('.autograder-result').scrollIntoView()")
    shots = tmp_path_factory.mktemp("screenshots")
    browser.save_screenshot(str(shots / "submission.png"))
    assert found[0].startswith("corr2d: 0 of 6 points")
    assert "computing time" in found[0]
    scores = wait(
        browser,
        "const boxes = [...document.querySelectorAll('input.score')].map(e => e.placeholder);"
        "return boxes.length == 4 && boxes.every(Boolean) && boxes",
    )
    wanted = [exercise["score"] for exercise in term.result("hangs")["exercises"]]
    assert list(map(float, scores)) == wanted


# --- faults ------------------------------------------------------------------------------------


def test_grader_fault_is_no_zero(term: Term) -> None:
    """Last of all: it breaks a hidden test."""
    broken = term.root / "tests/hidden" / NAME / "test_corr2d.py"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text + "\n\ndef test_broken(corr2d):\n    '''Ours.'''\n    1 / 0\n")
    try:
        done = nbgrader_process(term.root, "autograde", NAME, "--force", "--student=right")
    finally:
        broken.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "no result" in done.stderr
    assert not (term.root / "autograded/right").exists() or not list(
        (term.root / "autograded/right").rglob("*.ipynb")
    )
    assert term.score("right", "corr2d") == 6, "the score it had"

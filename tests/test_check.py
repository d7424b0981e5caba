"""``autograder check`` as a student and a CI job use it: whole commands, real files."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
AUTOGRADER = Path(sys.executable).parent / "autograder"
HANDOUT = ROOT / "assignments" / "02_cross_correlation"
SAMPLES = ROOT / "examples" / "submitted"


def check(*arguments, cwd):
    return subprocess.run(
        [AUTOGRADER, "check", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def handout(tmp_path):
    """A student's copy of the handout, nowhere near the course."""
    return Path(shutil.copytree(HANDOUT, tmp_path / "02_cross_correlation"))


def with_sample(handout, student):
    shutil.copy(SAMPLES / student / handout.name / "cross_correlation.py", handout)
    return handout


def test_a_stub_is_told_what_to_do_next(handout):
    done = check(cwd=handout)
    assert done.returncode == 1 and done.stderr == ""
    assert "✗ corr2d  0/4" in done.stdout
    assert "This exercise is not written yet." in done.stdout
    assert "Next: corr2d" in done.stdout


def test_a_solution_passes(handout):
    shutil.copy(ROOT / "solutions" / handout.name / "cross_correlation.py", handout)
    done = check("cross_correlation.py", cwd=handout)
    assert done.returncode == 0, done.stdout
    assert "4 of 4 exercises pass" in done.stdout


def test_a_wrong_value_comes_with_the_smallest_case_its_window_and_a_hint(handout):
    done = check("corr2d", cwd=with_sample(handout, "chidi"))
    assert done.returncode == 1
    assert re.search(r"The smallest case: X = \[\[.*\]\], K = \[\[.*\]\]", done.stdout)
    assert re.search(r"the first is \[\d, \d\]: got -?\d+, expected -?\d+", done.stdout)
    assert "Its window in the input: [[" in done.stdout and "Hint: " in done.stdout
    assert "true_conv2d" not in done.stdout


def test_json_has_the_contracts_shape(handout):
    done = check("--format", "json", cwd=with_sample(handout, "chidi"))
    (result,) = json.loads(done.stdout)
    assert result["schema"] == 1 and result["file"].endswith("cross_correlation.py")
    assert result["exercises"][0]["name"] == "corr2d"
    assert {t["visibility"] for e in result["exercises"] for t in e["tests"]} == {"public"}


def test_junit_is_xml_with_the_failures(handout):
    done = check("--format", "junit", cwd=with_sample(handout, "chidi"))
    root = ElementTree.fromstring(done.stdout.encode())
    assert int(root.get("failures")) == len(root.findall(".//failure")) > 0


def test_github_points_at_the_line_and_fences_what_students_wrote(handout):
    file = handout / "cross_correlation.py"
    text = file.read_text(encoding="utf-8")
    place = text.index("raise NotImplementedError")
    attack = 'raise TypeError("x\\n::error file=a,line=1::forged%0A")'
    end = text.index("\n", place)
    file.write_text(text[:place] + attack + text[end:], encoding="utf-8")
    line = text[:place].count("\n") + 1
    done = check("--format", "github", "corr2d", cwd=handout)
    commands = [row for row in done.stdout.splitlines() if row.startswith("::")]
    errors = [row for row in commands if row.startswith("::error ")]
    assert errors and all(f"line={line}," in row or "line=" not in row for row in errors)
    assert any(f"line={line}" in row for row in errors)
    assert not any("file=a," in row.split("::")[1] for row in errors)


def test_a_file_that_python_cannot_read_is_a_clear_line(handout):
    (handout / "cross_correlation.py").write_text("def corr2d(X, K:\n", encoding="utf-8")
    done = check(cwd=handout)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert "line 1" in done.stdout


def test_a_hang_is_named_and_the_rest_is_checked(handout):
    done = check("corr2d", "true_conv2d", cwd=with_sample(handout, "mateo"))
    assert "Traceback" not in done.stdout + done.stderr


def test_an_optimizer_may_be_used(handout):
    done = check("fit_kernel", cwd=with_sample(handout, "zoë o'hara"))
    assert done.returncode == 0, done.stdout


def test_a_notebook_is_checked_like_a_script(handout):
    (handout / "cross_correlation.ipynb").unlink(missing_ok=True)
    script = (SAMPLES / "chidi" / handout.name / "cross_correlation.py").read_text(encoding="utf-8")
    (handout / "cross_correlation.py").unlink()
    cell = {"cell_type": "code", "metadata": {}, "source": script, "outputs": []}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (handout / "cross_correlation.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = check(cwd=handout)
    assert done.returncode == 1 and "✗ corr2d  1/4" in done.stdout


def test_without_fork_a_plain_process_gives_the_same_answer(handout, tmp_path):
    """What runs on macOS and Windows, here."""
    program = (
        "import sys\n"
        "from autograder.commands import check\n"
        "from autograder.workers import PlainWorker\n"
        "check._start_worker = PlainWorker\n"
        "from autograder.cli import main\n"
        "sys.argv[1:] = ['check']\n"
        "main()\n"
    )
    with_sample(handout, "chidi")
    plain = subprocess.run(
        [sys.executable, "-c", program], cwd=handout, capture_output=True, text=True, check=False
    )
    assert plain.stdout == check(cwd=handout).stdout
    assert plain.returncode == 1


def test_plain_pytest_runs_the_public_tests_in_a_handout(handout):
    shutil.copy(ROOT / "solutions" / handout.name / "cross_correlation.py", handout)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=handout,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 passed" in done.stdout


@pytest.mark.parametrize(("student", "code"), [("amara", 0), ("chidi", 1)])
def test_hidden_tests_run_by_hand(student, code):
    file = SAMPLES / student / "02_cross_correlation" / "cross_correlation.py"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("tests/hidden/02_cross_correlation/test_corr2d.py", "--submission", str(file)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr

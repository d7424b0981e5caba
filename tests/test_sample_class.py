"""The sample class against its reviewed golden results, through the command line."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXPECTED = ROOT / "examples" / "expected"
#: Students whose work is right, wrong, forbidden, endless and unreadable, in scripts and notebooks.
SOME = ("fatima", "kwame", "linh", "niamh", "oluwaseun")
COMMAND = [sys.executable, "-m", "autograder.cli", "grade"]


def grade(submitted: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, str(submitted), "--out", str(out), "--course", str(ROOT), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def sole_diagnosis(tests: list[dict]) -> str | None:
    found = {test["diagnosis"] for test in tests} - {None}
    assert len(found) <= 1, found
    return found.pop() if found else None


def summary(result: dict) -> dict:
    return {
        "status": result["status"],
        "score": result["score"],
        "max_score": result["max_score"],
        "exercises": {
            exercise["name"]: {
                "score": exercise["score"],
                "diagnosis": sole_diagnosis(exercise["tests"]),
                "not_passed": {
                    f"{test['visibility']} {test['name']}": test["status"]
                    for test in exercise["tests"]
                    if test["status"] != "passed"
                },
            }
            for exercise in result["exercises"]
        },
    }


def results(out: Path) -> dict[str, dict]:
    """Every result by the path of its file in the folder, without the ending."""
    return {
        file.relative_to(out).with_suffix("").as_posix(): json.loads(
            file.read_text(encoding="utf-8")
        )
        for file in sorted(out.glob("*/*.json"))
    }


def without_times(found: dict[str, dict]) -> dict[str, dict]:
    for result in found.values():
        for exercise in result["exercises"]:
            for test in exercise["tests"]:
                test["seconds"] = 0
                if test["status"] == "timeout":  # which of the two clocks ran out is chance
                    test["message"] = ""
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    out = tmp_path_factory.mktemp("graded")
    done = grade(ROOT / "examples" / "submitted", out, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return out


def test_every_submission_has_its_golden_result(graded):
    assert {name: summary(result) for name, result in results(graded).items()} == results(EXPECTED)


def test_one_lane_and_a_second_run_say_the_same(graded, tmp_path):
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    for student in SOME:
        shutil.copytree(ROOT / "examples" / "submitted" / student, submitted / student)
    done = grade(submitted, out, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    found, with_all = without_times(results(out)), without_times(results(graded))
    assert found == {name: with_all[name] for name in with_all if name.split("/")[0] in SOME}
    again = grade(submitted, out)
    assert again.returncode == 0 and f"0 graded now, {len(found)} unchanged" in again.stdout


def test_no_hidden_value_reaches_a_result(graded):
    for folder in (ROOT / "tests" / "hidden").iterdir():
        pages = [page.read_text(encoding="utf-8") for page in graded.glob(f"*/{folder.name}.*")]
        assert pages
        for file in folder.glob("*.py"):
            for line in file.read_text(encoding="utf-8").splitlines():
                code = line.strip()
                if len(code) > 25 and not code.startswith(('"""', "#", "import", "from")):
                    assert not any(code in page for page in pages), code


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nowhere", "--out", "o"], "no such folder"),
        (["examples", "--out", "o", "--course", "nowhere"], "no such file"),
        (["examples/submitted", "--out", "o", "--assignment", "99_x"], "no such assignment"),
        (["examples/submitted", "--out", "o", "--student", "nobody"], "no submission that fits"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments, text, tmp_path):
    arguments = [str(tmp_path / "o") if word == "o" else word for word in arguments]
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 2
    assert text in done.stderr and len(done.stderr.splitlines()) == 1

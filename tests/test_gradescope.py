"""The Gradescope zip, unpacked and run as the container would."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AUTOGRADER = Path(sys.executable).parent / "autograder"
SOLUTION = ROOT / "solutions" / "02_cross_correlation" / "cross_correlation.py"


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    """``/autograder`` after Gradescope has unpacked the zip and copied ``run_autograder``."""
    place = tmp_path_factory.mktemp("gradescope")
    archive = place / "autograder.zip"
    subprocess.run(
        [AUTOGRADER, "gradescope", "--course", ROOT, "--output", archive], check=True, timeout=60
    )
    with zipfile.ZipFile(archive) as zipped:
        assert {"setup.sh", "run_autograder", "requirements.txt"} <= set(zipped.namelist())
        assert zipped.getinfo("run_autograder").external_attr >> 16 & 0o111
        zipped.extractall(place / "source")
    shutil.copy(place / "source" / "run_autograder", place)
    (place / "results").mkdir()
    (place / "submission_metadata.json").write_text('{"users": [{"email": "ada@example.org"}]}')
    return place


def run(container, tmp_path, files, more=lambda _submission: None):
    place = tmp_path / "autograder"
    shutil.copytree(container, place)
    (place / "submission").mkdir()
    for name, text in files.items():
        (place / "submission" / name).write_text(text, encoding="utf-8")
    more(place / "submission")
    done = subprocess.run(
        ["bash", place / "run_autograder"],
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((place / "results" / "results.json").read_text(encoding="utf-8"))


def test_a_solution_gets_full_marks(container, tmp_path):
    found = run(container, tmp_path, {"cross_correlation.py": SOLUTION.read_text("utf-8")})
    assert found["score"] == found["extra_data"]["max_score"] == 20
    assert {test["status"] for test in found["tests"]} == {"passed"}


def test_what_lies_beside_does_no_harm(container, tmp_path):
    def more(submission):
        os.mkfifo(submission / "pipe")
        (submission / "gone").symlink_to("nowhere")
        deep = submission
        for _ in range(60):
            deep = deep / ("d" * 10)
            deep.mkdir()
        (submission.parent / "submission_metadata.json").write_text("[" * 100_000)

    found = run(container, tmp_path, {"cross_correlation.py": SOLUTION.read_text("utf-8")}, more)
    assert found["score"] == 20


def test_nothing_handed_in_is_said(container, tmp_path):
    found = run(container, tmp_path, {"essay.txt": "a"})
    assert found["score"] == 0 and "cross_correlation.py" in found["output"]


def test_the_same_course_gives_the_same_zip(tmp_path):
    for name in ("a.zip", "b.zip"):
        subprocess.run(
            [AUTOGRADER, "gradescope", "--course", ROOT, "--output", tmp_path / name], check=True
        )
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

"""Grading on a Dask cluster: a real scheduler and real workers, on this machine."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed")

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STUDENTS = ("amara", "chidi", "mei")


@pytest.fixture
def scheduler():
    """The address of a scheduler with two workers."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--port", "0", "--host", "127.0.0.1", "--no-dashboard"]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next(
            found.group()
            for line in process.stderr
            if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line))
        )
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-dashboard"]
        flags = ["--nworkers", "2", "--nthreads", "1"]
        workers = subprocess.Popen([*worker, *flags], stderr=subprocess.DEVNULL)
        try:
            yield address
        finally:
            for running in (workers, process):
                running.terminate()
                running.wait(30)


def grade(out, *options):
    submitted = out.parent / "submitted"
    submitted.mkdir(exist_ok=True)
    for student in STUDENTS:
        place = submitted / student
        if not place.exists():
            (place / "02_cross_correlation").mkdir(parents=True)
            source = ROOT / "examples" / "submitted" / student / "02_cross_correlation"
            for file in source.iterdir():
                (place / "02_cross_correlation" / file.name).write_bytes(file.read_bytes())
    command = [BIN / "autograder", "grade", submitted, "--course", ROOT, "--out", out, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def scores(out):
    return {
        file.parent.name: json.loads(file.read_text(encoding="utf-8"))["score"]
        for file in out.glob("*/*.json")
    }


def test_a_cluster_gives_the_same_grades(scheduler, tmp_path):
    far = grade(tmp_path / "far", "--scheduler", scheduler)
    assert far.returncode == 0, far.stderr
    near = grade(tmp_path / "near", "--jobs", "1")
    assert near.returncode == 0, near.stderr
    assert scores(tmp_path / "far") == scores(tmp_path / "near")
    assert set(scores(tmp_path / "far")) == set(STUDENTS)


def test_no_scheduler_is_a_clear_line(tmp_path):
    done = grade(tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2 and "no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr

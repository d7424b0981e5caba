"""The grader is killed, stopped, or finds no room: nothing is lost, doubled or half written.

``AUTOGRADER_KILLS`` sets at how many random moments it is killed.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .attacks import harness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

KILLS = int(os.environ.get("AUTOGRADER_KILLS", "2"))
STUDENTS = 60 if KILLS > 10 else 16


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return shutil.copytree(harness.HERE / "course", tmp_path_factory.mktemp("course") / "course")


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    """A class in which some answers are wrong."""
    folder = tmp_path_factory.mktemp("class")
    honest = (harness.HERE / "honest.py").read_text(encoding="utf-8")
    wrong = "def double(X):\n    return X\n"
    for number in range(STUDENTS):
        work = folder / f"s{number:02}" / harness.ASSIGNMENT
        work.mkdir(parents=True)
        (work / "attack.py").write_text(honest + wrong * (number % 3 == 0), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(submitted, course, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed")
    started = time.monotonic()
    done = harness.grade(submitted, out, course)
    assert done.returncode == 0, done.stderr
    return harness.results(out), time.monotonic() - started, table(out)


def table(out):
    return (out / "grades.csv").read_text(encoding="utf-8")


def start(submitted, out, course, prepare=lambda: None, **options):
    command = [sys.executable, "-m", "autograder.cli", "grade", submitted, "--out", out]
    return subprocess.Popen(
        [*map(str, command), "--course", str(course), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests run in the background, they have inherited to ignore interrupts.
        preexec_fn=lambda: (signal.signal(signal.SIGINT, signal.SIG_DFL), prepare()),
        **options,
    )


def processes_of(session):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def wait_until_gone(session, seconds=30.0):
    end = time.monotonic() + seconds
    while processes_of(session):
        assert time.monotonic() < end, "something is left running"
        time.sleep(0.05)


def whole(out):
    """Every result file that is there can be read: none is half written."""
    return harness.results(out)


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_any_moment(submitted, course, undisturbed, tmp_path, number):
    expected, duration, rows = undisturbed
    generator = random.Random(f"{os.getpid()} {number}")
    running = start(submitted, tmp_path, course)
    time.sleep(generator.uniform(0.1, 1.0) * duration)
    running.kill()
    running.communicate()
    wait_until_gone(running.pid)
    kept = whole(tmp_path)
    assert all(expected[name] == result for name, result in kept.items())
    done = harness.grade(submitted, tmp_path, course)
    assert done.returncode == 0, done.stderr
    assert whole(tmp_path) == expected
    assert table(tmp_path) == rows
    # at most those under work at the moment (two lanes) were finished but not noted
    graded = int(done.stdout.rpartition(" graded now")[0].rpartition("\n")[2])
    assert STUDENTS - len(kept) <= graded <= STUDENTS - len(kept) + 2


def test_interrupted(submitted, course, undisturbed, tmp_path):
    expected, _, _ = undisturbed
    class_, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(submitted, class_)
    sleeper = class_ / "a_sleeper" / harness.ASSIGNMENT  # so that the class is not done before
    sleeper.mkdir(parents=True)
    (sleeper / "attack.py").write_text("import time\ndef corr2d(X, K):\n    time.sleep(60)\n")
    running = start(class_, out, course)
    for line in running.stderr:
        if line.startswith("[2/"):
            break
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    lines = [line for line in errors.splitlines() if not line.startswith("[")]
    assert len(lines) == 1 and "run the same command again" in lines[0], lines
    wait_until_gone(running.pid)
    kept = whole(out)
    assert kept and all(expected[name] == result for name, result in kept.items())
    done = harness.grade(submitted, out, course)
    assert done.returncode == 0 and whole(out) == expected


def test_no_room_for_results(submitted, course, undisturbed, tmp_path):
    expected, _, _ = undisturbed
    room = (2_000, resource.RLIM_INFINITY)  # a file-size limit stands for a full disk
    tight = start(
        submitted,
        tmp_path,
        course,
        prepare=lambda: (
            resource.setrlimit(resource.RLIMIT_FSIZE, room),
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        ),
    )
    _, errors = tight.communicate(timeout=120)
    assert tight.returncode == 1
    assert "Traceback" not in errors
    last = errors.splitlines()[-1]
    assert last.startswith("autograder: ") and "run the same command again" in last
    assert whole(tmp_path) == {}
    wait_until_gone(tight.pid)
    done = harness.grade(submitted, tmp_path, course)
    assert done.returncode == 0 and whole(tmp_path) == expected


def test_a_worker_that_cannot_start_is_one_line_and_no_zero(submitted, course, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "safetensors.py").write_text("raise ImportError('broken on purpose')")
    environment = {**os.environ, "PYTHONPATH": str(broken)}
    running = start(submitted, tmp_path / "out", course, env=environment)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 1
    assert errors.splitlines()[-1].startswith("autograder: ")
    assert not list((tmp_path / "out").glob("*/*.json"))


def test_a_lane_that_dies_is_replaced(submitted, course, undisturbed, tmp_path):
    expected, _, _ = undisturbed
    running = start(submitted, tmp_path, course)
    for line in running.stderr:
        if line.startswith("[2/"):
            break
    lanes = [p for p in processes_of(running.pid) if parent(p) == running.pid]
    os.kill(lanes[0], signal.SIGKILL)
    _, errors = running.communicate(timeout=120)
    kept = whole(tmp_path)
    assert all(expected[name] == result for name, result in kept.items())
    assert len(kept) >= STUDENTS - 1
    assert running.returncode == (0 if len(kept) == STUDENTS else 1), errors
    done = harness.grade(submitted, tmp_path, course)
    assert done.returncode == 0 and whole(tmp_path) == expected


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])

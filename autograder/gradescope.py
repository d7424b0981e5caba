"""Gradescope: the zip that it takes, and what runs inside its container.

The zip's root holds ``setup.sh`` and ``run_autograder``; beside them lie this package and the parts of
the course that grading needs. In the container ``python -m autograder.gradescope /autograder`` grades
``submission/`` and writes ``results/results.json``.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from autograder import results
from autograder.batch import Lane, require_isolation
from autograder.course import FILE_NAME, Assignment, Course, load_course
from autograder.errors import GraderFault, UsageError
from autograder.outcome import Grade
from autograder.reports.export import gradescope_results
from autograder.submission import HandIn

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the container.
set -euo pipefail
source="$(cd "$(dirname "$0")" && pwd)"
apt-get update -q
apt-get install -yq python3 python3-venv libseccomp2
python3 -c 'import sys; assert sys.version_info >= (3, 11)' || {
    echo "Python 3.11 or later is needed: choose a newer base image in Gradescope" >&2
    exit 1
}
python3 -m venv "$source/.venv"
# PIP_INDEX_URL may point to a CPU build of torch: smaller, and a GPU is of no use here.
"$source/.venv/bin/pip" install -q -r "$source/requirements.txt"
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission.
set -euo pipefail
root="$(cd "$(dirname "$0")" && pwd)"
python="${PYTHON:-$root/source/.venv/bin/python}"
cd "$root/source"
PYTHONPATH="$root/source" exec "$python" -m autograder.gradescope "$root"
"""
CACHES = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".ipynb_checkpoints"}


# --- the zip ---------------------------------------------------------------------------------------


def bundle(course: Course) -> Iterator[tuple[str, bytes]]:
    """Every file of the zip: its path and its content."""
    if course.solutions is None or course.hidden_tests is None:
        raise UsageError(f"{course.root / FILE_NAME}: grading needs `solutions` and `hidden_tests`")
    yield "setup.sh", SETUP.encode()
    yield "run_autograder", RUN.encode()
    yield "requirements.txt", "\n".join(requirements()).encode() + b"\n"
    yield FILE_NAME, (course.root / FILE_NAME).read_bytes()
    package = Path(__file__).parent
    yield from _tree(package, "autograder")
    for folder in (course.solutions, course.hidden_tests, course.misconceptions):
        if folder is not None:
            yield from _tree(course.root / folder, folder)


def requirements() -> list[str]:
    """What the container installs: this package's own requirements, with the torch used here."""
    plain = [line for line in requires("autograder") or [] if "extra ==" not in line]
    others = [line for line in plain if not line.startswith("torch")]
    return [f"torch=={version('torch').partition('+')[0]}", *others]


def _tree(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not CACHES & set(inside.parts):
            yield f"{name}/{inside.as_posix()}", path.read_bytes()


# --- in the container --------------------------------------------------------------------------------


def run(root: Path) -> None:
    """Grade ``root/submission`` and write ``root/results/results.json``, whole or not at all."""
    course = load_course(root / "source")
    chosen = handed_in(course, root / "submission")
    if chosen:
        with tempfile.TemporaryDirectory() as folder:
            grades = _grade(course, chosen, root / "submission", Path(folder), _student(root))
        data = combined(grades)
    else:
        files = ", ".join(f"{a.module}.py" for a in course.assignments.values())
        data = {"score": 0, "output": f"Nothing to grade was handed in; expected one of {files}."}
    results.write_whole(root / "results" / "results.json", json.dumps(data, indent=2) + "\n")


def handed_in(course: Course, submission: Path) -> list[Assignment]:
    """The assignments that a submission has a file of."""
    return [
        assignment
        for assignment in course.assignments.values()
        if any((submission / f"{assignment.module}{end}").is_file() for end in (".py", ".ipynb"))
    ]


def combined(grades: Sequence[Grade]) -> dict[str, Any]:
    """One result of one or several assignments: the points add up."""
    parts = [gradescope_results(grade) for grade in grades]
    if len(parts) == 1:
        return parts[0]
    for grade, part in zip(grades, parts, strict=True):
        for test in part["tests"]:
            test["name"] = f"{grade.assignment}: {test['name']}"
    return {
        **parts[0],
        "score": round(sum(part["score"] for part in parts), 2),
        "execution_time": sum(part["execution_time"] for part in parts),
        "output": "\n".join(part["output"] for part in parts if part["output"]),
        "extra_data": {"max_score": sum(grade.max_score for grade in grades)},
        "tests": [test for part in parts for test in part["tests"]],
    }


def _grade(
    course: Course, chosen: list[Assignment], submission: Path, scratch: Path, student: str
) -> list[Grade]:
    found = []
    lane = Lane(course, [assignment.name for assignment in chosen])
    try:
        lane.start()
        if course.isolation == "required":
            require_isolation(lane.layers)
        for assignment in chosen:
            place = scratch / assignment.name
            place.mkdir()
            for entry in submission.iterdir():  # no folders, pipes or devices
                if entry.is_file() or entry.is_symlink():
                    shutil.copy2(entry, place, follow_symlinks=False)
            finished = lane.grade(HandIn(student, assignment.name, place))
            if finished.grade is None:
                raise GraderFault(finished.fault or "unknown")
            found.append(finished.grade)
        return found
    finally:
        lane.stop()


def _student(root: Path) -> str:
    """Who hands in, so that a regrade draws the same inputs."""
    try:
        data = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
        return str(data["users"][0]["email"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return "student"


if __name__ == "__main__":
    try:
        run(Path(sys.argv[1]))
    except (GraderFault, UsageError) as error:
        sys.exit(f"autograder: {error}")

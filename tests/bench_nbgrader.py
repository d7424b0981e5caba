"""What nbgrader costs with our engine inside, beside stock: a part of ``make bench``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import ASSIGNMENT, BIN, MODULE, ROOT, Line, measure, ms, stock_autograde

CLASS = 30
THOUSAND = """
import sys, time
from pathlib import Path
from autograder.course import load_course
from autograder.nbgrader.generate import Database
from autograder.nbgrader.gradebook import write_grades
from autograder.outcome import ExerciseResult, Grade

course = load_course(Path(sys.argv[1]))
assignment = course.assignments[sys.argv[2]]
scores = tuple(ExerciseResult(n, e.points, e.points, ()) for n, e in assignment.exercises.items())
points = assignment.points

def grades(size):
    return [
        Grade(f"s{n:04}", assignment.name, "graded", points, points, None, scores)
        for n in range(size)
    ]

database = Database(f"sqlite:///{sys.argv[3]}/grades.db", "")
write_grades(course, grades(1), {}, database)  # records the cells
start = time.perf_counter()
write_grades(course, grades(1001), {}, database)
print((time.perf_counter() - start) / 1000)
"""


def nbgrader_course(folder: Path, size: int) -> Path:
    """This course, and a class that hands in the notebook solved."""
    for name in (f"solutions/{ASSIGNMENT}", f"tests/hidden/{ASSIGNMENT}"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("solutions/rules.md", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "course.yml").write_text(_only(ASSIGNMENT), encoding="utf-8")
    measure(BIN / "autograder", "release", cwd=folder)
    measure(BIN / "nbgrader", "generate_assignment", ASSIGNMENT, cwd=folder)
    solution = _notebook(folder / "solutions" / ASSIGNMENT)
    notebook = _notebook(folder / "assignments" / ASSIGNMENT)
    answers = {cell["id"]: cell["source"] for cell in solution["cells"]}
    for cell in notebook["cells"]:
        cell["source"] = answers[cell["id"]]
    for number in range(size):
        place = folder / "submitted" / f"s{number:03}" / ASSIGNMENT
        place.mkdir(parents=True)
        (place / f"{MODULE}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def _only(assignment: str) -> str:
    import yaml

    data = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))
    data["assignments"] = {assignment: data["assignments"][assignment]}
    return yaml.safe_dump(data, sort_keys=False)


def _notebook(folder: Path) -> dict[str, list[dict[str, str]]]:
    return json.loads((folder / f"{MODULE}.ipynb").read_text(encoding="utf-8"))


def lines(scratch: Path, stock_class: float) -> Iterator[Line]:
    """``stock_class``: CPU seconds of stock nbgrader over a class of the same size."""
    course = nbgrader_course(scratch / "nbgrader", CLASS)
    ours = measure(BIN / "nbgrader", "autograde", ASSIGNMENT, cwd=course).cpu
    yield f"nbgrader autograde, {CLASS} notebooks", f"{ours:.1f} s", "CPU, our engine inside"
    beside = f"CPU, extrapolated; {stock_class / ours:.1f} x ours"
    yield "the same, stock", f"{stock_class:.1f} s", beside
    command = [sys.executable, "-c", THOUSAND, course, ASSIGNMENT, scratch]
    each = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    yield "a grade into the gradebook", ms(float(each)), "wall, of 1000 on SQLite"


def main() -> None:
    """Measure this part alone."""
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as folder:
        small, large = (stock_autograde(Path(folder, f"stock{n}"), n).cpu for n in (1, 3))
        for line in lines(Path(folder), small + (CLASS - 1) * (large - small) / 2):
            print(" | ".join(line), flush=True)


if __name__ == "__main__":
    main()

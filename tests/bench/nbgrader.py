"""What nbgrader costs with our engine inside, beside stock."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import ASSIGNMENT, BIN, MODULE, ROOT, Cost, Line, measure, ms

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


CHECKS = """
import torch
import torch.nn.functional as F
torch.manual_seed({seed})
for shape, kernel in (((5, 5), (2, 2)), ((4, 7), (2, 3)), ((6, 5), (4, 1))):
    X, K = torch.randn(shape, dtype=torch.float64), torch.randn(kernel, dtype=torch.float64)
    assert torch.allclose(corr2d(X, K), F.conv2d(X[None, None], K[None, None])[0, 0])
"""


def stock_course(folder: Path, size: int) -> Path:
    """An nbgrader course as one would write it by hand: the solution, and a cell for each test."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    def cell(name: str, source: str, **metadata: object) -> nbformat.NotebookNode:
        nbgrader = {"schema_version": 3, "grade_id": name, "task": False, **metadata}
        return new_code_cell(source, metadata={"nbgrader": nbgrader}, id=name)

    script = (ROOT / "solutions" / ASSIGNMENT / f"{MODULE}.py").read_text(encoding="utf-8")
    tests = sum(
        file.read_text(encoding="utf-8").count("\ndef test_")
        for file in (ROOT / "tests" / "hidden" / ASSIGNMENT).glob("test_*.py")
    )
    cells = [cell("solution", script, grade=False, solution=True, locked=False)]
    cells += [
        cell(f"t{n}", CHECKS.format(seed=n), grade=True, solution=False, locked=True, points=1)
        for n in range(tests)
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    places = [folder / "source" / ASSIGNMENT]
    places += [folder / "submitted" / f"s{n:03}" / ASSIGNMENT for n in range(size)]
    for place in places:
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{MODULE}.ipynb")
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    return folder


def stock_autograde(folder: Path, size: int) -> Cost:
    """Stock ``nbgrader autograde`` over a class of notebooks."""
    stock_course(folder, size)
    measure(BIN / "nbgrader", "generate_assignment", ASSIGNMENT, cwd=folder)
    return measure(BIN / "nbgrader", "autograde", ASSIGNMENT, cwd=folder)


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


def lines(scratch: Path, slope: float) -> Iterator[Line]:
    """``slope``: CPU seconds that one more submission costs ``autograder grade``."""
    one, class_ = (stock_autograde(scratch / f"stock{n}", n).cpu for n in (1, CLASS))
    each = (class_ - one) / (CLASS - 1)
    yield "stock nbgrader autograde", ms(each), f"CPU, one more notebook; {each / slope:.0f} x ours"
    course = nbgrader_course(scratch / "nbgrader", CLASS)
    ours = measure(BIN / "nbgrader", "autograde", ASSIGNMENT, cwd=course).cpu
    yield f"stock, {CLASS} notebooks", f"{class_:.1f} s", "CPU of the whole command"
    yield "with our engine inside", f"{ours:.1f} s", f"the same; stock is {class_ / ours:.1f} x"
    command = [sys.executable, "-c", THOUSAND, course, ASSIGNMENT, scratch]
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    yield "a grade into the gradebook", ms(float(written)), "wall, of 1000 on SQLite"

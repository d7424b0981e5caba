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


SHAPES = """
import torch
import torch.nn.functional as F

torch.manual_seed({seed})
for size, kernel in (((5, 5), (2, 2)), ((4, 7), (2, 3)), ((6, 5), (4, 1))):
    X = torch.randn(size, dtype=torch.float64, requires_grad=True)
    K = torch.randn(kernel, dtype=torch.float64, requires_grad=True)
    b = torch.randn(1, dtype=torch.float64, requires_grad=True)
    correlated = F.conv2d(X[None, None], K[None, None])[0, 0]
"""
#: What a check looks at in each exercise, in the words of a teacher without this package.
CHECKS = {
    "corr2d": """
    assert torch.allclose(corr2d(X, K), correlated)
    V = torch.randn_like(correlated)
    ours = torch.autograd.grad(corr2d(X, K), (X, K), V)
    assert all(map(torch.allclose, ours, torch.autograd.grad(correlated, (X, K), V)))
""",
    "true_conv2d": """
    assert torch.allclose(true_conv2d(X, K.flip(0, 1)), correlated)
    V = torch.randn_like(correlated)
    ours = torch.autograd.grad(true_conv2d(X, K.flip(0, 1)), (X, K), V)
    assert all(map(torch.allclose, ours, torch.autograd.grad(correlated, (X, K), V)))
""",
    "Conv2D": """
    layer = Conv2D(kernel).double()
    layer.load_state_dict({{"weight": K.detach(), "bias": b.detach()}})
    assert torch.allclose(layer(X), correlated + b)
    V = torch.randn_like(correlated)
    ours = torch.autograd.grad(layer(X), (X, layer.weight, layer.bias), V)
    assert all(map(torch.allclose, ours, torch.autograd.grad(correlated + b, (X, K, b), V)))
""",
    "fit_kernel": """
    Y = torch.randn_like(correlated)
    weight, bias, losses = fit_kernel(X.detach(), Y, K.detach(), b.detach(), 0.003, 3)
    theirs = []
    for _ in range(3):
        loss = ((F.conv2d(X.detach()[None, None], K[None, None])[0, 0] + b - Y) ** 2).sum()
        theirs.append(loss.item())
        dK, db = torch.autograd.grad(loss, (K, b))
        K, b = ((p - 0.003 * d).detach().requires_grad_() for p, d in ((K, dK), (b, db)))
    assert torch.allclose(weight, K) and torch.allclose(bias, b)
    assert torch.allclose(torch.tensor(losses), torch.tensor(theirs))
""",
}


def stock_course(folder: Path, size: int) -> Path:
    """An nbgrader course as one would write it by hand: the solution, and a cell a hidden test."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    def cell(name: str, source: str, **metadata: object) -> nbformat.NotebookNode:
        nbgrader = {"schema_version": 3, "grade_id": name, "task": False, **metadata}
        return new_code_cell(source, metadata={"nbgrader": nbgrader}, id=name)

    script = (ROOT / "solutions" / ASSIGNMENT / f"{MODULE}.py").read_text(encoding="utf-8")
    cells = [cell("solution", script, grade=False, solution=True, locked=False)]
    for file in sorted((ROOT / "tests" / "hidden" / ASSIGNMENT).glob("test_*.py")):
        exercise = file.stem.removeprefix("test_")
        for n in range(file.read_text(encoding="utf-8").count("\ndef test_")):
            check = (SHAPES + CHECKS[exercise]).format(seed=n)
            facts = {"grade": True, "solution": False, "locked": True, "points": 1}
            cells.append(cell(f"{exercise}{n}", check, **facts))
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

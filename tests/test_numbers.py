"""Numbers that texts name: those of the chapter, computed with the solutions, and README's own."""

import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import torch

from autograder.bank import load_bank
from autograder.course import load_course

ROOT = Path(__file__).parents[1]
SOLUTIONS = ROOT / "solutions"


@pytest.fixture(scope="module")
def fit():
    script = SOLUTIONS / "02_cross_correlation" / "cross_correlation.py"
    return runpy.run_path(str(script))["fit_kernel"]


@pytest.fixture(scope="module")
def picture():
    """The 6 by 8 image of a dark stripe, and its two edges."""
    image, edges = torch.ones(6, 8, dtype=torch.float64), torch.zeros(6, 7, dtype=torch.float64)
    image[:, 2:6] = 0
    edges[:, 1], edges[:, 5] = 1, -1
    return image, edges


def test_the_edge_kernel_is_learned(fit, picture):
    zero = torch.zeros(1, 2).double(), torch.zeros(1).double()
    weight, bias, losses = fit(*picture, *zero, 0.01, 30)
    seen = [round(float(losses[step - 1]), 4) for step in (1, 5, 10, 15, 20, 25, 30)]
    assert seen == [12, 4.3156, 1.2019, 0.3347, 0.0932, 0.0260, 0.0072]
    assert weight.numpy().round(4).tolist() == [[0.9784, -0.9784]] and abs(float(bias)) < 1e-9


def test_another_start_comes_to_the_same(fit, picture):
    start = torch.tensor([[0.5, 0.25]]).double(), torch.tensor([0.1]).double()
    weight, _, losses = fit(*picture, *start, 0.01, 30)
    assert (round(float(losses[0]), 3), round(float(losses[-1]), 4)) == (20.745, 0.0055)
    assert weight.numpy().round(4).tolist() == [[0.9814, -0.9808]]


def test_the_largest_learning_rate(fit, picture):
    start = torch.tensor([[0.5, 0.25]]).double(), torch.tensor([0.1]).double()
    below, above = (fit(*picture, *start, lr, 300)[2] for lr in (0.0160, 0.0162))
    assert below[-1] < below[0] < above[-1]


def test_the_readme_counts_what_is_there():
    course = load_course(ROOT)
    command = [sys.executable, "-m", "pytest", "tests/hidden", "--collect-only", "-q"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tests = Counter(re.findall(r"^tests/hidden/(\w+)/", listed, re.MULTILINE))
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    for name, assignment in course.assignments.items():
        row = next(line for line in lines if line.startswith(f"| {name[:2]} "))
        exercises = ", ".join(f"`{n}` {e.points:g}" for n, e in assignment.exercises.items())
        wrong = len(load_bank(course, assignment).misconceptions)
        assert f"| {exercises} |" in row and row.endswith(f"| {tests[name]} | {wrong} |")
        assert f"| {assignment.minutes} min, {assignment.difficulty} |" in row
    hand_ins = [p for p in (ROOT / "examples" / "submitted").glob("*/*") if p.is_dir()]
    students = {p.parent for p in hand_ins}
    assert f"{len(hand_ins)} submissions of {len(students)} students" in "\n".join(lines)

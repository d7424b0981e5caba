"""``autograder verify``: it proves the course, and it notices when there is nothing to prove."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.mutants import mutants

AUTOGRADER = Path(sys.executable).parent / "autograder"


def verify(*arguments, cwd):
    return subprocess.run(
        [AUTOGRADER, "verify", "--jobs", "1", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


SOLUTION = '''\
# %% [markdown] nbgrader={LOCKED "intro"}
# # 1 · A toy
#
# Something to do.

# %% nbgrader={LOCKED "imports"}
import torch

# %% nbgrader={OPEN "double"}
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return x * 2
    ### END SOLUTION
'''
for word, solution in (("LOCKED", "false"), ("OPEN", "true")):
    facts = f'"grade": false, "locked": false, "schema_version": 3, "solution": {solution}'
    SOLUTION = SOLUTION.replace(word, f'{facts}, "task": false, "grade_id":')
TEST = '''\
import torch
from autograder.testing import assert_close


def test_values(double, rng):
    """The values are right."""
    x = rng.whole(3)
    assert_close(double(x), 2 * x)
'''
BANK = '''\
def squared(x):
    """double: Multiplies x by itself.

    Hint: What is twice 3?
    """
    return x * x


def twice_squared(x):
    """double: Multiplies x by itself, twice.

    Hint: What is twice 5?
    """
    return x * x * 2
'''


@pytest.fixture
def toy(tmp_path):
    """A course of one exercise that holds."""
    files = {
        "course.yml": (
            "course: Toy\nsolutions: solutions\nhandouts: assignments\nhidden_tests: hidden\n"
            "misconceptions: bank\nassignments:\n  01_toy:\n    title: Toy\n    exercises:\n"
            "      double: {points: 2}\n"
        ),
        "solutions/rules.md": "Be kind.\n",
        "solutions/01_toy/toy.py": SOLUTION,
        "solutions/01_toy/test_toy.py": TEST,
        "hidden/01_toy/test_double.py": TEST,
        "bank/01_toy.py": BANK,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_toy_course_holds(toy):
    done = verify("--full", cwd=toy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2/2" in done.stdout and "nothing missed" in done.stdout


def test_a_test_that_looks_at_the_shape_only_is_found_out(toy):
    for file in ("hidden/01_toy/test_double.py", "solutions/01_toy/test_toy.py"):
        edit(toy / file, "assert_close(double(x), 2 * x)", "assert double(x).shape == x.shape")
    done = verify("--full", cwd=toy)
    assert done.returncode == 1
    assert "squared: loses no points in double" in done.stdout
    assert "double: survives: return x * 2 -> return x + 2" in done.stdout


def test_a_broken_solution_is_found_out(toy):
    edit(toy / "solutions/01_toy/toy.py", "return x * 2", "return x * 2.5")
    done = verify(cwd=toy)
    assert done.returncode == 1 and "the solution loses points: double values" in done.stdout


def test_misconceptions_that_look_alike_are_found_out(toy):
    edit(toy / "bank/01_toy.py", "return x * x * 2", "return x * x")
    done = verify(cwd=toy)
    assert done.returncode == 1 and "squared: recognised as nothing" in done.stdout
    edit(toy / "bank/01_toy.py", "twice 5?\n", "twice 5?\n\n    Same as: squared\n")
    assert verify(cwd=toy).returncode == 0


def test_a_listed_mutant_may_survive_and_a_stale_entry_is_named(toy):
    listed = "double:\n  'return x * 2 -> return 2 * x': the same\n"
    (toy / "bank/equivalent_mutants.yml").write_text(listed, encoding="utf-8")
    done = verify("--full", cwd=toy)
    assert done.returncode == 1 and "no such mutant: return x * 2 -> return 2 * x" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("double: Multiplies x by itself.", "Multiplies x.", "its docstring should be"),
        ("Hint: What is twice 3?", "", "its docstring should be"),
        ("return x * x\n", "return x *\n", "cannot be loaded"),
        ("twice 3?\n", "twice 3?\n\n    Same as: nobody\n", "is no misconception"),
    ],
)
def test_a_bank_that_is_not_well_made_is_a_clear_line(old, new, text, toy):
    edit(toy / "bank/01_toy.py", old, new)
    done = verify(cwd=toy)
    assert done.returncode == 2 and text in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("marker", ["weight", "hint(2)"])
def test_a_marker_that_is_not_well_made_is_a_clear_line(marker, toy):
    hidden = toy / "hidden/01_toy/test_double.py"
    edit(hidden, "import torch\n", "import pytest\nimport torch\n")
    edit(hidden, "def test_values", f"@pytest.mark.{marker}\ndef test_values")
    done = verify(cwd=toy)
    assert done.returncode == 1
    assert f"test_values: the marker `{marker.partition('(')[0]}` takes one" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_what_lies_in_solution_regions_is_mutated():
    found = mutants(SOLUTION, frozenset({"double"}))
    assert {m.change for m in found} >= {
        "return x * 2 -> return x + 2",
        "return x * 2 -> return x * 3",
        "return x * 2 -> return x * 1",
    }
    assert all("import torch" in m.source and m.exercise == "double" for m in found)

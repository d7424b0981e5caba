"""The course of this repository, proved by ``autograder verify``."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AUTOGRADER = Path(sys.executable).parent / "autograder"


def test_the_course_proves_itself():
    """Every solution, stub and wrong program, and a sample of the mutants."""
    done = subprocess.run(
        [AUTOGRADER, "verify", "--jobs", "2"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("nothing missed")
    total = next(line for line in done.stdout.splitlines() if line.startswith("all "))
    caught, wrong = map(int, re.search(r"(\d+)/(\d+)", total).groups())
    assert caught == wrong >= 150, total

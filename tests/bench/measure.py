"""Whole commands, their costs, and the classes they grade."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ASSIGNMENT = "02_cross_correlation"
MODULE = "cross_correlation"


@dataclass(frozen=True)
class Cost:
    """Of one command with its children: CPU and wall seconds, the largest process in MiB."""

    cpu: float
    wall: float
    peak: float


def measure(*command: str | Path, cwd: Path | None = None) -> Cost:
    """Run a command; SystemExit with its output if it fails."""
    script = (
        "import resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "wall = time.perf_counter() - start\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)\n"
        "sys.stderr.write(done.stdout + done.stderr)\n"
        "sys.exit(done.returncode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, command)],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
    return Cost(*map(float, done.stdout.split()))


def make_class(folder: Path, size: int, assignments: list[str]) -> Path:
    """A class that hands in the solutions."""
    for number in range(size):
        for assignment in assignments:
            place = folder / f"s{number:03}" / assignment
            place.mkdir(parents=True)
            name = f"{assignment.partition('_')[2]}.py"
            shutil.copy(ROOT / "solutions" / assignment / name, place / name)
    return folder


def grade(folder: Path, out: Path) -> Cost:
    """Grade a class in one lane."""
    return measure(
        BIN / "autograder", "grade", folder, "--course", ROOT, "--out", out, "--jobs", "1"
    )


#: Title, figure, what it is compared with.
Line = tuple[str, str, str]


def ms(seconds: float) -> str:
    """Milliseconds, as people read them."""
    return f"{seconds * 1000:.1f} ms"

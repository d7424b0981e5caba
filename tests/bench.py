"""``make bench``: what grading costs, as ratios within one run.

Each figure is measured on whole commands (CPU time of the process and all its children), beside what
it is compared with. Absolute times are this machine's; the ratios travel.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
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


# --- the floor -------------------------------------------------------------------------------------


FLOOR = """
import sys, time
from pathlib import Path
import torch
torch.set_num_threads(1)
from autograder.course import load_course
from autograder.judge import run_session
from autograder.sandbox import Reply, Session
from autograder.submission import Submission
from autograder.vjp import gradients
from autograder.worker.child import named_tensors

course = load_course(Path(sys.argv[1]))
repeats = 5
names, spent, objects = {}, [0.0], {}

def run(call, target):
    if call.get:
        return target, None
    if call.upstream is None:
        return target(*call.args, **call.kwargs), None
    wanted = {k: t for k, t in named_tensors(call.args, call.kwargs).items() if t.is_floating_point()}
    wanted = {k: t.detach().requires_grad_() for k, t in wanted.items()}
    args = [wanted.get(str(i), a) for i, a in enumerate(call.args)]
    owner = objects[call.target[1]] if call.target[0] == "handle" else None
    value = target(*args, **{k: wanted.get(k, a) for k, a in call.kwargs.items()})
    if isinstance(owner, torch.nn.Module):
        wanted |= dict(owner.named_parameters())
    return value, dict(zip(wanted, gradients(value, wanted.values(), call.upstream.to(value.dtype))))

class Direct(Session):
    \"\"\"The same calls without a border: nothing is isolated, bounded or checked.\"\"\"
    def call(self, exercise, calls, forbidden):
        return tuple(map(self.one, calls))

    def one(self, call):
        kind, root, *attributes = call.target
        target = names[root] if kind == "name" else objects[root]
        for name in attributes:
            target = getattr(target, name)
        start, raised, value, found = time.process_time(), None, None, None
        try:
            value, found = run(call, target)
        except Exception as error:
            from autograder.sandbox import Raised
            raised = Raised(kinds=[c.__name__ for c in type(error).__mro__], text="")
        spent[0] += time.process_time() - start
        if call.keep is not None:
            objects[call.keep], value = value, None
        detach = lambda v: v.detach() if isinstance(v, torch.Tensor) else (
            type(v)(map(detach, v)) if isinstance(v, (list, tuple)) else
            {k: detach(x) for k, x in v.items()} if isinstance(v, dict) else v)
        return Reply(detach(value), raised, None, False, found, None, (), "", 0, (), 0.0)

def judge_all(judge, items):
    for assignment in course.assignments.values():
        if assignment.name in sys.argv[2:]:
            names.clear(), objects.clear()
            script = course.solution(assignment).read_text(encoding="utf-8")
            names["__name__"] = assignment.module
            exec(compile(script, assignment.module, "exec"), names)
            submission = Submission("s000", assignment.name, assignment.module, ())
            judge.judge(submission, items[assignment.name])  # warms up
            spent_before = spent[0]
            for _ in range(repeats):
                judged = judge.judge(submission, items[assignment.name])
            assert all(o.status == "passed" for o in judged.outcomes), judged.outcomes
            total[0] += (spent[0] - spent_before) / repeats

total = [0.0]
chosen = [course.assignments[name] for name in sys.argv[2:]]
run_session(course, chosen, None, judge_all, hidden=True, open_session=Direct)
print(total[0])
"""


def floor(assignments: list[str]) -> float:
    """CPU seconds of one submission's calls, made directly in a process that has torch."""
    done = subprocess.run(
        [sys.executable, "-c", FLOOR, ROOT, *assignments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the floor failed:\n{done.stderr[-2000:]}")
    return float(done.stdout.split()[-1])


# --- stock nbgrader --------------------------------------------------------------------------------


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


# --- the report ------------------------------------------------------------------------------------


Line = tuple[str, str, str]


def lines(scratch: Path) -> Iterator[Line]:
    """Title, figure, what it is compared with."""
    small = grade(make_class(scratch / "c20", 20, [ASSIGNMENT]), scratch / "o20")
    large = grade(make_class(scratch / "c120", 120, [ASSIGNMENT]), scratch / "o120")
    slope = (large.cpu - small.cpu) / 100
    base = floor([ASSIGNMENT])
    yield "one more submission", ms(slope), "CPU, slope from 20 to 120 submissions"
    yield "the same calls in-process", ms(base), f"the floor; we are {slope / base:.1f} x"
    sizes = (1, 4)
    stock = [stock_autograde(scratch / f"stock{n}", n).cpu for n in sizes]
    each = (stock[1] - stock[0]) / (sizes[1] - sizes[0])
    yield "stock nbgrader autograde", ms(each), f"a notebook; {each / slope:.0f} x ours"
    yield "peak memory", f"{small.peak:.0f} MiB", "largest process, 20 submissions"
    yield "", f"{large.peak:.0f} MiB", f"120 submissions; {large.peak / small.peak:.2f} x"
    file = ROOT / "solutions" / ASSIGNMENT / f"{MODULE}.py"
    torch = min(measure(sys.executable, "-c", "import torch").wall for _ in range(5))
    check = min(measure(BIN / "autograder", "check", file, "--course", ROOT).wall for _ in range(5))
    yield "import torch", ms(torch), "wall, best of 5"
    yield "autograder check", ms(check), f"one file; {check / torch:.2f} x import torch"
    everything = sorted(
        path.name for path in (ROOT / "tests" / "hidden").iterdir() if path.is_dir()
    )
    few = grade(make_class(scratch / "f2", 2, everything), scratch / "of2")
    many = grade(make_class(scratch / "f12", 12, everything), scratch / "of12")
    whole, whole_floor = (many.cpu - few.cpu) / 10, floor(everything)
    yield "a perfect full course", ms(whole), f"{len(everything)} files a student"
    yield "the same calls in-process", ms(whole_floor), f"we are {whole / whole_floor:.1f} x"


def ms(seconds: float) -> str:
    """Milliseconds, as people read them."""
    return f"{seconds * 1000:.1f} ms"


def main() -> None:
    """Measure and print, a line at a time."""
    console = Console(width=100)
    table = Table("what", "figure", "beside", box=None, header_style="bold", pad_edge=False)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as folder:
        for line in lines(Path(folder)):
            table.add_row(*line)
            print(textwrap.shorten(" | ".join(line), 98), flush=True)
    console.print()
    console.print(table)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    console.print(f"{time.perf_counter() - start:.0f} s; {used.ru_utime + used.ru_stime:.0f} s CPU")


if __name__ == "__main__":
    main()

"""Measures and prints."""

from __future__ import annotations

import resource
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import nbgrader
from tests.bench.floor import floor
from tests.bench.measure import ASSIGNMENT, BIN, MODULE, ROOT, Line, grade, make_class, measure, ms


def lines(scratch: Path) -> Iterator[Line]:
    """Title, figure, what it is compared with."""
    small = grade(make_class(scratch / "c20", 20, [ASSIGNMENT]), scratch / "o20")
    large = grade(make_class(scratch / "c120", 120, [ASSIGNMENT]), scratch / "o120")
    slope = (large.cpu - small.cpu) / 100
    base = floor([ASSIGNMENT])
    yield "one more submission", ms(slope), "CPU, slope from 20 to 120 submissions"
    yield "the same calls in-process", ms(base), f"the floor; we are {slope / base:.1f} x"
    yield "peak memory", f"{small.peak:.0f} MiB", "largest process, 20 submissions"
    yield "", f"{large.peak:.0f} MiB", f"120 submissions; {large.peak / small.peak:.2f} x"
    file = ROOT / "solutions" / ASSIGNMENT / f"{MODULE}.py"
    torch = min(measure(sys.executable, "-c", "import torch").wall for _ in range(5))
    check = min(measure(BIN / "autograder", "check", file, "--course", ROOT).wall for _ in range(5))
    yield "import torch", ms(torch), "wall, best of 5"
    yield "autograder check", ms(check), f"one file; {check / torch:.2f} x import torch"
    everything = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
    few = grade(make_class(scratch / "f2", 2, everything), scratch / "of2")
    many = grade(make_class(scratch / "f12", 12, everything), scratch / "of12")
    whole, whole_floor = (many.cpu - few.cpu) / 10, floor(everything)
    yield "a perfect full course", ms(whole), f"{len(everything)} files a student"
    yield "the same calls in-process", ms(whole_floor), f"we are {whole / whole_floor:.1f} x"
    yield from nbgrader.lines(scratch, slope)


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

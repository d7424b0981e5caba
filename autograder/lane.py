"""A lane: a process that judges hand-ins one after the other, with a worker of its own.

Started fresh by :mod:`autograder.batch` with its number. It imports torch, forks its worker while it
knows nothing of the course, and only then reads its orders: lines of JSON on standard input, the
first ``{"course", "assignments", "expected"}``, then ``{"student", "assignment", "folder",
"until_failure"}`` each. It answers each with one line on standard output, ``{"grade"}`` or
``{"fault"}``, after a first line ``{"layers"}``.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import torch  # before the fork: the worker inherits it

from autograder.workers import WarmWorker

if TYPE_CHECKING:
    from autograder.grader import Grader


def main() -> None:
    """Fork the worker, then judge what standard input asks for."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    stay_on_one_core(int(sys.argv[1]))
    with closing(WarmWorker.fork(graded=True)) as worker:
        _serve(worker, sys.stdin.buffer, answers)


def stay_on_one_core(number: int) -> None:
    """Keep this process and those that it forks together.

    Judge and student code take turns; waking each other on another core costs half as much again
    as all that they do.
    """
    if sys.platform == "linux":
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def _serve(worker: WarmWorker, orders: BinaryIO, answers: BinaryIO) -> None:
    from autograder.worker.lock import hide_from_children

    hide_from_children()
    from autograder.course import load_course
    from autograder.errors import GraderFault, UsageError
    from autograder.grader import Grader
    from autograder.judge import Judge, run_session

    def answer(line: dict[str, Any]) -> None:
        answers.write(json.dumps(line).encode() + b"\n")
        answers.flush()

    def run(judge: Judge, cases: Any) -> None:
        grader = Grader(judge, cases, chosen)
        gc.collect()
        gc.freeze()  # what is here stays; looking through it again and again costs a tenth
        answer({"layers": [layer.__dict__ for layer in worker.layers]})
        for order in _lines(orders):
            answer(_grade(grader, order))

    first = next(_lines(orders))
    try:
        course = load_course(Path(first["course"]))
        chosen = [course.assignments[name] for name in first["assignments"]]
        torch.set_num_threads(1)
        worker.prepare_for(first["expected"])
        run_session(course, chosen, worker, run, hidden=True)
    except (GraderFault, UsageError) as error:
        answer({"fault": str(error)})


def _lines(orders: BinaryIO) -> Iterator[dict[str, Any]]:
    for line in iter(orders.readline, b""):
        yield json.loads(line)


def _grade(grader: Grader, order: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import asdict

    from autograder.errors import GraderFault
    from autograder.submission import HandIn
    from autograder.text import clean_line

    hand_in = HandIn(order["student"], order["assignment"], Path(order["folder"]))
    try:
        return {"grade": asdict(grader.grade(hand_in, until_failure=order["until_failure"]))}
    except (GraderFault, OSError) as fault:
        return {"fault": str(fault)}
    except Exception as error:  # a flaw of ours costs this hand-in its result, not the class's
        return {"fault": clean_line(f"internal error: {type(error).__name__}: {error}", 300)}


if __name__ == "__main__":
    main()

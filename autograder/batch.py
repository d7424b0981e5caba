"""Hand-ins over lanes: who judges what, in parallel, with every fault kept apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from autograder.course import Course
from autograder.errors import GraderFault
from autograder.outcome import ExerciseResult, Grade, Status, TestResult
from autograder.submission import HandIn
from autograder.worker.layers import Layer
from autograder.worker.lock import readable_from_inside

#: What a lane, and so the memory of the processes that student code runs in, keeps of the
#: environment: none of the instructor's secrets.
ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH"),
    *("LD_LIBRARY_PATH", "VIRTUAL_ENV"),
)


@dataclass(frozen=True)
class Finished:
    """What became of one hand-in: a grade, or the grader's own fault."""

    hand_in: HandIn
    grade: Grade | None
    fault: str | None


class Lane:
    """A judging process and the pipes to it; restarted when it dies.

    Lanes of different numbers stay on different cores, as far as there are enough. ``expected`` is
    about how many hand-ins it will get.
    """

    def __init__(
        self, course: Course, assignments: list[str], number: int = 0, expected: int = 1
    ) -> None:
        self._first = {
            "course": str(course.root),
            "assignments": assignments,
            "expected": expected,
        }
        self._number = os.getpid() + number
        self._process: subprocess.Popen[bytes] | None = None
        self.layers: tuple[Layer, ...] = ()

    def start(self) -> None:
        """Start the process and wait for its worker. GraderFault if it cannot start."""
        kept = {key: os.environ[key] for key in ENVIRONMENT if key in os.environ}
        environment = {**kept, "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.lane", str(self._number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            process_group=0
            if os.name == "posix"
            else None,  # Ctrl-C is for the grader, who stops it
        )
        answer = self._ask(self._first)
        if "fault" in answer:
            self.stop()
            raise GraderFault(answer["fault"])
        self.layers = tuple(Layer(**row) for row in answer["layers"])

    def grade(self, hand_in: HandIn, *, until_failure: bool = False) -> Finished:
        """One hand-in; a lane that dies over it is named and replaced for the next."""
        try:
            if self._process is None:
                self.start()
            answer = self._ask(
                {
                    "student": hand_in.student,
                    "assignment": hand_in.assignment,
                    "folder": str(hand_in.folder),
                    "until_failure": until_failure,
                }
            )
        except GraderFault as fault:
            self.stop()
            return Finished(hand_in, None, str(fault))
        if "fault" in answer:
            self.stop()  # its worker may be gone; the next hand-in gets a new one
            return Finished(hand_in, None, answer["fault"])
        return Finished(hand_in, grade_from_dict(answer["grade"]), None)

    def stop(self) -> None:
        """End the process; its worker and children end with it."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None and process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process is not None
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.flush()
            line = stdout.readline()
        except OSError as error:
            raise GraderFault(f"the judging process is gone: {error}") from error
        if not line:
            raise GraderFault("the judging process ended unexpectedly")
        answer: dict[str, Any] = json.loads(line)
        return answer


def grade_all(
    course: Course,
    hand_ins: list[HandIn],
    jobs: int,
    *,
    until_failure: frozenset[str] = frozenset(),
    isolated: bool = False,
) -> Iterator[Finished]:
    """Grade every hand-in over ``jobs`` lanes, in whatever order they finish.

    ``until_failure`` names the students whose first failing test is enough.

    Raises GraderFault when a lane cannot start at all, or when it has to be ``isolated`` and a layer
    of its lock is missing.
    """
    assignments = sorted({hand_in.assignment for hand_in in hand_ins})
    count = max(1, min(jobs, len(hand_ins)))
    lanes = [Lane(course, assignments, n, len(hand_ins) // count) for n in range(count)]
    free: SimpleQueue[Lane] = SimpleQueue()
    with ThreadPoolExecutor(len(lanes)) as pool:
        try:
            for started in [pool.submit(lane.start) for lane in lanes]:
                started.result()
            for lane in lanes:
                if isolated:
                    require_isolation(lane.layers)
                free.put(lane)
            futures = [
                pool.submit(_on_free_lane, free, hand_in, hand_in.student in until_failure)
                for hand_in in hand_ins
            ]
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for lane in lanes:
                lane.stop()


def require_isolation(layers: tuple[Layer, ...]) -> None:
    """GraderFault where a layer of the lock is missing."""
    for layer in layers:
        if not layer.active:
            fix = f"; the fix: {layer.fix}" if layer.fix else ""
            raise GraderFault(
                f"hidden tests are not run without full isolation, and {layer.name} is missing "
                f"({layer.detail}){fix}. To grade all the same: --isolation best-effort, or "
                "`isolation: best_effort` in course.yml"
            )


def require_out_of_reach(course: Course, *folders: Path) -> None:
    """GraderFault where a private folder lies in one that student code may read."""
    own = [course.root / name for name in (course.hidden_tests, course.solutions) if name]
    for path in (*folders, *own):
        reach = readable_from_inside(path)
        if reach is not None:
            raise GraderFault(
                f"{path} lies in {reach}, which student code can read (Python's own folders); "
                "move it, or the virtual environment, or pass --isolation best-effort"
            )


def _on_free_lane(free: SimpleQueue[Lane], hand_in: HandIn, until_failure: bool) -> Finished:
    lane = free.get()
    try:
        return lane.grade(hand_in, until_failure=until_failure)
    finally:
        free.put(lane)


def grade_from_dict(data: dict[str, Any]) -> Grade:
    """The inverse of ``dataclasses.asdict`` for a Grade."""

    def exercises() -> Iterable[ExerciseResult]:
        for exercise in data["exercises"]:
            tests = tuple(
                TestResult(**{**test, "status": Status(test["status"])})
                for test in exercise["tests"]
            )
            yield ExerciseResult(**{**exercise, "tests": tests})

    return Grade(**{**data, "exercises": tuple(exercises())})

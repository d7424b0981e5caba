"""Lanes on the machines of a Dask cluster, which see the same folders.

Each Dask worker keeps one lane. What travels between the machines is ours: names of folders and
grades, never anything that student code made.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from autograder.batch import Finished, Lane, require_isolation
from autograder.course import Course, load_course
from autograder.errors import GraderFault, UsageError
from autograder.submission import HandIn

CONNECT_SECONDS = 10

_lanes: dict[tuple[str, tuple[str, ...]], Lane] = {}
_lock = Lock()


def grade_all(
    course: Course, hand_ins: list[HandIn], address: str, *, isolated: bool
) -> Iterator[Finished]:
    """Grade every hand-in on the cluster at ``address``, in whatever order they finish.

    Raises UsageError without Dask or a scheduler there, and GraderFault when the cluster is lost, or
    a machine's lock is not whole and has to be.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise UsageError("--scheduler needs Dask: pip install 'autograder[cluster]'") from None
    assignments = tuple(sorted({hand_in.assignment for hand_in in hand_ins}))
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler {address}: no Dask scheduler answers: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise UsageError(f"--scheduler {address}: it has no workers") from None
        root = str(course.root.resolve())
        futures = client.map(
            grade_here,
            [HandIn(h.student, h.assignment, h.folder.resolve()) for h in hand_ins],
            course=root,
            assignments=assignments,
            isolated=isolated,
            pure=False,
            retries=0,
        )
        for future in as_completed(futures, loop=client.loop):
            if fault := future.exception():
                raise GraderFault(f"the cluster failed: {fault}")
            yield future.result()


def grade_here(
    hand_in: HandIn, *, course: str, assignments: tuple[str, ...], isolated: bool
) -> Finished:
    """What a Dask worker runs: one hand-in on this process's lane. One at a time."""
    with _lock:
        lane = _lanes.get((course, assignments))
        if lane is None:
            lane = Lane(load_course(Path(course)), list(assignments))
            lane.start()
            if isolated:
                require_isolation(lane.layers)
            atexit.register(lane.stop)
            _lanes[course, assignments] = lane
        return lane.grade(hand_in)

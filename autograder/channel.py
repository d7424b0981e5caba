"""The judge's end of a child's socket: messages out and in, each exchange with its deadlines."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from autograder.outcome import Status

#: CPUCLOCK_SCHED of <linux/posix-timers.h>: the CPU-time clock of another process.
CPUCLOCK_SCHED = 2
CORES = os.cpu_count() or 1
READ_BYTES = 1 << 16
SHORTEST_LOOK, LONGEST_LOOK = 0.01, 0.5


class Died(Exception):
    """The child is gone, or was stopped: by a deadline, by itself, by what it sent."""

    def __init__(self, status: Status, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class Deadline:
    """CPU and wall limits of one exchange.

    Between two looks not much more wall time counts than was to be waited: a machine that stood
    still meanwhile is no fault of the student's.
    """

    def __init__(self, pid: int, cpu: float, wall: float) -> None:
        self._pid, self._cpu, self._wall = pid, cpu, wall
        self._elapsed, self._waited = 0.0, 0.0
        self._looked = time.monotonic()
        self._cpu_start = self._cpu_now()

    def next_look(self) -> float:
        """Seconds to wait before looking again; Died when a limit is reached."""
        soonest = min(self._cpu / CORES, self._wall) - self.elapsed()
        if soonest <= 0:
            cpu, wall = self._used()
            if cpu >= self._cpu:
                raise Died(Status.TIMEOUT, f"took more than {self._cpu:g} s of computing time")
            if wall >= self._wall:
                raise Died(Status.TIMEOUT, f"took more than {self._wall:g} s")
            soonest = min((self._cpu - cpu) / CORES, self._wall - wall)
        self._waited = min(max(SHORTEST_LOOK, soonest), LONGEST_LOOK)
        return self._waited

    def elapsed(self) -> float:
        """Wall seconds since the request."""
        now = time.monotonic()
        self._elapsed += min(now - self._looked, self._waited + LONGEST_LOOK)
        self._looked = now
        return self._elapsed

    def cost(self) -> float:
        """CPU seconds, where a sleeper's wall time counts in proportion to its limit.

        At most the limit, so that the same hangs use up a budget after the same test every time.
        """
        cpu, wall = self._used()
        return min(self._cpu, max(cpu, wall * self._cpu / self._wall))

    def _used(self) -> tuple[float, float]:
        wall = self.elapsed()
        now = self._cpu_now()
        return (wall if now is None else now - (self._cpu_start or 0.0)), wall

    def _cpu_now(self) -> float | None:
        if sys.platform != "linux":
            return None
        try:
            return time.clock_gettime((~self._pid << 3) | CPUCLOCK_SCHED)
        except OSError:  # the child has just ended
            return None


class Channel:
    """A child's process number and our end of its socket.

    Bytes are read as they come and handed out as asked for, so that a message costs few system
    calls and what came without being asked for is seen.
    """

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self._connection = connection
        self.unread = bytearray()
        self._buffer = bytearray(READ_BYTES)
        self._deadline: Deadline | None = None

    @contextmanager
    def exchange(self, cpu: float, wall: float) -> Iterator[Deadline]:
        """Within it, :meth:`send` and :meth:`read` raise Died at a limit."""
        self._deadline = Deadline(self.pid, cpu, wall)
        try:
            yield self._deadline
        finally:
            self._deadline = None

    def has_unread(self) -> bool:
        """Whether the child has sent something that nobody asked for."""
        if not self.unread:
            self._connection.setblocking(False)
            try:
                self.unread += self._connection.recv(1)
            except BlockingIOError:
                return False
        return bool(self.unread)

    def send(self, data: bytes) -> None:
        """Send everything."""
        assert self._deadline is not None
        view = memoryview(data)
        while view:
            self._connection.settimeout(self._deadline.next_look())
            with suppress(TimeoutError):
                view = view[self._connection.send(view) :]

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes. EOFError when the child has hung up."""
        while len(self.unread) < size:
            self._fill()
        found = bytes(self.unread[:size])
        del self.unread[:size]
        return found

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _fill(self) -> None:
        assert self._deadline is not None
        self._connection.settimeout(self._deadline.next_look())
        with suppress(TimeoutError):
            count = self._connection.recv_into(self._buffer)
            if not count:
                raise EOFError
            self.unread += memoryview(self._buffer)[:count]

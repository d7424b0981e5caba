"""Where children come from: a warm process that forks them, or one new process for each.

:class:`WarmWorker` is what grading uses: torch is imported once, and a locked child is a fork away.
:class:`PlainWorker` works on every system and locks nothing.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
from functools import cached_property
from typing import Any, Protocol

from autograder.course import Limits
from autograder.errors import GraderFault
from autograder.worker import protocol
from autograder.worker.layers import Layer

START_SECONDS = 60.0
MANY_CHILDREN = 64


class Worker(Protocol):
    """A source of children that run student code."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers of the lock that its children put on."""

    def open(
        self, limits: Limits, forbidden: frozenset[str] = frozenset(), *, eager: bool = False
    ) -> tuple[int, socket.socket]:
        """A new child: its process number and our end of its socket.

        ``forbidden``: the rules whose operators it refuses for its whole life.

        ``eager``: with the parts of torch that are loaded only when an optimizer is made.
        """

    def reap(self, pid: int) -> dict[str, Any]:
        """Kill a child if it still runs, and how it ended: ``signal`` or ``exit``."""

    def close(self) -> None:
        """End the worker and its children."""


def start_worker() -> Worker:
    """A worker for a process that may hold a course already: nothing of it is inherited."""
    return WarmWorker.spawn() if sys.platform == "linux" else PlainWorker()


class WarmWorker:
    """A warm process and the control socket to it. Linux only."""

    def __init__(self, control: socket.socket, pid: int, process: subprocess.Popen[bytes] | None):
        self._control = control
        self._pid = pid
        self._process = process

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers of the lock. Waits until the process is ready, which it says first of all."""
        return tuple(Layer(*row) for row in self._receive()["layers"])

    @classmethod
    def fork(cls, *, graded: bool) -> WarmWorker:
        """Fork the worker from this process, which must hold nothing but an imported torch.

        ``graded``: its children run code that should not find a way round the rules.

        Call it before anything about the course is read: a child inherits this memory.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if not pid:
            status = 1
            try:
                ours.close()
                from autograder.worker import zygote

                zygote.serve(theirs, graded=graded)
                status = 0
            finally:
                os._exit(status)
        theirs.close()
        return cls(ours, pid, None)

    @classmethod
    def spawn(cls) -> WarmWorker:
        """Start a fresh worker process; slower, and possible at any time."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "autograder.worker.zygote", str(theirs.fileno())]
        environment = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        process = subprocess.Popen(
            command, pass_fds=(theirs.fileno(),), env=environment, stdin=subprocess.DEVNULL
        )
        theirs.close()
        return cls(ours, process.pid, process)

    def open(
        self, limits: Limits, forbidden: frozenset[str] = frozenset(), *, eager: bool = False
    ) -> tuple[int, socket.socket]:
        """A new locked child: its process number and our end of its socket."""
        _ = self.layers
        ours, theirs = socket.socketpair()
        request = {
            "op": "open",
            "memory_bytes": limits.memory_mb << 20,
            "cpu_seconds": int(limits.submission_seconds + limits.load_seconds) + 2,
            "max_reply": limits.reply_mb << 20,
            "forbidden": sorted(forbidden),
            "eager": eager,
        }
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise GraderFault(f"the worker process is gone: {error}") from error
        finally:
            theirs.close()
        answer = self._receive()
        if "pid" not in answer:
            ours.close()
            raise GraderFault(f"the worker process {answer.get('error', 'failed')}")
        pid = int(answer["pid"])
        ours.settimeout(START_SECONDS)
        try:
            ready = ours.recv(len(protocol.READY))
        except OSError:
            ready = b""
        if ready != protocol.READY:
            ours.close()
            self.reap(pid)
            raise GraderFault("the worker process cannot lock a child")
        return pid, ours

    def reap(self, pid: int) -> dict[str, Any]:
        """Kill a child if it still runs, and how it ended."""
        return self._ask({"op": "close", "pid": pid})

    def prepare_for(self, children: int) -> None:
        """Half a second's work that makes each child 10 ms cheaper, if enough of them are to come."""
        _ = self.layers
        if children >= MANY_CHILDREN:
            self._ask({"op": "collapse"})

    def close(self) -> None:
        """End the worker; its children die with it."""
        self._control.close()
        if self._process is not None:
            self._process.wait()
        else:
            os.waitpid(self._pid, 0)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            self._control.send(json.dumps(request).encode())
        except OSError as error:
            raise GraderFault(f"the worker process is gone: {error}") from error
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        self._control.settimeout(START_SECONDS)
        try:
            message = self._control.recv(1 << 16)
        except OSError as error:
            raise GraderFault(f"the worker process does not answer: {error}") from error
        if not message:
            raise GraderFault("the worker process ended unexpectedly")
        answer: dict[str, Any] = json.loads(message)
        return answer


class PlainWorker:
    """A new process for each child; the first one starts at once, while the caller prepares."""

    layers: tuple[Layer, ...] = ()

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._secret = secrets.token_hex(16)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._next = self._start()

    def open(
        self, limits: Limits, forbidden: frozenset[str] = frozenset(), *, eager: bool = False
    ) -> tuple[int, socket.socket]:
        """A new child without a lock: its process number and our end of its socket."""
        process, self._next = self._next, None
        if process is None:
            process = self._start()
        assert process is not None
        self._processes[process.pid] = process
        connection = self._accept()
        first = {"max_reply": limits.reply_mb << 20, "forbidden": sorted(forbidden)}
        connection.sendall(protocol.encode_frame(first, {}))
        return process.pid, connection

    def reap(self, pid: int) -> dict[str, Any]:
        """Kill a child if it still runs, and how it ended."""
        process = self._processes.pop(pid)
        process.kill()
        code = process.wait()
        return {"signal": -code if code < 0 else None, "exit": max(code, 0)}

    def close(self) -> None:
        """End every child."""
        if self._next is not None:
            self._processes[self._next.pid] = self._next
        for pid in list(self._processes):
            self.reap(pid)
        self._listener.close()

    def _start(self) -> subprocess.Popen[bytes] | None:
        port = self._listener.getsockname()[1]
        return subprocess.Popen(
            [sys.executable, "-I", "-m", "autograder.worker.solo", str(port)],
            env={**os.environ, "AUTOGRADER_SECRET": self._secret, "TORCHDYNAMO_DISABLE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def _accept(self) -> socket.socket:
        self._listener.settimeout(START_SECONDS)
        try:
            while True:
                connection, _ = self._listener.accept()
                connection.settimeout(START_SECONDS)
                if connection.recv(len(self._secret), socket.MSG_WAITALL) == self._secret.encode():
                    return connection
                connection.close()
        except OSError as error:
            raise GraderFault(f"the process for your code does not start: {error}") from error

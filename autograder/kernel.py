"""The judge's session with a program that runs already: the objects of this very process.

A notebook's check cell has no border to guard, since it is the student's own machine. So
:class:`KernelSession` calls the child's own code in this process, and what crosses over takes the
same form as on the wire: an answer is judged exactly as ``autograder check`` judges it. Everything
that a call or pytest may change here is put back afterwards (:func:`restored`).
"""

from __future__ import annotations

import builtins
import linecache
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import torch

from autograder.channel import Died
from autograder.course import Limits
from autograder.outcome import Status
from autograder.sandbox import FRAME_SLACK, Message, Session
from autograder.submission import Submission
from autograder.worker import protocol
from autograder.worker.child import MAX_REQUEST, Child
from autograder.worker.layers import Layer
from autograder.worker.operators import Guard

Names = dict[str, Any]

#: A limit that was missed (in a ``finally`` or a bare ``except``) is called again after this time.
RING_AGAIN_SECONDS = 1.0


class TimeIsUp(BaseException):
    """Raised in student code at a limit; ``except Exception`` does not catch it."""


class InKernel(Child):
    """The child's execution code around objects that exist already."""

    let_through = (KeyboardInterrupt, TimeIsUp)

    def __init__(self, names: Names, files: Iterable[str], max_reply: int) -> None:
        super().__init__(protocol.Reader(_nothing_to_read), lambda _data: None, max_reply, Guard())
        self._names = names
        self._filenames = set(files)
        self._default_dtype = torch.get_default_dtype()
        self.places: set[tuple[str, int]] = set()

    def answer(self, request: Message, forbidden: frozenset[str]) -> Message:
        """The child's reply to calls; leaves this process as it was."""
        output: Any = self._output  # a stream in all but name
        try:
            with (
                restored_torch(),
                redirect_stdout(output),
                redirect_stderr(output),
                warnings.catch_warnings(action="ignore"),
                _no_input(),
            ):
                self._guard.arm(forbidden)
                return self._answer(*request)
        finally:
            self._guard.arm(frozenset())

    def _describe(self, error: BaseException) -> dict[str, Any]:
        found = super()._describe(error)
        self._remember(found["place"], found["line"])
        return found

    def _running_line(self) -> int | None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename not in self._filenames:
            frame = frame.f_back
        if frame is None:
            return None
        self._remember(frame.f_code.co_filename, frame.f_lineno)
        return frame.f_lineno

    def _remember(self, file: str | None, line: int | None) -> None:
        if file is not None and line is not None:
            self.places.add((file, line))

    def source_line(self, line: int | None) -> str:
        """The code of a line that an answer named; empty where it could be one of several."""
        found = {linecache.getline(file, n).strip() for file, n in self.places if n == line}
        return found.pop() if len(found) == 1 else ""


def _nothing_to_read(_size: int) -> NoReturn:
    raise EOFError


class NoWorker:
    """Stands where a session has its worker: there are no children here."""

    layers: tuple[Layer, ...] = ()

    def open(
        self, limits: Limits, forbidden: frozenset[str] = frozenset(), *, eager: bool = False
    ) -> NoReturn:
        """Never asked for."""
        raise NotImplementedError

    def reap(self, pid: int) -> NoReturn:
        """Never asked for."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to end."""


class KernelSession(Session):
    """A session whose program is this process. Limits of time hold, as far as the system allows."""

    def __init__(self, program: InKernel, submission: Submission, limits: Limits) -> None:
        super().__init__(NoWorker(), submission, limits)
        self._program = program

    def _ensure_loaded(self) -> None:
        """The program runs already."""

    def _discard(self) -> dict[str, Any]:
        return {}

    def _exchange(self, exercise: str, request: Message, cpu: float, wall: float) -> Message:
        limit = (self._limits.reply_mb << 20) + FRAME_SLACK
        cpu_start, wall_start = time.process_time(), time.monotonic()
        try:
            with deadline(cpu, wall):
                arrived = _over_the_wire(*request, MAX_REQUEST)
                reply, results = self._program.answer(arrived, self._forbidden)
            return _over_the_wire({**reply, "id": 0}, results, limit)
        except TimeIsUp as up:
            raise Died(Status.TIMEOUT, str(up)) from None
        except protocol.ProtocolError as error:
            raise Died(Status.REJECTED, f"sent {error}") from error
        finally:
            spent = time.process_time() - cpu_start
            waited = (time.monotonic() - wall_start) * cpu / wall
            self._spent[exercise] += min(cpu, max(spent, waited))


def _over_the_wire(header: dict[str, Any], tensors: dict[str, torch.Tensor], limit: int) -> Message:
    """A message as it arrives on the other side: the same checks, and tensors of its own."""
    return protocol.read_frame(BytesIO(protocol.encode_frame(header, tensors)).read, limit)


# --- deadlines -----------------------------------------------------------------------------------


@contextmanager
def deadline(cpu: float, wall: float) -> Iterator[None]:
    """TimeIsUp at a limit: at once where there are alarms, otherwise when the call has ended.

    Windows has none, nor has a thread beside the main one: there the kernel's interrupt ends loops.
    """
    cpu_text, wall_text = (
        f"took more than {cpu:g} s of computing time",
        f"took more than {wall:g} s",
    )
    cpu_start, wall_start = time.process_time(), time.monotonic()
    if _has_alarms():
        with (
            _alarm(signal.ITIMER_REAL, signal.SIGALRM, wall, wall_text),
            _alarm(signal.ITIMER_PROF, signal.SIGPROF, cpu, cpu_text),
        ):
            yield
    else:
        yield
    if time.process_time() - cpu_start >= cpu:
        raise TimeIsUp(cpu_text)
    if time.monotonic() - wall_start >= wall:
        raise TimeIsUp(wall_text)


def _has_alarms() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def _alarm(timer: int, number: int, seconds: float, text: str) -> Iterator[None]:
    armed = True

    def ring(_number: int, _frame: FrameType | None) -> None:
        if armed:
            raise TimeIsUp(text)

    before = signal.signal(number, ring)
    timer_before = signal.setitimer(timer, seconds, RING_AGAIN_SECONDS)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(timer, *timer_before)
        signal.signal(number, signal.SIG_DFL if before is None else before)


# --- leaving no trace ----------------------------------------------------------------------------


@contextmanager
def restored(test_modules: Iterable[str]) -> Iterator[None]:
    """Put back what pytest and the tests change in a process, their own modules included.

    Inside, the named modules are not yet imported, and torch is as in a new process.
    """
    last = {name: getattr(sys, name) for name in _LAST if hasattr(sys, name)}
    environment, folder = dict(os.environ), Path.cwd()
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    paths, finders, hook = list(sys.path), list(sys.meta_path), sys.excepthook
    modules = {name: sys.modules.pop(name) for name in test_modules if name in sys.modules}
    try:
        with restored_torch(), warnings.catch_warnings(action="ignore"):
            yield
    finally:
        for name in test_modules:
            sys.modules.pop(name, None)
        sys.modules.update(modules)
        sys.path[:], sys.meta_path[:], sys.excepthook = paths, finders, hook
        sys.dont_write_bytecode = bytecode
        for name in os.environ.keys() - environment.keys():
            del os.environ[name]
        os.environ.update(environment)
        os.chdir(folder)
        for name in _LAST:
            if name in last:
                setattr(sys, name, last[name])
            elif hasattr(sys, name):
                delattr(sys, name)


#: What ``%debug`` looks at; pytest writes it for each test that fails.
_LAST = ("last_type", "last_value", "last_traceback", "last_exc")


@contextmanager
def restored_torch() -> Iterator[None]:
    """Torch as in a new process inside, as it was afterwards; random numbers go on as before."""
    dtype, device = torch.get_default_dtype(), torch.get_default_device()
    grad, threads = torch.is_grad_enabled(), torch.get_num_threads()
    seeds, torch_seeds = random.getstate(), torch.get_rng_state()
    numpy = sys.modules.get("numpy")
    numpy_seeds = numpy.random.get_state() if numpy else None
    try:
        torch.set_default_dtype(torch.float32)
        if device.type != "cpu":
            torch.set_default_device("cpu")
        torch.set_grad_enabled(True)
        if threads != 1:
            torch.set_num_threads(1)
        yield
    finally:
        torch.set_default_dtype(dtype)
        if torch.get_default_device() != device:
            torch.set_default_device(device)
        torch.set_grad_enabled(grad)
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        random.setstate(seeds)
        torch.set_rng_state(torch_seeds)
        if numpy:
            numpy.random.set_state(numpy_seeds)


@contextmanager
def _no_input() -> Iterator[None]:
    """``input()`` finds nothing, as in the child; a kernel would ask and wait."""

    def ask(*_args: object) -> NoReturn:
        raise EOFError("EOF when reading a line")

    asked, builtins.input = builtins.input, ask
    try:
        yield
    finally:
        builtins.input = asked

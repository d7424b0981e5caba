"""The judge's side of the border: a student's program behind a worker.

:class:`Session` is one submission's program: it opens a child when needed, sends calls, enforces
every deadline from outside, replaces a child that died and keeps the budgets. What comes back is
checked here and is data from here on.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.channel import Channel, Died
from autograder.course import Limits
from autograder.outcome import Status
from autograder.submission import Cell, Submission
from autograder.worker import protocol
from autograder.workers import Worker

#: Programs that seem to need the part of torch that a worker does not load for every one. Others
#: that do load it themselves, which takes a second of their time.
LAZY = re.compile(
    r"^[^#\n]*\b(optim|compile|export|func|functorch|jacrev|jacfwd|hessian|profiler|_dynamo"
    r"|custom_op|use_deterministic_algorithms|import_module)\b",
    re.MULTILINE,
)
#: The share of a reply's limit that its JSON, printed text and framing may add.
FRAME_SLACK = 1 << 20

#: More than any program has.
MAX_LINES = 1 << 22

#: A frame's two parts: its JSON object and its tensors.
Message = tuple[dict[str, Any], dict[str, torch.Tensor]]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Raised(_Strict):
    """An exception in student code, as data."""

    kinds: list[str] = Field(max_length=50)
    text: str = Field(max_length=10_000)
    place: str | None = Field(None, max_length=500)
    line: int | None = Field(None, ge=0, lt=MAX_LINES)


class Note(Raised):
    """A cell that did not run to its end."""

    label: str = Field(max_length=500)


class _LoadReply(_Strict):
    id: int
    notes: list[Note] = Field(max_length=100)
    printed: str = Field(max_length=10_000)


class _CallReply(_Strict):
    value: Any = None
    raised: Raised | None = None
    refused: str | None = Field(None, max_length=10_000)
    missing: bool = False
    gradients: dict[str, Any] | None = None
    modified: list[str] = Field(max_length=1000)
    printed: str = Field(max_length=10_000)
    printed_bytes: int
    operators: list[tuple[str, int | None] | list[Any]] = Field(max_length=100)
    seconds: float


class _CallsReply(_Strict):
    id: int
    replies: list[_CallReply]


class Gradients(dict[str, torch.Tensor | None]):
    """Gradients by name; one that was not sent is one that does not flow."""

    def __missing__(self, _name: str) -> None:
        return None


@dataclass(frozen=True)
class Reply:
    """What one call came to, rebuilt from plain data."""

    value: Any
    raised: Raised | None
    refused: str | None
    missing: bool
    gradients: dict[str, torch.Tensor | None] | None
    gradient_problem: str | None
    modified: tuple[str, ...]
    printed: str
    printed_bytes: int
    operators: tuple[tuple[str, int | None], ...]
    seconds: float


@dataclass(frozen=True)
class Call:
    """One request: what to reach in the student's program, with which arguments.

    The result of one with a ``keep`` stays there, under that number.
    """

    target: tuple[str | int, ...]
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    upstream: torch.Tensor | None = None
    keep: int | None = None
    get: bool = False


# --- one submission --------------------------------------------------------------------------------


LoadMode = Literal["run", "definitions"]
#: A top-level statement: its cell's label and its line.
Place = tuple[str, int]
#: Statements that may be passed over before the definitions alone are taken.
MAX_PASSED_OVER = 2
MAX_PLACES = 1 << 19


class Session:
    """One submission's program, from the judge's side. Use as a context manager.

    A child refuses the operators of one set of rules, so each set that its exercises have gets one.

    Raises Died from :meth:`call` when the child did not answer properly; the next call gets a new
    child with the same cells.
    """

    def __init__(self, worker: Worker, submission: Submission, limits: Limits) -> None:
        self.submission = submission
        self.notes: tuple[Note, ...] = ()
        self.load_failure: Died | None = None
        self._worker = worker
        self._limits = limits
        self._channels: dict[frozenset[str], Channel] = {}
        self._forbidden: frozenset[str] = frozenset()
        self._mode: LoadMode = "run"
        self._passed_over: list[Place] = []
        self._at: Place | None = None
        self._next_id = 1
        self._was_asked = False
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._last_cost = 0.0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_exc: object) -> None:
        for forbidden in list(self._channels):
            self._forbidden = forbidden
            self._discard()

    def call(
        self, exercise: str, calls: Sequence[Call], forbidden: Iterable[str]
    ) -> tuple[Reply, ...]:
        """Send calls together and wait for their replies. The limits are for all of them.

        Raises Died when there are none: a deadline, a death, a malformed reply, a spent budget.
        """
        self._check_budget(exercise)
        self._forbidden = frozenset(forbidden)
        self._ensure_loaded()
        self._was_asked = True
        limits = self._limits
        encoder = protocol.Encoder(views=True, max_bytes=1 << 30)
        header = {
            "op": "call",
            "calls": [_request(call, encoder) for call in calls],
            "output_limit": limits.output_kb << 10,
        }
        message = (header, encoder.tensors)
        start = time.monotonic()
        answer = self._exchange(exercise, message, limits.call_seconds, limits.call_wall_seconds)
        try:
            return read_replies(answer, len(calls), time.monotonic() - start)
        except (ValidationError, protocol.ProtocolError) as error:
            self._discard()
            raise Died(Status.REJECTED, "sent a malformed reply") from error

    def forgive(self, exercise: str) -> None:
        """Take what the last exchange cost off an exercise's budget."""
        self._spent[exercise] -= self._last_cost
        self._last_cost = 0.0

    # --- children ------------------------------------------------------------------------------

    def _check_budget(self, exercise: str) -> None:
        if self._spent[exercise] >= self._limits.exercise_seconds:
            raise Died(
                Status.TIMEOUT, "was not run: this exercise's earlier tests used up its time budget"
            )
        if sum(self._spent.values()) >= self._limits.submission_seconds:
            raise Died(
                Status.TIMEOUT, "was not run: earlier tests used up the submission's time budget"
            )

    def _ensure_loaded(self) -> None:
        if self._forbidden in self._channels:
            return
        if self.load_failure is not None:
            raise Died(self.load_failure.status, self.load_failure.text)
        # Top-level code that hangs or kills the process decides nothing about what is defined: a new
        # child passes that statement over or, if that does not help, takes the definitions alone.
        deaths: list[tuple[Died, Place | None]] = []
        while True:
            try:
                self._load()
                break
            except Died as death:
                at = None if death.status is Status.REJECTED else self._at
                deaths.append((death, at))
                if self._mode == "definitions":
                    self.load_failure = deaths[0][0]
                    raise self.load_failure from None
                if at is None or at in self._passed_over or len(deaths) > MAX_PASSED_OVER:
                    self._mode = "definitions"
                else:
                    self._passed_over.append(at)
        if not self._was_asked:
            self.notes = (*(self._note(*what) for what in deaths), *self.notes)

    def _take(self, notes: Sequence[Note]) -> None:
        """Keep what is new. Once inputs of tests were there, a text might tell of them."""
        if self._was_asked:
            notes = [
                note.model_copy(update={"text": "", "kinds": ["an exception"], "place": None})
                for note in notes
                if note.label in self.submission.labels
            ]
        known = {(note.label, note.line) for note in self.notes}
        self.notes += tuple(note for note in notes if (note.label, note.line) not in known)

    def _note(self, death: Died, at: Place | None) -> Note:
        label, line = at or ("", None)
        cell = f" in {label}, line {line}" if self.submission.is_notebook else f" in line {line}"
        text = f"the top-level code{cell if at else ''} {death.text}"
        return Note(kinds=[], text=text, label=label, line=line)

    def _load(self) -> None:
        eager = any(LAZY.search(cell.source) for cell in self.submission.cells)
        opened = self._worker.open(self._limits, self._forbidden, eager=eager)
        self._channels[self._forbidden] = Channel(*opened)
        header = {
            "op": "load",
            "name": self.submission.module,
            "main": self.submission.is_notebook,
            "cells": [_cell(cell, self._mode, self._passed_over) for cell in self.submission.cells],
            "siblings": dict(self.submission.siblings),
        }
        self._at = None
        limits = self._limits
        ratio = limits.call_wall_seconds / limits.call_seconds
        reply, _ = self._exchange(
            "", (header, {}), limits.load_seconds, limits.load_seconds * max(1.0, ratio)
        )
        try:
            loaded = _LoadReply.model_validate(reply)
        except ValidationError as error:
            self._discard()
            raise Died(Status.REJECTED, "sent a malformed reply") from error
        self._take(loaded.notes)

    def _exchange(self, exercise: str, request: Message, cpu: float, wall: float) -> Message:
        channel = self._channels[self._forbidden]
        header, tensors = request
        number = self._next_id
        self._next_id += 1
        frame = protocol.encode_frame({**header, "id": number}, tensors)
        limit = (self._limits.reply_mb << 20) + FRAME_SLACK
        with channel.exchange(cpu, wall) as deadline:
            try:
                if channel.has_unread():
                    raise protocol.ProtocolError("a reply that was not asked for")
                channel.send(frame)
                reply, results = protocol.read_frame(channel.read, limit, FRAME_SLACK)
                for _ in range(MAX_PLACES if header["op"] == "load" else 0):
                    if "at" not in reply:
                        break
                    self._at = self._place(reply["at"])
                    reply, results = protocol.read_frame(channel.read, limit, FRAME_SLACK)
                if reply.get("id") != number or channel.unread:
                    raise protocol.ProtocolError("a reply that was not asked for")
                return reply, results
            except Died:
                self._discard()
                raise
            except protocol.ProtocolError as error:
                self._discard()
                raise Died(Status.REJECTED, f"sent {error}") from error
            except (EOFError, OSError) as error:
                raise self._died() from error
            finally:
                self._last_cost = deadline.cost()
                self._spent[exercise] += self._last_cost

    def _place(self, claimed: Any) -> Place | None:
        """A place in the program, if it is one."""
        match claimed:
            case [str(label), int(line)] if (
                label in self.submission.labels and 0 < line < MAX_LINES
            ):
                return label, line
        return None

    def _died(self) -> Died:
        ended = self._discard()
        number = ended.get("signal")
        if number == 24:  # SIGXCPU
            return Died(Status.TIMEOUT, "used up the submission's computing time")
        if number is not None and number != 9:
            return Died(Status.CRASHED, f"ended the Python process ({_signal_name(number)})")
        return Died(Status.CRASHED, "ended the Python process")

    def _discard(self) -> dict[str, Any]:
        channel = self._channels.pop(self._forbidden, None)
        if channel is None:
            return {}
        channel.close()
        return self._worker.reap(channel.pid)


def _cell(cell: Cell, mode: LoadMode, passed_over: Iterable[Place]) -> dict[str, Any]:
    lines = [line for label, line in passed_over if label == cell.label]
    place = {"label": cell.label, "line": cell.line, "source": cell.source}
    return {**place, "mode": mode, "passed_over": lines}


def _request(call: Call, encoder: protocol.Encoder) -> dict[str, Any]:
    return {
        "target": call.target,
        "args": [encoder.encode(value) for value in call.args],
        "kwargs": {key: encoder.encode(value) for key, value in call.kwargs.items()},
        "upstream": encoder.encode(call.upstream),
        "keep": call.keep,
        "get": call.get,
    }


def read_replies(message: Message, count: int, elapsed: float) -> tuple[Reply, ...]:
    """The replies to ``count`` calls; ValidationError or ProtocolError where they are none.

    ``elapsed``: the seconds since the request, which no reply may exceed.
    """
    header, tensors = message
    replies = _CallsReply.model_validate(header).replies
    if len(replies) != count:
        raise protocol.ProtocolError("another number of replies")
    return tuple(_rebuild(reply, tensors, elapsed) for reply in replies)


def _rebuild(reply: _CallReply, tensors: dict[str, torch.Tensor], elapsed: float) -> Reply:
    gradients: dict[str, torch.Tensor | None] | None = None
    problem = None
    if reply.gradients is not None:
        raw = reply.gradients.get("problem")
        if isinstance(raw, str):
            problem = raw
        else:
            gradients = Gradients()
            for name, tree in reply.gradients.items():
                value = protocol.decode(tree, tensors)
                if value is not None and not isinstance(value, torch.Tensor):
                    raise protocol.ProtocolError("a gradient that is no tensor")
                gradients[name] = value
    operators = []
    for pair in reply.operators:
        name, line = (*pair, None, None)[:2]
        if not isinstance(name, str) or not (line is None or isinstance(line, int)):
            raise protocol.ProtocolError("an operator that is malformed")
        operators.append((name[:100], line))
    return Reply(
        value=protocol.decode(reply.value, tensors),
        raised=reply.raised,
        refused=reply.refused,
        missing=reply.missing,
        gradients=gradients,
        gradient_problem=problem,
        modified=tuple(reply.modified),
        printed=reply.printed,
        printed_bytes=reply.printed_bytes,
        operators=tuple(operators),
        seconds=min(max(0.0, reply.seconds), elapsed),
    )


def _signal_name(number: int) -> str:
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"

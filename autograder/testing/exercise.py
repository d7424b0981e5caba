"""The exercise under test, as a test sees it.

Calling an :class:`Exercise` sends one call to the student's program and gives back plain values, checked
for the form that ``course.yml`` promises (``returns``), so that a test may index and unpack what
it gets. Whatever else happens becomes a :class:`StudentFailure` with its status, or a
:class:`~autograder.testing.compare.Mismatch`.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from typing import Any

import torch

from autograder import course as course_module
from autograder.channel import Died
from autograder.outcome import Status
from autograder.sandbox import Call, Raised, Reply
from autograder.testing.failures import Mismatch, StudentFailure
from autograder.text import clean, clean_line

MAX_SHOWN_PRINT = 600


@dataclass(frozen=True)
class Recorded:
    """A call and its reply, kept for the diagnosis of misconceptions."""

    call: Call
    reply: Reply


@dataclass
class Probe:
    """The way from tests to one student's program: sends calls, remembers what came of them."""

    send: Callable[[str, Sequence[Call], tuple[str, ...]], tuple[Reply, ...]]
    notes: Callable[[], str]
    known_operator: Callable[[str], bool]
    last_line: Callable[[], int]
    labels: frozenset[str] = frozenset()
    recorded: list[Recorded] = field(default_factory=list)
    seconds: float = 0.0
    printed: list[str] = field(default_factory=list)
    _waiting: list[tuple[course_module.Exercise, Call]] = field(default_factory=list)
    _handles: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Forget the calls of the test before."""
        self.recorded, self.seconds, self.printed, self._waiting = [], 0.0, [], []

    def call(self, exercise: course_module.Exercise, call: Call) -> Reply:
        """Send a call, and first those that wait; StudentFailure unless all came to a result."""
        return next(self.each(exercise, [call]))

    def each(self, exercise: course_module.Exercise, calls: Sequence[Call]) -> Iterator[Reply]:
        """Send calls together, and first those that wait; each comes to a result in its turn."""
        if any(waiting is not exercise for waiting, _ in self._waiting):
            self.settle()
        waiting = [call for _, call in self._waiting]
        self._waiting = []
        replies = self._send(exercise, [*waiting, *calls])
        for _ in waiting:
            next(replies)
        return replies

    def keep(self, exercise: course_module.Exercise, call: Call) -> int:
        """A call whose result stays in the student's program; it waits for the next one's message.

        Gives back the handle of the result.
        """
        handle = next(self._handles)
        self._waiting.append((exercise, replace(call, keep=handle)))
        return handle

    def settle(self) -> Reply | None:
        """Send the calls that wait, and give back the last one's reply."""
        reply = None
        while self._waiting:
            exercise, _ = self._waiting[0]
            calls = [call for other, call in self._waiting if other is exercise]
            self._waiting = [item for item in self._waiting if item[0] is not exercise]
            *_, reply = self._send(exercise, calls)
        return reply

    def _send(self, exercise: course_module.Exercise, calls: Sequence[Call]) -> Iterator[Reply]:
        try:
            replies = self.send(exercise.name, calls, exercise.forbidden)
        except Died as death:
            raise StudentFailure(death.status, f"Your code {death.text}.") from None
        return map(self._accept, repeat(exercise), calls, replies)

    def _accept(self, exercise: course_module.Exercise, call: Call, reply: Reply) -> Reply:
        self.seconds += reply.seconds
        self.recorded.append(Recorded(call, reply))
        if reply.printed:
            self.printed.append(clean(reply.printed, MAX_SHOWN_PRINT))
        self._raise_failure(exercise, reply)
        return reply

    def _raise_failure(self, exercise: course_module.Exercise, reply: Reply) -> None:
        if reply.operators:
            raise self._forbidden(reply)
        if reply.missing:
            raise self._missing(exercise)
        if reply.raised is not None:
            raise self._raised(reply.raised)
        if reply.refused is not None:
            raise StudentFailure(
                Status.REJECTED,
                "Your code returned something that is not a plain tensor or value.",
                f"It returned {clean_line(reply.refused)}.",
            )

    def _missing(self, exercise: course_module.Exercise) -> StudentFailure:
        notes = self.notes()
        if notes:
            return StudentFailure(
                Status.ERROR, f"`{exercise.name}` was not defined, because {notes}"
            )
        return StudentFailure(Status.MISSING, f"There is no `{exercise.name}` in your file.")

    def _forbidden(self, reply: Reply) -> StudentFailure:
        name, line = reply.operators[0]
        shown = name if self.known_operator(name) else "an operator"
        line = self._checked_line(line)
        where = f" (line {line})" if line else ""
        return StudentFailure(
            Status.FORBIDDEN,
            f"Your code used {shown}{where}, which is not allowed here.",
            line=line,
        )

    def _raised(self, raised: Raised) -> StudentFailure:
        line = self._checked_line(raised.line)
        kinds = tuple(kind for kind in raised.kinds if _is_known_exception(kind))
        kind = kinds[0] if kinds else "Exception"
        cell = f"{raised.place}, " if raised.place in self.labels else ""
        where = f" in {cell}line {line}" if line else ""
        text = clean_line(raised.text, 400)
        detail = f"{kind}: {text}" if text else ""
        if kind == "OutputLimitExceeded":
            summary, status = f"Your code printed too much{where}.", Status.ERROR
        elif kind == "NotImplementedError":
            summary, status = "This exercise is not written yet.", Status.ERROR
            detail = ""
        elif kind == "MemoryError" or "can't allocate memory" in raised.text:
            summary, status = f"Your code asked for too much memory{where}.", Status.MEMORY
        else:
            summary, status = f"Your code raised {kind}{where}.", Status.ERROR
        if kind == "PermissionError":
            summary += " While it is graded, code can open no files, sockets or processes."
        return StudentFailure(status, summary, detail, line=line, kinds=kinds)

    def _checked_line(self, line: int | None) -> int | None:
        return line if line is not None and 0 < line <= self.last_line() else None


def _is_known_exception(kind: str) -> bool:
    if kind in ("ForbiddenOperator", "OutputLimitExceeded"):
        return True
    known = getattr(builtins, kind, None)
    return isinstance(known, type) and issubclass(known, BaseException)


class Exercise:
    """A student's function. Call it like the function itself."""

    def __init__(self, spec: course_module.Exercise, probe: Probe) -> None:
        self.spec = spec
        self._probe = probe
        self._target: tuple[str | int, ...] = ("name", spec.name)
        if spec.kind == "autograd_function":
            self._target = (*self._target, "apply")

    @property
    def name(self) -> str:
        """The exercise's name in course.yml."""
        return self.spec.name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result of a call, as plain values."""
        return self._value(self._probe.call(self.spec, Call(self._target, args, kwargs)))

    def each(self, *arguments: tuple[Any, ...]) -> Iterator[Any]:
        """The results of several calls, which are made together: much cheaper than one by one.

        A call that came to none raises when its result is asked for.
        """
        calls = [Call(self._target, args) for args in arguments]
        replies = self._probe.each(self.spec, calls)
        return map(self._value, replies)

    def _value(self, reply: Reply) -> Any:
        return match_form(reply.value, self.spec.returns)

    def reply(self, *args: Any, **kwargs: Any) -> Reply:
        """The whole reply of a call: what it printed and which arguments it modified, too."""
        return self._send(Call(self._target, args, kwargs))

    def vjp(
        self, *args: Any, upstream: torch.Tensor, **kwargs: Any
    ) -> tuple[torch.Tensor, dict[str, torch.Tensor | None]]:
        """The result and the gradients of ``(upstream * result).sum()``.

        Gradients are by position (``"0"``) or keyword of the argument, and by parameter name.
        """
        reply = self._send(Call(self._target, args, kwargs, upstream=upstream))
        if reply.gradient_problem == "shape":
            value = reply.value
            raise Mismatch(
                "shape",
                "The result has the wrong shape.",
                f"It has {tuple(value.shape)}, expected {tuple(upstream.shape)}.",
            )
        if reply.gradients is None:
            raise Mismatch(
                "gradient",
                "The result is cut off from its inputs: no gradient flows back through it.",
            )
        return reply.value, reply.gradients

    def keep(self, *path: str, args: tuple[Any, ...] = (), **kwargs: Any) -> Instance:
        """What a call gives, or the method at a path from here: an object in the student's program.

        The call is made no later than the next one, or when :meth:`settle` asks for its reply.
        """
        handle = self._probe.keep(self.spec, Call((*self._target, *path), args, kwargs))
        return Instance(self.spec, self._probe, handle)

    def plain(self, *path: str, args: tuple[Any, ...] = ()) -> Any:
        """The plain value, of whatever form, that the method at a path from here gives."""
        return self._probe.call(self.spec, Call((*self._target, *path), args)).value

    def settle(self) -> Reply | None:
        """Make the calls that wait for the next one; the last one's reply, if there were any."""
        return self._probe.settle()

    def _send(self, call: Call) -> Reply:
        reply = self._probe.call(self.spec, call)
        return replace(reply, value=self._value(reply))


class ModuleExercise(Exercise):
    """A student's class. Call it like the class itself; the object stays in the student's program."""

    def __call__(self, *args: Any, **kwargs: Any) -> Instance:
        """A new object of the class, made no later than its first use."""
        return self.keep(args=args, **kwargs)


class Instance(Exercise):
    """An object in the student's program. Call it like the object; read tensors as attributes."""

    def __init__(self, spec: course_module.Exercise, probe: Probe, handle: int) -> None:
        super().__init__(spec, probe)
        self._target = ("handle", handle)

    def read(self, name: str) -> Any:
        """The plain value of an attribute, such as ``weight``."""
        return self._probe.call(self.spec, Call((*self._target, name), get=True)).value

    def state_dict(self) -> dict[str, torch.Tensor]:
        """What ``dict(object.state_dict())`` holds."""
        value = self.plain("state_dict")
        if not isinstance(value, dict) or not all(torch.is_tensor(v) for v in value.values()):
            raise Mismatch("type", "`state_dict()` should be a dict of tensors.")
        return value

    def load_state_dict(self, state: dict[str, torch.Tensor]) -> None:
        """Set the parameters."""
        self.keep("load_state_dict", args=(state,))


def make_exercise(spec: course_module.Exercise, probe: Probe) -> Exercise:
    """The proxy that fits an exercise's kind."""
    return (ModuleExercise if spec.kind == "module" else Exercise)(spec, probe)


# --- the form of a result ------------------------------------------------------------------------


def match_form(value: Any, form: Any) -> Any:
    """A value in the form that ``returns`` promises; Mismatch if it has another."""
    if isinstance(form, tuple):
        if value is None:
            return match_form(value, form[0])
        if not isinstance(value, list | tuple) or len(value) != len(form):
            raise Mismatch(
                "type",
                f"The result should be a tuple of {len(form)} values.",
                f"It is {_describe(value)}.",
            )
        return tuple(match_form(item, part) for item, part in zip(value, form, strict=True))
    if value is None:
        raise Mismatch("type", "Nothing came back: a function hands over its result by `return`.")
    found: Any
    if form == "tensor":
        found = value if isinstance(value, torch.Tensor) else None
    else:
        found = _whole(value) if form == "int" else _numbers(value)
    if found is None:
        wanted = {"tensor": "a tensor", "int": "a Python int", "numbers": "a list of numbers"}[form]
        raise Mismatch("type", f"The result should be {wanted}.", f"It is {_describe(value)}.")
    return found


def _whole(value: Any) -> int | None:
    """A whole number of whatever type as an int; :func:`assert_int` asks for the type itself."""
    if isinstance(value, torch.Tensor) and value.dim() == 0 and not value.is_complex():
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def _numbers(value: Any) -> list[float] | None:
    """A list of numbers or 0-d tensors, or a 1-D tensor, as a list of floats."""
    if isinstance(value, torch.Tensor):
        return [float(item) for item in value.tolist()] if value.dim() == 1 else None
    if not isinstance(value, list | tuple):
        return None
    numbers = []
    for item in value:
        if isinstance(item, torch.Tensor) and item.numel() == 1 and item.dim() <= 1:
            item = item.reshape(()).item()
        if isinstance(item, bool) or not isinstance(item, int | float):
            return None
        numbers.append(float(item))
    return numbers


def _describe(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    return "None" if value is None else f"of type {type(value).__name__}"

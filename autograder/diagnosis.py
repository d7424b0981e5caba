"""Recognising a misconception: one of the bank's wrong programs answers as the student's did.

A diagnosis is given only if one misconception alone explains everything: on each recorded call it
agrees with the student's answer, and it is right exactly where the student is right. Wrong is worse
than silent.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import torch

from autograder.bank import Bank, Misconception
from autograder.channel import Died
from autograder.course import Assignment, Exercise, Limits
from autograder.judge import Judged
from autograder.kernel import InKernel, KernelSession
from autograder.outcome import Outcome, Status
from autograder.sandbox import Call, Raised, Reply
from autograder.submission import Submission
from autograder.testing.exercise import Recorded, match_form
from autograder.testing.failures import Mismatch

#: Right programs differ by rounding, far less than this share of the largest value.
SAME_IN = {torch.float64: 1e-9, torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 1e-1}
#: Two programs with the same misconception may round differently.
ALIKE = 1e-4
#: The failures that an answer can explain.
EXPLAINABLE = (Status.PASSED, Status.FAILED, Status.ERROR, Status.REJECTED)


def diagnose(
    bank: Bank, assignment: Assignment, judged: Judged, limits: Limits
) -> tuple[Outcome, ...]:
    """The outcomes, with a diagnosis and its advice wherever one is certain.

    An exercise that calls another one which is wrong itself gets none: it may only pass on the
    other's mistake, and says so.
    """
    failed = {o.exercise for o in judged.outcomes if o.status is not Status.PASSED}
    uses = used_exercises(judged.submission, assignment)
    found = {}
    for name in failed:
        statuses = {o.status for o in judged.outcomes if o.exercise == name}
        if not uses[name] & failed and statuses.issubset(EXPLAINABLE):
            calls = judged.recorded.get(name, [])
            found[name] = recognise(bank, assignment.exercises[name], calls, limits)
    return tuple(
        _advised(outcome, found.get(outcome.exercise), uses[outcome.exercise] & failed)
        for outcome in judged.outcomes
    )


def _advised(outcome: Outcome, found: Misconception | None, culprits: set[str]) -> Outcome:
    if outcome.status in (Status.FAILED, Status.ERROR, Status.REJECTED):
        if found is not None:
            text = f"{outcome.message}\n{found.advice}"
            return replace(outcome, message=text, diagnosis=found.same_as)
        if culprits:
            names = " and ".join(f"`{name}`" for name in sorted(culprits))
            text = f"It calls your {names}, which is not right yet: mend that first."
            return replace(outcome, message=f"{outcome.message}\n{text}")
    return outcome


def recognise(
    bank: Bank, exercise: Exercise, recorded: Sequence[Recorded], limits: Limits
) -> Misconception | None:
    """The one misconception that answers all calls as the student did, or None."""
    theirs = [answer(item.call, item.reply, exercise) for item in recorded]
    if any(item.reply.operators for item in recorded):
        return None
    calls = [item.call for item in recorded]
    handles = [item.reply.handle for item in recorded]
    right = list(replay({**bank.right}, calls, handles, exercise, limits))
    is_right = [
        len(right) == len(theirs) and agree(one, other, strict=True)
        for one, other in zip(theirs, right, strict=False)
    ]
    if len(right) != len(theirs) or all(is_right):
        return None
    found = {}
    for candidate in bank.of(exercise.name):
        names = {**bank.wrong, exercise.name: bank.wrong[candidate.name]}
        answers = replay(names, calls, handles, exercise, limits)
        if _explains(answers, theirs, right, is_right):
            found[candidate.same_as] = candidate
    return found.popitem()[1] if len(found) == 1 else None


def _explains(
    answers: Iterator[Reply], theirs: list[Reply], right: list[Reply], is_right: list[bool]
) -> bool:
    """Stops at the first call that speaks against it."""
    count = 0
    for one, their, wanted, good in zip(answers, theirs, right, is_right, strict=False):
        count += 1
        if agree(one, wanted, strict=True) != good:
            return False
        if good or (_lacks_error(one, wanted) and _lacks_error(their, wanted)):
            continue
        if not agree(one, their, strict=False) or not _same_error(one.raised, their.raised):
            return False
    return count == len(theirs)


def _same_error(one: Raised | None, other: Raised | None) -> bool:
    """Programs fail in a thousand ways: only the same words are a sign of the same mistake."""
    if one is None or other is None:
        return one is other
    return one.kinds == other.kinds and one.text == other.text


def _lacks_error(reply: Reply, wanted: Reply) -> bool:
    """Where a ValueError is due, whatever else happens is the same mistake."""
    return _outcome(wanted) == "ValueError" != _outcome(reply)


# --- replaying -------------------------------------------------------------------------------------


def replay(
    names: dict[str, Any],
    calls: Sequence[Call],
    handles: Sequence[int | None],
    exercise: Exercise,
    limits: Limits,
) -> Iterator[Reply]:
    """What another program answers to the calls, one at a time; ends early where it gives none.

    ``handles`` are those that the student's program gave out, so that later calls reach the
    matching objects.
    """
    session = KernelSession(InKernel(names, (), limits.reply_mb << 20), _NOBODY, limits)
    mine: dict[int, int] = {}
    for call, theirs in zip(calls, handles, strict=True):
        if call.target[0] == "handle":
            handle = mine.get(int(call.target[1]))
            if handle is None:
                return
            call = replace(call, target=("handle", handle, *call.target[2:]))
        try:
            reply = session.call(exercise.name, call, ())
        except Died:
            return
        if theirs is not None and reply.handle is not None:
            mine[theirs] = reply.handle
        yield answer(call, reply, exercise)


_NOBODY = Submission("", "", "", ())


def answer(call: Call, reply: Reply, exercise: Exercise) -> Reply:
    """A reply in the form that can be compared: parameters before training are free to choose."""
    value = reply.value
    if call.get or call.target[-1] == "state_dict":
        value = _shapes(value)
    elif exercise.kind != "module":
        with suppress(Mismatch):
            value = match_form(value, exercise.returns)
    return replace(reply, value=value)


def _shapes(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return tuple(value.shape)
    if isinstance(value, dict):
        return {key: _shapes(item) for key, item in value.items()}
    return value


# --- comparing -------------------------------------------------------------------------------------


def agree(one: Reply, other: Reply, *, strict: bool) -> bool:
    """Whether two answers are the same, up to rounding."""
    return (
        _outcome(one) == _outcome(other)
        and bool(one.modified) == bool(other.modified)
        and one.gradient_problem == other.gradient_problem
        and _same(one.value, other.value, strict)
        and _same(one.gradients, other.gradients, strict)
    )


def _outcome(reply: Reply) -> str:
    if reply.raised is not None:
        return "ValueError" if "ValueError" in reply.raised.kinds else "raised"
    if reply.missing:
        return "missing"
    return "refused" if reply.refused is not None else "value"


def _same(one: Any, other: Any, strict: bool) -> bool:
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return _same_tensors(one, other, strict)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[k], other[k], strict) for k in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other, [strict] * len(one)))
    if isinstance(one, float) and isinstance(other, float | int):
        tolerance = SAME_IN[torch.float32] if strict else ALIKE
        return math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance) or one is other
    return type(one) is type(other) and bool(one == other)


def _same_tensors(one: torch.Tensor, other: torch.Tensor, strict: bool) -> bool:
    floating = one.is_floating_point() and other.is_floating_point()
    if one.shape != other.shape or (floating and one.dtype != other.dtype):
        return False
    tolerance = SAME_IN.get(other.dtype, 1e-9) if strict else ALIKE
    a, b = one.double(), other.double()
    if not a.numel():
        return True
    scale = max(1.0, float(b.nan_to_num(0, 0, 0).abs().max()))
    return torch.allclose(a, b, rtol=0, atol=tolerance * scale, equal_nan=True)


# --- reading the program ---------------------------------------------------------------------------


def used_exercises(submission: Submission, assignment: Assignment) -> dict[str, set[str]]:
    """The other exercises of the assignment that each one's code mentions, by whatever helpers."""
    mentions: dict[str, set[str]] = {}
    for name, node in _definitions(submission):
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        mentions.setdefault(name, set()).update(names)
    return {
        name: _reached(name, mentions) & assignment.exercises.keys() - {name}
        for name in assignment.exercises
    }


def _definitions(submission: Submission) -> Iterator[tuple[str, ast.AST]]:
    for cell in submission.cells:
        try:
            body: Iterable[ast.stmt] = ast.parse(cell.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                yield node.name, node
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, node.value


def _reached(start: str, mentions: dict[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = mentions.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached

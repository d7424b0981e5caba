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
from dataclasses import dataclass, replace
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
from autograder.worker.child import named_tensors

#: Right programs differ by rounding, far less than this share of the largest value.
SAME_IN = {torch.float64: 1e-9, torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 1e-1}
#: Two programs with the same misconception may round differently.
ALIKE = 1e-4
PASSED = Status.PASSED
#: What answers can explain.
EXPLAINABLE = (PASSED, Status.FAILED, Status.ERROR, Status.REJECTED)


def diagnose(
    bank: Bank, assignment: Assignment, judged: Judged, limits: Limits
) -> tuple[Outcome, ...]:
    """The outcomes, with a diagnosis and its advice wherever one is certain.

    An exercise that calls another one which is wrong itself gets none: it may only pass on the
    other's mistake, and says so.
    """
    failed = {o.exercise for o in judged.outcomes if o.status is not PASSED}
    if not failed:
        return judged.outcomes
    uses = used_exercises(judged.submission, assignment)
    found: dict[str, Misconception | None] = {}
    for name in failed:
        tests = [
            (outcome.status, calls)
            for outcome, calls in zip(judged.outcomes, judged.recorded, strict=True)
            if outcome.exercise == name
        ]
        explainable = all(status in EXPLAINABLE for status, _ in tests)
        if explainable and not uses[name] & failed:
            wrong = [call for status, calls in tests if status is not PASSED for call in calls]
            right = [call for status, calls in tests if status is PASSED for call in calls]
            found[name] = recognise(bank, assignment.exercises[name], wrong, right, limits)
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
            text = f"It calls your {names}, not right yet: mend that first."
            return replace(outcome, message=f"{outcome.message}\n{text}")
    return outcome


def recognise(
    bank: Bank,
    exercise: Exercise,
    failing: Sequence[Recorded],
    passing: Sequence[Recorded],
    limits: Limits,
) -> Misconception | None:
    """The one misconception that answers all calls as the student did, or None.

    ``failing`` and ``passing`` are the calls of the tests that failed and passed. What passed is
    right, so the solution has to answer the others only.
    """
    if any(item.reply.operators for item in failing):
        return None
    evidence = _evidence(bank, exercise, failing, limits)
    if evidence is None or all(answered.is_right for answered in evidence):
        return None
    evidence += [Answered(a := answer(item.call, item.reply, exercise), a) for item in passing]
    recorded = [*failing, *passing]
    found: dict[str, Misconception] = {}
    for candidate in bank.of(exercise.name):
        names = {**bank.wrong, exercise.name: bank.wrong[candidate.name]}
        if _explains(replay(names, recorded, exercise, limits), evidence):
            found.setdefault(candidate.same_as, candidate)
    return found.popitem()[1] if len(found) == 1 else None


@dataclass(frozen=True)
class Answered:
    """The student's answer to a call, and the right one."""

    theirs: Reply
    right: Reply

    @property
    def is_right(self) -> bool:
        """Whether they agree."""
        return self.theirs is self.right or agree(self.theirs, self.right, strict=True)


def _evidence(
    bank: Bank, exercise: Exercise, failing: Sequence[Recorded], limits: Limits
) -> list[Answered] | None:
    """What the solution answers beside the student; None if it has no answer to a call."""
    right = list(replay({**bank.right}, failing, exercise, limits))
    if len(right) != len(failing):
        return None
    theirs = (answer(item.call, item.reply, exercise) for item in failing)
    return [Answered(one, other) for one, other in zip(theirs, right, strict=True)]


def _explains(answers: Iterator[Reply], evidence: list[Answered]) -> bool:
    """Stops at the first call that speaks against it."""
    never_answers = all(item.theirs.raised is not None for item in evidence)
    count = 0
    for one, student in zip(answers, evidence, strict=False):
        count += 1
        is_right = student.is_right
        has_passed = student.theirs is student.right
        if agree(one, student.right, strict=not has_passed) != is_right:
            return False
        if is_right or (
            _lacks_error(one, student.right) and _lacks_error(student.theirs, student.right)
        ):
            continue
        if not agree(one, student.theirs, strict=False):
            return False
        if never_answers and not _same_error(one.raised, student.theirs.raised):
            return False
    return count == len(evidence)


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
    names: dict[str, Any], recorded: Sequence[Recorded], exercise: Exercise, limits: Limits
) -> Iterator[Reply]:
    """What another program answers to the calls, one at a time; ends early where it gives none."""
    session = KernelSession(InKernel(names, (), limits.reply_mb << 20), _NOBODY, limits)
    kept = set()
    for item in recorded:
        call = item.call
        if call.target[0] == "handle" and call.target[1] not in kept:
            return
        try:
            (reply,) = session.call(exercise.name, (call,), ())
        except Died:
            return
        if call.keep is not None and reply.raised is None:
            kept.add(call.keep)
        yield answer(call, reply, exercise)


_NOBODY = Submission("", "", "", ())


def answer(call: Call, reply: Reply, exercise: Exercise) -> Reply:
    """A reply in the form that can be compared: parameters before training are free to choose."""
    value = reply.value
    if call.get or call.target[-1] == "state_dict":
        value = _shapes(value)
    elif exercise.kind != "module":
        with suppress(Mismatch):
            matched = match_form(value, exercise.returns)
            value = value if _changes_type(value, matched) else matched
    if not _has_floats(call):
        value = _doubled(value)
    return replace(reply, value=value)


def _changes_type(value: Any, matched: Any) -> bool:
    """Whether a whole number of another type would pass for an int."""
    if isinstance(matched, tuple):
        return any(map(_changes_type, value, matched))
    return isinstance(matched, int) and type(value) is not int


def _has_floats(call: Call) -> bool:
    tensors = named_tensors(call.args, call.kwargs).values()
    return any(tensor.is_floating_point() for tensor in tensors)


def _doubled(value: Any) -> Any:
    """What is computed from whole numbers alone may be of any floating dtype."""
    is_floating = isinstance(value, torch.Tensor) and value.is_floating_point()
    return value.double() if is_floating else value


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
        and set(one.modified) == set(other.modified)
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
        if isinstance(one, int) != isinstance(other, int):
            return False
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

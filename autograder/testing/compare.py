"""Comparisons that say which property is wrong, and where.

Tolerances. A sum of n products carries a rounding error of at most n·u·Σ|x||k|, with u = 2⁻⁵³ in
float64 and 2⁻²⁴ in float32 (Higham, *Accuracy and Stability of Numerical Algorithms*, section 3.1);
an FFT's error is of the order u·log n relative to the largest sum. The exercises' sums have n ≤ 10³.

* :func:`assert_close` asks for the formula, not the arithmetic: ``LOOSE`` = 1e-5 of the result's
  scale, more than a float32 computation loses (10³·2⁻²⁴ ≈ 6e-5 in the worst case, below 1e-6 in
  the mean). Tests use it with whole numbers, where a wrong formula is off by far more.
* :func:`assert_precise` asks for float64 all the way: ``TIGHT`` = 1e-10, ten thousand times the
  bound of a direct sum and a six-hundredth of what one rounding to float32 costs (2⁻²⁴ ≈ 6e-8).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import torch

from autograder.outcome import Evidence, Status
from autograder.testing.exercise import Exercise
from autograder.testing.failures import Mismatch, StudentFailure

WINDOW_LINE = "Its window in the input: "

LOOSE = 1e-5
TIGHT = 1e-10

#: From a wrong place in the result to the part of the input that it is computed from.
Window = Callable[..., torch.Tensor]


def assert_close(
    got: torch.Tensor,
    expected: torch.Tensor,
    *,
    scale: float | None = None,
    window: Window | None = None,
    what: str = "result",
) -> None:
    """The shape, then the values, whatever the dtype.

    ``scale`` is the largest magnitude that the sums pass through, where that is more than the
    largest expected value. ``window(*index)`` is the input behind a place of the result.
    """
    _compare(got, expected, LOOSE, scale, window, what)


def assert_precise(
    got: torch.Tensor,
    expected: torch.Tensor,
    *,
    scale: float | None = None,
    what: str = "result",
) -> None:
    """The shape, the dtype, and float64 values with float64 precision."""
    _check_shape(got, expected, what)
    assert_dtype(got, expected.dtype, what=what)
    _compare(got, expected, TIGHT, scale, None, what)


def assert_dtype(got: torch.Tensor, dtype: torch.dtype, *, what: str = "result") -> None:
    """The dtype alone."""
    if got.dtype != dtype:
        raise Mismatch(
            "dtype",
            f"The {what} does not keep the input's dtype.",
            f"It is {got.dtype}, not {dtype}.",
        )


def assert_same_number(got: float, expected: float, *, what: str = "result") -> None:
    """A Python int exactly, a float up to rounding in float32."""
    exact = isinstance(expected, int)
    good = got == expected if exact else abs(got - expected) <= LOOSE * max(1.0, abs(expected))
    if not good:
        raise Mismatch(
            "value", f"The {what} has the wrong value.", f"It is {got:g}, expected {expected:g}."
        )


def assert_int(got: Any) -> None:
    """A plain value, or each of several, is a Python int and no other whole number."""
    for value in got if isinstance(got, list | tuple) else (got,):
        if type(value) is not int:
            raise Mismatch("type", "The result should be a Python int.", f"It is {value!r}.")


def assert_gradient(
    got: torch.Tensor | None,
    expected: torch.Tensor,
    *,
    of: str,
    scale: float | None = None,
) -> None:
    """One gradient from :meth:`Exercise.vjp`; None counts as a gradient that does not flow."""
    if got is None:
        raise Mismatch("gradient", f"No gradient flows back to {of}.")
    try:
        _compare(got, expected, LOOSE, scale, None, f"gradient of {of}")
    except Mismatch as mismatch:
        raise Mismatch("gradient", mismatch.summary, mismatch.detail, mismatch.evidence) from None


def assert_raises(
    kind: type[Exception], called: Exercise | Iterator[Any], *args: Any, **kwargs: Any
) -> None:
    """The call, or the next one of :meth:`Exercise.each`, raises the named exception."""
    if isinstance(called, Exercise):
        called.settle()
    try:
        if isinstance(called, Exercise):
            called(*args, **kwargs)
            called.settle()
        else:
            next(called)
    except StudentFailure as failure:
        if failure.status is Status.ERROR and kind.__name__ in failure.kinds:
            return
        raise
    except Mismatch:
        pass
    raise Mismatch("error", f"This should raise {kind.__name__}, and it did not.")


def assert_unmodified(exercise: Exercise, *args: Any, **kwargs: Any) -> Any:
    """The call leaves its arguments and their ``.grad`` alone; gives back the result."""
    reply = exercise.reply(*args, **kwargs)
    if reply.modified:
        raise Mismatch("modified", "Your code changes what it was given.")
    return reply.value


# --- the parts -----------------------------------------------------------------------------------


def _check_shape(got: torch.Tensor, expected: torch.Tensor, what: str) -> None:
    if got.shape != expected.shape:
        raise Mismatch(
            "shape",
            f"The {what} has the wrong shape.",
            f"It has {tuple(got.shape)}, expected {tuple(expected.shape)}.",
            Evidence(got.detach(), expected.detach()),
        )


def _compare(
    got: torch.Tensor,
    expected: torch.Tensor,
    tolerance: float,
    scale: float | None,
    window: Window | None,
    what: str,
) -> None:
    _check_shape(got, expected, what)
    ours, theirs = expected.detach().double(), got.detach().double()
    if torch.equal(ours, theirs):
        return
    finite = ours[ours.isfinite()].abs()
    size = max(1.0, scale or 0.0, float(finite.max()) if finite.numel() else 0.0)
    same = (ours == theirs) | ((ours - theirs).abs() <= tolerance * size)
    same |= ours.isnan() & theirs.isnan()
    if bool(same.all()):
        return
    index = tuple(int(i) for i in (~same).nonzero()[0])
    behind = None if window is None else window(*index)
    evidence = Evidence(theirs, ours, ~same, behind)
    raise Mismatch("value", f"The {what} has wrong values.", _describe(evidence, index), evidence)


def _describe(evidence: Evidence, index: tuple[int, ...]) -> str:
    got, expected, wrong = evidence.got, evidence.expected, evidence.wrong
    assert wrong is not None
    place = f"[{', '.join(map(str, index))}]" if index else "the value"
    lines = [
        f"{int(wrong.sum())} of {expected.numel()} places are wrong, the first is {place}: "
        f"got {number(got[index])}, expected {number(expected[index])}."
    ]
    if evidence.window is not None:
        lines.append(f"{WINDOW_LINE}{matrix(evidence.window)}")
    return "\n".join(lines)


def number(value: torch.Tensor | float) -> str:
    """A number as short as it can be."""
    plain = float(value)
    return f"{plain:.0f}" if math.isfinite(plain) and plain == round(plain) else f"{plain:.6g}"


def matrix(values: torch.Tensor) -> str:
    """A small tensor as nested lists."""
    if values.dim() == 0:
        return number(values)
    return f"[{', '.join(matrix(row) for row in values)}]"

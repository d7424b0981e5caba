"""The smallest input that shows what is wrong: a random search, then shrinking step by step.

A public test says with ``@pytest.mark.smallest(reference, X="H W", K="h w", stride=(1, 3))`` how
inputs of its exercise look: a string is a tensor of whole numbers whose sizes are the letters' (equal
letters, equal sizes; a number is itself), a pair of ints is a range. Hypothesis would do the same;
importing it takes a third of the time that ``autograder check`` has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import torch

from autograder.outcome import Status
from autograder.testing.compare import Window, assert_close
from autograder.testing.exercise import Exercise
from autograder.testing.failures import Mismatch, StudentFailure

#: Calls of the student's code: to find a first input, and in all.
MAX_TRIES, MAX_CALLS = 60, 200
LARGEST_SIZE = 4
VALUES = (-2, -1, 1, 2, 3)
SIMPLE_VALUES = (0, 1)

Form = str | tuple[int, int]


@dataclass(frozen=True)
class Search:
    """What a marker says: the right program, and how its arguments look.

    ``window(*arguments)`` gives the part of the input behind a place of the result.
    """

    reference: Callable[..., torch.Tensor]
    forms: dict[str, Form]
    window: Callable[..., Window] | None = None


@dataclass(frozen=True)
class Input:
    """Arguments, and the choices they come from: the letters' sizes and the numbers."""

    sizes: dict[str, int]
    arguments: dict[str, Any]


class _Enough(Exception):
    """The search has cost what it may."""


def smallest_mismatch(exercise: Exercise, search: Search, kind: str) -> Mismatch | None:
    """A mismatch of the same kind on the smallest input that a short search finds."""
    trial = _Trial(exercise, search, kind)
    with suppress(_Enough):
        generator = random.Random(0)
        tries = (_random_input(search.forms, generator) for _ in range(MAX_TRIES))
        current = next(filter(trial.shows_it, tries), None)
        while current is not None:
            current = next(filter(trial.shows_it, _smaller(current, search.forms)), None)
    return trial.found


class _Trial:
    """Tries inputs and keeps the last mismatch."""

    def __init__(self, exercise: Exercise, search: Search, kind: str) -> None:
        self._exercise, self._search, self._kind = exercise, search, kind
        self._calls = 0
        self.found: Mismatch | None = None

    def shows_it(self, tried: Input) -> bool:
        values = tried.arguments.values()
        try:
            expected = self._search.reference(*values)
        except (ValueError, RuntimeError):
            return False  # no valid input
        self._calls += 1
        if self._calls > MAX_CALLS:
            raise _Enough
        window = self._search.window(*values) if self._search.window else None
        try:
            assert_close(self._exercise(*values), expected, window=window)
        except Mismatch as mismatch:
            if mismatch.kind != self._kind:
                return False
            shown = ", ".join(f"{name} = {_plain(v)}" for name, v in tried.arguments.items())
            detail = f"The smallest case: {shown}. {mismatch.detail}"
            self.found = Mismatch(mismatch.kind, mismatch.summary, detail, mismatch.evidence)
            return True
        except StudentFailure as failure:
            if failure.status is not Status.ERROR:
                raise _Enough from None
        return False


def _plain(value: Any) -> str:
    return str(value.long().tolist() if isinstance(value, torch.Tensor) else value)


# --- inputs --------------------------------------------------------------------------------------


def _random_input(forms: dict[str, Form], generator: random.Random) -> Input:
    texts = [form for form in forms.values() if isinstance(form, str)]
    letters = sorted({part for text in texts for part in text.split() if part.isalpha()})
    sizes = {name: generator.randint(1, LARGEST_SIZE) for name in letters}

    def one(form: Form) -> Any:
        if not isinstance(form, str):
            return generator.randint(*form)
        tensor = torch.zeros(_shape(form, sizes), dtype=torch.float64)
        return tensor.apply_(lambda _: generator.choice(VALUES))

    return Input(sizes, {name: one(form) for name, form in forms.items()})


def _smaller(current: Input, forms: dict[str, Form]) -> Iterator[Input]:
    """Inputs one step simpler: a size less, a number nearer to its least, a simple value."""
    for letter, size in current.sizes.items():
        if size > 1:
            sizes = {**current.sizes, letter: size - 1}
            yield Input(
                sizes,
                {
                    name: _cut(value, forms[name], sizes)
                    for name, value in current.arguments.items()
                },
            )
    for name, form in forms.items():
        value = current.arguments[name]
        if isinstance(form, tuple):
            if value > form[0]:
                yield replace(current, arguments={**current.arguments, name: value - 1})
            continue
        for place in range(value.numel()):
            for simple in SIMPLE_VALUES:
                if value.flatten()[place] in SIMPLE_VALUES[: simple + 1]:
                    break
                changed = value.clone()
                changed.view(-1)[place] = simple
                yield replace(current, arguments={**current.arguments, name: changed})


def _cut(value: Any, form: Form, sizes: dict[str, int]) -> Any:
    if not isinstance(form, str):
        return value
    return value[tuple(map(slice, _shape(form, sizes)))].contiguous()


def _shape(form: str, sizes: dict[str, int]) -> list[int]:
    return [sizes[part] if part in sizes else int(part) for part in form.split()]

"""Operators that are not allowed, refused at torch's dispatcher.

A family is a set of operators by name. While a family is armed, each of its operators' kernels is
replaced in torch's own dispatcher table by one that records the use and raises. The table is
global to the process, so the path does not matter: an alias, ``torch.ops``, an ``nn`` module,
TorchScript, another thread or a function prepared earlier all end there. Replacing (rather than
watching) means that a forbidden operator computes nothing, whatever the student code does about
the record. Operators that are not in an armed family run at full speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import torch

from autograder.vjp import ENGINE

#: Families by the name that course.yml uses; the expression matches ``namespace::operator``.
FAMILIES = {
    "convolution": re.compile(
        r"(?!.*(backward|reorder|prepack$|unpack|_(stride|padding|dilation|groups|transpose|"
        r"output_padding|unpack_sizes)$))\w+::\w*conv(olution|\d|_)(?!ert)\w*"
    ),
    "pooling": re.compile(r"(?!.*backward)\w+::\w*((?<!un)pool[123]d|max_pool|avg_pool)\w*"),
    "padding": re.compile(
        r"(?!.*backward)aten::(pad|constant_pad_nd|_pad_enum|_pad_circular|"
        r"(reflection|replication)_pad\dd)"
    ),
    "backward": re.compile(r"\w+::\w*(conv|pool)\w*_backward\w*"),
}
#: The autograd engine is no operator: every way to it (``backward``, ``autograd.grad``,
#: ``torch.func``) asks ``Variable._execution_engine``, which is replaced instead.
AUTOGRAD = "autograd"
RULES = (*FAMILIES, AUTOGRAD)

DISPATCH_KEYS = (
    "CompositeImplicitAutograd",
    "CompositeExplicitAutograd",
    "CompositeExplicitAutogradNonFunctional",
    "CPU",
    "MkldnnCPU",
    "QuantizedCPU",
    "SparseCPU",
    "SparseCsrCPU",
    "NestedTensorCPU",
)


class ForbiddenOperator(RuntimeError):
    """Raised in student code by an operator that is not allowed."""


@cache
def _plan(family: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(namespace, dispatch key, operators) for every kernel of a family that this torch has."""
    pattern = FAMILIES[family]
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    groups: dict[tuple[str, str], list[str]] = {}
    for name in torch._C._dispatch_get_all_op_names():
        if not pattern.fullmatch(name.partition(".")[0]):
            continue
        namespace, _, operator = name.partition("::")
        for key in DISPATCH_KEYS:
            if has_kernel(name, key):
                groups.setdefault((namespace, key), []).append(operator)
    return tuple((space, key, tuple(names)) for (space, key), names in groups.items())


def prepare() -> None:
    """Do the look-ups once, in the warm process, before children are forked."""
    for family in FAMILIES:
        _plan(family)


class Guard:
    """Arms and disarms families, and remembers which of their operators were used."""

    def __init__(self, line_of_student: Callable[[], int | None]) -> None:
        self.armed: frozenset[str] = frozenset()
        self._used: list[tuple[str, int | None]] = []
        self._libraries: dict[str, list[Any]] = {}
        self._line = line_of_student

    def arm(self, rules: frozenset[str]) -> None:
        """Refuse exactly these rules' operators from now on."""
        for family in self.armed - rules:
            for library in self._libraries.pop(family, ()):
                library.reset()
        for family in sorted(rules - self.armed - {AUTOGRAD}):
            self._libraries[family] = [
                self._replace(space, key, names) for space, key, names in _plan(family)
            ]
        refuse_engine = AUTOGRAD in rules
        torch.autograd.Variable._execution_engine = (
            _RefusingEngine(self) if refuse_engine else ENGINE
        )
        self.armed = rules

    def record(self, name: str) -> None:
        """Note a use and refuse it."""
        self._used.append((name, self._line()))
        raise ForbiddenOperator(f"{name} is not allowed here")

    def take(self) -> list[tuple[str, int | None]]:
        """The uses since the last call: the operator's name and the student's line."""
        used, self._used = self._used[:20], []
        return used

    def _replace(self, namespace: str, key: str, operators: tuple[str, ...]) -> Any:
        library = torch._C._dispatch_library("IMPL", namespace, key, "autograder", 0)
        for operator in operators:
            library.impl(operator, key, self._refusing(f"{namespace}::{operator}"), False)
        return library

    def _refusing(self, name: str) -> Callable[..., Any]:
        def kernel(*_args: Any, **_kwargs: Any) -> None:
            self.record(name)

        return kernel


class _RefusingEngine:
    """Stands in the place of torch's autograd engine while its use is not allowed."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def run_backward(self, *_args: Any, **_kwargs: Any) -> None:
        self._guard.record(AUTOGRAD)

    def __getattr__(self, name: str) -> Any:
        return getattr(ENGINE, name)

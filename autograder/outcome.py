"""The one vocabulary of results: a test's status, its outcome, a submission's grade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class Status(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"  # a wrong answer
    ERROR = "error"  # the code raised
    MISSING = "missing"  # no such function
    FORBIDDEN = "forbidden"  # an operator that is not allowed
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"  # the process died
    REJECTED = "rejected"  # it returned something that is not a plain value


@dataclass(frozen=True)
class Evidence:
    """A wrong tensor beside the right one; ``wrong`` marks places if the shapes are the same."""

    got: torch.Tensor
    expected: torch.Tensor
    wrong: torch.Tensor | None = None
    window: torch.Tensor | None = None

    @property
    def first(self) -> tuple[int, ...] | None:
        """The first wrong place."""
        return None if self.wrong is None else tuple(self.wrong.nonzero()[0].tolist())


@dataclass(frozen=True)
class Outcome:
    """One test of one submission. ``message`` is safe to show to the student.

    ``evidence`` is what a picture of a public test's failure is drawn from.
    """

    test: str
    exercise: str
    visibility: str
    weight: float
    status: Status
    message: str
    seconds: float = 0.0
    diagnosis: str | None = None
    line: int | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class TestResult:
    """An outcome with its points."""

    name: str
    visibility: str
    status: Status
    score: float
    max_score: float
    message: str
    diagnosis: str | None
    seconds: float
    line: int | None = None


@dataclass(frozen=True)
class ExerciseResult:
    """An exercise's tests and their sum."""

    name: str
    score: float
    max_score: float
    tests: tuple[TestResult, ...]


@dataclass(frozen=True)
class Grade:
    """The result of one submission."""

    student: str
    assignment: str
    status: str  # "graded" or "not_gradable"
    score: float
    max_score: float
    message: str | None
    exercises: tuple[ExerciseResult, ...]

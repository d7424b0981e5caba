"""From outcomes to a grade: points by properties. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import Assignment
from autograder.outcome import ExerciseResult, Grade, Outcome, Status, TestResult


def apportion(points: float, weights: Sequence[float]) -> list[float]:
    """Split points in proportion to weights, in hundredths, so that the parts sum exactly.

    The largest-remainder method; every weight of 0 gets 0.
    """
    total = sum(weights)
    if not total:
        return [0.0 for _ in weights]
    hundredths = round(points * 100)
    shares = [hundredths * weight / total for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for index in by_remainder[: hundredths - sum(parts)]:
        parts[index] += 1
    return [part / 100 for part in parts]


def make_grade(
    student: str,
    assignment: Assignment,
    outcomes: Sequence[Outcome],
    message: str | None = None,
) -> Grade:
    """A submission's grade from the outcomes of its tests."""
    exercises = tuple(
        _exercise(name, spec.points, [o for o in outcomes if o.exercise == name])
        for name, spec in assignment.exercises.items()
    )
    return Grade(
        student=student,
        assignment=assignment.name,
        status="graded",
        score=_total(exercise.score for exercise in exercises),
        max_score=assignment.points,
        message=message,
        exercises=exercises,
    )


def not_gradable(student: str, assignment: Assignment, reason: str) -> Grade:
    """The grade of a hand-in that cannot be read: zero, with the reason."""
    return Grade(student, assignment.name, "not_gradable", 0.0, assignment.points, reason, ())


def _exercise(name: str, points: float, outcomes: Sequence[Outcome]) -> ExerciseResult:
    parts = apportion(points, [outcome.weight for outcome in outcomes])
    tests = tuple(
        TestResult(
            name=outcome.test,
            visibility=outcome.visibility,
            status=outcome.status,
            score=part if outcome.status is Status.PASSED else 0.0,
            max_score=part,
            message=outcome.message,
            diagnosis=outcome.diagnosis,
            seconds=outcome.seconds,
            line=outcome.line,
        )
        for outcome, part in zip(outcomes, parts, strict=True)
    )
    return ExerciseResult(name, _total(test.score for test in tests), points, tests)


def _total(scores: object) -> float:
    return round(sum(scores), 2)  # type: ignore[call-overload,no-any-return]  # any iterable of floats

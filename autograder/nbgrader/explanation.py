"""What stands below a check cell after grading: an exercise's points and why, as HTML."""

from __future__ import annotations

from html import escape

from autograder.outcome import ExerciseResult, Grade, Status, TestResult
from autograder.text import clean

GOOD, BAD = "#2da44e", "#e5534b"
TEXT_LIMIT = 4_000


def explanation(grade: Grade, exercise: ExerciseResult) -> str:
    """An exercise's tests, and what concerns the whole hand-in. Student text is escaped."""
    full = exercise.score == exercise.max_score and grade.status == "graded"
    headline = f"{exercise.name}: {exercise.score:g} of {exercise.max_score:g} points"
    parts = [f'<div style="font-weight:600">{_safe(headline)}</div>']
    if grade.status != "graded":
        parts.append(_line("✗", BAD, f"Not gradable: {grade.message or ''}"))
    parts += [_test(test) for test in exercise.tests]
    if grade.status == "graded" and grade.message:
        parts.append(f'<div style="margin-top:6px;opacity:.8">Note: {_safe(grade.message)}</div>')
    style = f"border-left:4px solid {GOOD if full else BAD};padding:4px 0 4px 12px;line-height:1.5"
    return f'<div class="autograder-result" style="{style}">{"".join(parts)}</div>'


def _test(test: TestResult) -> str:
    passed = test.status is Status.PASSED
    points = f" ({test.score:g} of {test.max_score:g})" if test.max_score else ""
    sentence, _, rest = test.message.partition("\n")
    mark, colour = ("✓", GOOD) if passed else ("✗", BAD)
    return _line(mark, colour, f"{sentence or test.name}{points}", "" if passed else rest)


def _line(mark: str, colour: str, text: str, detail: str = "") -> str:
    below = f'<div style="white-space:pre-wrap;opacity:.85">{_safe(detail)}</div>' if detail else ""
    return (
        '<div style="display:flex;gap:8px">'
        f'<span style="color:{colour};font-weight:700">{mark}</span>'
        f'<div style="min-width:0;flex:1">{_safe(text)}{below}</div></div>'
    )


def _safe(value: str) -> str:
    return escape(clean(value, TEXT_LIMIT))

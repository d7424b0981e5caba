"""A self-contained HTML page a submission, and one over the class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from os import fsencode
from typing import TYPE_CHECKING
from urllib.parse import quote

from autograder.errors import UsageError
from autograder.outcome import ExerciseResult, Grade, Status
from autograder.reports.table import plain
from autograder.results import Arrival, Arrivals, class_grid
from autograder.text import clean

if TYPE_CHECKING:
    import jinja2

INDEX = "index.html"

#: More than any message is long.
TEXT_LIMIT = 20_000

#: A status's mark, and what it means in words.
STATUS_WORDS: dict[Status, tuple[str, str]] = {
    Status.PASSED: ("✓", "right answer"),
    Status.FAILED: ("✗", "wrong answer"),
    Status.ERROR: ("✗", "your code raised an error"),
    Status.MISSING: ("∅", "not found in your code"),
    Status.FORBIDDEN: ("⊘", "used something that is not allowed"),
    Status.TIMEOUT: ("◷", "took too long"),
    Status.MEMORY: ("▤", "used too much memory"),
    Status.CRASHED: ("✗", "the process died"),
    Status.REJECTED: ("⊘", "returned something that is not a plain value"),
}


@dataclass(frozen=True)
class ExerciseMean:
    """The mean of one exercise over the submissions that have a result for it."""

    assignment: str
    exercise: str
    mean: float
    max_score: float
    submissions: int


@dataclass(frozen=True)
class DiagnosisCount:
    """In how many submissions a misconception was recognised, and in which exercises."""

    diagnosis: str
    submissions: int
    exercises: tuple[str, ...]


def submission_report(grade: Grade, arrival: Arrival | None = None) -> str:
    """The page of one submission, for its student."""
    return _render(
        "report.html.j2",
        grade=grade,
        arrival=arrival or Arrival(),
        statuses=_status_counts([grade]),
    )


def class_overview(grades: Sequence[Grade], arrivals: Arrivals | None = None) -> str:
    """The page of a class, with links to the submissions' pages beside it."""
    arrivals = arrivals or {}
    return _render(
        "overview.html.j2",
        grid=class_grid(grades),
        submissions=len(grades),
        not_gradable=sum(grade.status == "not_gradable" for grade in grades),
        late={key for key, arrival in arrivals.items() if arrival.late},
        means=exercise_means(grades),
        statuses=_status_counts(grades),
        diagnoses=diagnosis_counts(grades),
    )


def report_path(grade: Grade) -> str:
    """Where a submission's page lies below the output folder."""
    return f"{grade.student}/{grade.assignment}.html"


def exercise_means(grades: Iterable[Grade]) -> list[ExerciseMean]:
    """The mean of every exercise, assignments sorted, exercises in their order."""
    found: dict[str, dict[str, list[ExerciseResult]]] = defaultdict(lambda: defaultdict(list))
    for grade in grades:
        for exercise in grade.exercises:
            found[grade.assignment][exercise.name].append(exercise)
    return [
        ExerciseMean(
            assignment,
            name,
            sum(result.score for result in results) / len(results),
            max(result.max_score for result in results),
            len(results),
        )
        for assignment, exercises in sorted(found.items())
        for name, results in exercises.items()
    ]


def diagnosis_counts(grades: Iterable[Grade]) -> list[DiagnosisCount]:
    """The recognised misconceptions, most frequent first; a submission counts once for each."""
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    where: dict[str, set[str]] = defaultdict(set)
    for grade in grades:
        for exercise in grade.exercises:
            for test in exercise.tests:
                if test.diagnosis is not None:
                    seen[test.diagnosis].add((grade.student, grade.assignment))
                    where[test.diagnosis].add(exercise.name)
    counts = [DiagnosisCount(d, len(seen[d]), tuple(sorted(where[d]))) for d in seen]
    return sorted(counts, key=lambda count: (-count.submissions, count.diagnosis))


def _status_counts(grades: Iterable[Grade]) -> list[tuple[Status, int]]:
    """How many tests ended how, in the order of the vocabulary, without zeros."""
    counts = Counter(t.status for g in grades for e in g.exercises for t in e.tests)
    return [(status, counts[status]) for status in Status if counts[status]]


# --- templates -----------------------------------------------------------------------------------


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> jinja2.Environment:
    try:
        import jinja2
    except ImportError:
        raise UsageError("jinja2 is missing: pip install 'autograder[instructor]'") from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "link": _link, "hint": _split_hint, "words": _words}
    environment.globals |= {"percent": _percent, "status_words": STATUS_WORDS}
    return environment


def _printable(value: object) -> object:
    """Every plain string of a page without control characters; markup is made of such already."""
    return clean(value, TEXT_LIMIT) if type(value) is str else value


def _link(grade: Grade) -> str:
    return quote(fsencode(report_path(grade)))


def _split_hint(message: str) -> tuple[str, str, str]:
    """A test's message as its sentence, what went wrong, and the hint."""
    rest, found, hint = message.rpartition("\nHint: ")
    sentence, _, detail = (rest if found else message).partition("\n")
    return sentence, detail, hint if found else ""


def _words(identifier: str) -> str:
    return identifier.replace("_", " ")


def _percent(score: float, max_score: float) -> str:
    return f"{min(100.0, 100 * score / max_score) if max_score else 0:.1f}%"

"""nbgrader's gradebook: which cells an assignment has, and a class's grades in one go.

What nbgrader's own calls do with a commit each is done here with a few statements a class.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from nbformat import NotebookNode
from nbgrader import api
from nbgrader.utils import is_locked, is_solution
from sqlalchemy import Select, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.course import Assignment, Course
from autograder.errors import UsageError
from autograder.nbgrader.config import find_alembic
from autograder.nbgrader.generate import Database, released_notebook
from autograder.nbgrader.source import check_id
from autograder.outcome import Grade
from autograder.results import Arrivals
from autograder.text import clean_line

Rows = list[dict[str, Any]]


@contextmanager
def opened(database: Database) -> Iterator[api.Gradebook]:
    """The gradebook, made if there is none. UsageError for whatever is wrong with it."""
    find_alembic()
    gradebook = None
    try:
        gradebook = api.Gradebook(database.url, database.course_id or "default_course")
        yield gradebook
    except (SQLAlchemyError, api.InvalidEntry, OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"gradebook {_shown(database.url)}: {_reason(error)}") from None
    except ImportError as error:
        reason = f"needs the Python package {error.name}"
        raise UsageError(f"gradebook {_shown(database.url)}: {reason}") from None
    finally:
        if gradebook is not None:
            gradebook.close()


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return clean_line(url)


def _reason(error: Exception) -> str:
    text = str(getattr(error, "orig", None) or error).strip()
    return clean_line(text.split("\n")[0] or type(error).__name__)


# --- cells ---------------------------------------------------------------------------------------


def record(course: Course, notebooks: Mapping[str, NotebookNode], database: Database) -> list[str]:
    """Record the cells and deadlines of released notebooks; the names of those that had changed.

    UsageError when nbgrader refuses, as it does for cells that come or go after submissions came.
    """
    with opened(database) as gradebook:
        stale = [
            course.assignments[name]
            for name, notebook in notebooks.items()
            if not _is_recorded(gradebook.db, course.assignments[name], notebook)
        ]
    for assignment in stale:
        released_notebook(course, assignment, database)
    with opened(database) as gradebook:
        for name in notebooks:
            _set_due(gradebook.db, course.assignments[name])
        gradebook.db.commit()
    return [assignment.name for assignment in stale]


def _is_recorded(session: Session, assignment: Assignment, notebook: NotebookNode) -> bool:
    found = _notebook_id(session, assignment)
    source, graded = api.SourceCell, api.GradeCell
    checksums = select(source.name, source.checksum).where(source.notebook_id == found)
    points = select(graded.name, graded.max_score).where(graded.notebook_id == found)
    cells = [c.metadata.nbgrader for c in notebook.cells if is_locked(c) or is_solution(c)]
    return (
        found is not None
        and _pairs(session, checksums) == {c.grade_id: c.checksum for c in cells}
        and _pairs(session, points) == {c.grade_id: c.points for c in cells if c.grade}
    )


def _pairs(session: Session, statement: Select[Any]) -> dict[Any, Any]:
    return dict(session.execute(statement).tuples().all())


def _notebook_id(session: Session, assignment: Assignment) -> str | None:
    notebook = select(api.Notebook.id).join(api.Notebook.assignment)
    wanted = api.Assignment.name == assignment.name, api.Notebook.name == assignment.module
    return session.scalar(notebook.where(*wanted))


def _set_due(session: Session, assignment: Assignment) -> None:
    if assignment.due is not None:
        row = session.scalars(select(api.Assignment).where(api.Assignment.name == assignment.name))
        row.one().duedate = _naive(assignment.due)


def _naive(moment: datetime) -> datetime:
    """As nbgrader keeps moments: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)


# --- grades --------------------------------------------------------------------------------------


def write_grades(
    course: Course, grades: Iterable[Grade], arrivals: Arrivals, database: Database
) -> None:
    """Write automatic scores, one transaction an assignment; manual scores and comments stay.

    Writing the same grades again changes nothing. UsageError when the gradebook cannot be written.
    """
    ordered = sorted(grades, key=lambda grade: grade.assignment)
    by_assignment = {k: list(g) for k, g in groupby(ordered, key=lambda g: g.assignment)}
    notebooks = {n: released_notebook(course, course.assignments[n]) for n in by_assignment}
    record(course, notebooks, database)
    with opened(database) as gradebook:
        for name, chosen in by_assignment.items():
            _write_assignment(gradebook.db, course.assignments[name], chosen, arrivals)
            gradebook.db.commit()


def _write_assignment(
    session: Session, assignment: Assignment, grades: Sequence[Grade], arrivals: Arrivals
) -> None:
    _add_students(session, [grade.student for grade in grades])
    submitted = _add_submissions(session, assignment, grades, arrivals)
    _add_missing_rows(session, assignment, submitted)
    _set_scores(session, assignment, grades, submitted)


def _add_students(session: Session, names: Iterable[str]) -> None:
    known = set(session.scalars(select(api.Student.id)))
    _insert(session, api.Student, [{"id": name} for name in names if name not in known])


def _add_submissions(
    session: Session, assignment: Assignment, grades: Sequence[Grade], arrivals: Arrivals
) -> dict[str, str]:
    """Every student's submission of the assignment by the student, with the time it came in."""
    table = api.SubmittedAssignment
    owner = session.scalars(select(api.Assignment.id).filter_by(name=assignment.name)).one()
    rows = session.execute(
        select(table.student_id, table.id, table.timestamp).filter_by(assignment_id=owner)
    )
    known = {student: (key, moment) for student, key, moment in rows}
    came = {g.student: _came(arrivals, g) for g in grades}
    new = {student: api.new_uuid() for student in came if student not in known}
    _insert(
        session,
        table,
        [
            {"id": key, "assignment_id": owner, "student_id": student, "timestamp": came[student]}
            for student, key in new.items()
        ],
    )
    moved = [
        {"id": known[student][0], "timestamp": moment}
        for student, moment in came.items()
        if student in known and moment not in (None, known[student][1])
    ]
    _update(session, table, moved)
    return {student: key for student, (key, _) in known.items() if student in came} | new


def _came(arrivals: Arrivals, grade: Grade) -> datetime | None:
    arrival = arrivals.get((grade.student, grade.assignment))
    return _naive(arrival.submitted_at) if arrival and arrival.submitted_at else None


def _add_missing_rows(
    session: Session, assignment: Assignment, submitted: Mapping[str, str]
) -> None:
    """What nbgrader keeps for a submission: its notebooks, a grade and a comment for their cells."""
    notebooks = session.scalars(
        select(api.Notebook)
        .join(api.Notebook.assignment)
        .where(api.Assignment.name == assignment.name)
    ).all()
    table = api.SubmittedNotebook
    for notebook in notebooks:
        known = _pairs(
            session, select(table.assignment_id, table.id).filter_by(notebook_id=notebook.id)
        )
        new = {key: api.new_uuid() for key in submitted.values() if key not in known}
        _insert(
            session,
            table,
            [
                {"id": key, "assignment_id": submission, "notebook_id": notebook.id}
                for submission, key in new.items()
            ],
        )
        theirs = [(known | new)[key] for key in submitted.values()]
        graded = [cell.id for cell in (*notebook.grade_cells, *notebook.task_cells)]
        commented = [cell.id for cell in (*notebook.solution_cells, *notebook.task_cells)]
        _add_cells(session, api.Grade, theirs, graded, {"needs_manual_grade": True})
        _add_cells(session, api.Comment, theirs, commented, {})


def _add_cells(
    session: Session, table: Any, notebooks: list[str], cells: list[str], values: dict[str, Any]
) -> None:
    known = set(
        session.execute(
            select(table.notebook_id, table.cell_id).where(table.cell_id.in_(cells))
        ).tuples()
    )
    _insert(
        session,
        table,
        [
            {"id": api.new_uuid(), "notebook_id": notebook, "cell_id": cell, **values}
            for notebook in notebooks
            for cell in cells
            if (notebook, cell) not in known
        ],
    )


def _set_scores(
    session: Session,
    assignment: Assignment,
    grades: Sequence[Grade],
    submitted: Mapping[str, str],
) -> None:
    """The automatic scores; the rest of a row stays."""
    table, notebook = api.Grade, api.SubmittedNotebook
    wanted = {
        (submitted[grade.student], check_id(name)): score
        for grade in grades
        for name, score in _scores(assignment, grade).items()
    }
    rows = session.execute(
        select(
            notebook.assignment_id,
            api.BaseCell.name,
            table.id,
            table.auto_score,
            table.manual_score,
            table.needs_manual_grade,
        )
        .select_from(table)
        .join(notebook, table.notebook_id == notebook.id)
        .join(api.BaseCell, table.cell_id == api.BaseCell.id)
        .where(notebook.notebook_id == _notebook_id(session, assignment))
    )
    changed = []
    for submission, cell, key, score, manual, needs_manual in rows:
        new = wanted.get((submission, cell), score)
        # as nbgrader: what a person scored is looked at again once the automatic score moves
        look = manual is not None and (needs_manual or new != score)
        if (submission, cell) in wanted and (new, look) != (score, needs_manual):
            changed.append({"id": key, "auto_score": new, "needs_manual_grade": look})
    _update(session, table, changed)


def _scores(assignment: Assignment, grade: Grade) -> dict[str, float]:
    """By exercise; all 0 for what is not gradable."""
    return dict.fromkeys(assignment.exercises, 0.0) | {e.name: e.score for e in grade.exercises}


def _insert(session: Session, table: Any, rows: Rows) -> None:
    if rows:
        session.execute(insert(table), rows)


def _update(session: Session, table: Any, rows: Rows) -> None:
    if rows:
        session.execute(update(table), rows)

"""nbgrader's own GenerateAssignment, run on one assignment in a folder of its own."""

from __future__ import annotations

import logging
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade
from traitlets.config import Config

from autograder.course import Assignment, Course
from autograder.errors import UsageError
from autograder.nbgrader.source import source_notebook
from autograder.text import clean_line

#: What stands in a stub where the solution was, as nbgrader's ``ClearSolutions.code_stub``.
CODE_STUB = {"python": 'raise NotImplementedError("your code goes here")'}


@dataclass(frozen=True)
class Database:
    """nbgrader's gradebook: an SQLAlchemy URL, and the course's name in it."""

    url: str
    course_id: str


def released_notebook(
    course: Course, assignment: Assignment, record: Database | None = None
) -> NotebookNode:
    """The student's notebook: no answers, locked and checksummed cells.

    With ``record``, its cells are recorded there. UsageError when nbgrader refuses.
    """
    name, module = assignment.name, assignment.module
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source", name, f"{module}.ipynb")
        source.parent.mkdir(parents=True)
        nbformat.write(source_notebook(course, assignment), source)
        log = _Log()
        converter = GenerateAssignment(
            coursedir=_course_directory(Path(folder), name, record),
            config=_config(record),
            no_database=record is None,
            log=log,
        )
        try:
            converter.start()
        except NbGraderException:
            raise UsageError(f"{course.solution(assignment)}: {log.reason}") from None
        return notebook_at(Path(folder, "release", name, source.name))


def notebook_at(file: Path) -> NotebookNode:
    """A notebook from its file."""
    notebook: NotebookNode = nbformat.read(file, as_version=4)
    return notebook


def notebook_text(notebook: NotebookNode) -> str:
    """A released notebook as the text of its file."""
    text: str = nbformat.writes(notebook)
    return text + "\n"


def without_checks(notebook: NotebookNode) -> NotebookNode:
    """The notebook as its script has it: without the cells that carry points."""
    return NotebookNode({**notebook, "cells": [c for c in notebook.cells if not is_grade(c)]})


def _course_directory(root: Path, assignment: str, record: Database | None) -> CourseDirectory:
    directory = CourseDirectory(root=str(root.resolve()), assignment_id=assignment)
    if record is not None:
        directory.db_url, directory.course_id = record.url, record.course_id
    return directory


def _config(record: Database | None) -> Config:
    config = Config()
    config.ClearSolutions.code_stub = CODE_STUB
    config.SaveCells.enabled = record is not None
    return config


class _Log(logging.Logger):
    """Keeps what nbgrader says to itself, but for the last line of its last traceback."""

    def __init__(self) -> None:
        super().__init__("nbgrader", logging.ERROR)
        self.reason = "nbgrader could not release it"

    def handle(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text.startswith("Traceback"):
            self.reason = clean_line(
                re.sub(r"^\w+(\.\w+)*: ", "", text.strip().split("\n")[-1]), 300
            )

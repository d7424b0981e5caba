"""Our two steps in nbgrader's pipelines: the rest of a handout, and grading without a kernel.

nbgrader swallows what its hooks raise, so both do their work as preprocessors: what they raise makes
nbgrader name the submission, drop what it had written for it, and exit with an error.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import results
from autograder.batch import Lane, require_isolation, require_out_of_reach
from autograder.course import FILE_NAME, Assignment, Course, load_course
from autograder.errors import GraderFault, UsageError
from autograder.fingerprint import rules_digest
from autograder.nbgrader.explanation import explanation
from autograder.nbgrader.source import SCHEMA_VERSION, STAMP, check_cell, check_id
from autograder.outcome import ExerciseResult
from autograder.outcome import Grade as Graded
from autograder.submission import HandIn

Converted = tuple[NotebookNode, dict[str, Any]]


class _Step(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """What both steps know: the course, the assignment and nbgrader's folders."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Called by nbgrader for one notebook. UsageError if it is none of the course's."""
        names = resources["nbgrader"]
        file = Path(self.course_directory.root) / FILE_NAME
        course = _course(file, file.stat().st_mtime_ns if file.is_file() else 0)
        assignment = course.assignments.get(names["assignment"])
        if assignment is None or names["notebook"] != assignment.module:
            shown = f"{names['assignment']}/{names['notebook']}.ipynb"
            raise UsageError(f"{shown} is no notebook of {course.root / 'course.yml'}")
        self.work(nb, course, assignment, names["student"])
        return nb, resources

    def work(self, nb: NotebookNode, course: Course, assignment: Assignment, student: str) -> None:
        raise NotImplementedError

    @property
    def converter(self) -> Any:
        """nbgrader's converter: this step's exporter's parent."""
        return self.parent.parent

    @property
    def course_directory(self) -> CourseDirectory:
        return self.converter.coursedir

    def folder(self, step: str, student: str, assignment: Assignment) -> Path:
        """Where nbgrader keeps a student's files of one step."""
        return Path(self.course_directory.format_path(step, student, assignment.name))


class Handout(_Step):
    """First of GenerateAssignment: all files of the handout but the notebook itself."""

    def work(self, nb: NotebookNode, course: Course, assignment: Assignment, student: str) -> None:
        """Write them in the place of what nbgrader copied, the solution among it."""
        from autograder.nbgrader.generate import released_notebook
        from autograder.release import handout

        nb.metadata.pop(STAMP, None)
        files = handout(course, assignment, released_notebook(course, assignment))
        del files[f"{assignment.module}.ipynb"]
        target = self.folder(self.course_directory.release_directory, student, assignment)
        for copied in target.rglob("*"):
            if copied.is_file():
                copied.unlink()
        for name, text in files.items():
            results.write_whole(target / name, text)


class Tidy(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """First of Autograde: cells whose metadata would have nbgrader stop for the whole class.

    A copy of a graded cell, or one of another version of nbgrader's, is a cell of the student's own.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Converted:
        """Called by nbgrader for one notebook."""
        seen = set[str]()
        for cell in reversed(nb.cells):  # of copies nbgrader keeps the last
            match cell.metadata.get("nbgrader"):
                case {"grade_id": str(name), "schema_version": int(version)} if (
                    name not in seen and version == SCHEMA_VERSION
                ):
                    seen.add(name)
                case _:
                    cell.metadata.pop("nbgrader", None)
        return nb, resources


class Grade(_Step):
    """In Execute's place: every graded cell gets the score and the reasons as its output."""

    def work(self, nb: NotebookNode, course: Course, assignment: Assignment, student: str) -> None:
        """Grade the hand-in as ``autograder grade`` does. GraderFault when the fault is ours."""
        folder = self.folder(self.course_directory.submitted_directory, student, assignment)
        if course.isolation == "required":
            require_out_of_reach(course, folder)
        lane = _lane(course.root, assignment.name, rules_digest(course, assignment))
        finished = lane.grade(HandIn(student, assignment.name, folder))
        if finished.grade is None:
            raise GraderFault(f"{student}/{assignment.name}: no result: {finished.fault}")
        write_outputs(nb, assignment, finished.grade)


def write_outputs(nb: NotebookNode, assignment: Assignment, grade: Graded) -> None:
    """Put a grade into the check cells, and a cell that was deleted back."""
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in nb.cells}
    judged = {exercise.name: exercise for exercise in grade.exercises}
    for name, exercise in assignment.exercises.items():
        cell = cells.get(check_id(name))
        if cell is None or not cell.metadata.nbgrader.get("grade"):
            cell = check_cell(exercise)
            nb.cells.append(cell)
        result = judged.get(name) or ExerciseResult(name, 0.0, exercise.points, ())
        data = {"text/plain": repr(result.score), "text/html": explanation(grade, result)}
        cell.outputs = [new_output("execute_result", data)]


@cache
def _course(file: Path, _changed: int) -> Course:
    """The course, read again when its file has changed: formgrader lives long."""
    return load_course(file.parent)


@cache
def _lane(root: Path, assignment: str, rules: str) -> Lane:
    """One warm lane for a whole command; another one when the rules change in between."""
    course = load_course(root)
    lane = Lane(course, [assignment])
    lane.start()
    atexit.register(lane.stop)
    if course.isolation == "required":
        require_isolation(lane.layers)
    return lane

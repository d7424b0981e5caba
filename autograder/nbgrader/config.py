"""What ``nbgrader_config.py`` sets, so that nbgrader works on this course as it is."""

from __future__ import annotations

import os
import shutil
import sysconfig
from functools import cache
from pathlib import Path

from nbgrader import api
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.course import FILE_NAME, Course, load_course
from autograder.errors import UsageError
from autograder.nbgrader.generate import CODE_STUB, Database
from autograder.nbgrader.source import write_sources
from autograder.text import clean_line

CONFIG_FILE = "nbgrader_config.py"

#: By name, so that nbgrader imports them only where it needs them.
HANDOUT = "autograder.nbgrader.preprocessors.Handout"
TIDY = "autograder.nbgrader.preprocessors.Tidy"
GRADE = "autograder.nbgrader.preprocessors.Grade"
EXECUTE, CHECK = "Execute", "CheckCellMetadata"


def configure(config: Config, folder: Path) -> None:
    """Set nbgrader up for the course in a folder, and bring its source notebooks up to date."""
    course = load_course(folder)
    if course.solutions is None or course.handouts is None:
        raise UsageError(f"{folder / FILE_NAME}: nbgrader needs `solutions` and `handouts`")
    find_alembic()
    share_engines()
    write_sources(course)
    config.CourseDirectory.source_directory = course.solutions
    config.CourseDirectory.release_directory = course.handouts
    config.ClearSolutions.code_stub = CODE_STUB
    config.GenerateAssignment.preprocessors = [HANDOUT, *GenerateAssignment.preprocessors.default()]
    config.GenerateAssignment.force = True  # the handouts are generated and can be again
    config.Autograde.sanitize_preprocessors = [
        TIDY,
        *Autograde.sanitize_preprocessors.default(),
    ]
    config.Autograde.autograde_preprocessors = [
        GRADE if stage.__name__ == EXECUTE else stage
        for stage in Autograde.autograde_preprocessors.default()
        if stage.__name__ != CHECK  # checked before grading, and no student code ran since
    ]
    # never a solution or a public test into a student's folder, and from there into feedback
    config.Autograde.exclude_overwriting = {
        name: _files(course.solution(assignment).parent)
        for name, assignment in course.assignments.items()
    }


def _files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def find_alembic() -> None:
    """Put our own scripts on PATH where ``alembic`` is not: nbgrader runs it by name."""
    if shutil.which("alembic") is None:
        path = os.environ.get("PATH", os.defpath)
        os.environ["PATH"] = os.pathsep.join([path, sysconfig.get_path("scripts")])


def share_engines() -> None:
    """One engine for a database: nbgrader makes nine a notebook, each compiles its queries anew."""
    if not hasattr(api.create_engine, "cache_info"):
        api.create_engine = cache(api.create_engine)


def configured_database(course: Course) -> Database:
    """The gradebook of the course's ``nbgrader_config.py``, or nbgrader's default."""
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=str(course.root)).load_config()
    except ConfigFileNotFound:
        config = Config()
    except Exception as error:  # it is a program
        reason = clean_line(f"{type(error).__name__}: {error}", 300)
        raise UsageError(f"{course.root / CONFIG_FILE}: {reason}") from None
    directory = CourseDirectory(root=str(course.root), config=config)
    return Database(directory.db_url, directory.course_id)

"""``course.yml`` as a checked, frozen object.

Every mistake in the file becomes a :class:`~autograder.errors.UsageError` of one line that names the
file, the line, the path to the key and, where a known key is near, that key.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from autograder.errors import UsageError
from autograder.text import clean_line

FILE_NAME = "course.yml"

#: Kinds of operators an exercise may forbid; ``autograder.worker.operators`` knows how to see them.
Rule = Literal["convolution", "pooling", "padding", "backward", "autograd"]

#: What an exercise returns: one of these words, or a list of them for a tuple (or list) of results.
ResultForm = Literal["tensor", "int", "numbers"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Limits(_Model):
    """What student code may use. Seconds are CPU seconds unless the name says wall."""

    call_seconds: float = Field(2.0, gt=0, le=3600)
    call_wall_seconds: float = Field(10.0, gt=0, le=3600)
    load_seconds: float = Field(5.0, gt=0, le=3600)
    exercise_seconds: float = Field(6.0, gt=0, le=3600)
    submission_seconds: float = Field(30.0, gt=0, le=36000)
    memory_mb: int = Field(1024, ge=64, le=1 << 20)
    output_kb: int = Field(1024, ge=1, le=1 << 20)
    reply_mb: int = Field(16, ge=1, le=512)


class Exercise(_Model):
    """One function or class that students write."""

    points: float = Field(ge=0, le=1000, allow_inf_nan=False)
    kind: Literal["function", "module", "autograd_function"] = "function"
    returns: ResultForm | tuple[ResultForm, ...] = "tensor"
    forbidden: tuple[Rule, ...] = ()
    _name: str = PrivateAttr("")

    @property
    def name(self) -> str:
        """Its key in course.yml."""
        return self._name


def _moment(value: object) -> object:
    """YAML has dates of its own; a plain day means its last minute, no zone means UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value is not None and hasattr(value, "isoformat"):
        return datetime.fromisoformat(f"{value.isoformat()}T23:59:59+00:00")
    return value


class Assignment(_Model):
    """One file that students hand in, with its exercises in order."""

    title: str = Field(min_length=1)
    due: Annotated[datetime | None, BeforeValidator(_moment)] = None
    minutes: int | None = Field(None, ge=1)
    difficulty: Literal["easy", "medium", "hard"] | None = None
    exercises: dict[str, Exercise] = Field(min_length=1)
    _name: str = PrivateAttr("")

    @property
    def name(self) -> str:
        """The folder's name, ``02_cross_correlation``."""
        return self._name

    @property
    def module(self) -> str:
        """The file's name without its ending, ``cross_correlation``."""
        return re.sub(r"^\d+_", "", self._name)

    @property
    def points(self) -> float:
        """The sum of the points of its exercises."""
        return sum(exercise.points for exercise in self.exercises.values())


class Course(_Model):
    """The course: its assignments, rules, limits and where its parts lie."""

    course: str = Field(min_length=1)
    language: str = Field("en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    seed: int = 0
    isolation: Literal["required", "best_effort"] = "required"
    limits: Limits = Limits()
    solutions: str | None = None
    handouts: str | None = None
    hidden_tests: str | None = None
    misconceptions: str | None = None
    assignments: dict[str, Assignment] = Field(min_length=1)
    _root: Path = PrivateAttr(Path())

    @property
    def root(self) -> Path:
        """The folder that holds ``course.yml``."""
        return self._root

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """Every exercise of the course by name."""
        return {
            name: exercise
            for assignment in self.assignments.values()
            for name, exercise in assignment.exercises.items()
        }

    @cached_property
    def assignment_of(self) -> dict[str, Assignment]:
        """The assignment of every exercise."""
        return {
            name: assignment
            for assignment in self.assignments.values()
            for name in assignment.exercises
        }

    def solution(self, assignment: Assignment) -> Path:
        """The script that is the source of an assignment."""
        if self.solutions is None:
            raise UsageError(f"{self.root / FILE_NAME}: this course has no `solutions` folder")
        return self.root / self.solutions / assignment.name / f"{assignment.module}.py"

    def public_tests(self, assignment: Assignment) -> Path:
        """The tests that students see: beside the solution, or in a handout beside course.yml."""
        name = f"test_{assignment.module}.py"
        if self.solutions is None:
            return self.root / name
        return self.root / self.solutions / assignment.name / name

    def hidden_folder(self, assignment: Assignment) -> Path:
        """The folder of an assignment's hidden tests, one file an exercise."""
        if self.hidden_tests is None:
            raise UsageError(
                f"{self.root / FILE_NAME}: this course has no `hidden_tests` folder, "
                "so it can check but not grade"
            )
        return self.root / self.hidden_tests / assignment.name

    def bank(self, assignment: Assignment) -> Path | None:
        """The file of an assignment's misconceptions, if the course has one."""
        if self.misconceptions is None:
            return None
        file = self.root / self.misconceptions / f"{assignment.name}.py"
        return file if file.is_file() else None

    @model_validator(mode="after")
    def _name_parts(self) -> Course:
        seen: dict[str, str] = {}
        for name, assignment in self.assignments.items():
            if not re.fullmatch(r"\d+_[a-z][a-z0-9_]*", name):
                raise ValueError(f"assignments.{name}||the name should look like 02_some_name")
            assignment._name = name
            for exercise_name, exercise in assignment.exercises.items():
                where = f"assignments.{name}.exercises.{exercise_name}"
                if not exercise_name.isidentifier():
                    raise ValueError(f"{where}||an exercise is a Python name")
                if exercise_name in seen:
                    raise ValueError(f"{where}||already an exercise of {seen[exercise_name]}")
                seen[exercise_name] = name
                exercise._name = exercise_name
        return self


# --- loading -----------------------------------------------------------------------------------


def find_course(start: Path) -> Path:
    """The nearest ``course.yml`` from a folder upward."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise UsageError(
        f"no {FILE_NAME} in {start} or any folder above it; go to the course's folder or name it "
        "with --course"
    )


def load_course(path: Path) -> Course:
    """Read and check a ``course.yml`` (or the folder that holds it)."""
    path = path / FILE_NAME if path.is_dir() else path
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {_one_line(error)}") from None
    try:
        node = yaml.compose(text, yaml.SafeLoader)
        data = yaml.safe_load(text) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not valid YAML: {_one_line(error)}") from None
    if not isinstance(data, dict) or node is None:
        raise UsageError(f"{path}:1: expected keys such as `course` and `assignments`")
    _refuse_duplicates(path, node, ())
    try:
        course = Course.model_validate(_tuples(data))
    except ValidationError as error:
        raise UsageError(_first_problem(path, node, error)) from None
    course._root = path.resolve().parent
    _check_files(path, node, course)
    return course


def _tuples(value: Any) -> Any:
    """Strict models take tuples, YAML gives lists."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _check_files(path: Path, node: yaml.Node, course: Course) -> None:
    for name, assignment in course.assignments.items():
        wanted = []
        if course.solutions is not None:
            wanted.append(("solutions", course.solution(assignment)))
            wanted.append(("solutions", course.public_tests(assignment)))
        if course.hidden_tests is not None:
            folder = course.hidden_folder(assignment)
            wanted += [
                ("hidden_tests", folder / f"test_{exercise}.py")
                for exercise in assignment.exercises
            ]
        for key, file in wanted:
            if not file.is_file():
                line = _line_of(node, ("assignments", name))
                shown = file.relative_to(course.root)
                raise UsageError(f"{path}:{line}: assignments.{name}: `{key}` has no file {shown}")


def _refuse_duplicates(path: Path, node: yaml.Node, where: tuple[str, ...]) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = str(key.value)
            if name in seen:
                full = ".".join((*where, name))
                first = f"given twice, first in line {seen[name]}"
                raise UsageError(f"{path}:{line}: {clean_line(full)}: {first}")
            seen[name] = line
            _refuse_duplicates(path, value, (*where, name))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _refuse_duplicates(path, value, (*where, str(index)))


def _first_problem(path: Path, node: yaml.Node, error: ValidationError) -> str:
    """The line for the problem that stands first in the file."""
    problems = sorted(_problems(node, error))
    line, where, text = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{path}:{line}: {clean_line(f'{where}: {text}', 300)}{more}"


def _problems(node: yaml.Node, error: ValidationError) -> Iterator[tuple[int, str, str]]:
    for problem in error.errors(include_url=False):
        location = tuple(str(part) for part in problem["loc"])
        text = problem["msg"]
        if problem["type"] == "extra_forbidden":
            text = "unknown key" + _near_key(location)
        elif problem["type"] == "missing":
            text = "this key is missing"
        elif problem["type"] == "value_error":
            text = text.removeprefix("Value error, ")
            place, _, rest = text.partition("||")
            if rest:
                location, text = tuple(place.split(".")), rest
        shown = tuple(part for part in location if not _is_type_tag(part))
        yield _line_of(node, shown), ".".join(shown) or "course.yml", text


def _is_type_tag(part: str) -> bool:
    """Pydantic adds the branch of a union to the path; it is no key of the file."""
    return part.startswith(("literal[", "tuple[", "function-", "nullable"))


def _near_key(location: tuple[str, ...]) -> str:
    model: type[_Model] = Course
    children: dict[str, type[_Model]] = {
        "limits": Limits,
        "assignments": Assignment,
        "exercises": Exercise,
    }
    for part in location[:-1]:
        model = children.get(part, model)
    near = difflib.get_close_matches(location[-1], model.model_fields, n=1)
    return f", did you mean `{near[0]}`?" if near else ""


def _line_of(node: yaml.Node, location: tuple[str, ...]) -> int:
    line = node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if str(key.value) == part]
            if not found:
                break
            key, node = found[0]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
        else:
            break
    return int(line)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]

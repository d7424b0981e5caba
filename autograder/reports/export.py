"""Grades in the formats of other systems, as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree

from autograder.outcome import Grade, Status, TestResult
from autograder.results import Arrivals, class_grid, csv_text, grades_csv


class Format(StrEnum):
    """The systems whose formats are known."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    JUNIT = "junit"
    GRADESCOPE = "gradescope"


def render(to: Format, grades: Sequence[Grade], arrivals: Arrivals | None = None) -> str:
    """The grades as a system wants them."""
    return grades_csv(grades, arrivals) if to is Format.CSV else _RENDERERS[to](grades)


# --- learning platforms --------------------------------------------------------------------------


def canvas(grades: Sequence[Grade]) -> str:
    """A gradebook import for Canvas: the folder's name is the login, no work is an empty cell."""
    grid = class_grid(grades)
    names = [column.assignment for column in grid.columns]
    possible = [f"{column.max_score:.2f}" for column in grid.columns]
    return csv_text(
        [
            ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names),
            ("Points Possible", "", "", "", "", *possible),
            *((row.student, "", "", row.student, "", *_scores(row.grades)) for row in grid.rows),
        ]
    )


def moodle(grades: Sequence[Grade]) -> str:
    """A grade import for Moodle: a folder with an @ is an email address, any other an ID number."""
    grid = class_grid(grades)
    return csv_text(
        [
            ("ID number", "Email address", *(column.assignment for column in grid.columns)),
            *((*_identity(row.student), *_scores(row.grades)) for row in grid.rows),
        ]
    )


def _identity(student: str) -> tuple[str, str]:
    return ("", student) if "@" in student else (student, "")


def _scores(grades: Sequence[Grade | None]) -> list[str]:
    return ["" if grade is None else f"{grade.score:.2f}" for grade in grades]


# --- JUnit ---------------------------------------------------------------------------------------

#: Everything outside the characters of XML 1.0, which no escape can bring in.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Verdicts on the work; what else is not passed is an error of the run.
_FAILURES = (Status.FAILED, Status.MISSING, Status.FORBIDDEN, Status.REJECTED)


def junit(grades: Sequence[Grade]) -> str:
    """JUnit XML, one testsuite a submission; one that is not gradable is a single error."""
    root = ElementTree.Element("testsuites", name="autograder")
    for grade in grades:
        root.append(_suite(grade))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(grade: Grade) -> ElementTree.Element:
    suite = _element("testsuite", name=f"{grade.student}/{grade.assignment}")
    properties = ElementTree.SubElement(suite, "properties")
    for key in ("student", "assignment", "status", "score", "max_score"):
        properties.append(_element("property", name=key, value=str(getattr(grade, key))))
    if grade.status == "not_gradable":
        case = _element("testcase", classname=grade.assignment, name="submission", time="0.000")
        case.append(_verdict("error", grade.status, grade.message or ""))
        suite.append(case)
    for exercise in grade.exercises:
        for test in exercise.tests:
            suite.append(_case(f"{grade.assignment}.{exercise.name}", test))
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("time", f"{sum(t.seconds for e in grade.exercises for t in e.tests):.3f}")
    return suite


def _case(classname: str, test: TestResult) -> ElementTree.Element:
    case = _element("testcase", classname=classname, name=test.name, time=f"{test.seconds:.3f}")
    if test.status is not Status.PASSED:
        tag = "failure" if test.status in _FAILURES else "error"
        case.append(_verdict(tag, test.status, test.message))
    return case


def _verdict(tag: str, kind: str, message: str) -> ElementTree.Element:
    element = _element(tag, type=kind, message=message.partition("\n")[0])
    element.text = _NOT_XML.sub("\ufffd", message)
    return element


def _element(tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.Element(
        tag, {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    )


# --- Gradescope ----------------------------------------------------------------------------------


def gradescope(grades: Sequence[Grade]) -> str:
    """One submission's ``results.json``; of several, an object of them by student/assignment."""
    found: dict[str, Any] = {f"{g.student}/{g.assignment}": gradescope_results(g) for g in grades}
    data = next(iter(found.values())) if len(found) == 1 else found
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def gradescope_results(grade: Grade) -> dict[str, Any]:
    """The object of Gradescope's ``results.json``.

    Every test is visible: its text is safe to show, and a hidden one would hide the total.
    """
    tests = [
        _gradescope_test(f"{i}.{j}", exercise.name, test)
        for i, exercise in enumerate(grade.exercises, start=1)
        for j, test in enumerate(exercise.tests, start=1)
    ]
    seconds = sum(test.seconds for exercise in grade.exercises for test in exercise.tests)
    return {
        "score": grade.score,
        "execution_time": round(seconds, 3),
        "output": grade.message or "",
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"status": grade.status, "max_score": grade.max_score},
        "tests": tests,
    }


def _gradescope_test(number: str, exercise: str, test: TestResult) -> dict[str, Any]:
    passed = test.status is Status.PASSED
    return {
        "score": test.score,
        "max_score": test.max_score,
        "status": "passed" if passed else "failed",
        "name": f"{exercise}: {test.name}",
        "number": number,
        "output": test.message if passed else f"{test.status}: {test.message}",
        "tags": [test.visibility, str(test.status)],
        "visibility": "visible",
        "extra_data": {"diagnosis": test.diagnosis},
    }


_RENDERERS: dict[Format, Callable[[Sequence[Grade]], str]] = {
    Format.CANVAS: canvas,
    Format.MOODLE: moodle,
    Format.JUNIT: junit,
    Format.GRADESCOPE: gradescope,
}

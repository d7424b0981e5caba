"""The reports: safe whatever a student is called, complete, and readable by other systems."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from autograder import results
from autograder.commands.export import export
from autograder.commands.report import report, write_reports
from autograder.errors import UsageError
from autograder.outcome import ExerciseResult, Grade, Status
from autograder.outcome import TestResult as Result  # pytest would collect a Test…
from autograder.reports import html
from autograder.reports.export import Format, gradescope_results, render
from autograder.reports.table import class_table
from autograder.results import Arrival

ODD = "<script>alert(1)</script>\"'&\x1b[31m\u202e"
VOID = {"meta", "br", "wbr", "img", "link", "input", "hr"}


def result(status: Status, **values: object) -> Result:
    points = 1.0 if status is Status.PASSED else 0.0
    message = f"The sentence of {status.value}.\nWhat went wrong."
    test = Result(f"test_{status.value}", "hidden", status, points, 1.0, message, None, 0.25)
    return replace(test, **values)  # type: ignore[arg-type]


TESTS = tuple(result(status) for status in Status)
HINTED = result(
    Status.FAILED,
    name="public_one",
    visibility="public",
    message="A sentence.\nYour code printed: 1\nHint: Mind the order.\nRows first.",
    diagnosis="swapped_height_width",
)
GRADE = Grade(
    student="ada",
    assignment="02_cross_correlation",
    status="graded",
    score=1.0,
    max_score=10.0,
    message="cell 3 raised NameError",
    exercises=(
        ExerciseResult("corr2d", 1.0, 9.0, TESTS),
        ExerciseResult("Conv2D", 0.0, 1.0, (HINTED,)),
    ),
)
UNREADABLE = Grade("bob", "01_autograd", "not_gradable", 0.0, 4.0, "no autograd.py", ())
CLASS = [UNREADABLE, GRADE]


class Page(HTMLParser):
    """A page's tags, attributes and text; fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.links += [value or "" for key, value in attrs if key == "href"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)


def assert_self_contained(text: str) -> Page:
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not [key for key, _ in page.attributes if key.startswith("on") or key == "src"]
    assert "url(" not in text and "@import" not in text and "http://" not in text
    assert all(not urlsplit(link).scheme and not urlsplit(link).netloc for link in page.links)
    assert "lang" in dict(page.attributes) and "h1" in page.tags and "main" in page.tags
    return page


# --- HTML ----------------------------------------------------------------------------------------


def test_a_report_says_everything_in_words() -> None:
    page = assert_self_contained(html.submission_report(GRADE))
    for said in (
        *("02_cross_correlation", "ada", "1 of 10 points", "cell 3 raised NameError"),
        *("corr2d", "1 of 9", "What went wrong.", "took too long", "hidden", "public"),
        *("swapped height width", "Hint: Mind the order. Rows first.", "Your code printed: 1"),
    ):
        assert said in page.text
    for test in TESTS:
        assert test.name in page.text
        assert f" {test.status.value} " in page.text
        assert html.STATUS_WORDS[test.status][1] in page.text or test.status is Status.PASSED


def test_every_link_of_a_report_has_its_place() -> None:
    page = Page(html.submission_report(GRADE))
    places = {f"#{value}" for key, value in page.attributes if key == "id"}
    assert len(page.links) == 2 and set(page.links) <= places


def test_a_report_of_what_cannot_be_graded_says_why() -> None:
    page = assert_self_contained(html.submission_report(UNREADABLE))
    assert "not gradable" in page.text and "no autograd.py" in page.text
    assert "0 of 4 points" in page.text and "Exercises" not in page.text


def test_a_late_arrival_is_said() -> None:
    arrival = Arrival(datetime(2026, 10, 12, 23, 59, tzinfo=UTC), late=True)
    page = Page(html.submission_report(GRADE, arrival))
    assert "2026-10-12 23:59 UTC late" in page.text
    key = (GRADE.student, GRADE.assignment)
    assert "1/10 late" in Page(html.class_overview(CLASS, {key: arrival})).text


def test_odd_texts_stay_texts() -> None:
    test = replace(HINTED, name=ODD, message=f"{ODD}\n{ODD}\nHint: {ODD}", diagnosis=ODD)
    exercise = ExerciseResult(ODD, 0.0, 1.0, (test,))
    odd = Grade(ODD, ODD, "graded", 0.0, 1.0, ODD, (exercise,))
    plain = replace(odd, student="x", assignment="x", message="x")
    for render_page in (html.submission_report, lambda grade: html.class_overview([grade])):
        text = render_page(odd)
        page = assert_self_contained(text)
        assert "<script>alert(1)</script>" in page.text
        assert "\x1b" not in text and "\u202e" not in text
        assert len(page.tags) == len(Page(render_page(plain)).tags)


def test_exercises_without_points_or_tests_have_a_page() -> None:
    grade = replace(GRADE, exercises=(ExerciseResult("free", 0.0, 0.0, ()),))
    assert "0 of 0 points" in assert_self_contained(html.submission_report(grade)).text


def test_the_overview_counts() -> None:
    other = replace(GRADE, student="eve", score=5.0)
    page = assert_self_contained(html.class_overview([*CLASS, other]))
    assert "3 students · 3 submissions · 1 not gradable" in page.text
    assert "not gradable" in page.text and "1/10" in page.text and "mean 0/4 3/10" in page.text
    assert "swapped height width Conv2D 2" in page.text
    assert "failed wrong answer 4" in page.text
    assert "02 cross correlation corr2d 1 of 9 2" in page.text


def test_the_overview_of_nothing_is_a_page() -> None:
    assert_self_contained(html.class_overview([]))


def test_means_and_diagnoses_are_over_submissions() -> None:
    half = replace(GRADE.exercises[0], score=2.0)
    other = replace(GRADE, student="eve", exercises=(half,))
    assert html.exercise_means([GRADE, other, UNREADABLE])[0] == html.ExerciseMean(
        GRADE.assignment, "corr2d", 1.5, 9.0, 2
    )
    twice = replace(GRADE.exercises[1], tests=(HINTED, replace(HINTED, diagnosis="off_by_one")) * 2)
    again = replace(GRADE, student="zoe", exercises=(twice,))
    assert html.diagnosis_counts([GRADE, again]) == [
        html.DiagnosisCount("swapped_height_width", 2, ("Conv2D",)),
        html.DiagnosisCount("off_by_one", 1, ("Conv2D",)),
    ]


@given(st.text(min_size=1, max_size=12).filter(lambda s: "/" not in s and s not in (".", "..")))
@settings(max_examples=40, deadline=None)
def test_links_lead_to_the_file_of_any_name(student: str) -> None:
    grade = replace(UNREADABLE, student=student)
    (link,) = Page(html.class_overview([grade])).links
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == html.report_path(grade)


# --- the terminal --------------------------------------------------------------------------------


def shown(grades: list[Grade], width: int) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(class_table(grades))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_table_ends_with_the_mean() -> None:
    lines = [" ".join(line.split()) for line in shown(CLASS, 100).splitlines() if line.strip()]
    assert lines[0] == "student 01 autograd 02 cross correlation"
    assert lines[2:] == ["ada – 1/10", "bob not gradable –", "mean 0/4 1/10"]


def test_names_are_no_markup_and_no_escapes() -> None:
    text = shown([replace(GRADE, student="[red]x[/red]\x1b[31m")], 100)
    assert "[red]x[/red]" in text and "\x1b" not in text


def test_a_wide_class_keeps_its_scores_at_80_columns() -> None:
    work = [f"{n:02}_cross_correlation" for n in range(1, 7)]
    grades = [replace(GRADE, student="x" * 70, assignment=a, score=17.25) for a in work]
    text = shown(grades, 80)
    assert text.count("17.25/10") == 12
    assert max(map(len, text.splitlines())) <= 80


# --- other systems -------------------------------------------------------------------------------


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_canvas() -> None:
    formula = replace(GRADE, student="=1+1")
    assert rows(render(Format.CANVAS, [*CLASS, formula])) == [
        [
            *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
            *("01_autograd", "02_cross_correlation"),
        ],
        ["Points Possible", "", "", "", "", "4.00", "10.00"],
        ["'=1+1", "", "", "'=1+1", "", "", "1.00"],
        ["ada", "", "", "ada", "", "", "1.00"],
        ["bob", "", "", "bob", "", "0.00", ""],
    ]


def test_moodle() -> None:
    mail = replace(GRADE, student="eve@uni.example")
    assert rows(render(Format.MOODLE, [UNREADABLE, mail])) == [
        ["ID number", "Email address", "01_autograd", "02_cross_correlation"],
        ["bob", "", "0.00", ""],
        ["", "eve@uni.example", "", "1.00"],
    ]


def test_csv_is_grades_csv() -> None:
    assert render(Format.CSV, CLASS) == results.grades_csv(CLASS)


def test_junit() -> None:
    root = ElementTree.fromstring(render(Format.JUNIT, CLASS).encode())
    assert root.attrib == {"name": "autograder", "tests": "11", "failures": "5", "errors": "5"}
    first, second = root.findall("testsuite")
    assert first.get("name") == "bob/01_autograd"
    error = first.find("testcase/error")
    assert error is not None and error.attrib == {
        "type": "not_gradable",
        "message": "no autograd.py",
    }
    assert (second.get("tests"), second.get("failures"), second.get("errors")) == ("10", "5", "4")
    case = second.find("testcase[@name='test_failed']")
    assert case is not None and case.get("classname") == "02_cross_correlation.corr2d"
    assert case.get("time") == "0.250"
    failure = case.find("failure")
    assert failure is not None and failure.get("message") == "The sentence of failed."
    properties = {p.get("name"): p.get("value") for p in second.findall("properties/property")}
    assert properties["score"] == "1.0" and properties["max_score"] == "10.0"


@given(st.text(max_size=20), st.text(max_size=20))
def test_junit_is_xml_whatever_the_text(student: str, message: str) -> None:
    grade = replace(UNREADABLE, student=student, message=message + "\x00\x1b\ufffe\udcff")
    ElementTree.fromstring(render(Format.JUNIT, [grade]).encode())


def test_gradescope_shows_all_and_keeps_the_total() -> None:
    data = json.loads(render(Format.GRADESCOPE, [GRADE]))
    assert data == gradescope_results(GRADE)
    assert (data["score"], data["visibility"]) == (1.0, "visible")
    assert sum(test["score"] for test in data["tests"]) == data["score"]
    assert {test["visibility"] for test in data["tests"]} == {"visible"}
    assert {test["status"] for test in data["tests"]} == {"passed", "failed"}
    assert [test["number"] for test in data["tests"]][-2:] == ["1.9", "2.1"]
    assert data["tests"][-1]["name"] == "Conv2D: public_one"
    assert data["tests"][-1]["tags"] == ["public", "failed"]


def test_gradescope_of_a_class_is_keyed_by_submission() -> None:
    data = json.loads(render(Format.GRADESCOPE, CLASS))
    assert list(data) == ["bob/01_autograd", "ada/02_cross_correlation"]
    assert data["bob/01_autograd"]["output"] == "no autograd.py"
    assert data["bob/01_autograd"]["tests"] == []


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for grade in CLASS:
        results.write(tmp_path, grade)
    return tmp_path


def test_report_writes_all_again(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = (GRADE.student, GRADE.assignment)
    arrivals = {key: Arrival(datetime(2026, 10, 12, tzinfo=UTC), late=True)}
    write_reports(out, CLASS, arrivals)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for path in before:
        if path.suffix == ".html":
            path.unlink()
    report(out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert {path.relative_to(out).as_posix() for path in before} == {
        *("grades.csv", "index.html"),
        *("ada/02_cross_correlation.json", "ada/02_cross_correlation.html"),
        *("bob/01_autograd.json", "bob/01_autograd.html"),
    }
    assert "2 submissions" in capsys.readouterr().out


@pytest.mark.parametrize("command", [report, lambda out: export(out, Format.CSV)])
def test_a_folder_without_results_is_a_usage_error(command: object, tmp_path: Path) -> None:
    assert callable(command)
    with pytest.raises(UsageError, match="no results in it"):
        command(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        command(tmp_path / "missing")


@pytest.mark.parametrize("to", list(Format))
def test_export_writes_the_same_to_a_file_and_to_stdout(out: Path, to: Format) -> None:
    app = typer.Typer()
    app.command()(export)
    grades = results.read_all(out)
    runner = CliRunner()
    printed = runner.invoke(app, [str(out), "--to", to.value])
    target = out / "exported"
    written = runner.invoke(app, [str(out), "--to", to.value, "--output", str(target)])
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert printed.stdout_bytes == target.read_bytes() == render(to, grades).encode()


def test_export_to_an_unknown_system_is_a_usage_error(out: Path) -> None:
    app = typer.Typer()
    app.command()(export)
    assert CliRunner().invoke(app, [str(out), "--to", "excel"]).exit_code == 2
    assert CliRunner().invoke(app, [str(out)]).exit_code == 2

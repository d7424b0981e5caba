"""Mistakes in ``course.yml``: one line with the key's path and line, exit code 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
AUTOGRADER = Path(sys.executable).parent / "autograder"
GOOD = """\
course: A course
seed: 1
limits:
  call_seconds: 2
assignments:
  02_cross_correlation:
    title: Cross-correlation
    due: 2026-10-12T23:59:00+02:00
    exercises:
      corr2d: {points: 6, forbidden: [convolution]}
      true_conv2d: {points: 4}
"""
PATH = "assignments.02_cross_correlation"
BAD = {
    "unknown key": ("seed: 1", "sede: 1", 2, "sede", "did you mean `seed`?"),
    "unknown limit": ("call_seconds", "call_secs", 4, "limits.call_secs", "`call_seconds`"),
    "unknown exercise key": (
        "points: 4",
        "points: 4, point: 3",
        11,
        "true_conv2d.point",
        "`points`",
    ),
    "negative points": ("points: 6", "points: -6", 10, f"{PATH}.exercises.corr2d.points", "0"),
    "points as text": ("points: 6", "points: six", 10, "corr2d.points", "number"),
    "infinite points": ("points: 6", "points: .inf", 10, "corr2d.points", ""),
    "missing points": ("{points: 4}", "{}", 11, "true_conv2d.points", "missing"),
    "duplicate exercise": (
        "true_conv2d:",
        "corr2d:",
        11,
        "corr2d",
        "given twice, first in line 10",
    ),
    "duplicate key": ("seed: 1", "course: B", 2, "course", "given twice, first in line 1"),
    "unknown rule": ("[convolution]", "[convolutions]", 10, "corr2d.forbidden", "convolution"),
    "not a name": ("true_conv2d:", "true-conv2d:", 11, "true-conv2d", "Python name"),
    "odd assignment": ("02_cross_correlation", "cross", 6, "assignments.cross", "02_some_name"),
    "no date": ("2026-10-12T23:59:00+02:00", "soon", 8, f"{PATH}.due", ""),
    "zero seconds": (
        "call_seconds: 2",
        "call_seconds: 0",
        4,
        "limits.call_seconds",
        "greater than",
    ),
    "not YAML": ("seed: 1", "seed: [1", 3, "", "not valid YAML"),
    "not a mapping": (GOOD, "- 1\n", 1, "", "expected keys"),
    "empty": (GOOD, "", 1, "", "expected keys"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_one_line_with_its_place(case, tmp_path):
    old, new, line, where, hint = BAD[case]
    assert old in GOOD
    file = tmp_path / "course.yml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_course(file)
    text = str(caught.value)
    assert text.startswith(f"{file}:{line}: ") and "\n" not in text
    assert where in text and hint in text


def test_a_good_course_is_read(tmp_path):
    file = tmp_path / "course.yml"
    file.write_text(GOOD, encoding="utf-8")
    course = load_course(tmp_path)
    assert list(course.exercises) == ["corr2d", "true_conv2d"]
    assert course.assignments["02_cross_correlation"].points == 10
    assert course.assignment_of["corr2d"].module == "cross_correlation"


def test_a_missing_file_is_named_with_the_assignments_line(tmp_path):
    file = tmp_path / "course.yml"
    file.write_text(GOOD + "solutions: nowhere\n", encoding="utf-8")
    with pytest.raises(
        UsageError, match=r":6: .*nowhere/02_cross_correlation/cross_correlation.py"
    ):
        load_course(file)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["grade", "nowhere", "--out", "o"], "nowhere: no such folder"),
        (["grade", ".", "--out", "o", "--assignment", "99_none"], "no such assignment"),
        (["grade", ".", "--out", "o"], "no submission"),
        (["check", "nowhere.py"], "no such file or exercise"),
        (["check"], "nothing to check here"),
        (["report", "nowhere"], "nowhere"),
        (["export", "nowhere", "--to", "csv"], "nowhere"),
        (["verify", "99_none"], "no such assignment"),
        (["grade", ".", "--out", "o", "--course", "/nowhere"], "/nowhere: no such file"),
    ],
)
def test_a_mistake_on_the_command_line_exits_with_2(arguments, text, tmp_path):
    place = tmp_path / "empty"
    place.mkdir()
    extra = (
        []
        if "--course" in arguments or arguments[0] in ("report", "export")
        else ["--course", ROOT]
    )
    done = subprocess.run(
        [AUTOGRADER, *arguments, *extra], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert text in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""

"""Every attack in one batch: none earns a point, tells a secret, leaves a trace, touches another."""

import csv
import os
import re
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from . import harness

TRICKS = harness.attacks()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock is Linux's")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    built = harness.build(tmp_path_factory.mktemp("attacked"), TRICKS)
    before = traces()
    done = harness.grade(built.submitted, built.root / "out", built.course)
    return built, done, traces() - before


def traces():
    """Files where a process could leave something, apart from the tests' own folders."""
    folders = [Path(name) for name in ("/tmp", "/dev/shm", "/var/tmp") if Path(name).is_dir()]
    return {p for folder in folders for p in folder.iterdir() if not p.name.startswith("pytest-")}


@pytest.fixture(scope="module")
def found(attacked):
    built, _, _ = attacked
    return harness.results(built.root / "out")


def test_everyone_has_a_result(attacked, found):
    built, done, _ = attacked
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(found) == {*built.attackers, *built.honest}


@pytest.mark.parametrize("number", range(len(TRICKS)), ids=lambda n: TRICKS[n].name)
def test_scores(attacked, found, number):
    built, _, _ = attacked
    name, trick = list(built.attackers.items())[number]
    for exercise in found[name]["exercises"]:
        if trick.points[exercise["name"]] == "any":  # a matter of time
            continue
        wanted = exercise["max_score"] if trick.points[exercise["name"]] == "all" else 0.0
        tests = [test for test in exercise["tests"] if test["visibility"] == "hidden"]
        assert exercise["score"] == wanted, tests
        if wanted == 0.0 and trick.status:
            assert {test["status"] for test in tests} <= {trick.status, *late(tests)}, tests


def late(tests):
    """After the exercise's time was used up, its other tests do not run."""
    first = next(i for i, t in enumerate(tests) if t["status"] != "passed")
    return {t["status"] for t in tests[first + 1 :] if "time budget" in t["message"]}


def test_honest_students_are_not_touched(attacked, found, tmp_path):
    built, _, _ = attacked
    done = harness.grade(built.only_honest(), tmp_path, built.course)
    assert done.returncode == 0, done.stderr
    undisturbed = harness.results(tmp_path)
    assert undisturbed == {name: found[name] for name in built.honest}
    assert all(result["score"] == 40.0 for result in undisturbed.values())


def test_no_secret_is_told(attacked):
    built, done, _ = attacked
    pages = [p for p in (built.root / "out").rglob("*") if p.is_file()]
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in pages]
    for text in (*texts, done.stdout, done.stderr):
        for canary in harness.CANARIES:
            assert canary not in text, text[max(0, text.find(canary) - 300) :][:600]


def test_nothing_is_left(attacked):
    built, _, left = attacked
    assert not list(built.dropped.iterdir())
    assert not [p for p in left if p.name.startswith(("dropped-", "kept-", "kept", "psm_"))]
    expected = sorted(p.relative_to(harness.HERE / "course") for p in course_files(harness.HERE))
    assert sorted(p.relative_to(built.course) for p in course_files(built.root)) == expected
    for folder in built.submitted.iterdir():
        assert [p.name for p in (folder / harness.ASSIGNMENT).iterdir()] == ["attack.py"]


def course_files(root):
    files = (p for p in (root / "course").rglob("*") if p.is_file())
    return [p for p in files if "__pycache__" not in p.parts]


def test_no_process_is_left(attacked):
    built, _, _ = attacked
    here = str(built.root)
    running = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if here.encode() in words:
                running.append(words)
    assert not running


def test_reports_are_safe(attacked):
    built, done, _ = attacked
    out = built.root / "out"
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text and "<img src=x" not in text
    for text in (done.stdout, done.stderr, *(p.read_text("utf-8") for p in out.rglob("*.json"))):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert not re.search(r"^(::|##)", text, re.MULTILINE)
    for row in csv.reader((out / "grades.csv").read_text("utf-8").splitlines()):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    for to in ("junit", "canvas", "moodle", "csv", "gradescope"):
        exported = harness.run("export", out, "--to", to)
        assert exported.returncode == 0, exported.stderr
        assert not any(canary in exported.stdout for canary in harness.CANARIES)
        if to == "junit":
            ElementTree.fromstring(exported.stdout)


def test_the_table_in_the_documentation_is_true():
    counts = Counter(trick.category for trick in TRICKS)
    document = (harness.HERE.parents[1] / "docs" / "security.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", document, re.MULTILINE))
    assert {name: int(number) for name, number in rows.items()} == counts
    assert f"{len(TRICKS)} attacks" in document

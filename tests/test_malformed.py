"""Hand-ins that are no programs: each ends in a result or a clear line, beside honest ones."""

import json
import os
import random
import shutil
import sys

import pytest

from .attacks import harness

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

HONEST = (harness.HERE / "honest.py").read_text(encoding="utf-8")
SCRIPT, NOTEBOOK = "attack.py", "attack.ipynb"


def notebook(*sources, **more):
    cells = [{"cell_type": "code", "metadata": {}, "source": s, "outputs": []} for s in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more})


def nested(depth):
    return "[" * depth + "]" * depth


def script(content):
    return lambda folder: put(folder / SCRIPT, content)


def book(content):
    return lambda folder: put(folder / NOTEBOOK, content)


def put(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def both(folder):
    put(folder / SCRIPT, HONEST)
    put(folder / NOTEBOOK, notebook(HONEST))


def link_out(folder):
    (folder / SCRIPT).symlink_to(harness.HERE / "honest.py")


def link_in_folder(folder):
    put(folder / SCRIPT, "from helper import *\n" + HONEST)
    (folder / "helper.py").symlink_to("/etc/passwd")


def sparse_neighbour(folder):
    put(folder / SCRIPT, HONEST)
    with (folder / "data.bin").open("wb") as file:
        file.truncate(1 << 40)


def many_neighbours(folder):
    put(folder / SCRIPT, HONEST)
    for number in range(300):
        put(folder / f"n{number}.py", "x = 1\n")
    os.mkfifo(folder / "pipe.py")
    (folder / "folder.py").mkdir()


def undefined_neighbour(folder):
    put(folder / SCRIPT, HONEST)
    put(folder / "helper.py", "# coding: undefined\n")


def unreadable(folder):
    put(folder / SCRIPT, HONEST)
    (folder / SCRIPT).chmod(0)


random.seed(1)
#: What is handed in, and the points it gets; None where root reads what others cannot.
CASES = {
    "nothing": (lambda folder: None, 0),
    "other_file": (lambda folder: put(folder / "homework.txt", "x"), 0),
    "empty": (script(""), 0),
    "blank": (script(" \n\t\n"), 0),
    "binary": (script(random.randbytes(5000)), 0),
    "utf_16": (script(HONEST.encode("utf-16")), 0),
    "latin_1_declared": (script(b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + HONEST.encode()), 40),
    "unknown_encoding": (script("# -*- coding: klingon -*-\n" + HONEST), 0),
    "undefined_encoding": (script("# coding: undefined\n" + HONEST), 0),
    "undefined_encoding_beside": (undefined_neighbour, 40),
    "not_utf_8": (script(b"# \xff\xfe\n" + HONEST.encode()), 0),
    "byte_order_mark": (script(b"\xef\xbb\xbf" + HONEST.encode()), 40),
    "carriage_returns": (script(HONEST.replace("\n", "\r\n")), 40),
    "old_mac": (script(HONEST.replace("\n", "\r")), 40),
    "form_feeds": (
        script(HONEST.replace("\n\n\ndef", "\n\x0c\n# %%\ndef") + 's = """\n# %%\n"""\n'),
        40,
    ),
    "odd_line_ends": (
        script('a = "\u2028\u2029\x85\x1c"\n' * 20 + 's = """\n# %%\n"""\n' + HONEST),
        40,
    ),
    "null_bytes": (script(HONEST + "\0"), 0),
    "twenty_megabytes": (script("#" * (20 << 20)), 0),
    "a_megabyte_of_code": (script(HONEST + "x = 1\n" * 500_000), 0),
    "one_long_line": (script(HONEST + "x = [" + "1," * 100_000 + "]\n"), 40),
    "syntax_error": (script("def corr2d(X, K:\n"), 0),
    "deep_parentheses": (script("x = " + "(" * 5000 + ")" * 5000), 0),
    "deep_operators": (script("x = " + "-" * 100_000 + "1"), 0),
    "long_sum": (script("x = " + "1+" * 100_000 + "1"), 0),
    "huge_integer": (script("x = " + "9" * 100_000), 0),
    "nested_blocks": (script("".join(" " * i + "if 1:\n" for i in range(200))), 0),
    "pipe": (lambda folder: os.mkfifo(folder / SCRIPT), 0),
    "folder": (lambda folder: (folder / SCRIPT).mkdir(), 0),
    "link_out": (link_out, 0),
    "link_to_nowhere": (lambda folder: (folder / SCRIPT).symlink_to("nowhere"), 0),
    "link_to_itself": (lambda folder: (folder / SCRIPT).symlink_to(SCRIPT), 0),
    "link_beside": (link_in_folder, None),
    "device": (lambda folder: (folder / SCRIPT).symlink_to("/dev/zero"), 0),
    "unreadable": (unreadable, None),
    "sparse_terabyte_beside": (sparse_neighbour, 40),
    "many_beside": (many_neighbours, 40),
    "both": (both, 0),
    "notebook": (book(notebook(HONEST)), 40),
    "notebook_cut_off": (book(notebook(HONEST)[:200]), 0),
    "notebook_empty": (book(""), 0),
    "notebook_of_null": (book("null"), 0),
    "notebook_of_a_list": (book("[1, 2]"), 0),
    "notebook_of_a_number": (book("1e999"), 0),
    "notebook_deep": (book(nested(100_000)), 0),
    "notebook_without_cells": (book('{"cells": []}'), 0),
    "notebook_cells_are_text": (book('{"cells": "code"}'), 0),
    "notebook_cells_are_numbers": (book('{"cells": [1, null, []]}'), 0),
    "notebook_source_is_an_object": (book('{"cells": [{"cell_type": "code", "source": {}}]}'), 0),
    "notebook_source_of_numbers": (book('{"cells": [{"cell_type": "code", "source": [1]}]}'), 0),
    "notebook_version_3": (
        book(json.dumps({"nbformat": 3, "worksheets": [{"cells": [{"input": HONEST}]}]})),
        0,
    ),
    "notebook_utf_16": (book(notebook(HONEST).encode("utf-16")), 0),
    "notebook_surrogates": (book(notebook(HONEST, '"\ud800"')), None),
    "notebook_null_bytes": (book(notebook(HONEST, "x = 1\0")), None),
    "notebook_of_thousands": (book(notebook(HONEST, *["x = 1"] * 4000)), 40),
    "notebook_of_too_many": (book(notebook(HONEST, *["x = 1"] * 6000)), 0),
    "notebook_of_blanks": (book(notebook(HONEST, "(\n" + " " * 200_000 + "x")), None),
    "notebook_of_question_marks": (book(notebook(HONEST, "(\n" + "? " * 100_000 + "x")), None),
    "notebook_of_magics": (
        book(notebook("%matplotlib inline\n" + HONEST, "!rm x", "%%bash\nls")),
        40,
    ),
    "notebook_metadata_odd": (
        book(json.dumps({"cells": [{"cell_type": "code", "source": HONEST, "metadata": [1]}]})),
        None,
    ),
    "notebook_named_py": (script(notebook(HONEST)), None),
    "script_named_ipynb": (book(HONEST), 0),
}

#: Folder names of students; the last column says whether a result is due.
NAMES = (
    "a b",
    'it\'s "quoted"',
    "new\nline",
    "tab\tand\rreturn",
    "-rf",
    "--help",
    "...",
    "a..b",
    "semi;colon&|$(x)`y`",
    "\u202edrawkcab\u2066",
    "z\u0308oe\u0308",
    "<b>bold</b>",
    "=1+1",
    "@SUM(A1)",
    "\x1b[31mred",
    "::error::x",
    "x" * 255,
    "字" * 80,
    "index.html",
    "grades.csv",
    "CON",
    "%s%n{0}",
    "back\\slash",
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("malformed")
    shutil.copytree(harness.HERE / "course", root / "course")
    submitted = root / "submitted"
    for name, (make, _) in CASES.items():
        folder = submitted / name / harness.ASSIGNMENT
        folder.mkdir(parents=True)
        make(folder)
    done = harness.grade(submitted, root / "out", root / "course")
    return done, harness.results(root / "out"), root


def test_every_hand_in_has_a_result(graded):
    done, found, _ = graded
    assert done.returncode == 0, done.stderr[-3000:]
    assert set(found) == set(CASES)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", CASES)
def test_result(graded, name):
    _, found, _ = graded
    points = CASES[name][1]
    result = found[name]
    assert points is None or result["score"] == points, result["message"]
    if result["status"] == "not_gradable":
        assert len(result["message"]) > 10 and "\n" not in result["message"]
    else:
        assert points != 0 or result["message"] or name in ("deep_operators", "long_sum")


def test_a_second_run_has_nothing_to_do(graded):
    _, _, root = graded
    again = harness.grade(root / "submitted", root / "out", root / "course")
    assert again.returncode == 0, again.stderr
    assert "0 graded now" in again.stdout, again.stdout[-300:]


def test_hostile_names(tmp_path):
    shutil.copytree(harness.HERE / "course", tmp_path / "course")
    names = [os.fsencode(name) for name in NAMES] + [b"not utf-8 \xff"]
    for name in names:
        folder = os.path.join(os.fsencode(tmp_path), b"submitted", name, b"01_attack")  # noqa: PTH118
        os.makedirs(folder)  # noqa: PTH103
        with open(os.path.join(folder, b"attack.py"), "w") as file:  # noqa: PTH118, PTH123
            file.write("# " if name == b"a b" else HONEST)
    done = harness.grade(tmp_path / "submitted", tmp_path / "out", tmp_path / "course")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    for text in (done.stdout, done.stderr):
        assert "\x1b[31m" not in text and "\u202e" not in text
        assert not any(line.startswith("::") for line in text.splitlines())
    left_out = done.stderr.count("left out")
    results = list((tmp_path / "out").glob("*/01_attack.json"))
    assert len(results) + left_out == len(names), done.stderr
    for to in ("junit", "csv", "canvas", "moodle", "gradescope"):
        assert harness.run("export", tmp_path / "out", "--to", to).returncode == 0
    assert harness.run("report", tmp_path / "out").returncode == 0


def test_unknown_assignments_and_stray_entries(tmp_path):
    shutil.copytree(harness.HERE / "course", tmp_path / "course")
    submitted = tmp_path / "submitted"
    (submitted / "ada" / "99_nothing").mkdir(parents=True)
    (submitted / "ada" / "01_attack").mkdir()
    (submitted / "ada" / "01_attack" / "attack.py").write_text(HONEST)
    (submitted / "stray.txt").write_text("x")
    os.mkfifo(submitted / "pipe")
    (submitted / "linked").symlink_to(submitted / "ada")
    done = harness.grade(submitted, tmp_path / "out", tmp_path / "course")
    assert done.returncode == 0, done.stderr
    assert "99_nothing: no such assignment" in done.stderr
    assert list(harness.results(tmp_path / "out")) == ["ada"]

"""The check cell: judged as `autograder check` judges, and nothing left behind in the kernel."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest
import torch

from autograder.notebook import Report, check
from autograder.outcome import Evidence, Status
from autograder.reports import picture
from autograder.testing import Mismatch, assert_close

ROOT = Path(__file__).parents[1]
HANDOUT = ROOT / "assignments" / "02_cross_correlation"
SAMPLES = sorted((ROOT / "examples" / "submitted").glob("*/02_cross_correlation"))

RIGHT = """
def corr2d(X, K):
    h, w = K.shape
    H, W = X.shape
    if h > H or w > W:
        raise ValueError("the kernel is larger than the input")
    windows = X.unfold(0, h, 1).unfold(1, w, 1)
    return (windows * K).sum((2, 3))
"""


@pytest.fixture(autouse=True)
def in_the_handout(monkeypatch):
    monkeypatch.chdir(HANDOUT)


def run(source: str, object_: str = "corr2d", **names: object) -> Report:
    """Define and check something as the cells of a notebook would."""
    namespace = {"__name__": "__main__", "torch": torch, "check": check, **names}
    exec(source, namespace)
    exec(f"report = check({object_})", namespace)
    return namespace["report"]


def quick_limits(handout: Path, **limits: float) -> None:
    """Shorter limits of time in a copy of the handout."""
    file = handout / "course.yml"
    text = file.read_text(encoding="utf-8")
    for name, value in limits.items():
        text = re.sub(rf"\b{name}: \d+", f"{name}: {value}", text)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def own_handout(tmp_path, monkeypatch):
    """The current folder is a copy of the handout."""
    folder = tmp_path / "02_cross_correlation"
    shutil.copytree(HANDOUT, folder)
    monkeypatch.chdir(folder)
    return folder


def statuses(report: Report) -> list[Status]:
    return [outcome.status for outcome in report.outcomes]


# --- what is shown -------------------------------------------------------------------------------


def test_a_right_function_passes():
    report = run(RIGHT)
    assert report.passed and "all 4 public tests passed" in repr(report)
    assert "svg" not in report._repr_html_() and not report.problem


def test_the_first_wrong_place_is_drawn_with_its_window_and_the_hint():
    report = run(RIGHT.replace("windows * K", "windows * K.flip(0, 1)"))
    assert statuses(report)[0] is Status.FAILED and not report.passed
    page = report._repr_html_()
    tree = ElementTree.fromstring(page)
    drawings = tree.findall(".//{http://www.w3.org/2000/svg}svg")
    assert [d.get("aria-label") for d in drawings] == [
        "yours",
        "expected",
        "difference",
        "window of [0, 0]",
    ]
    assert "Multiply the window" in page
    assert not re.search("<script|<style|<link|<img|@import|\\bon[a-z]+=", page)
    assert set(re.findall('https?://[^"]*', page)) == {"http://www.w3.org/2000/svg"}
    numbers = [t.text for t in drawings[1].iter("{http://www.w3.org/2000/svg}text")]
    assert "The smallest case: X = [[" in page and set(numbers) <= {"0", "1"}


def test_a_wrong_shape_is_drawn_as_two_grids():
    report = run(RIGHT.replace("(2, 3))", "(2, 3))[:1]"))
    page = report._repr_html_()
    assert "yours: 1 × 1" in page and "expected: 2 × 1" in page and "difference" not in page


def test_an_exception_shows_its_line_and_code(tmp_path):
    file = tmp_path / "cell.py"
    file.write_text("\ndef corr2d(X, K):\n    return X[100, 100]\n")
    namespace = {"__name__": "__main__", "check": check}
    exec(compile(file.read_text(), str(file), "exec"), namespace)
    exec("report = check(corr2d)", namespace)
    report = namespace["report"]
    assert "IndexError in line 3" in repr(report) and report.code == "return X[100, 100]"
    assert "return X[100, 100]" in report._repr_html_()


def test_student_text_is_escaped():
    report = run("def corr2d(X, K):\n    raise TypeError('<script>x</script>\\x1b[31m')")
    page = report._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page and "\x1b" not in page


def test_printed_text_is_shown_and_does_not_leak(capsys):
    report = run("def corr2d(X, K):\n    print('hello', X.shape)\n    return X")
    assert "Your code printed: hello torch.Size([3, 3])" in repr(report)
    assert capsys.readouterr() == ("", "")


def test_an_unwritten_exercise_says_so():
    report = run("def corr2d(X, K):\n    raise NotImplementedError('your code goes here')")
    assert "not written yet" in repr(report)


@pytest.mark.parametrize(
    ("evidence", "titles"),
    [
        (Evidence(torch.zeros(2, 3, 4, 5), torch.ones(2, 3, 4, 5)), 2),
        (Evidence(torch.tensor(1.0), torch.tensor([1.0, 2.0])), 2),
        (Evidence(torch.zeros(0, 3), torch.ones(2, 3)), 1),
        (Evidence(torch.zeros(50, 60), torch.zeros(60, 50)), 2),
    ],
)
def test_pictures_of_odd_shapes(evidence, titles):
    page = picture.picture(evidence)
    assert page.count("<svg") == titles
    ElementTree.fromstring(page)


@pytest.mark.parametrize("shape", [(), (7,), (40, 30), (2, 3, 4, 5)])
@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -3.5])
def test_the_last_place_wrong_is_in_the_picture(shape, wrong):
    expected = torch.zeros(shape)
    got = expected.clone()
    got.view(-1)[-1] = wrong
    with pytest.raises(Mismatch) as caught:
        assert_close(got, expected)
    page = picture.picture(caught.value.evidence)
    ElementTree.fromstring(page)
    assert page.count("<svg") == 3 and f">{wrong:g}<" in page and page.count("stroke-width") == 3


# --- every rule applies --------------------------------------------------------------------------


def test_operators_that_are_not_allowed_are_refused_and_work_again_afterwards():
    source = """
import torch.nn.functional as F
def corr2d(X, K):
    return F.conv2d(X[None, None], K[None, None])[0, 0]
"""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a warning of ours must not reach the student either
        report = run(source)
    assert statuses(report) == [Status.FORBIDDEN] * 4
    assert torch.nn.functional.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2)).item() == 4


def test_results_that_are_no_plain_tensors_are_rejected():
    source = "class T(torch.Tensor):\n    pass\n" + RIGHT.replace(
        "return (windows * K).sum((2, 3))", "return (windows * K).sum((2, 3)).as_subclass(T)"
    )
    assert Status.REJECTED in statuses(run(source))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms on this system")
def test_an_endless_loop_ends_by_itself(own_handout):
    quick_limits(own_handout, call_seconds=0.2)
    before = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_PROF)
    report = run("def corr2d(X, K):\n    while True:\n        pass")
    assert statuses(report)[0] is Status.TIMEOUT
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_PROF)) == before


def test_a_slow_call_is_too_slow_even_where_nothing_can_stop_it(own_handout):
    quick_limits(own_handout, call_seconds=0.05)
    slow = "import time\n" + RIGHT.replace(
        "    h, w = K.shape",
        "    end = time.process_time() + .1\n    while time.process_time() < end: pass\n"
        "    h, w = K.shape",
        1,
    )
    reports = []
    thread = threading.Thread(target=lambda: reports.append(run(slow)))
    thread.start()
    thread.join()
    assert statuses(reports[0])[0] is Status.TIMEOUT


def test_input_finds_nothing_to_read():
    report = run("def corr2d(X, K):\n    return input()")
    assert "EOFError" in repr(report)


# --- what check is given -------------------------------------------------------------------------


def test_an_object_is_the_exercise_whose_name_it_is_bound_to():
    assert run(RIGHT.replace("def corr2d", "def mine") + "corr2d = mine").passed
    assert run(RIGHT + "corr2d = (lambda f: lambda X, K: f(X, K))(corr2d)").passed


def test_another_object_than_the_notebooks_own_is_mentioned():
    report = run(RIGHT + "old = corr2d\ndef corr2d(X, K): pass", "old")
    assert report.passed and "not the object that is called corr2d" in repr(report)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("torch.zeros(2)", "takes a function or class itself, such as check(corr2d)"),
        ("len", "no exercise of 02_cross_correlation; its exercises are corr2d"),
        ("Conv2D()", "Check the class itself: check(Conv2D)"),
    ],
)
def test_other_objects_get_a_clear_answer(given, text):
    report = run("class Conv2D: pass", given)
    assert text in repr(report) and not report.passed
    ElementTree.fromstring(report._repr_html_())


def test_the_course_is_found_near_the_notebook(tmp_path, monkeypatch):
    tmp_path = tmp_path / "far" / "from" / "other" / "tests"
    tmp_path.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert "Found no course.yml" in repr(run(RIGHT))
    shutil.copytree(HANDOUT, tmp_path / "assignments" / "02_cross_correlation")
    assert run(RIGHT).passed
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert run(RIGHT).passed
    shutil.copytree(HANDOUT, tmp_path / "02_cross_correlation")
    assert "Several courses fit" in repr(run(RIGHT))
    notebook = str(tmp_path / "02_cross_correlation" / "a.ipynb")
    assert run(RIGHT, __vsc_ipynb_file__=notebook).passed


# --- nothing is left behind ----------------------------------------------------------------------


def kernel_state() -> dict[str, object]:
    return {
        "dtype": torch.get_default_dtype(),
        "device": torch.get_default_device(),
        "grad": torch.is_grad_enabled(),
        "threads": torch.get_num_threads(),
        "torch seeds": torch.get_rng_state().tolist(),
        "seeds": random.getstate(),
        "engine": torch.autograd.Variable._execution_engine,
        "modules": {name for name in sys.modules if name.startswith(("test_cross", "conftest"))},
        "cwd": Path.cwd(),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "finders": list(sys.meta_path),
        "streams": (sys.stdout, sys.stderr, sys.stdin),
        "hooks": (sys.excepthook, sys.displayhook, sys.dont_write_bytecode),
        "last": [getattr(sys, name, None) for name in ("last_value", "last_traceback")],
        "filters": list(warnings.filters),
        "input": input,
        "signals": [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)],
    }


MESSY = """
import os, random, sys
def corr2d(X, K):
    torch.set_default_dtype(torch.float16)
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    torch.manual_seed(1), random.seed(1)
    os.environ["LEFT_BEHIND"] = "1"
    os.chdir("/")
    {}
"""


@pytest.mark.parametrize(
    "end", ["return X", "raise KeyError", "torch.conv2d(X[None, None], K[None, None])"]
)
def test_the_kernel_is_as_it_was(end):
    threads = torch.get_num_threads()
    try:
        torch.set_default_dtype(torch.float64)
        torch.set_num_threads(2)
        run(RIGHT)
        before = kernel_state()
        assert not run(MESSY.format(end)).passed
        assert kernel_state() == before
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_num_threads(threads)


@pytest.fixture
def heeded_interrupts():
    """As in a terminal; in the background they are ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded_interrupts")
def test_an_interrupt_ends_the_check_and_leaves_nothing():
    before = kernel_state()
    with pytest.raises(KeyboardInterrupt, match="stopped") as caught:
        run(MESSY.format("import signal; signal.raise_signal(signal.SIGINT)"))
    assert caught.value._render_traceback_() == [
        "KeyboardInterrupt: the check was stopped before it had a result"
    ]
    assert kernel_state() == before
    assert run(RIGHT).passed


def test_a_module_of_the_students_own_keeps_its_place(monkeypatch):
    own = type(sys)("test_cross_correlation")
    monkeypatch.setitem(sys.modules, "test_cross_correlation", own)
    assert run(RIGHT).passed and sys.modules["test_cross_correlation"] is own


def test_notebook_settings_do_not_change_the_verdict():
    try:
        torch.set_default_device("meta")
        torch.set_default_dtype(torch.float16)
        torch.set_grad_enabled(False)
        assert run(RIGHT).passed
        assert torch.zeros(1).device.type == "meta" and not torch.is_grad_enabled()
    finally:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)


# --- it never lies -------------------------------------------------------------------------------

KERNELS = """
import json, linecache, os, sys
for name in ("IPython", "jinja2", "jupytext", "nbformat", "nbgrader", "sqlalchemy"):
    sys.modules[name] = None  # a student's install has none of them
from pathlib import Path
import torch, torch._dynamo  # imported by a kernel's first optimizer
from autograder.course import load_course
from autograder.notebook import check
from autograder.submission import NotGradable, read_file
from autograder.worker.child import remember_cells

def checked(folder, assignment):
    names = {"__name__": "cross_correlation", "check": check}
    try:
        cells = read_file(Path(folder) / "cross_correlation.py", "", assignment).cells
    except NotGradable:
        return {}
    remember_cells([vars(cell) for cell in cells])
    for cell in cells:
        try:
            source = chr(10) * (cell.line - 1) + cell.source
            exec(compile(source, cell.label, "exec", dont_inherit=True), names)
        except Exception:
            pass
    found = {}
    for name in assignment.exercises:
        if name in names:
            report = eval(f"check({name})", names)
            found |= {f"{name}.{o.test}": [o.status, o.message] for o in report.outcomes}
    return found

sys.stdout, answers = open(os.devnull, "w"), sys.stdout
assignment = next(iter(load_course(Path.cwd()).assignments.values()))
for folder in sys.argv[1:]:
    read, write = os.pipe()
    if not os.fork():
        os.write(write, json.dumps(checked(folder, assignment)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        answers.write(answer.read().decode() + chr(10))
    os.wait()
"""


@pytest.fixture(scope="module")
def sample_class(tmp_path_factory):
    """By sample: what `autograder check` says of each test, and what its kernel says."""
    handout = tmp_path_factory.mktemp("class") / "02_cross_correlation"
    shutil.copytree(HANDOUT, handout)
    quick_limits(handout, exercise_seconds=2)
    files = [str(folder / "cross_correlation.py") for folder in SAMPLES]
    options = ["--format", "json", "--course", str(handout)]
    python = [sys.executable, "-W", "ignore"]
    commands = [
        [*python, "-m", "autograder.cli", "check", *files, *options],
        [*python, "-c", KERNELS, *map(str, SAMPLES)],
    ]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=handout)
        for command in commands
    ]
    checked, kernels = (process.communicate()[0] for process in both)
    there = [
        {
            f"{exercise['name']}.{test['name']}": [test["status"], test["message"]]
            for exercise in grade["exercises"]
            for test in exercise["tests"]
        }
        for grade in json.loads(checked)
    ]
    here = [json.loads(line) for line in kernels.splitlines()]
    names = [folder.parent.name for folder in SAMPLES]
    return dict(zip(names, zip(there, here, strict=True), strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "student",
    [folder.parent.name for folder in SAMPLES],
)
def test_a_sample_gets_the_same_as_from_autograder_check(student, sample_class):
    """Word for word; an exercise that is not defined in the kernel does not pass there either."""
    there, here = sample_class[student]
    undefined = {name: verdict for name, verdict in there.items() if name not in here}
    assert all(status != "passed" for status, _ in undefined.values())
    assert {**here, **undefined} == there


# --- in a real kernel ----------------------------------------------------------------------------


def test_a_notebook_runs_its_check_cells(own_handout):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    quick_limits(own_handout, call_seconds=0.5)
    cells = [
        "import torch",
        RIGHT.replace("windows * K", "windows + K"),
        "from autograder.notebook import check; check(corr2d)",
        RIGHT,
        "from autograder.notebook import check; check(corr2d)",
        "def true_conv2d(X, K):\n    import os, signal\n    os.kill(os.getpid(), signal.SIGINT)",
        "from autograder.notebook import check; check(true_conv2d)",
        "def true_conv2d(X, K):\n    while True:\n        pass",
        "from autograder.notebook import check; check(true_conv2d)",
        "check(corr2d).passed, torch.conv2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2)).item()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nbclient.NotebookClient(
        notebook,
        resources={"metadata": {"path": str(own_handout)}},
        allow_errors=True,
        kernel_name="python3",
    ).execute()
    wrong, right, stopped, endless, last = (notebook.cells[i].outputs for i in (2, 4, 6, 8, 9))
    assert [output.output_type for output in (*wrong, *right)] == ["execute_result"] * 2
    assert "<svg" in wrong[0].data["text/html"] and "✗" in wrong[0].data["text/plain"]
    assert "all 4 public tests passed" in right[0].data["text/html"]
    assert [output.output_type for output in stopped] == ["error"]
    assert len(stopped[0].traceback) == 1 and "stopped" in stopped[0].traceback[0]
    assert "took more than 0.5 s of computing time" in endless[0].data["text/plain"]
    assert last[0].data["text/plain"] == "(True, 4.0)"
    assert not re.search("pycache", " ".join(map(str, own_handout.rglob("*"))))


def test_check_cells_are_silent_where_the_notebook_is_judged(own_handout):
    """In the process that runs a handed-in notebook there is nothing to check with."""
    sources = [f"import torch\n{RIGHT}", "from autograder.notebook import check; check(corr2d)"]
    cells = [
        {"cell_type": "code", "source": s, "metadata": {}, "outputs": [], "execution_count": None}
        for s in sources
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (own_handout / "cross_correlation.py").unlink()
    (own_handout / "cross_correlation.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "autograder.cli", "check", "corr2d"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "4/4" in done.stdout and "note" not in done.stdout, done

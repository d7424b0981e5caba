"""The handouts: complete, without answers, the same every time."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import typer
from typer.testing import CliRunner, Result

from autograder.commands.release import release
from autograder.course import load_course
from autograder.errors import UsageError
from autograder.nbgrader import gradebook
from autograder.release import handouts

ROOT = Path(__file__).parents[1]

COURSE = """\
course: A small course
language: en
seed: 4242
isolation: required
solutions: solutions
handouts: assignments
limits: {call_seconds: 1.5}
assignments:
  01_first:
    title: First steps
    due: 2026-10-12T23:59:00+02:00
    minutes: 30
    difficulty: easy
    exercises:
      double: {points: 2.5, forbidden: [convolution, autograd]}
      Scale: {points: 3, kind: module, returns: [tensor, numbers]}
  02_second:
    title: Second steps
    exercises:
      halve: {points: 4}
"""


def cell(grade_id: str, *, solution: bool = False, text: bool = False) -> str:
    kind = "[markdown] " if text else ""
    flags = f'"grade": false, "grade_id": "{grade_id}", "locked": {str(not solution).lower()}'
    rest = f'"schema_version": 3, "solution": {str(solution).lower()}, "task": false'
    return f"# %% {kind}nbgrader={{{flags}, {rest}}}\n"


FIRST = f"""\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

{cell("intro", text=True)}# # A heading
# Why this | matters.

{cell("imports")}import torch
from torch import nn


{cell("double", solution=True)}def double(x: torch.Tensor) -> torch.Tensor:
    \"\"\"Twice the input | elementwise.

    More about it.
    \"\"\"
    ### BEGIN SOLUTION
    secret_answer = 2 * x
    return secret_answer
    ### END SOLUTION


{cell("Scale", solution=True)}class Scale(nn.Module):
    \"\"\"Multiply by a learned number.\"\"\"

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        self.secret_factor = nn.Parameter(torch.ones(1))
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        return self.secret_factor * x
        ### END SOLUTION


{cell("try")}# Try it.
if __name__ == "__main__":
    print(double(torch.ones(2)))
"""

SECOND = f"""\
{cell("intro", text=True)}# No heading here.

{cell("halve", solution=True)}def halve(x):
    \"\"\"Half the input.\"\"\"
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "course.yml": COURSE,
        "solutions/rules.md": "## Common rules\n\n- Be kind to tensors.\n",
        "solutions/01_first/first.py": FIRST,
        "solutions/01_first/test_first.py": "def test_double(): ...\n",
        "solutions/02_second/second.py": SECOND,
        "solutions/02_second/test_second.py": "def test_halve(): ...\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def no_gradebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its own tests, and is slow."""
    monkeypatch.setattr(gradebook, "record", lambda *_: [])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(release)
    return CliRunner().invoke(app, ["--course", str(root), *arguments])


def usage_error(result: Result) -> str:
    assert isinstance(result.exception, UsageError), result.output
    text = str(result.exception)
    assert "\n" not in text
    return text


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- what is written ---------------------------------------------------------------------------


def test_every_assignment_has_its_files(root: Path) -> None:
    assert set(handouts(load_course(root))) == {
        "README.md",
        *(
            f"{name}/{file}"
            for name, module in (("01_first", "first"), ("02_second", "second"))
            for file in (
                *(f"{module}.py", f"{module}.ipynb", f"test_{module}.py"),
                *("course.yml", "README.md"),
            )
        ),
    }


def test_stub_is_plain_and_raises(root: Path) -> None:
    stub = handouts(load_course(root))["01_first/first.py"]
    assert stub.startswith("# %% [markdown]\n# # A heading\n")
    assert "nbgrader" not in stub
    assert "jupyter" not in stub
    assert "secret" not in stub
    assert "SOLUTION" not in stub
    assert stub.index("# Why this | matters.") < stub.index("# ## Common rules")
    assert stub.index("# - Be kind to tensors.") < stub.index("import torch")

    names: dict[str, object] = {"__name__": "first"}
    exec(compile(stub, "first.py", "exec"), names)
    double, scale = names["double"], names["Scale"]
    assert callable(double)
    assert callable(scale)
    assert (double.__doc__ or "").startswith("Twice the input")
    assert scale.__doc__ == "Multiply by a learned number."
    for exercise in (lambda: double(None), scale):
        with pytest.raises(NotImplementedError):
            exercise()


def test_public_tests_say_where_they_come_from(root: Path) -> None:
    header, _, rest = handouts(load_course(root))["01_first/test_first.py"].partition("\n")
    assert header.startswith("# Generated from solutions/01_first/test_first.py")
    assert "do not edit" in header
    assert rest == "def test_double(): ...\n"


def test_student_course_loads_with_only_this_assignment(root: Path) -> None:
    assert run(root).exit_code == 0
    full, cut = load_course(root), load_course(root / "assignments/01_first")
    assert list(cut.assignments) == ["01_first"]
    assert cut.assignments["01_first"] == full.assignments["01_first"]
    assert (cut.course, cut.language, cut.limits) == (full.course, full.language, full.limits)
    assert cut.isolation == "best_effort"
    assert (cut.seed, cut.solutions, cut.handouts, cut.hidden_tests) == (0, None, None, None)
    assert "seed" not in (root / "assignments/01_first/course.yml").read_text()
    assert cut.public_tests(cut.assignments["01_first"]).is_file()


def test_readme_tells_a_student_all(root: Path) -> None:
    readme = handouts(load_course(root))["01_first/README.md"]
    assert readme.startswith("# 1 · First steps\n\nWhy this | matters.\n")
    for part in (
        "2026-10-12 23:59 (UTC+02:00)",
        "30 minutes",
        "easy",
        r"| `double` | Twice the input \| elementwise. | 2.5 | convolution operators, autograd |",
        "| `Scale` | Multiply by a learned number. | 3 | – |",
        "## Common rules\n\n- Be kind to tensors.\n",
        "autograder check first.py",
    ):
        assert part in readme
    assert "None" not in handouts(load_course(root))["02_second/README.md"]


def test_map_lists_assignments_in_order(root: Path) -> None:
    rows = [
        line
        for line in handouts(load_course(root))["README.md"].splitlines()
        if line.startswith("| ") and "](" in line
    ]
    assert rows == [
        "| 1 | [First steps](01_first/README.md) | `double`, `Scale` | 5.5 | 30 | easy "
        "| 2026-10-12 23:59 (UTC+02:00) |",
        "| 2 | [Second steps](02_second/README.md) | `halve` | 4 | – | – | – |",
    ]


def notebook(root: Path) -> nbformat.NotebookNode:
    found = nbformat.reads(handouts(load_course(root))["01_first/first.ipynb"], as_version=4)
    nbformat.validate(found)
    return found


def test_notebook_has_a_check_cell_after_each_exercise(root: Path) -> None:
    cells = notebook(root).cells
    assert [cell.id for cell in cells] == [
        *("intro", "common_rules", "imports"),
        *("double", "check_double", "Scale", "check_Scale", "try"),
    ]
    checks = {cell.id: cell for cell in cells if cell.id.startswith("check_")}
    line = "from autograder.notebook import check; check({})"
    assert checks["check_double"].source == line.format("double")
    for name, points in (("check_double", 2.5), ("check_Scale", 3)):
        metadata = checks[name].metadata
        assert (metadata.editable, metadata.deletable) == (False, False)
        assert metadata.nbgrader.pop("checksum")
        assert metadata.nbgrader == {
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "grade_id": name,
            "points": points,
            "schema_version": 3,
            "cell_type": "code",
        }


def test_notebook_and_script_carry_the_same_text(root: Path) -> None:
    files = handouts(load_course(root))
    for cell in notebook(root).cells:
        if not cell.id.startswith("check_"):
            lines = cell.source.splitlines()
            prefix = "# " if cell.cell_type == "markdown" else ""
            text = "\n".join((prefix + line).rstrip() for line in lines)
            assert text in files["01_first/first.py"]
    assert "check(" not in files["01_first/first.py"]


def test_notebook_hides_the_solution_and_is_locked_around_it(root: Path) -> None:
    text = handouts(load_course(root))["01_first/first.ipynb"]
    assert "secret" not in text
    assert "SOLUTION" not in text
    locked = {c.id for c in notebook(root).cells if c.metadata.get("editable") is False}
    assert locked == {"intro", "common_rules", "imports", "check_double", "check_Scale", "try"}


# --- solutions that cannot be released ---------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"grade_id": "more"', '"grade_id": "halve"', "two cells have the grade_id halve"),
        ("    ### END SOLUTION\n\n\n# %% nbgrader", "\n\n# %% nbgrader", "no end solution"),
        ('"solution": true', '"solution": false', "non-solution cell"),
        ('    """Half the input."""\n', "", "no docstring"),
        ("def halve(x)", "def halved(x)", "no `halve`"),
        ("### BEGIN SOLUTION", "### BEGIN", "no `halve`"),
        ("def halve(x):", "def halve(x:", "not valid Python"),
    ],
)
def test_unfit_solution_is_one_clear_line(
    root: Path, old: str, new: str, complaint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    script = SECOND + "\n\n" + cell("more") + "more = 1\n"
    path = root / "solutions/02_second/second.py"
    path.write_text(script)
    edit(path, old, new)
    text = usage_error(run(root))
    assert "second.py" in text
    assert complaint in text
    assert capfd.readouterr().err == ""  # nbgrader logs whole cells


def test_solution_outside_any_region_is_refused(root: Path) -> None:
    leaking = SECOND.replace("    ### BEGIN SOLUTION\n", "").replace("    ### END SOLUTION\n", "")
    leaking = leaking.replace(cell("halve", solution=True), cell("halve"))
    (root / "solutions/02_second/second.py").write_text(leaking)
    assert "would leak" in usage_error(run(root))


def test_missing_rules_are_named(root: Path) -> None:
    (root / "solutions/rules.md").unlink()
    assert "rules.md: no such file" in usage_error(run(root))


# --- the command -------------------------------------------------------------------------------


def test_releasing_twice_changes_no_byte(root: Path) -> None:
    assert run(root).exit_code == 0
    before = snapshot(root / "assignments")
    times = {path: path.stat().st_mtime_ns for path in (root / "assignments").rglob("*.*")}
    again = run(root)
    assert again.exit_code == 0
    assert "0 files written, 11 unchanged" in again.output
    assert snapshot(root / "assignments") == before
    assert all(path.stat().st_mtime_ns == time for path, time in times.items())
    assert run(root, "--check").exit_code == 0


def test_release_does_not_depend_on_the_process(root: Path) -> None:
    script = (
        "import json, pathlib, sys; from autograder.course import load_course;"
        "from autograder.release import handouts;"
        "print(json.dumps(handouts(load_course(pathlib.Path(sys.argv[1])))))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert json.loads(other.stdout) == handouts(load_course(root))


def test_check_names_missing_differing_and_stray_files(root: Path) -> None:
    assert run(root).exit_code == 0
    folder = root / "assignments"
    (folder / "01_first/first.py").unlink()
    edit(folder / "02_second/README.md", "halve", "HALVE")
    (folder / "02_second/solution.py").write_text("answers")
    (folder / "99_old").mkdir()
    (folder / "99_old/old.py").write_text("")
    before = snapshot(folder)
    result = run(root, "--check")
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if str(folder) in line] == [
        f"missing: {folder / '01_first/first.py'}",
        f"differs: {folder / '02_second/README.md'}",
        f"stray: {folder / '02_second/solution.py'}",
        f"stray: {folder / '99_old/old.py'}",
    ]
    assert snapshot(folder) == before

    repaired = run(root)
    assert repaired.exit_code == 0
    assert "2 files written" in repaired.output
    assert (folder / "02_second/solution.py").read_text() == "answers"


def test_check_sees_a_changed_solution(root: Path) -> None:
    assert run(root).exit_code == 0
    edit(root / "solutions/01_first/first.py", "More about it.", "Much more about it.")
    result = run(root, "--check")
    assert result.exit_code == 1
    assert "first.py" in result.output


def test_check_before_any_release_writes_nothing(root: Path) -> None:
    result = run(root, "--check")
    assert result.exit_code == 1
    assert result.output.count("missing: ") == 11
    assert not (root / "assignments").exists()


def test_caches_are_not_stray(root: Path) -> None:
    assert run(root).exit_code == 0
    for name in ("__pycache__", ".ipynb_checkpoints", ".pytest_cache"):
        cache = root / "assignments/01_first" / name
        cache.mkdir()
        (cache / "something").write_text("")
    assert run(root, "--check").exit_code == 0


def test_release_leaves_no_draft_behind(root: Path) -> None:
    run(root)
    assert set(snapshot(root / "assignments")) == set(handouts(load_course(root)))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("handouts: assignments\n", "", "`handouts` is missing"),
        ("handouts: assignments", "handouts: solutions", "a folder of its own"),
        ("handouts: assignments", "handouts: solutions/out", "a folder of its own"),
        ("handouts: assignments", "handouts: .", "a folder of its own"),
        ("handouts: assignments", "handouts: ..", "a folder of its own"),
        ("solutions: solutions\n", "", "`solutions` is missing"),
    ],
)
def test_unfit_course_is_refused(root: Path, old: str, new: str, complaint: str) -> None:
    before = snapshot(root)
    edit(root / "course.yml", old, new)
    assert complaint in usage_error(run(root))
    del before["course.yml"]
    after = snapshot(root)
    del after["course.yml"]
    assert after == before


def test_no_course_there(tmp_path: Path) -> None:
    assert "no such file" in usage_error(run(tmp_path / "nowhere"))


def test_missing_solution_is_a_usage_error(root: Path) -> None:
    (root / "solutions/02_second/second.py").unlink()
    assert "second.py" in usage_error(run(root))


def test_unwritable_place_is_a_usage_error(root: Path) -> None:
    (root / "assignments").write_text("a file")
    assert "cannot be written" in usage_error(run(root))


def test_without_nbgrader_the_extra_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import autograder

    monkeypatch.delattr(autograder, "release")
    monkeypatch.delitem(sys.modules, "autograder.release")
    monkeypatch.setitem(sys.modules, "jupytext", None)
    assert "jupytext is missing: pip install 'autograder[instructor]'" in usage_error(run(root))


# --- the real course ---------------------------------------------------------------------------


def test_no_solution_line_leaks_from_the_real_course() -> None:
    course = load_course(ROOT)
    files = handouts(course)
    for assignment in course.assignments.values():
        stub = files[f"{assignment.name}/{assignment.module}.py"]
        ast.parse(stub)
        kept, secret = _split(course.solution(assignment).read_text(encoding="utf-8"))
        given = {line.strip() for line in stub.splitlines()}
        assert secret, "no solution regions"
        assert not (secret - kept) & given
        for name in assignment.exercises:
            assert f"`{name}`" in files[f"{assignment.name}/README.md"]


def test_committed_handouts_are_as_released() -> None:
    result = run(ROOT, "--check")
    assert result.exit_code == 0, result.output


def _split(script: str) -> tuple[set[str], set[str]]:
    """The lines of a solution outside and inside its regions."""
    parts: tuple[set[str], set[str]] = (set(), set())
    inside = False
    for line in script.splitlines():
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            inside = "BEGIN SOLUTION" in line
        elif line.strip():
            parts[inside].add(line.strip())
    return parts

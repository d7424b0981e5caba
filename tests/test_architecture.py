"""What ``docs/architecture.md`` promises about the modules."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "autograder"
#: From the bottom up: a module imports only what is on its own level or below.
LEVELS = [
    ["__init__", "errors", "text", "vjp"],
    ["outcome", "course", "released", "targets"],
    ["submission", "worker"],
    ["workers", "channel"],
    ["sandbox"],
    ["testing"],
    ["fixtures", "kernel"],
    ["judge"],
    ["pytest_plugin", "bank", "mutants", "grading", "results"],
    ["diagnosis", "reports", "fingerprint"],
    ["grader", "notebook"],
    ["lane", "batch"],
    ["cluster"],
    ["nbgrader", "release"],
    ["verify", "gradescope"],
    ["commands"],
    ["cli"],
]
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}


def imports(file):
    """(line, module) of what a file imports when it is run, not for types alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            parts = node.module.split(".")
            names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
            yield from ((node.lineno, name) for name in names)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_modules_import_downward_only(file):
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert own in LEVEL, f"{own} has no level here and in docs/architecture.md"
    for line, name in imports(file):
        assert LEVEL[name] <= LEVEL[own], f"line {line} imports {name}, which is above {own}"


def test_the_page_names_every_module():
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in LEVEL:
        assert name == "__init__" or f"`{name}" in page, name


def test_student_code_shares_a_process_with_the_worker_package_only():
    """Nothing of the course, the tests or the verdicts is imported beside student code."""
    allowed = {"worker", "vjp"}
    for file in (PACKAGE / "worker").glob("*.py"):
        assert {name for _, name in imports(file)} <= allowed, file.name

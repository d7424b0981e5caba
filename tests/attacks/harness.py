"""Builds a class of attackers with honest students between them, and grades it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ASSIGNMENT = "01_attack"
EXERCISES = ("corr2d", "pool2", "slope", "double")
CANARIES = ("canary-", "73313")
#: Between how many attacks an honest student sits.
HONEST_EVERY = 20
EXPECTATION = re.compile(r"^# expect: (?P<parts>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """One trick: where it stands, and for each exercise its points (all, none or any) and status."""

    category: str
    name: str
    source: str
    points: dict[str, str]
    status: str | None


def attacks() -> list[Attack]:
    """Every file in a folder of tricks, in order."""
    return [read(file) for file in sorted(HERE.glob("*/*.py")) if file.parent.name != "course"]


def read(file: Path) -> Attack:
    source = file.read_text(encoding="utf-8")
    found = EXPECTATION.search(source)
    assert found, f"{file}: no expectation"
    words = found["parts"].split()
    given = dict(word.split("=") for word in words if "=" in word)
    status = next((word for word in words if "=" not in word), None)
    whole = dict.fromkeys(EXERCISES, given.get("everything", "all")) | given
    return Attack(file.parent.name, file.stem, source, whole, status)


@dataclass(frozen=True)
class Class:
    """A folder of submissions, and where its attackers should not get."""

    root: Path
    attackers: dict[str, Attack]
    honest: tuple[str, ...]

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    @property
    def dropped(self) -> Path:
        return self.root / "drop"

    def only_honest(self) -> Path:
        """Another folder with nobody but the honest students."""
        folder = self.root / "honest"
        for name in self.honest:
            shutil.copytree(self.submitted / name, folder / name)
        return folder


def build(root: Path, tricks: list[Attack]) -> Class:
    """Write the submissions; attackers know every path."""
    names, honest = {}, []
    for number, trick in enumerate(tricks):
        if number % HONEST_EVERY == 0:
            honest.append(f"{number:03}_honest")
        names[f"{number:03}_{trick.category}_{trick.name}"] = trick
    built = Class(root, names, tuple(honest))
    shutil.copytree(HERE / "course", built.course)
    built.dropped.mkdir()
    built.dropped.chmod(0o777)
    base = (HERE / "honest.py").read_text(encoding="utf-8")
    forge = (HERE / "forge.py").read_text(encoding="utf-8")
    for name in honest:
        write(built, name, base + '\nprivate = "canary-other-student"\n')
    for name, trick in names.items():
        text = base + (forge if trick.category == "forged" else "") + "\n\n" + trick.source
        write(built, name, filled(text, built, name))
    return built


def filled(text: str, built: Class, name: str) -> str:
    places = {
        "DROP": built.dropped,
        "COURSE": built.course,
        "HIDDEN": built.course / "tests" / "hidden" / ASSIGNMENT / "test_corr2d.py",
        "OTHER": built.submitted / built.honest[0] / ASSIGNMENT / "attack.py",
        "OUT": built.root / "out",
        "NAME": name,
    }
    for key, value in places.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def write(built: Class, student: str, text: str) -> None:
    folder = built.submitted / student / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "attack.py").write_text(text, encoding="utf-8")


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The command, in a session of its own, with a secret in the environment."""
    environment = {**os.environ, "GRADEBOOK_TOKEN": "canary-environment"}
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
        env=environment,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )


def grade(submitted: Path, out: Path, course: Path) -> subprocess.CompletedProcess[str]:
    return run("grade", submitted, "--out", out, "--course", course, "--jobs", "2")


def results(out: Path) -> dict[str, dict]:
    """Result objects by student, without what differs from run to run."""
    found = {}
    for file in sorted(out.glob(f"*/{ASSIGNMENT}.json")):
        result = json.loads(file.read_text(encoding="utf-8"))
        for exercise in result["exercises"]:
            for test in exercise["tests"]:
                del test["seconds"]
        found[file.parent.name] = result
    return found

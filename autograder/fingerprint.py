"""What a result rests on, so that a second run grades only what is new or changed."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder import results
from autograder.course import Assignment, Course
from autograder.released import released
from autograder.submission import HandIn

SUFFIX = ".fingerprint"
MAX_HASHED_BYTES = 32 << 20


class Fingerprints:
    """The fingerprints kept beside an output folder's results, in hidden files."""

    def __init__(self, out: Path, course: Course) -> None:
        self._out = out
        self._rules = cache(lambda name: rules_digest(course, course.assignments[name]))

    def is_current(self, hand_in: HandIn) -> bool:
        """Whether the result on disk was made from exactly this."""
        result = results.path_of(self._out, hand_in.student, hand_in.assignment)
        try:
            kept = self._file(hand_in).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return False
        return result.is_file() and kept == self._of(hand_in, result)

    def remember(self, hand_in: HandIn) -> None:
        """Note what the result just written was made from."""
        result = results.path_of(self._out, hand_in.student, hand_in.assignment)
        results.write_whole(self._file(hand_in), self._of(hand_in, result))

    def forget(self, hand_in: HandIn) -> None:
        """Drop a result that no longer stands."""
        self._file(hand_in).unlink(missing_ok=True)
        results.path_of(self._out, hand_in.student, hand_in.assignment).unlink(missing_ok=True)

    def _file(self, hand_in: HandIn) -> Path:
        return self._out / hand_in.student / f".{hand_in.assignment}{SUFFIX}"

    def _of(self, hand_in: HandIn, result: Path) -> str:
        digest = hashlib.sha256(self._rules(hand_in.assignment).encode())
        for path in sorted(hand_in.folder.iterdir()):
            if path.is_file() and not path.is_symlink():
                _add(digest, path)
        _add(digest, result)
        return digest.hexdigest()


def rules_digest(course: Course, assignment: Assignment) -> str:
    """Everything a result rests on but the hand-in: course, tests, handout, this package, torch."""
    digest = hashlib.sha256(repr((course.seed, course.limits, assignment)).encode())
    digest.update(repr(released(course, assignment)).encode())
    digest.update(_software_digest())
    files = [course.public_tests(assignment)]
    if bank := course.bank(assignment):
        files += [bank, course.solution(assignment)]
    files += sorted(course.hidden_folder(assignment).rglob("*.py"))
    for path in files:
        _add(digest, path)
    return digest.hexdigest()


@cache
def _software_digest() -> bytes:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        _add(digest, path)
    with suppress(PackageNotFoundError):
        digest.update(version("torch").encode())
    return digest.digest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    status = path.stat()
    digest.update(os.fsencode(path.name) + f"\0{status.st_size}\0".encode())
    if status.st_size > MAX_HASHED_BYTES:  # nothing that large is read by anyone
        digest.update(str(status.st_mtime_ns).encode())
        return
    with suppress(PermissionError), path.open("rb") as stream:
        digest.update(stream.read(MAX_HASHED_BYTES))

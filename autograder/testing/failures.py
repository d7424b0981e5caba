"""How a test fails: a wrong answer, or none."""

from __future__ import annotations

from autograder.outcome import Evidence, Status


class Mismatch(AssertionError):
    """A wrong answer. ``summary`` is safe for anyone, the rest for public tests only."""

    def __init__(
        self, kind: str, summary: str, detail: str = "", evidence: Evidence | None = None
    ) -> None:
        super().__init__(f"{summary} {detail}".strip())
        self.kind = kind
        self.summary = summary
        self.detail = detail
        self.evidence = evidence


class StudentFailure(Exception):
    """A call that gave no result. ``summary`` is safe for anyone, ``detail`` for public tests only."""

    def __init__(
        self,
        status: Status,
        summary: str,
        detail: str = "",
        *,
        line: int | None = None,
        kinds: tuple[str, ...] = (),
    ) -> None:
        super().__init__(f"{summary} {detail}".strip())
        self.status = status
        self.summary = summary
        self.detail = detail
        self.line = line
        self.kinds = kinds

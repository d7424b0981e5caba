"""Making other people's text safe to print."""

from __future__ import annotations

import re
import unicodedata

#: ANSI escape sequences: CSI, OSC (ended by BEL or ST), and the two-character ones.
ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")

#: What a CI system would take for a command in a log.
COMMANDS = re.compile(r"^\s*::|##(?=\[|vso\[)", re.MULTILINE)

#: Control and format characters (bidirectional marks, joiners), surrogates, private use, separators.
UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def clean(text: str, limit: int = 2_000) -> str:
    """Text without escapes, control or direction-changing characters, cut to a limit.

    What would be a workflow command in a log gets a space that makes it none.
    """
    text = ESCAPES.sub("", text[: 4 * limit])
    text = "\n".join(map(_printable, text.split("\n")))
    text = COMMANDS.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", text)
    return text if len(text) <= limit else text[:limit] + "…"


def clean_line(text: str, limit: int = 200) -> str:
    """The same, on one line."""
    return clean(" ".join(text.split()), limit)


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join("\ufffd" if unicodedata.category(c) in UNPRINTABLE else c for c in line)

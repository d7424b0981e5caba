"""The result of a notebook's check cell, as HTML and as plain text.

The HTML takes its colours and fonts from the page around it: no style sheet, no script, nothing
loaded from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from autograder.outcome import Outcome, Status
from autograder.reports.picture import picture
from autograder.testing.compare import WINDOW_LINE
from autograder.text import clean

GOOD, BAD, HINT = "#2da44e", "#e5534b", "#c98a1b"
NEXT = "The hidden tests ask for more of the same properties."
TEXT_LIMIT = 4_000


def text(name: str, outcomes: Sequence[Outcome], code: str = "", notes: Sequence[str] = ()) -> str:
    """A check's result for a terminal."""
    lines = [f"{_headline(name, outcomes)}"]
    first = first_failure(outcomes)
    for outcome in outcomes:
        sentence, *rest = outcome.message.split("\n")
        lines.append(f"  {'✓' if outcome.status is Status.PASSED else '✗'} {sentence}")
        if outcome is first:
            code_line = [f"line {outcome.line}: {code}"] if code else []
            lines += [f"      {line}" for line in (*code_line, *rest)]
    lines += [f"  note: {note}" for note in notes]
    if first is None:
        lines.append(f"  {NEXT}")
    return clean("\n".join(lines), TEXT_LIMIT)


def html(name: str, outcomes: Sequence[Outcome], code: str = "", notes: Sequence[str] = ()) -> str:
    """A check's result for a notebook: what passed, the first failure drawn, the hint."""
    first = first_failure(outcomes)
    parts = [
        f'<div style="font-weight:600;margin-bottom:4px">{_safe(_headline(name, outcomes))}</div>'
    ]
    parts += [_line(outcome, outcome is first, code) for outcome in outcomes]
    parts += [f'<div style="margin-top:6px;opacity:.8">Note: {_safe(note)}</div>' for note in notes]
    if first is None:
        parts.append(f'<div style="margin-top:6px;opacity:.8">{NEXT}</div>')
    return _box("".join(parts), GOOD if first is None else BAD)


def problem_html(problem: str) -> str:
    """Why there was nothing to check, for a notebook."""
    return _box(_safe(problem), HINT)


def first_failure(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The first test that did not pass, in the order of learning."""
    return next((o for o in outcomes if o.status is not Status.PASSED), None)


def _headline(name: str, outcomes: Sequence[Outcome]) -> str:
    passed = sum(outcome.status is Status.PASSED for outcome in outcomes)
    count = "1 public test" if len(outcomes) == 1 else f"{len(outcomes)} public tests"
    if passed == len(outcomes):
        return f"✓ {name}: {'' if passed == 1 else 'all '}{count} passed"
    return f"{name}: {passed} of {count} passed"


def _line(outcome: Outcome, shown: bool, code: str) -> str:
    passed = outcome.status is Status.PASSED
    mark, colour = ("✓", GOOD) if passed else ("✗", BAD)
    sentence, _, rest = outcome.message.partition("\n")
    body = _failure(outcome, rest, code) if shown else ""
    return (
        '<div style="display:flex;gap:8px">'
        f'<span style="color:{colour};font-weight:700">{mark}</span>'
        f'<div style="min-width:0;flex:1"><span>{_sentence(sentence)}</span>{body}</div></div>'
    )


def _failure(outcome: Outcome, rest: str, code: str) -> str:
    rest, has_hint, hint = (
        f"\n{rest}".rpartition("\nHint: ") if "Hint: " in rest else (rest, "", "")
    )
    drawn = picture(outcome.evidence) if outcome.evidence else ""
    lines = [
        line
        for line in rest.strip().split("\n")
        if not (drawn and line.startswith(WINDOW_LINE.rstrip()))
    ]
    parts = [f'<div style="margin-top:2px;white-space:pre-wrap">{_safe(chr(10).join(lines))}</div>']
    if code:
        style = "margin:4px 0;padding:2px 8px;border-left:2px solid currentColor;opacity:.85"
        shown = f'<code style="color:inherit;background:none">{_safe(code)}</code>'
        parts.append(f'<div style="{style}">{shown}</div>')
    parts.append(drawn)
    if has_hint:
        style = f"margin:6px 0;padding:5px 10px;border-left:4px solid {HINT};background:{HINT}22"
        parts.append(f'<div style="{style}"><b>Hint:</b> {_sentence(hint)}</div>')
    return "".join(parts)


def _box(content: str, colour: str) -> str:
    style = f"border-left:4px solid {colour};padding:4px 0 4px 12px;line-height:1.5;color:inherit"
    return f'<div class="autograder-check" style="{style}">{content}</div>'


def _safe(value: str) -> str:
    return escape(clean(value, TEXT_LIMIT))


def _sentence(value: str) -> str:
    """A test's own words, where backquotes mean code."""
    return re.sub("`([^`]+)`", r'<code style="color:inherit">\1</code>', _safe(value))

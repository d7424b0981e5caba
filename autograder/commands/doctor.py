"""``autograder doctor``: what protection this machine gives, what is missing."""

from __future__ import annotations

import typer

from autograder.worker import lock
from autograder.worker.layers import Layer

ELSEWHERE = """\
What macOS and Windows give: a process of its own and deadlines, no lock. That is enough to check
one's own file; grade other people's code on Linux (a virtual machine or WSL 2 will do)."""


def doctor() -> None:
    """Say which layers of the lock this machine has."""
    layers = lock.prepare().layers
    for layer in layers:
        _say("yes" if layer.active else "NO", layer)
    for layer in lock.unused_layers():
        _say("-", layer)
    full = all(layer.active for layer in layers)
    if full:
        print("full protection: hidden tests may run here")
    else:
        print("less than full protection: `autograder grade` refuses, unless it is told")
        print("--isolation best-effort or course.yml says `isolation: best_effort`")
    print(ELSEWHERE)
    raise typer.Exit(0 if full else 1)


def _say(state: str, layer: Layer) -> None:
    print(f"{state:3} {layer.name:13} {layer.detail}")
    if state == "NO" and layer.fix:
        print(f"    fix: {layer.fix}")

"""``autograder doctor``: what protection this machine gives, what is missing."""

from __future__ import annotations

import sys

import typer

from autograder.worker import lock


def doctor() -> None:
    """Say which layers of the lock this machine has."""
    layers = lock.prepare().layers
    for layer in layers:
        print(f"{'yes' if layer.active else 'NO ':3} {layer.name:13} {layer.detail}")
        if not layer.active and layer.fix:
            print(f"    fix: {layer.fix}")
    full = all(layer.active for layer in layers)
    print("full protection" if full else "less than full protection")
    if not full and sys.platform != "linux":
        print("checking your own file is fine here; grade other people's code on Linux")
    raise typer.Exit(0 if full else 1)

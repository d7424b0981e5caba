"""One layer of the lock, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """One layer of the lock on this machine; ``fix`` says how to get a missing one."""

    name: str
    active: bool
    detail: str
    fix: str = ""

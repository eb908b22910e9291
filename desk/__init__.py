"""The errands of the office, one plain function each, a file per trade."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk import (
        accessions,
        asking,
        books,
        cataloguing,
        correcting,
        demonstrating,
        disposing,
        drafting,
        examining,
        explaining,
        filing,
        finding,
        handing_over,
        inspecting,
        keeping,
        moving,
        offices,
        overseeing,
        planning,
        previewing,
        proofing,
        rectifying,
        registering,
        taking_in,
    )

__all__ = [
    "accessions",
    "asking",
    "books",
    "cataloguing",
    "correcting",
    "demonstrating",
    "disposing",
    "drafting",
    "examining",
    "explaining",
    "filing",
    "finding",
    "handing_over",
    "inspecting",
    "keeping",
    "moving",
    "offices",
    "overseeing",
    "planning",
    "previewing",
    "proofing",
    "rectifying",
    "registering",
    "taking_in",
]


def __getattr__(name: str) -> Any:
    """Load a trade when it is first called for: `--help` must not pay for lxml or SQLite."""
    if name in __all__:
        return import_module(f"desk.{name}")
    raise AttributeError(name)

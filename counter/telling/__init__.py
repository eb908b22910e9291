"""Answers and errors told as Chinese lines for a terminal, a file per trade."""

from counter.telling import (
    cataloguing,
    disposing,
    drafting,
    filing,
    finding,
    handing_over,
    inspecting,
    keeping,
    moving,
    overseeing,
    planning,
    proofing,
    rectifying,
    registering,
)
from counter.telling.base import count_of, damage, error_lines, findings, lines

__all__ = [
    "cataloguing",
    "count_of",
    "damage",
    "disposing",
    "drafting",
    "error_lines",
    "filing",
    "finding",
    "findings",
    "handing_over",
    "inspecting",
    "keeping",
    "lines",
    "moving",
    "overseeing",
    "planning",
    "proofing",
    "rectifying",
    "registering",
]

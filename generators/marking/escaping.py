"""Literal text in the markup: what a fact holds comes out of the parser as it went in."""

from __future__ import annotations

import re

from generators.marking.pasted import looks_numbered

LINE_BREAK = "\\↵"
"""How a line break inside a fact is written (in a cell it breaks the line, elsewhere it begins a paragraph)."""

_SPECIAL = re.compile(r"[\\`*_\[\]{}<>|]")
_LEADING = re.compile(r"[#+\-=~>:]")
_NUMBERED = re.compile(r"\d+[.)](?:\s|$)")


def literal(text: str) -> str:
    """Write a text so that the parser gives back exactly its characters; line breaks become `LINE_BREAK`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return LINE_BREAK.join(_literal_line(line) for line in lines)


def _literal_line(line: str) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", line)
    protected = _LEADING.match(escaped) or _NUMBERED.match(escaped) or looks_numbered(line)
    return f"\\{escaped}" if protected else escaped

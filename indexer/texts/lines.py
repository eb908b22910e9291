"""The lines of a paper as its facts are read from them: where each stands, its words without typesetting blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.readings import Confidence, Reading, T
from model.texts import PageState, Text

_WIDE = {**{ord("０") + n: str(n) for n in range(10)}, ord("\u00a0"): " ", ord("\ufeff"): None, ord("\u200b"): None}
_BLANKS = re.compile(r"\s+")
_INNER_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` as it stands, `tight` without any blank; `ocr`: it was recognised, not read."""

    page: int
    block: int
    text: str
    tight: str
    ocr: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Its parts between tabs or wide gaps, each without blanks."""
        return tuple(part for part in (_BLANKS.sub("", cell) for cell in re.split(r"\t|\s{2,}", self.text)) if part)


def lines_of(text: Text, *, beside: bool = False) -> Iterator[Line]:
    """The lines of the paper itself (of what stands beside it where `beside`), without those of its members."""
    for number, page in enumerate(text.pages):
        if page.member or page.beside is not beside:
            continue
        for place, block in enumerate(page.blocks):
            for line in block.text.translate(_WIDE).splitlines():
                if tight := _BLANKS.sub("", line):
                    yield Line(number, place, line.strip(), tight, page.state is PageState.OCR)


def joined(parts: list[str]) -> str:
    """Lines as one: blanks of typesetting go, a blank between two words of Latin letters stays."""
    return _INNER_BLANKS.sub("", " ".join(part.strip() for part in parts))


def reading(value: T, line: Line, confidence: Confidence, excerpt: str | None = None) -> Reading[T]:
    """A fact that stands in this line; what was recognised is never quite sure."""
    if line.ocr and confidence is Confidence.SURE:
        confidence = Confidence.LIKELY
    return Reading(value, line.page, line.block, (excerpt or line.text)[:200], confidence)

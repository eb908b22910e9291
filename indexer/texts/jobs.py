"""What a format's reader works with: how much it may still read, what it found besides text, who reads and recognises for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from model.texts import Member, Text, TextBlock

CHARACTERS = 20_000_000
"""Characters read of one file, its members among them; the longest real file of an office has a few million."""
FILES, UNPACKED, DEEPEST = 10_000, 2 << 30, 3
"""Members read of one file, bytes unpacked of it, and how deep one may lie inside another."""


class Encrypted(Exception):
    """The file needs a password."""


class TooLarge(Exception):
    """The file is larger, unpacked, than we read; the message says what, in Chinese."""


class Unreadable(Exception):
    """The file cannot be read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR made of one picture: lines in reading order and their mean score, 0 to 1."""

    lines: tuple[str, ...]
    score: float


class Recogniser(Protocol):
    """Words out of pictures."""

    def __call__(self, picture: object) -> Recognised:
        """The words of one picture (a PIL image)."""


@dataclass(slots=True)
class Job:
    """The reading of one file.

    parse reads a member; recognise is None where no OCR is to be done; beat is called when a page is done, so that whoever
    waits knows that the work goes on. remarks and members fill as the reading goes; full: the bound of characters was met.
    """

    parse: Callable[[bytes, Job], Text]
    recognise: Recogniser | None = None
    beat: Callable[[], None] = lambda: None
    remarks: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    characters: int = CHARACTERS
    files: int = FILES
    unpacked: int = UNPACKED
    depth: int = 0
    full: bool = False

    def blocks(self, told: Iterable[tuple[str, str] | str]) -> tuple[TextBlock, ...]:
        """Blocks of what a reader tells, those without words left out; stops where the bound is met."""
        found: list[TextBlock] = []
        for each in told:
            text, place = (each, "") if isinstance(each, str) else each
            if not text.strip():
                continue
            self.characters -= len(text)
            if self.characters < 0:
                self.full = True
                break
            found.append(TextBlock(text, place))
        return tuple(found)

    def remark(self, told: str) -> None:
        """Note something once."""
        if told not in self.remarks:
            self.remarks.append(told)

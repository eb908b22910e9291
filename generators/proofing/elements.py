"""What a paper must have at all (公文要素, 条例 article 9), and what a draft still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import kind, official, on_title, title
from generators.proofing.registry import judges
from model.proofing import Role
from model.wording import MISSING


@judges("E00")
def not_official(galley: Galley) -> Iterator[Mark]:
    """Told once for what is no 公文."""
    if not official(galley):
        yield Mark()


@judges("E16")
def no_body(galley: Galley) -> Iterator[Mark]:
    """A title and nothing to say."""
    if official(galley) and title(galley) and not galley.of(Role.BODY, Role.ITEM, Role.HEADING, Role.CELL):
        yield Mark()


@judges("E41")
def no_attendance(galley: Galley) -> Iterator[Mark]:
    """Minutes say who was there."""
    place = on_title(galley)
    if (
        place
        and kind(galley) == "纪要"
        and not galley.of(Role.ATTENDANCE)
        and not re.search("出席|参加会议|与会|参会", galley.text)
    ):
        yield galley.mark(place)


def _issued(galley: Galley) -> bool:
    """Whether the paper bears number and date, which it gets when it is issued."""
    document = galley.document.document
    return bool(document.dated and re.search(r"〔\d{4}〕\d+号", document.number))


@judges("D25")
def unfilled(galley: Galley) -> Iterator[Mark]:
    """What a draft still lacks."""
    if not _issued(galley):
        yield from (Mark(*match.span(), detail=match[1]) for match in MISSING.finditer(galley.text))


@judges("D35")
def issued_unfilled(galley: Galley) -> Iterator[Mark]:
    """What an issued paper lacks."""
    if _issued(galley):
        yield from (Mark(*match.span(), detail=match[1]) for match in MISSING.finditer(galley.text))

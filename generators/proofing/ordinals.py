"""The ordinals (层次序数) that a document's paragraphs begin with, as numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generators.proofing.galley import Galley
from model.proofing import ProofParagraph, Role
from model.wording import chinese_number

NUMERALS = "一二三四五六七八九十"
_SHAPES = re.compile(
    rf"\n[ 　\t]*(?:(?P<l1>[{NUMERALS}]{{1,3}})、(?![{NUMERALS}]+[、年季期级班产线])|[（(](?P<l2>[{NUMERALS}]{{1,3}})[）)]"
    r"|(?P<l3>\d{1,2})[.．、](?![\d.])|[（(](?P<l4>\d{1,2})[）)])"
)
_NEW_PART = frozenset({Role.TITLE, Role.ANNEX_LABEL, Role.ANNEX_TITLE})
_NUMBERED = frozenset({Role.HEADING, Role.ITEM, Role.BODY})
_PLACES = {"十": 10, "百": 100, "千": 1000}


class Ordinal(NamedTuple):
    """A paragraph's number: level 1 to 4, value, and in which part (body, annex …) of the document it stands."""

    paragraph: ProofParagraph
    level: int
    value: int
    part: int
    width: int


@lru_cache(maxsize=2)
def ordinals(galley: Galley) -> tuple[Ordinal, ...]:
    """The ordinals that stand in the text; those that Word counts itself are never wrong."""
    return tuple(_ordinals(galley))


def _ordinals(galley: Galley) -> Iterator[Ordinal]:
    parts = [paragraph.index for paragraph in galley.of(*_NEW_PART)]
    for match in _SHAPES.finditer(galley.text):
        start, end = match.start() + 1, match.end()
        paragraph = galley.at(start)
        if paragraph.role in _NUMBERED and not paragraph.auto and match.lastgroup:
            part = bisect_right(parts, paragraph.index)
            yield Ordinal(paragraph, int(match.lastgroup[1]), number(match[match.lastgroup]), part, end - start)


@lru_cache(maxsize=4096)
def number(written: str) -> int:
    """The value of a number in figures or in Chinese up to 9999, 0 when it is none."""
    if written.isascii() and written.isdigit():
        return int(written)
    total, digit = 0, 0
    for sign in written:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(sign)
    total += digit
    return total if 0 < total <= 9999 and chinese_number(total) in (written, written.removeprefix("一")) else 0

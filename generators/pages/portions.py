"""How LibreOffice breaks a line: it parts a text into portions of one script and asks, for each, the rules of its language.

In a portion of Han the two sets of forbidden signs decide, in one of Latin letters those of Unicode (UAX 14, with the changes
LibreOffice made to them in `line.txt`). What is told here was compared with rendered pages, break by break.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_STRONG = "!-~¡-ʯͰ-֏"
_HAN = "⺀-〿぀-꓏가-힣豈-﫿︰-﹏＀-￯"
_LATIN, _LEADING = re.compile(f"[{_STRONG}][^{_HAN}]*"), re.compile(f"[^{_HAN}]+")
"""A run of Latin letters; signs of no script (quotes, dashes, blanks) go with what precedes them, and are Latin where a text
begins with them."""
BLANKS = " \u3000"

_NO_START = frozenset("!\"'),-.:;?]}¢·ˇˉ―‖’”•′、。々〉》」』】〕〗〞﹐﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｝～￠")
_NO_END = frozenset("\"'([{£¥‘“‵〈《「『【〔〖〝﹙﹛﹝（［｛￡￥")
"""Signs that begin or end no line of Han: LibreOffice's own for Chinese; it does not read those of the file."""

_CLASSES = {
    "QU": "“”‘’\"'",
    "B2": "—",
    "IN": "…",
    "CL": "、，。》〉」』）〕】〗］｝}．〞﹐﹑﹒)]",
    "NS": "；：々",
    "EX": "？！!?",
    "OP": "《〈「『（〔【〖［｛([{〝",
    "PO": "℃‰%¢′″％￠",
    "PR": "±№￥¥$+＄￡€£",
    "BA": "|\u3000",
    "SY": "/\\",
    "HY": "-",
    "IS": ".,:;",
    "NU": "0123456789",
    "SP": " ",
    "GL": "\u00a0",
}
"""The line breaking classes of signs (UAX 14); others are letters (AL) or Han (ID)."""
_CLASS = {sign: name for name, signs in _CLASSES.items() for sign in signs}
_NEVER_BEFORE = frozenset(("CL", "EX", "IS", "SY", "SP"))
_NEVER_AFTER_WORD = frozenset(("QU", "BA", "HY", "NS", "GL"))
_TOGETHER = {
    "AL": frozenset(("IN", "NU", "PR", "AL", "OP")),
    "ID": frozenset(("IN", "PO")),
    "IN": frozenset(("IN",)),
    "NU": frozenset(("IN", "AL", "OP", "NU", "PR", "PO")),
    "PR": frozenset(("ID", "AL", "NU")),
    "PO": frozenset(("AL", "NU")),
    "IS": frozenset(("AL", "NU")),
    "CL": frozenset(("AL", "NU")),
    "B2": frozenset(("B2",)),
}
"""What is not parted from what it follows."""


def seams(text: str) -> list[int]:
    """Where one script ends and another begins."""
    first, length = _LEADING.match(text), len(text)
    places = [first.end() if first else 0]
    for run in _LATIN.finditer(text, places[0]):
        places += run.span()
    return [place for place in places if 0 < place < length]


def gapes(text: str, seam: int) -> bool:
    """Whether a fifth of an em is left at a seam: between letters and figures, not beside signs."""
    return text[seam - 1].isalnum() and text[seam].isalnum()


def line_end(text: str, seams: list[int], start: int, cut: int) -> int:
    """Where a line that begins at `start` ends, `cut` being the first character that has no room."""
    if text[cut] in BLANKS:
        return _after_blanks(text, cut)
    at = bisect_right(seams, cut)
    while True:
        begin = max(start, seams[at - 1] if at else 0)
        place = _latin_break(text, cut) if _by_latin_rules(text, begin, cut) else _han_break(text, cut)
        if place > begin or place == begin > start:
            return _after_blanks(text, place)
        if begin == start or place < start:  # nowhere: the line ends where its room does
            return max(cut, start + 1)
        cut, at = begin - 1, at - 1  # the portion before is asked, as if its last character had no room
        if text[cut] in BLANKS:
            return _after_blanks(text, cut)
        if at and seams[at - 1] == start and gapes(text, start) and _is_latin(text, cut):  # it stays whole behind a gap
            return begin


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in BLANKS:
        place += 1
    return place


def _is_latin(text: str, place: int) -> bool:
    """Whether the character belongs to a Latin run."""
    while place > 0 and not _within(_STRONG, text[place]) and not _within(_HAN, text[place]):
        place -= 1
    return not _within(_HAN, text[place])


@lru_cache(maxsize=4096)
def _within(ranges: str, sign: str) -> bool:
    """Whether a character is of the ranges of a class (a-z); to compile such a class takes longer than a paper asks for it."""
    return any(ranges[at] <= sign <= ranges[at + 2] for at in range(0, len(ranges), 3))


def _by_latin_rules(text: str, begin: int, cut: int) -> bool:
    """Whether Latin rules hold at the cut in a portion: by its own script, or that of the last letter if that stands before it."""
    place = cut
    while place > 0 and not text[place].isalnum():
        place -= 1
    return _is_latin(text, place if place < begin else cut)


def _han_break(text: str, place: int) -> int:
    """The last place at or before the cut with no forbidden sign behind or before it."""
    while place > 0 and (text[place] in _NO_START or text[place - 1] in _NO_END):
        place -= 1
    return place


def _latin_break(text: str, cut: int) -> int:
    """The last place at or before the cut where Unicode lets a line end; after a slash only if there is no blank near."""
    if text[cut - 1 : cut] != "/" and _may_part(text, cut):
        return cut
    place = cut - 1
    while place > 0 and not _may_part(text, place):
        place -= 1
    if text[place - 1 : place] == "/":
        blank = max(text.rfind(sign, max(0, place - 66), place - 1) for sign in BLANKS)
        if blank >= 0:
            return blank + 1
    return place


def _class(sign: str) -> str:
    return _CLASS.get(sign) or ("ID" if _within(_HAN, sign) else "AL")


def _may_part(text: str, place: int) -> bool:
    """Whether Unicode lets a line end before the character at `place`."""
    before, after = _class(text[place - 1]), _class(text[place])
    if after in _NEVER_BEFORE or before in ("QU", "GL"):
        return False
    if before == "SP":
        at = place - 1
        while at > 0 and text[at] == " ":
            at -= 1
        word = _class(text[at])
        return not (word == "OP" or (word == "CL" and after == "NS") or (word == after == "B2"))
    if after in _NEVER_AFTER_WORD or before == "OP" or after in _TOGETHER.get(before, ()):
        return False
    if before in ("PR", "PO") and after == "OP":
        return _class(text[place + 1 : place + 2] or "校") != "NU"
    if (before in ("SY", "IS", "CL") and after in ("PR", "PO")) or (before == "SY" and after == "NU"):
        return not _in_number(text, place - 1 - (before == "CL"))
    return True


def _in_number(text: str, place: int) -> bool:
    while place >= 0 and (kind := _class(text[place])) in ("NU", "SY", "IS"):
        if kind == "NU":
            return True
        place -= 1
    return False

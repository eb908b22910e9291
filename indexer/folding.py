"""Fold what looks different and means the same: width, case, traditional forms, ○ for 〇, blanks beside a Han character."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CJK = "\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters that are cut into pairs, as the inside of a character class."""

_BLANK = re.compile(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
_DATA = Path(__file__).resolve().parent / "data" / "simplified.txt"


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified, chains followed to their end."""
    lines = _DATA.read_text(encoding="utf-8").splitlines()[1:]
    pairs = {pair[0]: pair[1] for line in lines for pair in line.split()}
    for old in pairs:
        seen = {old}
        while (new := pairs[old]) in pairs and new not in seen:
            seen.add(new)
            pairs[old] = pairs[new]
    return pairs


class _Table(dict[int, str]):
    """`str.translate` table that works a character out when it is first met."""

    def __missing__(self, codepoint: int) -> str:
        character = "〇" if codepoint == 0x25CB else chr(codepoint)
        folded = unicodedata.normalize("NFKC", character).lower()
        self[codepoint] = result = "".join(_simplified().get(part, part) for part in folded)
        return result


_TABLE = _Table()


def fold(text: str) -> str:
    """The text as it is compared: what a person types and what a paper says meet here."""
    return _BLANK.sub("", text.translate(_TABLE))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character `i` of it came from character `places[i]` of the original."""

    text: str
    places: tuple[int, ...]


def fold_with_places(text: str) -> Folded:
    """As `fold`, with where each character came from (for snippets)."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _TABLE[ord(character)]
        characters += folded
        places += [place] * len(folded)
    joined = "".join(characters)
    dropped = {index for blank in _BLANK.finditer(joined) for index in range(*blank.span())}
    kept = [index for index in range(len(joined)) if index not in dropped]
    return Folded("".join(joined[index] for index in kept), tuple(places[index] for index in kept))


@cache
def _variants() -> dict[str, str]:
    """Simplified characters with the traditional ones that fold to them."""
    found: dict[str, str] = {}
    for old, new in _simplified().items():
        found[new] = found.get(new, "") + old
    return found


def writings(character: str) -> tuple[str, ...]:
    """A folded character with those that usually stand for it: other case, full width, traditional. Not all that fold to it."""
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    upper = character.upper() if len(character.upper()) == 1 else ""
    circle = "○" if character == "〇" else ""
    return tuple(dict.fromkeys(character + upper + wide + wide.upper() + circle + _variants().get(character, "")))

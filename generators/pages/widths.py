"""How wide a text is in the faces of a 公文: Han characters and full-width signs a whole em, Latin and digits half."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping


class Widths(dict[str, float]):
    """The width of a character in ems, worked out when it is first met; `known` are those of a face that differs."""

    def __init__(self, known: Mapping[str, float] | None = None) -> None:
        super().__init__(known or {})

    def __missing__(self, character: str) -> float:
        self[character] = width = 1.0 if _whole(character) else 0.5
        return width


def _whole(character: str) -> bool:
    """Whether it fills a whole em: wide by Unicode, or a sign, letter or number of GBK, which Chinese faces draw as wide."""
    if character.isascii():
        return False
    if unicodedata.east_asian_width(character) in "WF":
        return True
    try:
        return bool(character.encode("gbk"))
    except UnicodeEncodeError:
        return False


WIDTHS = Widths()
"""Those of 仿宋_GB2312 and the other official faces."""


def ems(text: str) -> float:
    """The width in ems."""
    return sum(map(WIDTHS.__getitem__, text))


_GAP = 0.22
"""Between Han characters and digits: LibreOffice leaves a fifth of an em, Word about a quarter."""
_SEAM = re.compile("(?<=[\u3400-\u9fff\u3007])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3400-\u9fff\u3007])")


def gapped(text: str) -> float:
    """The width in ems with the gaps that programs leave between Han characters and digits."""
    return ems(text) + _GAP * len(_SEAM.findall(text))

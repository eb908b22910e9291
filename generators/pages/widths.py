"""How wide a text is in the faces of a 公文: Han characters and full-width signs a whole em, Latin and digits half."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_WHOLE = frozenset("“”‘’—…·×°①②③④⑤⑥⑦⑧⑨⑩〇★")
"""Signs that Unicode calls narrow or ambiguous and that the Chinese faces draw a whole em wide."""


class Widths(dict[str, float]):
    """The width of a character in ems, worked out when it is first met; `known` are those of a face that differs."""

    def __init__(self, known: Mapping[str, float] | None = None) -> None:
        super().__init__(known or {})

    def __missing__(self, character: str) -> float:
        whole = character in _WHOLE or unicodedata.east_asian_width(character) in "WF"
        self[character] = width = 1.0 if whole else 0.5
        return width


WIDTHS = Widths()
"""Those of 仿宋_GB2312 and the other official faces."""


def ems(text: str) -> float:
    """The width in ems."""
    return sum(map(WIDTHS.__getitem__, text))

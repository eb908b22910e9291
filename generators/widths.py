"""How wide a text is in the faces of a 公文: Han characters and full-width signs a whole em, Latin and digits half."""

from __future__ import annotations

import unicodedata

_WHOLE = frozenset("“”‘’—…·×°①②③④⑤⑥⑦⑧⑨⑩〇★")
"""Signs that Unicode calls narrow or ambiguous and that the Chinese faces draw a whole em wide."""


class _Widths(dict[str, float]):
    """The width of a character, worked out when it is first met."""

    def __missing__(self, character: str) -> float:
        whole = character in _WHOLE or unicodedata.east_asian_width(character) in "WF"
        self[character] = width = 1.0 if whole else 0.5
        return width


_WIDTHS = _Widths()


def ems(text: str) -> float:
    """The width in ems."""
    return sum(map(_WIDTHS.__getitem__, text))

"""How wide a text is in the faces of a 公文: Han characters and full-width signs a whole em, Latin and digits half."""

from __future__ import annotations

import unicodedata

_WHOLE = frozenset("“”‘’—…·×°①②③④⑤⑥⑦⑧⑨⑩〇★")
"""Signs that Unicode calls narrow or ambiguous and that the Chinese faces draw a whole em wide."""


def ems(text: str) -> float:
    """The width in ems."""
    return sum(1.0 if ch in _WHOLE or unicodedata.east_asian_width(ch) in "WF" else 0.5 for ch in text)

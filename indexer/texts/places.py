"""Where a block stands as a person says it: 附件2，表1第5行."""

from __future__ import annotations

import re

_ANNEX = re.compile(r"附件\s*([\d一二三四五六七八九十]{0,3})\s*")


class AnnexPlaces:
    """Counts tables, anew in each annex; a line that is nothing but 附件 and a number opens one."""

    def __init__(self) -> None:
        self._annex = ""
        self._tables = 0

    def paragraph(self, text: str) -> str:
        """The place of a paragraph: its annex, empty in the paper itself."""
        if found := _ANNEX.fullmatch(text.strip()):
            self._annex, self._tables = f"附件{found[1]}", 0
        return self._annex

    def table(self) -> str:
        """The place of the next table."""
        self._tables += 1
        return f"{self._annex}，表{self._tables}" if self._annex else f"表{self._tables}"

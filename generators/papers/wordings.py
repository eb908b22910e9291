"""The library of paragraphs that return in nearly every plan (templates/wording/), with variants by campaign."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from zlib import crc32

from jinja2 import UndefinedError

from generators.papers.formtools import keeping_line_ends
from templates import files


@dataclass(frozen=True, slots=True)
class Wording:
    """One variant of a paragraph of the library, and when it fits (empty: always)."""

    text: str
    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    mechanisms: tuple[str, ...]
    source: str

    def fits(self, level: str, kind: str, mechanisms: frozenset[str]) -> bool:
        """Whether the variant is for a campaign of this level, kind and these mechanisms."""
        if self.levels and level not in self.levels:
            return False
        if self.kinds and not any(word in kind for word in self.kinds):
            return False
        return set(self.mechanisms) <= mechanisms

    @property
    def weight(self) -> int:
        """How particular the variant is; the most particular that fits is taken."""
        return 4 * len(self.mechanisms) + 2 * bool(self.kinds) + bool(self.levels)


@cache
def library() -> dict[str, tuple[Wording, ...]]:
    """Every paragraph by name, with its variants in the order of the files."""
    found: dict[str, list[Wording]] = {}
    for path in sorted(files.path("wording").glob("*.toml")):
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["paragraph"]:
            entry = Wording(
                text=keeping_line_ends(told["text"].strip()),
                levels=tuple(told.get("levels", ())),
                kinds=tuple(told.get("kinds", ())),
                mechanisms=tuple(told.get("mechanisms", ())),
                source=path.name,
            )
            found.setdefault(told["name"], []).append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def choose(name: str, campaign: Any) -> Wording | None:
    """The most particular variant that fits a campaign (the record 行动); among equals, one by the campaign's id.

    None when no variant fits. Raises jinja2's UndefinedError when the library has no such paragraph.
    """
    if name not in library():
        raise UndefinedError(f"措辞库里没有“{name}”")
    level, kind = str(campaign.级别), str(campaign.类型)
    fitting = [entry for entry in library()[name] if entry.fits(level, kind, campaign.机制 or frozenset())]
    if not fitting:
        return None
    best = max(entry.weight for entry in fitting)
    equals = [entry for entry in fitting if entry.weight == best]
    return equals[crc32(f"{campaign.编号}{name}".encode()) % len(equals)]

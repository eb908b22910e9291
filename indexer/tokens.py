"""Chinese into tokens, the same for every engine: overlapping pairs, each run's last character alone, letters and digits whole.

Every character begins some token, so that any phrase is a phrase of tokens and a single character is a prefix
(measured against words, trigrams and other engines in docs/adr/0002-fts5-not-whoosh.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.folding import CJK, fold

VERSION = "1"
"""Changes whenever the same text would give other tokens; an index made with another version is rebuilt."""

_RUN = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """Runs of CJK characters (True) and of other letters and digits (False); everything else parts them."""
    for match in _RUN.finditer(folded):
        yield match.group(), match.group(1) is not None


def tokens(text: str) -> list[str]:
    """The tokens of a text in order; positions in this list are the positions phrases are matched by."""
    found: list[str] = []
    for run, cjk in runs(fold(text)):
        if cjk:
            found += [run[place : place + 2] for place in range(len(run) - 1)]
            found.append(run[-1])
        else:
            found.append(run)
    return found


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another; `prefix`: the last one only has to begin so."""

    tokens: tuple[str, ...]
    prefix: bool


def phrase(text: str) -> Phrase | None:
    """What to look for so that exactly the texts containing `text` are found; None when it has no character to look for."""
    parts = list(runs(fold(text)))
    if not parts:
        return None
    found: list[str] = []
    for run, cjk in parts[:-1]:
        found += tokens(run) if cjk else [run]
    last, cjk = parts[-1]
    if cjk and len(last) > 1:
        return Phrase((*found, *tokens(last)[:-1]), prefix=False)
    return Phrase((*found, last), prefix=cjk)

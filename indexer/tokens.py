"""Chinese into tokens, the same for every engine: overlapping pairs, each run's first and last character alone, letters and
digits whole.

Every character begins some token and every run shows where it begins and ends, so that any text is a phrase of whole tokens;
only a character quite alone is looked for as the beginning of a token
(measured against words, trigrams and other engines in docs/adr/0002-fts5-not-whoosh.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.folding import CJK, fold

VERSION = "2"
"""Changes whenever the same text would give other tokens; an index made with another version is rebuilt."""

_RUN = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """Runs of CJK characters (True) and of other letters and digits (False); everything else parts them."""
    for match in _RUN.finditer(folded):
        yield match.group(), match.group(1) is not None


def tokens(text: str) -> list[str]:
    """The tokens of a text in order; positions in this list are the positions phrases are matched by."""
    return [token for run, cjk in runs(fold(text)) for token in (_cut(run, head=True, tail=True) if cjk else (run,))]


def _cut(run: str, *, head: bool, tail: bool) -> list[str]:
    """A run of CJK characters in pairs; with its head and tail: that it begins and ends here."""
    if len(run) == 1:
        return [run]
    pairs = [run[place : place + 2] for place in range(len(run) - 1)]
    return [*([run[0]] if head else []), *pairs, *([run[-1]] if tail else [])]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another; `prefix`: there is one only, and a token has to begin so."""

    tokens: tuple[str, ...]
    prefix: bool


def phrase(text: str) -> Phrase | None:
    """What to look for so that exactly the texts containing `text` are found; None when it has no character to look for."""
    parts = list(runs(fold(text)))
    if not parts:
        return None
    last = len(parts) - 1
    found: list[str] = []
    for place, (run, cjk) in enumerate(parts):
        found += _cut(run, head=place > 0, tail=place < last) if cjk else [run]
    return Phrase(tuple(found), prefix=last == 0 and parts[0][1] and len(found[0]) == 1)

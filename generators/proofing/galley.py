"""The galley (校样): a document's paragraphs as one text, so that a rule reads it once; marks say where a fault stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

from generators.pages.layout import Layout
from generators.proofing.rulebook import HAN, any_beginning, any_head, any_sign
from model.proofing import ProofDocument, ProofParagraph, Role

PROSE = frozenset({Role.BODY, Role.ITEM, Role.HEADING, Role.NOTE, Role.FOOTNOTE, Role.ATTENDANCE})
TABLE = frozenset({Role.CELL})
UNREAD = frozenset({Role.HEADER, Role.FOOTER})
SCOPES: dict[str, frozenset[Role]] = {
    "all": frozenset(Role) - UNREAD,
    "text": frozenset(Role) - UNREAD - TABLE,
    "words": frozenset(Role) - UNREAD - {Role.DATE, Role.SIGNED, Role.PRINTED, Role.NUMBER},
    "prose": PROSE,
    "heading": frozenset({Role.HEADING}),
    "title": frozenset({Role.TITLE}),
    "cell": TABLE,
}
_QUOTES = (  # each kind by itself, since one may stand crosswise to another, with the signs of which it has one
    ("《", re.compile(r"《([^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*)》")),
    ("“", re.compile(r"“([^“”\n]*)”")),
    ("‘", re.compile(r"‘([^‘’\n]*)’")),
    ('"', re.compile(r"\"([^\"\n]*)\"")),
    ("「『", re.compile(r"[「『]([^「」『』\n]*)[」』]")),
    ("<＜", re.compile(r"[<＜]([^<>＜＞\n]{2,60})[>＞]")),
    ("《“", re.compile(r"[《“]([^《》“”\n]*)$", re.MULTILINE)),
)
_CODES = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff，。；）]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[{HAN}]*〔\d+〕\s*\d+\s*号|[A-Za-z]+[A-Za-z0-9]*(?:[-/._][A-Za-z0-9]+)+|[A-Za-z]\d+(?:-\d+)*|\d[\d,.:：/%\-]*\d"
)


class Edit(NamedTuple):
    """Characters start to end of the galley's text become `after`."""

    start: int
    end: int
    after: str


class Mark(NamedTuple):
    """A fault: characters start to end of the galley's text, the edits that would mend it, and what is particular to it.

    A fault of the whole document has start and end 0.
    """

    start: int = 0
    end: int = 0
    edits: tuple[Edit, ...] = ()
    detail: str = ""
    remedy: str = ""


@dataclass(eq=False)
class Galley:
    """A document laid out for reading: `text` has a line feed before and after every paragraph. Equal only to itself."""

    document: ProofDocument
    layout: Layout
    _of: dict[tuple[Role, ...], tuple[ProofParagraph, ...]] = field(init=False, default_factory=dict)
    _main: dict[tuple[Role, ...], tuple[ProofParagraph, ...]] = field(init=False, default_factory=dict)

    @property
    def paragraphs(self) -> tuple[ProofParagraph, ...]:
        """The paragraphs in reading order."""
        return self.document.paragraphs

    @cached_property
    def text(self) -> str:
        """All paragraphs; line feeds inside one are vertical tabs here."""
        texts = (paragraph.text for paragraph in self.paragraphs)
        return "\n" + "\n".join(text.replace("\n", "\v") if "\n" in text else text for text in texts) + "\n"

    @cached_property
    def signs(self) -> frozenset[str]:
        """Those characters of `text` that some rule needs."""
        return frozenset(any_sign().findall(self.text))

    @cached_property
    def beginnings(self) -> frozenset[tuple[str, str]]:
        """Pairs of characters in `text` among which are all that an entry of a word list begins with."""
        return frozenset(any_beginning().findall(self.text))

    @cached_property
    def starts(self) -> list[int]:
        """Where each paragraph begins in `text`."""
        return list(accumulate((len(paragraph.text) + 1 for paragraph in self.paragraphs[:-1]), initial=1))

    @cached_property
    def heads(self) -> list[int]:
        """Those of them where a rule for heads matches; most match at none, so each is tried at these alone."""
        return [match.end() for match in any_head().finditer(self.text)]

    def at(self, place: int) -> ProofParagraph:
        """The paragraph that holds a character of `text`."""
        return self.document.paragraphs[bisect_right(self.starts, max(place, 1)) - 1]

    def start(self, paragraph: ProofParagraph) -> int:
        """Where a paragraph begins in `text`."""
        return self.starts[paragraph.index - 1]

    def mark(
        self,
        paragraph: ProofParagraph,
        start: int = 0,
        end: int | None = None,
        *,
        after: str | None = None,
        detail: str = "",
        remedy: str = "",
    ) -> Mark:
        """A mark at characters of one paragraph, the whole of it unless said; `after` is what they should become."""
        base = self.start(paragraph)
        place, until = base + start, base + (len(paragraph.text) if end is None else end)
        edits = () if after is None else (Edit(place, until, after),)
        return Mark(place, until, edits, detail, remedy)

    def of(self, *roles: Role) -> tuple[ProofParagraph, ...]:
        """The paragraphs of these roles, in order."""
        found = self._of.get(roles)
        if found is None:
            found = self._of[roles] = _held(self._by_role, roles)
        return found

    def main(self, *roles: Role) -> tuple[ProofParagraph, ...]:
        """Those of the paper itself: in no table."""
        found = self._main.get(roles)
        if found is None:
            found = self._main[roles] = _held(self._by_role_in_main, roles)
        return found

    @cached_property
    def _by_role(self) -> dict[Role, list[ProofParagraph]]:
        return _by_role(self.paragraphs)

    @cached_property
    def _by_role_in_main(self) -> dict[Role, list[ProofParagraph]]:
        return _by_role(paragraph for paragraph in self.paragraphs if not paragraph.place.table)

    @cached_property
    def prose(self) -> tuple[ProofParagraph, ...]:
        """The paragraphs of running text."""
        return self.of(*PROSE)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """What stands between 《 and 》 and between quotation marks of any kind, in order; an open one reaches to the paragraph's end."""
        text = self.text
        kinds = (quote for signs, quote in _QUOTES if any(sign in text for sign in signs))
        return _merged(match.span(1) for quote in kinds for match in quote.finditer(text))

    @cached_property
    def shields(self) -> tuple[tuple[int, int], ...]:
        """Stretches that no correction may change, in order: quotes, addresses, document numbers, codes, figures."""
        return _merged((*self.quotes, *(match.span() for match in _CODES.finditer(self.text))))

    def quoted(self, start: int, end: int) -> bool:
        """Whether a stretch stands, at least in part, inside a quote."""
        return _touches(self.quotes, start, end)

    def shielded(self, edit: Edit) -> bool:
        """Whether an edit would change something inside a shield; at its edge it does not."""
        return _touches(self.shields, edit.start, edit.end)


def _by_role(paragraphs: Iterable[ProofParagraph]) -> dict[Role, list[ProofParagraph]]:
    found: dict[Role, list[ProofParagraph]] = {}
    for paragraph in paragraphs:
        found.setdefault(paragraph.role, []).append(paragraph)
    return found


def _held(by_role: dict[Role, list[ProofParagraph]], roles: Iterable[Role]) -> tuple[ProofParagraph, ...]:
    """The paragraphs of these roles in their order."""
    lists = [by_role[role] for role in dict.fromkeys(roles) if role in by_role]
    return tuple(sorted(chain(*lists), key=itemgetter(0)) if len(lists) > 1 else chain(*lists))  # by their index


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same stretches in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch overlaps one of the spans, which are in order and apart."""
    place = bisect_right(spans, (end, 0))
    return any(first < end and start < last for first, last in spans[max(0, place - 2) : place])

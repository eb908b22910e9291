"""What a paper says of itself, read out of its text by the places and forms of GB/T 9704-2012; pure, nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.texts import fact_foot, fact_head
from indexer.texts.lines import Line, lines_of
from model.readings import Confidence, PaperFacts, Reading
from model.texts import Text

_PAGED = {"pdf", "ofd", "image", "pptx"}
_SCRIPTS = (
    ("zh", "\u4e00", "\u9fff"),
    ("bo", "\u0f00", "\u0fff"),
    ("mn", "\u1800", "\u18af"),
    ("ug", "\u0600", "\u06ff"),
    ("ko", "\uac00", "\ud7af"),
)
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "is", "for"})
_ENOUGH = 0.3


def read_facts(text: Text) -> PaperFacts:
    """The facts of the paper itself; for a paper inside another file pass `text.of_member(path)`."""
    lines = tuple(lines_of(text))
    number = fact_head.number(lines)
    secrecy = fact_head.secrecy(lines, tuple(lines_of(text, beside=True)))
    title, after = fact_head.title(lines, number)
    foot = fact_foot.Foot.of(lines, after)
    return PaperFacts(
        title=title,
        number=number,
        issuer=foot.issuer() or fact_head.issuer(lines, number, title),
        dated=foot.dated() or fact_head.dated(lines, after),
        kind=fact_head.kind(title),
        secrecy=secrecy,
        addressees=fact_head.addressees(lines, after) if title else None,
        annexes=foot.annexes(),
        pages=_pages(text),
        language=_language(lines),
    )


def _pages(text: Text) -> Reading[int] | None:
    count = sum(not page.member and not page.beside for page in text.pages)
    if text.reader not in _PAGED or not count:
        return None
    return Reading(count, None, None, f"共{count}页", Confidence.SURE)


def _language(lines: Sequence[Line]) -> Reading[str] | None:
    """By script where the script tells; English by its commonest words; else not said."""
    written = "".join(line.tight for line in lines)
    letters = sum(character.isalpha() for character in written)
    if not letters:
        return None
    for code, first, last in _SCRIPTS:
        share = sum(first <= character <= last for character in written) / letters
        if share >= _ENOUGH:
            sure = Confidence.SURE if share >= 2 * _ENOUGH else Confidence.LIKELY
            return Reading(code, None, None, f"占文字的{share:.0%}", sure)
    words = [word.lower() for line in lines for word in line.text.split()]
    share = sum(word in _ENGLISH for word in words) / (len(words) or 1)
    return Reading("en", None, None, f"常用词占{share:.0%}", Confidence.LIKELY) if share >= 0.1 else None

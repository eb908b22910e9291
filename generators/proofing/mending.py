"""Making corrections in a copy of the file: run by run in a .docx, line by line in marked-up text. The original is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generators.proofing.correcting import AROUND, by_paragraph
from generators.reading.package import Package
from generators.reading.styles import SPACE, W
from model.proofing import ProofDocument, ProofParagraph
from model.rules import Change

if TYPE_CHECKING:
    from lxml.etree import _Element

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ASIDE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr", f"{W}rt", _FALLBACK))
_ONE = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))


def mend_docx(content: bytes, document: ProofDocument, changes: Sequence[Change]) -> tuple[bytes, tuple[Change, ...]]:
    """The file with the changes made, and those that were made; paragraphs whose characters cannot be told apart stay.

    `document` is what `read_docx` made of the same bytes, `changes` what `corrections` found in it.
    Only the texts of runs change: looks, fields, tracked changes and everything else stay as they are.
    """
    package = Package(content, document.file)
    trees: dict[str, _Element] = {}
    paragraphs: dict[str, list[_Element]] = {}
    made: list[Change] = []
    for index, group in by_paragraph(changes).items():
        paragraph = document.paragraph(index)
        part = paragraph.place.part
        if part not in trees and (tree := package.tree(part)) is not None:
            trees[part], paragraphs[part] = tree, list(tree.iter(f"{W}p"))
        held = paragraphs.get(part, [])
        if 0 <= paragraph.place.ordinal < len(held) and _mend(held[paragraph.place.ordinal], paragraph, group):
            made += group
    return (package.with_parts(trees) if made else content), tuple(made)


def _mend(element: _Element, paragraph: ProofParagraph, changes: Sequence[Change]) -> bool:
    """Make the changes of one paragraph; False, and nothing changed, where that cannot be done exactly."""
    offset = paragraph.place.offset
    read = "".join(text for _, text in _pieces(element))
    if read[offset : offset + len(paragraph.text)] != paragraph.text:
        return False
    before = [(each, each.text) for each, _ in _pieces(element) if each is not None]
    for change in changes:
        if not _edit(list(_pieces(element)), offset + change.start, offset + change.end, change.new):
            for each, text in before:
                each.text = text
            return False
    return True


def _pieces(element: _Element) -> Iterator[tuple[_Element | None, str]]:
    """The characters of a paragraph in order: those of a w:t with it, others (tabs, breaks, symbols) without."""
    for each in element:
        tag = str(each.tag)
        if tag in _ASIDE:
            continue
        if tag == f"{W}t":
            yield each, each.text or ""
        elif tag == _MATH:
            yield None, each.text or ""
        elif tag in _ONE:
            yield None, "\t" if tag in (f"{W}tab", f"{W}ptab") else "-" if tag == f"{W}noBreakHyphen" else "\n"
        elif tag != f"{W}p":
            yield from _pieces(each)


def _edit(pieces: Sequence[tuple[_Element | None, str]], start: int, end: int, new: str) -> bool:
    """Exchange characters start to end; the new ones go where the first of the old stood, an insertion behind what is before it.

    False where one of them is no text (a tab, a break) or there is no text to stand in.
    """
    place, waiting, touched = 0, new, False
    for element, text in pieces:
        stop = place + len(text)
        if place < end and start < stop if start < end else place < start <= stop:
            if element is None:
                return False
            first, last = max(start, place) - place, min(end, stop) - place
            element.text = text[:first] + waiting + text[last:]
            element.set(SPACE, "preserve")
            waiting, touched = "", True
        place = stop
    return touched


def mend_markup(text: str, document: ProofDocument, changes: Sequence[Change]) -> tuple[str, tuple[Change, ...]]:
    """The marked-up text with the changes made, and those that were made.

    A change is made where its words with those around them stand once in the paragraph's line; what the layout adds by
    itself (numbers, colons) is in no line and needs no change.
    """
    lines = text.split("\n")
    made: list[Change] = []
    for index, group in by_paragraph(changes).items():
        line = document.paragraph(index).line
        made += [change for change in group if line is not None and _mend_line(lines, line - 1, change)]
    return "\n".join(lines), tuple(made)


def _mend_line(lines: list[str], first: int, change: Change) -> bool:
    """Make a change where its words stand once, with as many of those around them as the line has in one piece."""
    left = change.before[: min(AROUND, change.start)]
    right = change.before[len(left) + len(change.old) :]
    sides = ((before, after) for before in range(len(left) + 1) for after in range(len(right) + 1))
    for before, after in sorted(sides, key=sum, reverse=True):
        if max(before, after, len(change.old)) < 2:
            break
        start, end = left[len(left) - before :], right[:after]
        at = _line_with(lines, first, f"{start}{change.old}{end}")
        if at is not None:
            lines[at] = lines[at].replace(f"{start}{change.old}{end}", f"{start}{change.new}{end}")
            return True
    return False


def _line_with(lines: list[str], first: int, words: str) -> int | None:
    """The line at which a paragraph begins, or one of its next, that holds the words once; a blank line ends it."""
    for at in range(first, len(lines)):
        if at > first and not lines[at].strip():
            return None
        if lines[at].count(words) == 1:
            return at
    return None

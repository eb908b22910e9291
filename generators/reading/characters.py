"""The characters of a paragraph: runs, breaks, fields, shapes met on the way; tracked changes as accepted, hidden text left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generators.reading.styles import Face, Look, Styles, W, face_of
from model.proofing import ProofRun

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_RUN, _TEXT, _PROPERTIES, _RUBY = f"{W}r", f"{W}t", f"{W}rPr", f"{W}ruby"
_MATH_RUN, _MATH_TEXT = f"{_M}r", f"{_M}t"
_ASIDE = frozenset((f"{W}pPr", f"{W}proofErr", f"{W}bookmarkStart", f"{W}bookmarkEnd"))
_INSERTED, _DELETED = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_INSIDE = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby",
        "rubyBase",
    )
)  # fmt: skip
_SHAPES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", ALTERNATE))
_FIELDS = (f"{W}fldChar", f"{W}instrText")
_BOX, _PICT = f"{W}txbxContent", f"{W}pict"
_BREAK = "\x0b"  # a page or column break among the characters of a paragraph
_PAGE = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LINE_BREAK, _SYMBOL = f"{W}br", f"{W}sym"
_SYMBOLS = {"F0A8": "□", "F06F": "□", "F0A3": "□", "F052": "☑", "F0FE": "☑", "F0B7": "·"}


@dataclass(slots=True)
class Pieces:
    """The characters of a paragraph, piece by piece with their looks, and the contents of shapes that hang on it.

    paged: page fields are written {PAGE} (in headers and footers).
    """

    base: Face
    paged: bool = False
    parts: list[tuple[str, Look]] = field(default_factory=list)
    shapes: list[_Element] = field(default_factory=list)


@dataclass(slots=True)
class CharacterReader:
    """Reads paragraph after paragraph of a part; fields may go on from one to the next.

    seen: counts what is told of a file; written: the XML of an element, by which equal ones are known.
    """

    styles: Styles
    seen: Counter[str]
    written: Callable[[_Element], str]
    _known: dict[tuple[int, str], Face] = field(default_factory=dict)
    _fields: list[list[str]] = field(
        default_factory=list
    )  # open fields: instruction so far; hidden, shown, or none yet

    def read(self, elements: Iterable[_Element], pieces: Pieces) -> None:
        """Add what stands in the elements to the pieces."""
        for each in elements:
            tag = each.tag
            if tag == _RUN:
                self._characters(each, pieces)
            elif tag in _ASIDE:
                continue
            elif tag in _INSIDE:
                self._inside(each, pieces)
            elif tag in _DELETED:
                self.seen["changes"] += 1
            elif tag == _MATH_RUN:
                pieces.parts.extend((str(text.text or ""), pieces.base.look) for text in each.iterchildren(_MATH_TEXT))
            elif tag == ALTERNATE:
                self.read(choice(each), pieces)
            elif str(tag).startswith(_M):
                self.read(each, pieces)

    def _inside(self, element: _Element, pieces: Pieces) -> None:
        self.seen["changes"] += element.tag in _INSERTED
        instruction = element.get(f"{W}instr")
        if pieces.paged and instruction and _PAGE.match(instruction):
            pieces.parts.append(("{PAGE}", pieces.base.look))
        else:
            self.read(element, pieces)

    def _characters(self, run: _Element, pieces: Pieces) -> None:
        _, look, hidden = pieces.base
        for each in run:
            tag = each.tag
            if tag == _TEXT:
                text = each.text
                if text and not (self._fields and self._hidden()):
                    if hidden:
                        self.seen["hidden"] += 1
                    else:
                        pieces.parts.append((text, look))
            elif tag == _PROPERTIES:
                _, look, hidden = self._face(pieces.base, each)
            elif tag in _SHAPES:
                self._shape(each, pieces)
            elif tag in _FIELDS:
                self._field(each, pieces, look)
            elif tag == _RUBY:
                self.read(each, pieces)
            elif not (self._fields and self._hidden()):
                _sign(each, pieces, look)

    def _face(self, base: Face, element: _Element) -> Face:
        """The face of a run whose w:rPr adds to that of its paragraph; the same are worked out once."""
        key = id(base), self.written(element)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = face_of(base.properties | self.styles.run_properties(element))
        return known

    def _field(self, element: _Element, pieces: Pieces, look: Look) -> None:
        if element.tag == _FIELDS[1]:
            if self._fields:
                self._fields[-1][0] += element.text or ""
            return
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            page = pieces.paged and bool(_PAGE.match(self._fields[-1][0]))
            self._fields[-1][1] = "hidden" if page else "shown"
            if page:
                pieces.parts.append(("{PAGE}", look))
        elif kind == "end" and self._fields:
            instruction, state = self._fields.pop()
            if not state and pieces.paged and _PAGE.match(instruction):
                pieces.parts.append(("{PAGE}", look))

    def _hidden(self) -> bool:
        return any(state != "shown" for _, state in self._fields)

    def _shape(self, element: _Element, pieces: Pieces) -> None:
        shown = choice(element) if element.tag == ALTERNATE else element
        boxes = [
            box for box in shown.iter(_BOX) if not any(parent.tag in (_BOX, FALLBACK) for parent in between(box, shown))
        ]
        pieces.shapes += boxes
        if not boxes and next(shown.iter(_PICTURE, _PICT), None) is not None:
            self.seen["pictures"] += 1


def _sign(element: _Element, pieces: Pieces, look: Look) -> None:
    tag = str(element.tag)
    if tag in _SIGNS:
        pieces.parts.append((_SIGNS[tag], look))
    elif tag == _LINE_BREAK:
        pieces.parts.append((_BREAK if element.get(f"{W}type") in ("page", "column") else "\n", look))
    elif tag == _SYMBOL:
        code = str(element.get(f"{W}char") or "").upper()
        pieces.parts.append((_SYMBOLS.get(code, "□"), look))


def choice(element: _Element) -> _Element:
    """What of an AlternateContent is shown."""
    for tag in (CHOICE, FALLBACK):
        found = next(element.iterchildren(tag), None)
        if found is not None:
            return found
    return element


def between(element: _Element, top: _Element) -> Iterator[_Element]:
    """The elements round one, up to `top`, which is left out."""
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


Stretch = tuple[str, tuple[ProofRun, ...], tuple[int, ...]]
"""Text, runs of one look, and where the file's own runs begin."""


def stretches(parts: Sequence[tuple[str, Look]]) -> Iterable[tuple[bool, Stretch, int, bool]]:
    """Each stretch between breaks: is it the first, what stands in it, characters before it, does a page break follow."""
    for text, _ in parts:
        if "\n" in text or _BREAK in text:
            return _between_breaks(parts)
    return ((True, _stretch(parts), 0, False),)


def _between_breaks(parts: Iterable[tuple[str, Look]]) -> Iterator[tuple[bool, Stretch, int, bool]]:
    held: list[tuple[str, Look]] = []
    first, begins, place = True, 0, 0
    for text, look in parts:
        for piece in re.split(r"([\n\x0b])", text):
            place += len(piece)
            if piece in ("\n", _BREAK):
                yield first, _stretch(held), begins, piece == _BREAK
                held, first, begins = [], False, place
            elif piece:
                held.append((piece, look))
    yield first, _stretch(held), begins, False


def _stretch(held: Sequence[tuple[str, Look]]) -> Stretch:
    if len(held) == 1:
        text, look = held[0]
        return text, (ProofRun(text, *look),), ()
    runs: list[ProofRun] = []
    cuts, place, at = [], 0, 0
    while at < len(held):
        text, look = held[at]
        while at + 1 < len(held) and held[at + 1][1] == look:
            cuts.append(place + len(text))
            at += 1
            text += held[at][0]
        runs.append(ProofRun(text, *look))
        place += len(text)
        cuts.append(place)
        at += 1
    return "".join(run.text for run in runs), tuple(runs), tuple(cuts[:-1])

"""A document's elements as pieces, in their order on the page (主体, 7.3). What depends on where pages end is decided later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from generators.pages.layout import Layout
from generators.pages.letterhead import letter_head
from generators.pages.numbering import Counter
from generators.pages.pieces import Grid, Piece, Strip, kept, released
from generators.pages.redhead import red_head
from generators.pages.sections import area
from generators.pages.signing import Line, jointly_sealed, sealed, stamped, unsealed
from generators.pages.tables import table_form
from generators.pages.titles import break_title
from generators.pages.widths import ems
from generators.pages.wordml import PLAIN, Face, Format, points, run, twips
from model import documents
from model.documents import Annex, Block, Document, Heading, Item, RedHead, Run, Seal, Table
from model.wording import chinese_date, missing

_BLANK = Strip(Format(keep_next=True))
_STRONG = Face(bold=True)
_FLUSH = Format(align="both")


@dataclass(frozen=True, slots=True)
class _Forms:
    """What of a profile all its papers share: an em of text in twips, the form of text, faces and forms of headings by level."""

    em: int
    indented: Format
    faces: dict[int, Face]
    headings: dict[int, Format]


@lru_cache(maxsize=8)
def _forms(layout: Layout) -> _Forms:
    em = points(layout.number("sizes", "body") + layout.number("grid", "character_spacing"))
    indented = Format(first_characters=200, first=2 * em, align="both")
    fonts, latin = {1: "level1", 2: "level2", 3: "body", 4: "body"}, layout.text("fonts", "latin")
    faces = {level: Face(font=layout.text("fonts", font), latin=latin) for level, font in fonts.items()}
    headings = {level: indented._replace(style=f"Heading{level}", keep_next=True) for level in fonts}
    return _Forms(em, indented, faces, headings)


@dataclass(frozen=True, slots=True)
class Composition:
    """The pieces of the document proper, and which of them are what.

    `addressees` is the place of 主送 (-1: none), `body` of the first block, `signature` of the first piece after the text,
    the 附件说明 included, `names` of the first piece after the 附件说明, `signed` of what follows the signature.
    """

    pieces: tuple[Piece, ...]
    addressees: int
    body: int
    signature: int
    names: int
    signed: int

    def parted(self) -> Composition | None:
        """The same with a signature of several organs that may go on overleaf after each name but the last; None for one."""
        names = [at for at in range(self.names, self.signed) if at < len(self.pieces) and _signs(self.pieces[at])]
        if len(names) < 3:  # a name and the date
            return None
        free = {at: released(piece) for at in names[:-2] if isinstance(piece := self.pieces[at], Strip)}
        pieces = tuple(free.get(at, piece) for at, piece in enumerate(self.pieces))
        if names[-1] + 1 < self.signed:  # 附注 behind the date
            pieces = along(pieces, names[-1])
        return replace(self, pieces=pieces, signed=names[0] + 1)

    def without_addressees(self) -> Composition:
        """The same without 主送."""
        at = self.addressees
        pieces = (*self.pieces[:at], *self.pieces[at + 1 :])
        return Composition(pieces, -1, self.body - 1, self.signature - 1, self.names - 1, self.signed - 1)


class Composer:
    """Makes pieces of the elements of one document."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self._document, self._layout = document, layout
        self._forms = forms = _forms(layout)
        self._em, self._indented = forms.em, forms.indented

    def main(self) -> Composition:
        """The document proper, up to its annexes."""
        document, wide = self._document, self._document.landscape
        pieces: list[Piece] = []
        if (document.issuers or document.mark) and document.red_head is not RedHead.NONE:
            letter = document.format is documents.Format.LETTER
            pieces += (letter_head if letter else red_head)(document, self._layout)
            pieces += (_BLANK, _BLANK)
        if document.title:
            pieces += (self._title(document.title, wide), _BLANK)
        addressees = -1
        if document.addressees:
            addressees, text = len(pieces), f"{document.addressees}："
            pieces.append(Strip(_FLUSH, run(text), text))
        body = len(pieces)
        pieces += self.blocks(document.body, wide)
        signature = len(pieces)
        pieces += self._annex_list()
        names = len(pieces)
        pieces += self._signature(wide)
        signed = len(pieces)
        pieces += self._attendance()
        if document.note:
            text = f"（{document.note}）"
            signed += signed == len(pieces)
            pieces.append(Strip(self._indented, run(text), text))
        return Composition(tuple(pieces), addressees, body, signature, names, signed)

    def annex(self, annex: Annex, number: int, *, turned: bool) -> Iterator[Piece]:
        """附件 (7.3.7): a new page, 附件 and number on its first line, the title on its third.

        `turned`: the paper has just been turned, and the page is new already.
        """
        label = Format(style="公文附件", page_break=not turned, keep_next=True)
        yield Strip(label, run(f"附件{number or ''}"))
        yield _BLANK
        yield self._title(annex.title, annex.landscape)
        yield _BLANK
        yield from self.blocks(annex.body or (), annex.landscape)

    def _title(self, title: str, wide: bool) -> Piece:
        size = self._layout.number("sizes", "title")
        width = area(self._layout, wide).width / 25.4 * 72 / size
        text = "\n".join(break_title(title, width, self._document.issuers))
        form = Format(style="公文标题", align="center", keep_lines=True, keep_next=True)
        return Strip(form, run(text), text, size)

    def blocks(self, blocks: tuple[Block, ...], wide: bool) -> Iterator[Piece]:
        """The blocks of a body, numbered."""
        counter, before = Counter(), None
        for block in blocks:
            if isinstance(block, Table):
                if isinstance(before, Table) and not block.caption:  # two tables that touch become one
                    yield Strip(Format())
                yield from self._table(block, wide)
            elif isinstance(block, Heading):
                yield self._heading(block, counter.next(block.level))
            elif isinstance(block, Item):
                ordinal = counter.next(block.level)
                text = ordinal + "".join(part.text for part in block.runs)
                yield Strip(self._indented, run(ordinal) + self._runs(block.runs), text)
            else:
                yield Strip(_FLUSH if block.flush else self._indented, self._runs(block.runs), block.text)
            before = block

    def _heading(self, heading: Heading, ordinal: str) -> Piece:
        """A heading on its own line, or run in: then only the heading's own words bear its face."""
        text = ordinal + heading.text
        if not heading.run_in:
            return Strip(self._forms.headings[heading.level], run(text), text)
        content = run(text, self._forms.faces[heading.level]) + self._runs(heading.run_in)
        return Strip(self._indented, content, text + "".join(part.text for part in heading.run_in))

    def _runs(self, runs: tuple[Run, ...]) -> str:
        if not self._layout.allows("body", "bold"):
            return run("".join(part.text for part in runs))
        return "".join(run(part.text, _STRONG if part.bold else PLAIN) for part in runs)

    def _table(self, table: Table, wide: bool) -> Iterator[Piece]:
        if table.caption:
            yield Strip(Format(align="center", keep_next=True), run(table.caption), table.caption)
        form = table_form(table, self._layout, area(self._layout, wide))
        if form:
            yield Grid(form)

    def _annex_list(self) -> Iterator[Piece]:
        """附件说明 (7.3.4): a wrapped name aligns with the first character of the name above it. It stays with the signature."""
        signed = bool(self._document.signatories or self._document.issuers)
        names = [annex.title for annex in self._document.annexes]
        if not names:
            return
        yield _BLANK
        label = 3 * self._em  # 附件：
        for number, name in enumerate(names, 1):
            ordinal = f"{number}." if len(names) > 1 else ""
            indent = round(ems(ordinal) * self._em)
            text = ("附件：" if number == 1 else "") + ordinal + name
            hanging = (label if number == 1 else 0) + indent
            keeps = signed or number < len(names)
            form = Format(left=2 * self._em + label + indent, hanging=hanging, keep_next=keeps, keep_lines=True)
            yield Strip(form, run(text), text)

    # 署名、成文日期 (7.3.5)

    def _signature(self, wide: bool) -> Iterator[Piece]:
        document = self._document
        names = document.signatories or document.issuers
        if not names:
            return
        day = chinese_date(document.dated) if document.dated else missing("成文日期")
        width = twips(area(self._layout, wide).width) / self._em
        yield from self._signed(self._signature_lines(names, day, width))

    def _signature_lines(self, names: tuple[str, ...], day: str, width: float) -> Iterator[Line]:
        told, seal = self._layout.section("signature"), self._document.seal
        if seal is Seal.SIGNATURE:
            yield from stamped(names, self._document.signatory_posts, day, told["sealed_indent"])
            return
        form = "sealed" if seal is Seal.SEALED else "unsealed"
        indent = told[f"{form}_indent"]
        yield from [Line("")] * int(told[f"{form}_blank_lines"])
        if seal is not Seal.SEALED:
            yield from unsealed(names, day, indent, width)
        elif len(names) > 1:
            yield from jointly_sealed(names, day, indent, width)
        else:
            yield from sealed(names[0], day, indent)

    def _signed(self, lines: Iterable[Line]) -> Iterator[Piece]:
        """The lines of a signature, kept together."""
        told = tuple(lines)
        for place, line in enumerate(told):
            centres = tuple(round(centre * self._em) for centre in line.centres)
            form = Format(tabs_centre=centres, keep_next=place < len(told) - 1, gaps=True)
            if not line.text:
                form = Format(keep_next=True)
            elif line.left is not None:
                form = form._replace(left=round(line.left * self._em))
            elif not centres:
                form = form._replace(align="right", right=round(line.right * self._em))
            yield Strip(form, self._apart(line))

    def _apart(self, line: Line) -> str:
        """The runs of a line; what is added behind each character counts from the grid's spacing on."""
        added = round(line.apart * self._em)
        if not added:
            return run(line.text)
        spacing = points(self._layout.number("grid", "character_spacing")) + added
        return run(line.text[:-1], Face(spacing=spacing)) + run(line.text[-1])

    def _attendance(self) -> Iterator[Piece]:
        """出席、请假、列席 of minutes (10.3): one blank line, the label in 黑体, names aligned behind it."""
        there = self._document.attendance
        groups = (("出席：", there.present), ("请假：", there.excused), ("列席：", there.observing))
        told = [(label, "、".join(names)) for label, names in groups if names]
        if told:
            yield _BLANK
        for label, names in told:
            form = Format(left=5 * self._em, hanging=3 * self._em, align="both")
            yield Strip(form, run(label, self._forms.faces[1]) + run(names), label + names)


def _signs(piece: Piece) -> bool:
    """Whether a piece after the text is a name or the date: not a blank line, nor the 附注."""
    return isinstance(piece, Strip) and bool(piece.content) and not piece.text


def along(pieces: tuple[Piece, ...], last: int) -> tuple[Piece, ...]:
    """The same pieces, the one at `last` kept with what follows."""
    if not pieces:  # a document without a body
        return ()
    piece = pieces[last]
    if isinstance(piece, Strip):
        piece = piece._replace(form=kept(piece.form))
    elif isinstance(piece, Grid):
        piece = Grid(piece.table, kept=True)
    return (*pieces[:last], piece, *pieces[last + 1 :])

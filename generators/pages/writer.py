"""A `Document` becomes a .docx in the national layout: only `document.xml` is rendered, the rest is stationery.

The same document and profile give the same bytes. Clauses are those of GB/T 9704-2012.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generators.pages import packing
from generators.pages.composing import Composer, Composition
from generators.pages.fitting import Fit, addressees_leave, fit, may_leave, room_below
from generators.pages.imprint import Rows, imprint_rows, write_imprint
from generators.pages.layout import Layout
from generators.pages.pagination import measures_of
from generators.pages.pieces import Piece, Turn, piece_xml
from generators.pages.pitches import SPARE
from generators.pages.regrouping import said_again
from generators.pages.sections import section_end, section_properties
from generators.pages.stationery import stationery
from generators.pages.wordml import NAMESPACES, Format, paragraph
from model import documents
from model.documents import Document


def write(document: Document, layout: Layout) -> bytes:
    """The .docx file of a document. Raises Refused for characters that no file can hold, and for tables no page holds."""
    return packed("".join(_Paper(document, layout).parts()), layout, wide=_turned(document))


def packed(body: str, layout: Layout, *, wide: bool = False) -> bytes:
    """The .docx file of a body of paragraphs and tables; `wide`: some of its pages lie on their side."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    )
    return packing.packed(_front(layout, wide), xml)


@lru_cache(maxsize=8)
def _front(layout: Layout, wide: bool) -> packing.Packed:
    """All parts but the document, deflated once."""
    return packing.shared(stationery(layout, wide).parts)


def _turned(document: Document) -> bool:
    """Whether any page lies on its side."""
    return document.landscape or any(annex.landscape and annex.body is not None for annex in document.annexes)


def _height(rows: Rows) -> int:
    return sum(height for _, height in rows)


def pieces_of(document: Document, layout: Layout) -> tuple[Piece, ...]:
    """All pieces of a document as they are set, the 版记 left out: what `generators.pages.pagination` lays on pages."""
    paper = _Paper(document, layout)
    return (*paper.main()[0].pieces, *(piece for annex in paper.annexes() for piece in annex))


class _Paper:
    """One document on its way to paper."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self._document, self._layout = document, layout
        self._composer, self._sizes = Composer(document, layout), measures_of(layout)
        self._paper = stationery(layout, _turned(document))
        self._wide, self._first = document.landscape, True

    def parts(self) -> Iterator[str]:
        """The document's XML, section by section."""
        fitted, rows = self.main()
        yield from map(piece_xml, said_again(fitted.pieces, self._sizes, self._wide))
        apart, page = fitted.imprint_apart, fitted.page
        for annex in self.annexes():
            yield from map(piece_xml, said_again(annex, self._sizes, self._wide))
            free, pages = room_below(annex, self._sizes, self._wide)
            apart, page = free < _height(rows) + SPARE, page + pages - isinstance(annex[0], Turn)
        yield from self._last_page(rows, apart, page)

    def main(self) -> tuple[Fit, Rows]:
        """The document proper as it is set, and the rows of the 版记; addressees stand in the one or the other (7.3.2)."""
        whole, addressees = self._composer.main(), self._document.addressees
        leave = addressees_leave(whole, self._sizes, addressees)
        fitted, rows = self._fitted(whole, leave)
        if not (leave or fitted.signed) and may_leave(whole, addressees):
            other, more = self._fitted(whole, leave=True)
            return (other, more) if other.signed else (fitted, rows)
        return fitted, rows

    def _fitted(self, composition: Composition, leave: bool) -> tuple[Fit, Rows]:
        """The pieces as they are set, and the rows of the 版记; the addressees `leave` for these."""
        if leave:
            composition = composition.without_addressees()
        rows = imprint_rows(self._document, self._layout, leave)
        bound = any(annex.body is not None for annex in self._document.annexes)
        return fit(composition, self._sizes, 0 if bound else _height(rows), self._wide), rows

    def annexes(self) -> Iterator[tuple[Piece, ...]]:
        """The annexes bound with the document, each with the turn of the paper before it."""
        many = len(self._document.annexes) > 1
        for number, annex in enumerate(self._document.annexes, 1):
            if annex.body is not None:
                turn = (self._turn(annex.landscape),) if annex.landscape != self._wide else ()
                yield (*turn, *self._composer.annex(annex, number if many else 0, turned=bool(turn)))

    def _last_page(self, rows: Rows, apart: bool, page: int) -> Iterator[str]:
        """版记 and the last section; a landscape page bears no 版记, it follows on an upright page.

        `apart`: there is no room for it on page `page`, the last so far.
        """
        kind = self._document.format
        if rows and self._layout.number("imprint", "even_page") and (apart or self._wide or page % 2):
            yield section_end(self._turn(False).properties)
            blank = (
                page % 2 == 0
            )  # then a blank page comes first, and neither it nor that of the 版记 is numbered (7.5)
            yield paragraph("", Format(line=20)) if blank else ""
            yield write_imprint(rows, self._layout, kind, apart=blank)
            bare = self._paper.bare_footers if blank else None
            yield section_properties(self._layout, bare or self._paper.footers, wide=False)
            return
        if rows and self._wide:
            yield section_end(self._turn(False).properties)
            apart = False
        yield write_imprint(rows, self._layout, kind, apart)
        yield self._section()

    def _turn(self, wide: bool) -> Turn:
        """The end of the section so far; the pages after it lie the other way."""
        ended, self._wide, self._first = self._section(), wide, False
        return Turn(ended, wide)

    def _section(self) -> str:
        footers = self._paper.wide_footers if self._wide else None
        apart = self._first and self._document.format is documents.Format.LETTER
        return section_properties(self._layout, footers or self._paper.footers, wide=self._wide, first_apart=apart)

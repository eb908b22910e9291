"""What a page is made of before it is a page: paragraphs, tables and turns of the paper, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generators.pages import wordml
from generators.pages.sections import section_end
from generators.pages.tables import TableForm, table_xml
from generators.pages.wordml import Format


class Strip(NamedTuple):
    """A paragraph: its form, its runs as XML, and the characters by which its lines are counted.

    `size` is that of its characters in points where it is not the body's; `fixed`: it is never drawn together.
    """

    form: Format
    content: str = ""
    text: str = ""
    size: float = 0.0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that may run over pages; `kept`: it stands on the page of what follows."""

    table: TableForm
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Solid:
    """Something of one height, in twips, that no page parts."""

    xml: str
    height: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The end of a section with these properties; the pages after it lie on their side or stand upright."""

    properties: str
    wide: bool


Piece = Strip | Grid | Solid | Turn


def piece_xml(piece: Piece) -> str:
    """A piece as WordprocessingML."""
    if isinstance(piece, Strip):
        return wordml.paragraph(piece.content, piece.form)
    if isinstance(piece, Grid):
        return table_xml(piece.table, kept=piece.kept)
    return piece.xml if isinstance(piece, Solid) else section_end(piece.properties)


@lru_cache(maxsize=512)
def pitched(form: Format, line: int) -> Format:
    """The same form on lines of another height in twips."""
    return form._replace(line=line)


@lru_cache(maxsize=512)
def kept(form: Format) -> Format:
    """The same form, kept with what follows."""
    return form._replace(keep_next=True)


def released(strip: Strip) -> Strip:
    """The same paragraph, no longer kept with what follows."""
    return strip._replace(form=strip.form._replace(keep_next=False))

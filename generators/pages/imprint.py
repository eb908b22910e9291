"""版记 (7.4): a table without sides whose last line coincides with the lower edge of the type area on the last page."""

from __future__ import annotations

from functools import lru_cache

from generators.pages import wordml
from generators.pages.layout import Layout
from generators.pages.linebreaking import WORD, libreoffice, line_ends
from generators.pages.wordml import Format, paragraph, points, run, twips
from model import documents
from model.documents import Document
from model.wording import chinese_date, missing

Rows = tuple[tuple[str, int], ...]
"""Each row's paragraphs as XML and its height in twips."""

_SPACE = 8.0  # points that a row has above and below its lines together


def imprint_rows(document: Document, layout: Layout, addressees_leave: bool) -> Rows:
    """主送 that left the top of page 1 (7.3.2), 抄送 (7.4.2) and 印发 (7.4.3); a letter has 抄送 only (10.1)."""
    told = [f"主送：{document.addressees}。"] if addressees_leave else []
    if document.copies_to:
        told.append(f"抄送：{'，'.join(document.copies_to)}。")
    printed = ""
    if document.printed_by and document.format is not documents.Format.LETTER:
        day = chinese_date(document.printed_on) if document.printed_on else missing("印发日期")
        printed = f"{document.printed_by}\t{day}印发"
    return _rows(tuple(told), printed, layout)


@lru_cache(maxsize=64)
def _rows(told: tuple[str, ...], printed: str, layout: Layout) -> Rows:
    """The row of 主送 and 抄送 and that of 印发, which papers of a batch share."""
    size, width = points(layout.number("sizes", "imprint")), twips(layout.number("page", "text_width"))
    line, space = points(layout.number("imprint", "line")), points(_SPACE)
    rows = []
    if told:  # one row: no rule parts 主送 from 抄送
        form = Format(style="公文版记", left=4 * size, right=size, hanging=3 * size, line=line)
        lines = sum(_lines(text, width, size) for text in told)
        rows.append(("".join(paragraph(run(text), form) for text in told), lines * line + space))
    if printed:
        form = Format(style="公文版记", left=size, right=size, tab_right=width - size, line=line)
        rows.append((paragraph(run(printed), form), line + space))
    return tuple(rows)


@lru_cache(maxsize=64)
def _lines(text: str, width: int, size: int) -> int:
    """How many lines a text fills, one character free on both sides and three hanging, in the program where it is most."""
    return max(
        len(line_ends(text, width - 2 * size, width - 5 * size, size, 0.0, engine)) for engine in (WORD, libreoffice())
    )


def write_imprint(rows: Rows, layout: Layout, kind: documents.Format, apart: bool) -> str:
    """The rows at the foot of the page, or of a page of their own (`apart`).

    The table stands in an anchored box, because LibreOffice lets no table float that is as wide as the text.
    """
    if not rows:
        return ""
    width = twips(layout.number("page", "text_width"))
    edges = "" if kind is documents.Format.LETTER else f"<w:tblBorders>{_edges(layout)}</w:tblBorders>"
    properties = (
        f'<w:tblW w:w="{width}" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    told = (
        wordml.RowForm(cells=(wordml.CellForm(content=content, width=width),), height=height)
        for content, height in rows
    )
    content = wordml.table((width,), told, properties) + paragraph("", Format(line=20))
    page = layout.section("page")
    height = sum(height for _, height in rows)
    top = twips(page["top"] + page["text_height"]) - height
    return paragraph(wordml.anchored_box(content, width, height + 40, top), Format(line=20, page_break=apart))


def _edges(layout: Layout) -> str:
    """First and last rule, and the thinner ones between (7.4.1)."""
    outer, inner = (round(layout.number("imprint", key) / 25.4 * 72 * 8) for key in ("outer_rule", "inner_rule"))
    return "".join(
        f'<w:{edge} w:val="single" w:sz="{weight}" w:space="0" w:color="000000"/>'
        for edge, weight in (("top", outer), ("bottom", outer), ("insideH", inner))
    )

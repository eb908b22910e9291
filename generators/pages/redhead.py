"""The head of documents, orders and minutes (版头, 7.2, 10.2, 10.3): corner, mark, number over the red rule."""

from __future__ import annotations

from collections.abc import Iterator

from generators.pages import wordml
from generators.pages.corner import corner
from generators.pages.layout import Layout
from generators.pages.pieces import Piece, Solid, Strip
from generators.pages.widths import ems
from generators.pages.wordml import Face, Format, points, run, twips
from model import documents
from model.documents import Direction, Document, RedHead
from model.wording import missing

_SIGNERS_A_LINE = 2  # 7.2.6
_TALLEST_MARK = 96.0  # mm; so many names beside 文件 still leave room for a line of text on page 1


def red_head(document: Document, layout: Layout) -> Iterator[Piece]:
    """The pieces above the title, the two blank lines below the rule left out."""
    hidden = document.red_head is RedHead.PREPRINTED
    line = points(layout.number("grid", "line_pitch"))
    shown = corner(document, layout)
    for content in shown + [""] * (_corner_lines(document) - len(shown)):
        yield Strip(Format(line=line), content, fixed=True)
    yield from _mark(document, layout, hidden, _corner_lines(document) * line)
    for _ in range(2):
        yield Strip(Format(line=line, keep_next=True), fixed=True)
    yield from _number(document, layout, hidden)


def _corner_lines(document: Document) -> int:
    """Lines above the mark: room for three elements; a mark 20 mm down (命令, 10.2) leaves room for one."""
    return 1 if document.format is documents.Format.ORDER else 3


_ENDINGS = frozenset(("文件", "令", "命令", "纪要"))


def mark_names(document: Document, layout: Layout) -> tuple[tuple[str, ...], str]:
    """The names in the mark, and what stands behind them: one text, or several names with or without 文件 (7.2.4)."""
    ending = {documents.Format.ORDER: "令", documents.Format.MINUTES: "纪要"}.get(document.format, "文件")
    written = tuple(filter(None, document.mark.split("\n")))
    if len(written) == 1:
        return written, ""
    if written:
        return (written[:-1], written[-1]) if written[-1] in _ENDINGS else (written, "")
    if len(document.issuers) > 1 and layout.number("head", "all_issuers"):
        return document.issuers, ending
    return (document.issuers[0] + ending,), ""


def _mark(document: Document, layout: Layout, hidden: bool, above: int) -> Iterator[Piece]:
    """发文机关标志: its top edge 35 mm below the type area's (7.2.4), as large as the width allows."""
    names, ending = mark_names(document, layout)
    order = document.format is documents.Format.ORDER
    below = twips(layout.number("head", "order_mark_below" if order else "mark_below")) - above
    if ending or len(names) > 1:
        yield from _joint_mark(names, ending, layout, hidden, below)
        return
    text = "" if hidden else names[0]
    room = layout.number("page", "text_width") / 25.4 * 72
    size = min(layout.number("sizes", "mark"), max(22.0, room / max(ems(names[0]), 1.0)))
    size = int(size * 2) / 2  # files hold half points
    scale = min(100, int(100 * room / (size * max(ems(names[0]), 1.0))))
    face = _mark_face(layout, size, scale if scale < 100 else 0)
    before = max(0, below - points(size * _LIFT))
    yield Strip(Format(before=before, line=points(size * 1.25), align="center"), run(text, face), fixed=True)


_LIFT = 0.16
"""What an exact line of 1.25 em leaves above the em box, measured: then em box and ink both stand within 1 mm of 72 mm."""


def _mark_face(layout: Layout, size: float, scale: int = 0, spacing: int = 0) -> Face:
    title = layout.text("fonts", "title")
    colour = layout.text("head", "red")
    return Face(font=title, latin=title, size=size, colour=colour, spacing=spacing, scale=scale)


def _joint_mark(names: tuple[str, ...], ending: str, layout: Layout, hidden: bool, below: int) -> Iterator[Piece]:
    """All names below each other, drawn out to one width, and 文件 at the right in the middle of their height (7.2.4)."""
    longest, room = max(map(ems, names)), layout.number("page", "text_width") / 25.4 * 72
    larger = min(2.5, 1.0 + 0.2 * (len(names) - 1))  # 文件 beside many small names
    largest = layout.number("sizes", "mark")
    size = min(largest, room / (longest + larger * ems(ending) + 1.0), _TALLEST_MARK / 25.4 * 72 / (len(names) * 1.25))
    size = max(10.0, int(size * 2) / 2)
    end_size = int(min(largest, size * larger) * 2) / 2
    line, width = points(size * 1.25), twips(layout.number("page", "text_width"))
    yield Strip(Format(line=max(20, below - points(size * _LIFT))), fixed=True)
    names_width = points(size * (longest + (0.5 if ending else 0.02)))
    ending_width = points(end_size * (ems(ending) + 0.1)) if ending else 0
    side = (width - names_width - ending_width) // 2
    told = "".join(
        wordml.paragraph("" if hidden else _drawn_out(name, longest, layout, size), Format(line=line)) for name in names
    )
    behind = wordml.paragraph(
        "" if hidden else run(ending, _mark_face(layout, end_size)), Format(line=points(end_size * 1.25))
    )
    cells = [wordml.CellForm(content=told, width=names_width)]
    cells += [wordml.CellForm(content=behind, width=ending_width)] if ending else []
    row = wordml.RowForm(cells=cells, height=line * len(names))
    properties = (
        f'<w:tblW w:w="{names_width + ending_width}" w:type="dxa"/><w:tblInd w:w="{side}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    yield Solid(wordml.table([cell.width for cell in cells], (row,), properties), line * len(names))


def _drawn_out(name: str, longest: float, layout: Layout, size: float) -> str:
    """A name whose characters are set apart so that it is as wide as the longest."""
    gaps = len(name) - 1
    apart = int(points(size) * (longest - ems(name)) / gaps) if gaps else 0
    if not apart:
        return run(name, _mark_face(layout, size))
    return run(name[:-1], _mark_face(layout, size, spacing=apart)) + run(name[-1], _mark_face(layout, size))


def _number(document: Document, layout: Layout, hidden: bool) -> Iterator[Piece]:
    """发文字号 over the red rule (7.2.5, 7.2.7); in an upward document the signers stand on the same line (7.2.6)."""
    line = points(layout.number("grid", "line_pitch"))
    # The rule is measured from the line box, which ends about 4 pt below the characters.
    space = max(0, round(layout.number("head", "rule_below_number") / 25.4 * 72) - 4)
    weight = round(layout.number("head", "rule_weight") / 25.4 * 72 * 8)
    border = None if hidden else (weight, layout.text("head", "red"), space)
    minutes = document.format is documents.Format.MINUTES  # 10.3 asks for no number
    number = document.number or ("" if minutes else missing("发文字号"))
    if document.format is documents.Format.ORDER:  # 令号 without a rule (10.2, figure 12)
        yield Strip(Format(align="center", line=line), run(number), fixed=True)
    elif document.direction is not Direction.UP:
        yield Strip(Format(border_below=border, align="center", line=line), run(number), fixed=True)
    else:
        yield from _signers(document, layout, number, border, line)


def _signers(
    document: Document, layout: Layout, number: str, border: tuple[int, str, int] | None, line: int
) -> Iterator[Piece]:
    """签发人, two a line, names below names; the number on the line of the last (7.2.6)."""
    em = points(layout.number("sizes", "body") + layout.number("grid", "character_spacing"))
    right = twips(layout.number("page", "text_width")) - em
    kai = Face(font=layout.text("fonts", "level2"), latin=layout.text("fonts", "latin"))
    names = document.signers or (missing("签发人"),)
    rows = [names[start : start + _SIGNERS_A_LINE] for start in range(0, len(names), _SIGNERS_A_LINE)]
    widest = max(ems("　".join(row)) for row in rows)
    for place, row in enumerate(rows):
        last = place == len(rows) - 1
        left = run("　" + number) if last else ""
        label = run("\t签发人：" if place == 0 else "\t　　　　")
        told = "　".join(row)
        told += "　" * round(widest - ems(told))
        form = Format(border_below=border if last else None, tab_right=right, line=line, keep_next=not last)
        yield Strip(form, f"{left}{label}{run(told, kai)}", fixed=True)

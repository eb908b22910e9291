"""What is pasted, stamped or laid into archive boxes: fronts, spines, 归档章 and 备考表, at their true size (DA/T 22-2015 5.4 to 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generators.pages.layout import Layout
from generators.pages.sections import area
from generators.pages.wordml import CellForm, Face, Format, RowForm, paragraph, points, run, table, twips
from generators.pages.writer import packed
from model.boxes import Box, Spine, Stamp
from model.wording import chinese_date

_MARGIN = 25.0  # mm above and below
_GAP = 5.0  # mm between spines, to cut along
_SPINE = ((14.0, 22.0), (14.0, 22.0), (14.0, 24.0), (14.0, 26.0), (14.0, 26.0), (12.0, 18.0))
"""Heights in mm of the name and the value of each field of a spine: 220 mm together, on boxes of 310 mm."""
_STAMP = (45.0, 16.0)
"""归档章: width and height in mm, in two rows of three equal cells."""
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_spines(spines: Sequence[Spine], layout: Layout) -> bytes:
    """盒脊 as .docx: as many side by side as the page holds, each as wide as its box is thick."""
    room, pages, page = area(layout).width, [], 0.0
    rows: list[list[Spine]] = [[]]
    for spine in spines:
        if rows[-1] and page + spine.thickness > room:
            rows.append([])
            page = 0.0
        rows[-1].append(spine)
        page += spine.thickness + _GAP
    for number, row in enumerate(rows):
        pages.append(_break(number) + _spine_row(row))
    return _document("".join(pages), layout)


def _spine_row(spines: Sequence[Spine]) -> str:
    """One table: a column a spine, with a column without borders between two."""
    widths = [twips(width) for spine in spines for width in (spine.thickness, _GAP)][:-1]
    names = ("全宗号", "年度", "保管期限", "机构（问题）", "起止件号", "盒号")
    fields = [
        tuple(zip(names, (s.fonds, s.year, s.retention, s.department, s.items, s.number), strict=True)) for s in spines
    ]
    rows = []
    for place, (name_height, value_height) in enumerate(_SPINE):
        for which, height in ((0, name_height), (1, value_height)):
            cells = [
                _spine_cell(told[place][which], spine, bold=which == 0)
                for told, spine in zip(fields, spines, strict=True)
            ]
            rows.append(RowForm(cells=_with_gaps(cells), height=twips(height)))
    return _table(widths, rows, borders="")


def _spine_cell(text: str, spine: Spine, *, bold: bool) -> CellForm:
    size = 10.5 if bold else 16 if spine.thickness >= 30 else 12
    face = Face(font="黑体" if bold else "宋体", latin="Times New Roman", size=size, spacing=0)
    lines = "".join(
        paragraph(run(line, face), Format(align="center", line=points(size * 1.25))) for line in text.split("\n")
    )
    return CellForm(content=lines, width=twips(spine.thickness), borders=_EDGES)


def _with_gaps(cells: Sequence[CellForm]) -> tuple[CellForm, ...]:
    blank = CellForm(content=paragraph("", Format(line=points(8))), width=twips(_GAP))
    return tuple(cell for pair in ((cell, blank) for cell in cells) for cell in pair)[:-1]


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="8" w:space="0" w:color="000000"/>' for edge in ("top", "left", "bottom", "right")
)


def write_front(fonds_name: str, layout: Layout) -> bytes:
    """盒封面 as .docx: the name of the fonds with a double rule under it (5.6.2)."""
    face = Face(font="方正小标宋简体", latin="Times New Roman", size=36, spacing=0)
    double = Format(
        align="center", before=twips(60), line=points(48), border_below=(6, "000000", 12), border_kind="double"
    )
    return _document(paragraph(run(fonds_name, face), double), layout)


def write_stamps(stamps: Iterable[Stamp], layout: Layout) -> bytes:
    """归档章 as .docx: three across, 45 mm × 16 mm each, to be cut out or printed on the first page."""
    told = list(stamps)
    across = 3
    rows: list[RowForm] = []
    width, height = twips(_STAMP[0] / 3), twips(_STAMP[1] / 2)
    for start in range(0, len(told), across):
        group = told[start : start + across]
        for upper in (True, False):
            cells: list[CellForm] = []
            for place in range(across):
                cells += [_blank(twips(_GAP))] if place else []
                cells += _half(group[place], width, upper=upper) if place < len(group) else [_blank(width)] * 3
            rows.append(RowForm(cells=tuple(cells), height=height))
        rows.append(RowForm(cells=tuple(_blank(cell.width) for cell in rows[-1].cells), height=twips(4)))
    widths = [cell.width for cell in rows[0].cells] if rows else [twips(_STAMP[0])]
    return _document(_table(widths, rows, borders="") if rows else paragraph("", Format()), layout)


def _half(stamp: Stamp, width: int, *, upper: bool) -> list[CellForm]:
    """The upper or the lower row of a stamp."""
    texts = (stamp.fonds, stamp.year, stamp.item) if upper else (stamp.department, stamp.retention, stamp.pages)
    return [_stamp_cell(text, width) for text in texts]


def _stamp_cell(text: str, width: int) -> CellForm:
    face = Face(font="宋体", latin="Times New Roman", size=10.5, spacing=0)
    return CellForm(
        content=paragraph(run(text, face), Format(align="center", line=points(14))), width=width, borders=_EDGES
    )


def _blank(width: int) -> CellForm:
    return CellForm(content=paragraph("", Format(line=points(4))), width=width)


def write_notes(boxes: Sequence[Box], layout: Layout) -> bytes:
    """备考表 as .docx, a page a box (5.6.4): what is to be known of its papers, who arranged and who checked it."""
    return _document("".join(_break(number) + _note(box, layout) for number, box in enumerate(boxes)), layout)


def _note(box: Box, layout: Layout) -> str:
    title = Face(font="方正小标宋简体", latin="Times New Roman", size=22, spacing=0)
    body = Face(font="仿宋_GB2312", latin="Times New Roman", size=14, spacing=0)
    width = twips(area(layout).width)
    line = Format(line=points(24), align="left")
    told = ["盒内文件情况说明", *(box.note.split("\n") if box.note else ["无缺损、修改、补充、移出、销毁等情况。"])]
    days = [chinese_date(day) if day else "　　　　年　月　日" for day in (box.arranged_on, box.checked_on)]
    feet = [
        f"整理人：{box.arranged_by}", f"整理日期：{days[0]}", f"检查人：{box.checked_by}", f"检查日期：{days[1]}",
    ]  # fmt: skip
    rows = [
        RowForm(cells=(CellForm(content=content, width=width, top=top),), height=twips(height))
        for content, top, height in (
            ("".join(paragraph(run(text, body), line) for text in told), True, 150.0),
            ("".join(paragraph(run(text, body), line) for text in feet), False, 45.0),
        )
    ]
    number = paragraph(run(f"盒号：{box.number}", body), Format(align="right", line=points(24)))
    return (
        paragraph(run("备　考　表", title), Format(align="center", line=points(40)))
        + number
        + _table([width], rows, borders=_BORDERS)
    )


def _table(widths: Iterable[int], rows: Iterable[RowForm], *, borders: str) -> str:
    inside = 200 if borders else 28  # twips left and right of a cell's text
    margins = (
        f'<w:tblCellMar><w:left w:w="{inside}" w:type="dxa"/><w:right w:w="{inside}" w:type="dxa"/></w:tblCellMar>'
    )
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    widths = list(widths)
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{edges}<w:tblLayout w:type="fixed"/>{margins}'
    )
    return table(widths, rows, properties) + paragraph("", Format(line=20))


def _break(number: int) -> str:
    return paragraph("", Format(line=20, page_break=True)) if number else ""


def _document(body: str, layout: Layout) -> bytes:
    """The pages; labels bear no page number, so their section has no footer."""
    here = area(layout)
    width, height = (twips(side) for side in here.paper)
    margins = f'w:top="{twips(_MARGIN)}" w:right="{twips(here.right)}" w:bottom="{twips(_MARGIN)}" w:left="{twips(here.left)}"'
    end = f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar {margins} w:header="851" w:footer="851" w:gutter="0"/></w:sectPr>'
    return packed(body + end, layout)

"""WordprocessingML as text: paragraphs, runs and tables, elements in the order the schema demands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape  # saxutils would load urllib too
from typing import NamedTuple

from model.errors import Refused

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMBIGUOUS = re.compile("[“”‘’—…·×°]")
"""Signs that Word sets in the Latin face unless told otherwise."""
_SPECIAL = re.compile(f"{_ILLEGAL.pattern[:-1]}\n\t&<>{_AMBIGUOUS.pattern[1:]}")
"""Whatever a run has to look at; most runs hold nothing of it."""


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def points(value: float) -> int:
    """Points in twips."""
    return round(value * 20)


class Format(NamedTuple):
    """What differs from the paragraph's style; lengths in twips, None or 0: nothing said."""

    style: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    border_below: tuple[int, str, int] | None = None  # eighths of a point, colour, distance in points
    border_kind: str = "single"
    tab_right: int = 0
    tabs_centre: tuple[int, ...] = ()
    before: int = 0
    after: int = 0
    line: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    first_characters: int = 0  # hundredths of a character
    hanging: int = 0
    align: str = ""
    gaps: bool = False  # between Han characters and digits


class Face(NamedTuple):
    """A run's face where it differs from the style: size in points, spacing and raise in twips, scale in percent."""

    font: str = ""
    latin: str = ""
    bold: bool = False
    size: float = 0.0
    colour: str = ""
    spacing: int | None = None
    scale: int = 0


PLAIN = Face()


def run(text: str, face: Face = PLAIN) -> str:
    """One run; line feeds become line breaks, tabs tabs. Raises Refused for characters that no XML file can hold."""
    if not text:
        return ""
    if not _SPECIAL.search(text):
        return f'<w:r>{_run_properties(face, hint=False)}<w:t xml:space="preserve">{text}</w:t></w:r>'
    if match := _ILLEGAL.search(text):
        near = text[max(0, match.start() - 10) : match.start()]
        why = f"有一个不可见的控制字符（U+{ord(match.group()):04X}），在“{near}”之后"
        raise Refused("文字里有不能写入公文的字符", near, why, "请在原文里删去它再试")
    pieces = []
    for part in re.split(r"([\n\t])", text):
        if part == "\n":
            pieces.append("<w:br/>")
        elif part == "\t":
            pieces.append("<w:tab/>")
        elif part:
            pieces.append(f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>')
    properties = _run_properties(face, hint=_AMBIGUOUS.search(text) is not None)
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


@lru_cache(maxsize=256)
def _run_properties(face: Face, *, hint: bool) -> str:
    fonts = (
        f' w:ascii="{face.latin}" w:hAnsi="{face.latin}" w:eastAsia="{face.font}" w:cs="{face.latin}"'
        if face.font
        else ""
    )
    east = ' w:hint="eastAsia"' if hint else ""
    told = [
        f"<w:rFonts{east}{fonts}/>" if east or fonts else "",
        "<w:b/>" if face.bold else "",
        f'<w:color w:val="{face.colour}"/>' if face.colour else "",
        f'<w:spacing w:val="{face.spacing}"/>' if face.spacing is not None else "",
        f'<w:w w:val="{face.scale}"/>' if face.scale else "",
        f'<w:sz w:val="{round(face.size * 2)}"/><w:szCs w:val="{round(face.size * 2)}"/>' if face.size else "",
    ]
    joined = "".join(told)
    return f"<w:rPr>{joined}</w:rPr>" if joined else ""


def paragraph(content: str, form: Format, section: str = "") -> str:
    """One paragraph of runs."""
    return f"<w:p>{_paragraph_properties(form, section)}{content}</w:p>"


@lru_cache(maxsize=1024)
def _paragraph_properties(form: Format, section: str) -> str:
    border = ""
    if form.border_below:
        size, colour, space = form.border_below
        border = f'<w:pBdr><w:bottom w:val="{form.border_kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    spacing = _attributes(before=form.before, after=form.after, line=form.line, lineRule="exact" if form.line else "")
    indent = _attributes(
        left=form.left,
        right=form.right,
        hanging=form.hanging,
        firstLineChars=form.first_characters,
        firstLine=form.first,
    )
    told = [
        f'<w:pStyle w:val="{form.style}"/>' if form.style else "",
        "<w:keepNext/>" if form.keep_next else "",
        "<w:keepLines/>" if form.keep_lines else "",
        "<w:pageBreakBefore/>" if form.page_break else "",
        border,
        _tabs(form),
        '<w:autoSpaceDE w:val="1"/><w:autoSpaceDN w:val="1"/>' if form.gaps else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        f"<w:ind{indent}/>" if indent else "",
        f'<w:jc w:val="{form.align}"/>' if form.align else "",
        section,
    ]
    joined = "".join(told)
    return f"<w:pPr>{joined}</w:pPr>" if joined else ""


def _tabs(form: Format) -> str:
    stops = [("center", place) for place in form.tabs_centre]
    if form.tab_right:
        stops.append(("right", form.tab_right))
    told = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in stops)
    return f"<w:tabs>{told}</w:tabs>" if told else ""


def _attributes(**values: object) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value)


class CellForm(NamedTuple):
    """A table cell: its paragraphs as XML, width in twips, how many columns it spans, and its place in a vertical merge.

    borders: edges of its own as XML where the table has none; top: the text begins at the upper edge.
    """

    content: str
    width: int
    columns: int = 1
    merge: str = ""  # "restart", "continue" or none
    borders: str = ""
    top: bool = False


class RowForm(NamedTuple):
    """A row: its cells; a `header` repeats on every page; `height` is exact (0: free); only what no page holds `splits`."""

    cells: Iterable[CellForm]
    header: bool = False
    height: int = 0
    splits: bool = False


def table(widths: Iterable[int], rows: Iterable[RowForm], properties: str) -> str:
    """A table of columns so wide."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = []
    for row in rows:
        mark = "" if row.splits else "<w:cantSplit/>"
        mark += f'<w:trHeight w:val="{row.height}" w:hRule="exact"/>' if row.height else ""
        mark += "<w:tblHeader/>" if row.header else ""
        told.append(f"<w:tr>{f'<w:trPr>{mark}</w:trPr>' if mark else ''}{''.join(map(_cell, row.cells))}</w:tr>")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(told)}</w:tbl>"


def _cell(cell: CellForm) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if not cell.merge else '<w:vMerge w:val="restart"/>' if cell.merge == "restart" else "<w:vMerge/>"
    edges = f"<w:tcBorders>{cell.borders}</w:tcBorders>" if cell.borders else ""
    place = "top" if cell.top else "center"
    properties = f'<w:tcW w:w="{cell.width}" w:type="dxa"/>{span}{merge}{edges}<w:vAlign w:val="{place}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.content}</w:tc>"


def anchored_box(content: str, width: int, height: int, top: int) -> str:
    """A run that anchors a borderless box of content to its page: as wide as the text area, `top` below the paper's edge.

    Lengths in twips. Word since 2010, WPS and LibreOffice know this shape; text keeps clear above and below it.
    """
    emu = 635  # English Metric Units in a twip
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top * emu}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width * emu}" cy="{height * emu}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{shape}"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width * emu}" cy="{height * emu}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )

"""Stationery (公文用纸) is made with python-docx from a layout profile.

Everything of python-docx's default template that no 公文 uses is taken out: it costs forty times the text
(docs/adr/0004-stationery-by-python-docx.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from generators.pages.layout import Layout
from generators.pages.linebreaking import BEGIN_NO_LINE, END_NO_LINE
from generators.pages.sections import wide_number
from generators.pages.stationery import Stationery

_EPOCH = datetime(2000, 1, 1)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Juanzong</Application></Properties>'
)
_HEADINGS = {1: "level1", 2: "level2", 3: "body", 4: "body"}


def make(layout: Layout, wide: bool) -> Stationery:
    """The stationery of a profile, with footers for landscape pages if `wide`; the same profile gives the same bytes.

    Where the profile wants the 版记 on an even page, there are footers without a number, too.
    """
    document = docx.Document()
    _strip(document)
    _styles(document, layout)
    _settings(document)
    section = document.sections[0]
    section.footer_distance = Mm(layout.number("footer", "distance"))
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _page_number(footer, side, layout)
    ids = _footer_ids(document)
    wide_ids = _wide_footers(document, layout) if wide else None
    bare_ids = _bare_footers(document) if layout.number("imprint", "even_page") else None
    target = BytesIO()
    document.save(target)
    with ZipFile(target) as package:
        parts = {name: package.read(name) for name in sorted(package.namelist()) if name != "word/document.xml"}
    parts["docProps/app.xml"] = _APP
    return Stationery(tuple(parts.items()), ids, wide_ids, bare_ids)


def _footer_ids(document: Any) -> tuple[str, str]:
    """The ids of the footers of the last section."""
    references = document.element.body.sectPr.findall(qn("w:footerReference"))
    ids = {reference.get(qn("w:type")): reference.get(qn("r:id")) for reference in references}
    return ids["default"], ids["even"]


def _bare_footers(document: Any) -> tuple[str, str]:
    """Footers without a number: a 版记 after blank pages bears none (7.5)."""
    section = document.add_section()
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False
        footer.paragraphs[0].style = "公文页码"
    return _footer_ids(document)


def _wide_footers(document: Any, layout: Layout) -> tuple[str, str]:
    """Footers of landscape pages: the number where an upright page has it, turned with the page (clause 8)."""
    section = document.add_section()
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "公文页码"
        paragraph.paragraph_format.line_spacing = Pt(1)
        empty = paragraph.add_run().element
        empty.getparent().replace(empty, parse_xml(wide_number(layout, side)))
    return _footer_ids(document)


def _strip(document: Any) -> None:
    """Take out the default template's styles, theme, thumbnail and other parts, and its author's name."""
    styles = document.styles.element
    for style in list(styles):
        if style.tag in (qn("w:style"), qn("w:latentStyles")):
            styles.remove(style)
    document.part.package.rels.pop(_relation(document.part.package.rels, "thumbnail"), None)
    for kind in ("theme", "stylesWithEffects", "fontTable", "webSettings", "numbering", "customXml"):
        document.part.rels.pop(_relation(document.part.rels, kind), None)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1


def _relation(relations: Any, kind: str) -> str | None:
    return next((key for key, value in relations.items() if value.reltype.endswith(f"/{kind}")), None)


def _settings(document: Any) -> None:
    """Odd and even pages differ; the grid is ours, Word shall not squeeze punctuation."""
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    told: tuple[tuple[str, dict[str, str]], ...] = (
        ("evenAndOddHeaders", {}),
        ("characterSpacingControl", {"val": "doNotCompress"}),
        ("noLineBreaksAfter", {"lang": "zh-CN", "val": END_NO_LINE}),
        ("noLineBreaksBefore", {"lang": "zh-CN", "val": BEGIN_NO_LINE}),
    )
    for name, values in told:
        element = OxmlElement(f"w:{name}")
        for key, value in values.items():
            element.set(qn(f"w:{key}"), value)
        settings.append(element)


def _styles(document: Any, layout: Layout) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    body, size = layout.text("fonts", "body"), layout.number("sizes", "body")
    normal = _style(document, "Normal", body, size, layout)
    normal.element.set(qn("w:default"), "1")
    pitch = normal.paragraph_format
    pitch.line_spacing = Pt(layout.number("grid", "line_pitch"))
    pitch.space_before = pitch.space_after = Pt(0)
    pitch.widow_control = False
    # Signs stay inside the type area (LibreOffice loses some that hang out of it), and no extra gap stands between Han
    # characters and digits: it would leave the grid.
    for name, value in (("overflowPunct", "1"), ("autoSpaceDE", "0"), ("autoSpaceDN", "0")):
        off = OxmlElement(f"w:{name}")
        off.set(qn("w:val"), value)
        normal.element.pPr.find(qn("w:spacing")).addprevious(off)
    for level, face in _HEADINGS.items():
        heading = _style(document, f"Heading {level}", layout.text("fonts", face), size, layout, base="Normal")
        heading.paragraph_format.keep_with_next = True
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        heading.element.get_or_add_pPr().append(outline)
    for name, face, points in (
        ("公文标题", "title", layout.number("sizes", "title")),
        ("公文附件", "level1", size),
        ("公文版记", "body", layout.number("sizes", "imprint")),
        ("公文表格", "body", layout.number("sizes", "table")),
        ("公文续格", "body", layout.number("sizes", "table")),
        ("公文页码", "number", layout.number("sizes", "number")),
    ):
        _style(document, name, layout.text("fonts", face), points, layout, base="Normal")


def _style(document: Any, name: str, face: str, points: float, layout: Layout, base: str | None = None) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.isascii())
    if base:
        style.base_style = document.styles[base]
    style.font.size = Pt(points)
    latin = face if face == layout.text("fonts", "number") else layout.text("fonts", "latin")
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", face), ("cs", latin)):
        fonts.set(qn(f"w:{slot}"), value)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(layout.number("grid", "character_spacing") * 20) if points == 16.0 else 0))
    size = style.element.rPr.find(qn("w:sz"))
    size.addprevious(spacing)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")  # else LibreOffice breaks lines inside numbers
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    style.hidden = style.unhide_when_used = False
    style.quick_style = True
    return style


def _page_number(footer: Any, side: str, layout: Layout) -> None:
    """— 1 —, one character in from the outer edge (7.5)."""
    paragraph = footer.paragraphs[0]
    paragraph.style = "公文页码"
    paragraph.paragraph_format.line_spacing = Pt(layout.number("footer", "line"))
    indent = Pt(layout.number("sizes", "number") * layout.number("footer", "indent"))
    if side == "right":
        paragraph.paragraph_format.right_indent = indent
        paragraph.alignment = 2
    else:
        paragraph.paragraph_format.left_indent = indent
        paragraph.alignment = 0
    paragraph.add_run("— ")
    for run in _field("PAGE"):
        paragraph.runs[0].element.getparent().append(run)
    paragraph.add_run(" —")


def _field(code: str) -> Iterator[Any]:
    for kind, text in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        run = OxmlElement("w:r")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:t" if kind else "w:instrText")
            mark.text = text
        run.append(mark)
        yield run

"""A `Document` becomes a .docx in the national layout: only `document.xml` is rendered, the rest is stationery.

The same document and profile give the same bytes. Clauses are those of GB/T 9704-2012.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from io import SEEK_END, BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generators import wordml
from generators.layout import Layout
from generators.numbering import Counter
from generators.pagination import fit_signature
from generators.stationery import Stationery, stationery
from generators.tables import write_table
from generators.titles import break_title
from generators.widths import ems
from generators.wordml import Face, Format, paragraph, points, run, twips
from model.documents import Annex, Block, Direction, Document, Heading, Item, RedHead, Run, Seal, Table
from model.wording import chinese_date, missing

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_DAY = (1980, 1, 1, 0, 0, 0)


def write(document: Document, layout: Layout) -> bytes:
    """The .docx file of a document. Raises Refused for characters that no file can hold."""
    paper = stationery(layout)
    body = "".join(_Page(document, layout).elements())
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {_NAMESPACES}><w:body>{body}{_section(layout, paper)}</w:body></w:document>"
    )
    target = BytesIO(_package(layout))
    target.seek(0, SEEK_END)
    with ZipFile(target, "a", ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr(_info("word/document.xml"), xml.encode())
    return target.getvalue()


@lru_cache(maxsize=8)
def _package(layout: Layout) -> bytes:
    """The package with all parts but the document, deflated once."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in stationery(layout).parts:
            package.writestr(_info(name), content)
    return target.getvalue()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _DAY)
    info.compress_type, info.create_system = ZIP_DEFLATED, 0
    return info


def _section(layout: Layout, paper: Stationery) -> str:
    page = layout.section("page")
    bottom = page["height"] - page["top"] - page["text_height"]
    right = page["width"] - page["left"] - page["text_width"]
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{paper.odd_footer}"/>'
        f'<w:footerReference w:type="even" r:id="{paper.even_footer}"/>'
        f'<w:pgSz w:w="{twips(page["width"])}" w:h="{twips(page["height"])}"/>'
        # Rounded so that 22 lines of 579 twips fit between the margins: 12738 of 12758.
        f'<w:pgMar w:top="{twips(page["top"])}" w:right="{twips(right)}" w:bottom="{twips(bottom)}"'
        f' w:left="{twips(page["left"])}" w:header="851" w:footer="{twips(layout.number("footer", "distance"))}" w:gutter="0"/>'
        "</w:sectPr>"
    )


class _Page:
    """Renders the elements of one document in their order."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self._document, self._layout = document, layout
        self._width = twips(layout.number("page", "text_width"))
        names = document.signatories or document.issuers
        fit = fit_signature(document, layout, self._signature_blanks() + len(names) + 1)
        self._along = fit.take_text_along
        self._line = points(layout.number("grid", "line_pitch"))
        self._tightened = 0 if fit.pitch == layout.number("grid", "line_pitch") else points(fit.pitch)
        size = layout.number("sizes", "body")
        self._em = points(size + layout.number("grid", "character_spacing"))

    def _paragraph(self, content: str, form: Format) -> str:
        """A paragraph on the grid, or on the tightened grid of a page that the signature has to fit on (7.3.5.5)."""
        if self._tightened and not form.line:
            form = replace(form, line=self._tightened)
        return paragraph(content, form)

    def elements(self) -> Iterator[str]:
        """All paragraphs and tables as XML."""
        document = self._document
        if document.issuers and document.red_head is not RedHead.NONE:
            yield from self._head()
            yield from self._blank(2)
        yield self._title(document.title)
        yield from self._blank(1)
        if document.addressees:
            yield self._paragraph(run(f"{document.addressees}："), Format(align="both"))
        yield from self._blocks(document.body, keep_last=self._along and not document.annexes)
        yield from self._annex_list()
        yield from self._signature()
        yield from self._attendance()
        if document.note:
            yield self._paragraph(run(f"（{document.note}）"), self._indented())
        self._tightened = 0
        for number, annex in enumerate(document.annexes, 1):
            if annex.body is not None:
                yield from self._annex(annex, number if len(document.annexes) > 1 else 0)
        yield from self._imprint()

    # 版头 (7.2)

    def _head(self) -> Iterator[str]:
        document = self._document
        hidden = document.red_head is RedHead.PREPRINTED
        black = Face(font=self._layout.text("fonts", "level1"), latin=self._layout.text("fonts", "latin"))
        corner = [(document.copy_number, wordml.PLAIN), (document.secrecy, black), (document.urgency, black)]
        shown = [(text, face) for text, face in corner if text]
        for text, face in shown + [("", wordml.PLAIN)] * (3 - len(shown)):
            yield paragraph(run(text, face), Format(line=self._line))
        yield self._mark(hidden)
        yield from self._blank(2)
        yield self._number(hidden)

    def _mark(self, hidden: bool) -> str:
        """发文机关标志: its top edge 35 mm below the type area's (7.2.4), shrunk to one line where the name is long."""
        text = "" if hidden else self._document.mark or f"{self._document.issuers[0]}文件"
        available = self._layout.number("page", "text_width") / 25.4 * 72
        size = min(self._layout.number("sizes", "mark"), max(22.0, available / max(ems(text), 1.0)))
        scale = min(100, int(100 * available / (size * max(ems(text), 1.0)))) if text else 100
        line = points(size * 1.25)
        # What an exact line of 1.25 em leaves above the em box, measured: then em box and ink both stand within 1 mm of 72 mm.
        lift = points(size * 0.16)
        before = twips(self._layout.number("head", "mark_below")) - 3 * self._line - lift
        face = Face(
            font=self._layout.text("fonts", "title"),
            latin=self._layout.text("fonts", "title"),
            size=size,
            colour=self._layout.text("head", "red"),
            spacing=0,
            scale=scale if scale < 100 else 0,
        )
        return self._paragraph(run(text, face), Format(before=max(0, before), line=line, align="center"))

    def _number(self, hidden: bool) -> str:
        """发文字号 over the red rule (7.2.5, 7.2.7); in an upward document the signers stand on the same line (7.2.6)."""
        document = self._document
        # The rule is measured from the line box, which ends about 4 pt below the characters.
        space = max(0, round(self._layout.number("head", "rule_below_number") / 25.4 * 72) - 4)
        colour = self._layout.text("head", "red")
        rule = (round(self._layout.number("head", "rule_weight") / 25.4 * 72 * 8), colour, space)
        border = None if hidden else rule
        number = document.number or missing("发文字号")
        if document.direction is not Direction.UP:
            return self._paragraph(run(number), Format(border_below=border, align="center", line=self._line))
        names = "　".join(document.signers) if document.signers else missing("签发人")
        kai = Face(font=self._layout.text("fonts", "level2"), latin=self._layout.text("fonts", "latin"))
        content = f"{run('　' + number)}{run(chr(9) + '签发人：')}{run(names, kai)}"
        return self._paragraph(content, Format(border_below=border, tab_right=self._width - self._em, line=self._line))

    # 主体 (7.3)

    def _title(self, title: str) -> str:
        size = self._layout.number("sizes", "title")
        width = self._width / points(size)
        lines = break_title(title, width, self._document.issuers)
        form = Format(style="公文标题", align="center", keep_lines=True)
        return self._paragraph(run("\n".join(lines)), form)

    def _indented(self) -> Format:
        return Format(first_characters=200, first=2 * self._em, align="both")

    def _blank(self, lines: int) -> Iterator[str]:
        for _ in range(lines):
            yield self._paragraph("", Format(keep_next=True))

    def _blocks(self, blocks: tuple[Block, ...], keep_last: bool = False) -> Iterator[str]:
        counter = Counter()
        for place, block in enumerate(blocks, 1):
            if isinstance(block, Table):
                yield from self._table(block)
            elif isinstance(block, Heading):
                yield self._heading(block, counter.next(block.level))
            elif isinstance(block, Item):
                yield self._paragraph(run(counter.next(block.level)) + _runs(block.runs), self._indented())
            else:
                form = Format(align="both") if block.flush else self._indented()
                yield self._paragraph(_runs(block.runs), replace(form, keep_next=keep_last and place == len(blocks)))

    def _heading(self, heading: Heading, ordinal: str) -> str:
        """A heading on its own line, or run in: then only the heading's own words bear its face."""
        if not heading.run_in:
            form = Format(
                style=f"Heading{heading.level}", keep_next=True, first_characters=200, first=2 * self._em, align="both"
            )
            return self._paragraph(run(ordinal + heading.text), form)
        key = {1: "level1", 2: "level2"}.get(heading.level, "body")
        face = Face(font=self._layout.text("fonts", key), latin=self._layout.text("fonts", "latin"))
        return self._paragraph(run(ordinal + heading.text, face) + _runs(heading.run_in), self._indented())

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption:
            yield self._paragraph(run(table.caption), Format(align="center", keep_next=True))
        yield write_table(table, self._layout, self._width)

    def _annex_list(self) -> Iterator[str]:
        """附件说明 (7.3.4): a wrapped name aligns with the first character of the name above it."""
        names = [annex.title for annex in self._document.annexes]
        if not names:
            return
        yield from self._blank(1)
        label = 3 * self._em  # 附件：
        if len(names) == 1:
            hang = Format(left=2 * self._em + label, hanging=label, keep_next=self._along)
            yield self._paragraph(run(f"附件：{names[0]}"), hang)
            return
        for number, name in enumerate(names, 1):
            ordinal = f"{number}."
            indent = round(ems(ordinal) * self._em)
            head = label if number == 1 else 0
            left = 2 * self._em + label + indent
            yield self._paragraph(
                run(("附件：" if number == 1 else "") + ordinal + name),
                Format(left=left, hanging=head + indent, keep_next=self._along),
            )

    def _signature(self) -> Iterator[str]:
        """署名 and 成文日期 (7.3.5.1, 7.3.5.2)."""
        names = self._document.signatories or self._document.issuers
        if not names:
            return
        day = chinese_date(self._document.dated) if self._document.dated else missing("成文日期")
        yield from self._blank(self._signature_blanks())
        longest = max(map(ems, names))
        if self._document.seal is Seal.SEALED:
            name_right, date_right = _centred(longest, ems(day), self._layout.number("signature", "sealed_indent"))
            for name in names:
                own = name_right + (longest - ems(name)) / 2
                yield self._paragraph(run(name), Format(align="right", right=round(own * self._em), keep_next=True))
            yield self._paragraph(run(day), Format(align="right", right=round(date_right * self._em)))
            return
        # By left indents, so that the step of two characters holds whatever the width of a face's digits.
        across = self._width / self._em
        start = _stepped(longest, ems(day), self._layout.number("signature", "unsealed_indent"))
        for name in names:
            yield self._paragraph(run(name), Format(left=max(0, round((across - start) * self._em)), keep_next=True))
        yield self._paragraph(run(day), Format(left=max(0, round((across - start + 2) * self._em))))

    def _attendance(self) -> Iterator[str]:
        """出席、请假、列席 of minutes (10.3): one blank line, the label in 黑体, names aligned behind it."""
        there = self._document.attendance
        black = Face(font=self._layout.text("fonts", "level1"), latin=self._layout.text("fonts", "latin"))
        groups = (("出席：", there.present), ("请假：", there.excused), ("列席：", there.observing))
        told = [(label, names) for label, names in groups if names]
        if told:
            yield from self._blank(1)
        for label, names in told:
            form = Format(left=5 * self._em, hanging=3 * self._em, align="both")
            yield self._paragraph(run(label, black) + run("、".join(names)), form)

    def _signature_blanks(self) -> int:
        kind = "sealed" if self._document.seal is Seal.SEALED else "unsealed"
        return int(self._layout.number("signature", f"{kind}_blank_lines"))

    def _annex(self, annex: Annex, number: int) -> Iterator[str]:
        """附件 (7.3.7): a new page, 附件 and number on its first line, the title on its third."""
        label = Format(style="公文附件", page_break=True, keep_next=True)
        yield self._paragraph(run(f"附件{number or ''}"), label)
        yield from self._blank(1)
        yield self._title(annex.title)
        yield from self._blank(1)
        yield from self._blocks(annex.body or ())

    # 版记 (7.4)

    def _imprint(self) -> Iterator[str]:
        """A table without sides whose last line coincides with the lower edge of the type area on the last page (7.4.1).

        It stands in an anchored box, because LibreOffice lets no table float that is as wide as the text.
        """
        rows = list(self._imprint_rows())
        if not rows:
            return
        outer, inner = (
            round(self._layout.number("imprint", key) / 25.4 * 72 * 8) for key in ("outer_rule", "inner_rule")
        )
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="{weight}" w:space="0" w:color="000000"/>'
            for edge, weight in (("top", outer), ("bottom", outer), ("insideH", inner))
        )
        properties = (
            f'<w:tblW w:w="{self._width}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
        told = (
            (False, (wordml.CellForm(content=paragraph(content, form), width=self._width),), lines * self._line)
            for content, form, lines in rows
        )
        content = wordml.table((self._width,), told, properties) + paragraph("", Format(line=20))
        page = self._layout.section("page")
        height = sum(lines for _, _, lines in rows) * self._line
        top = twips(page["top"] + page["text_height"]) - height
        yield paragraph(wordml.anchored_box(content, self._width, height + 40, top), Format(line=20))

    def _imprint_rows(self) -> Iterator[tuple[str, Format, int]]:
        """抄送 (7.4.2) and 印发 (7.4.3), each with its number of lines."""
        document = self._document
        size = points(self._layout.number("sizes", "imprint"))
        if document.copies_to:
            text = f"抄送：{'，'.join(document.copies_to)}。"
            form = Format(style="公文版记", left=4 * size, right=size, hanging=3 * size)
            lines = -int(-(ems(text) - 3) * size // (self._width - 5 * size))
            yield run(text), form, max(1, lines)
        if document.printed_by:
            day = chinese_date(document.printed_on) if document.printed_on else missing("印发日期")
            form = Format(style="公文版记", left=size, right=size, tab_right=self._width - size)
            yield run(f"{document.printed_by}\t{day}印发"), form, 1


def _runs(runs: Iterable[Run]) -> str:
    return "".join(run(part.text, Face(bold=part.bold)) for part in runs)


def _centred(name: float, day: float, indent: float) -> tuple[float, float]:
    """Right indents in ems of name and date when sealed: the date `indent` in, the name centred on it (7.3.5.1)."""
    overhang = (name - day) / 2
    if overhang > indent:  # the name is so long that it would leave the type area: the date moves in with it
        return 0.0, overhang
    return indent - overhang, indent


def _stepped(name: float, day: float, indent: float) -> float:
    """How many ems from the right edge the name begins when unsealed: the date begins two further right (7.3.5.2)."""
    return max(indent + name, indent + day + 2)

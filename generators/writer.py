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
from generators.imprint import imprint_rows, write_imprint
from generators.layout import Layout
from generators.letterhead import letter_head
from generators.numbering import Counter
from generators.pagination import addressees_leave, fit_signature, imprint_leaves
from generators.sections import area, section_end, section_properties
from generators.signing import Line, jointly_sealed, stamped
from generators.stationery import stationery
from generators.tables import write_table
from generators.titles import break_title
from generators.widths import ems
from generators.wordml import NAMESPACES, Face, Format, paragraph, points, run, twips
from model import documents
from model.documents import Annex, Block, Direction, Document, Heading, Item, RedHead, Run, Seal, Table
from model.wording import chinese_date, missing

_DAY = (1980, 1, 1, 0, 0, 0)


def write(document: Document, layout: Layout) -> bytes:
    """The .docx file of a document. Raises Refused for characters that no file can hold."""
    return packed("".join(_Page(document, layout).elements()), layout, wide=_turned(document))


def packed(body: str, layout: Layout, *, wide: bool = False) -> bytes:
    """The .docx file of a body of paragraphs and tables; `wide`: some of its pages lie on their side."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    )
    target = BytesIO(_package(layout, wide))
    target.seek(0, SEEK_END)
    with ZipFile(target, "a", ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr(_info("word/document.xml"), xml.encode())
    return target.getvalue()


@lru_cache(maxsize=8)
def _package(layout: Layout, wide: bool) -> bytes:
    """The package with all parts but the document, deflated once."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in stationery(layout, wide).parts:
            package.writestr(_info(name), content)
    return target.getvalue()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _DAY)
    info.compress_type, info.create_system = ZIP_DEFLATED, 0
    return info


def _turned(document: Document) -> bool:
    """Whether any page lies on its side."""
    return document.landscape or any(annex.landscape and annex.body is not None for annex in document.annexes)


class _Page:
    """Renders the elements of one document in their order."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self._document, self._layout = document, layout
        self._lie(document.landscape)
        self._first = True
        self._paper = stationery(layout, _turned(document))
        size = layout.number("sizes", "body")
        self._em = points(size + layout.number("grid", "character_spacing"))
        names = document.signatories or document.issuers
        self._signing = tuple(self._special_signature(names))
        self._addressees_leave = addressees_leave(document, layout)
        block = len(self._signing) or self._signature_blanks() + len(names) + 1
        self._imprint = imprint_rows(document, layout, self._addressees_leave)
        imprint = sum(lines for _, lines in self._imprint)
        annexed = any(annex.body is not None for annex in document.annexes)
        fit = fit_signature(document, layout, block + bool(document.note), 0 if annexed else imprint)
        self._imprint_apart = imprint_leaves(document, layout, imprint) if annexed else fit.imprint_apart
        self._along = fit.take_text_along
        self._line = points(layout.number("grid", "line_pitch"))
        self._tightened = 0 if fit.pitch == layout.number("grid", "line_pitch") else points(fit.pitch)

    def _paragraph(self, content: str, form: Format) -> str:
        """A paragraph on the grid, or on the tightened grid of a page that the signature has to fit on (7.3.5.5)."""
        if self._tightened and not form.line:
            form = replace(form, line=self._tightened)
        return paragraph(content, form)

    def elements(self) -> Iterator[str]:
        """All paragraphs and tables as XML."""
        document = self._document
        if (document.issuers or document.mark) and document.red_head is not RedHead.NONE:
            letter = document.format is documents.Format.LETTER
            yield from letter_head(document, self._layout) if letter else self._head()
            yield from self._blank(2)
        if document.title:
            yield self._title(document.title)
            yield from self._blank(1)
        if document.addressees and not self._addressees_leave:
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
        yield from self._last_page()

    def _last_page(self) -> Iterator[str]:
        """版记 and the last section; a landscape page bears no 版记, it follows on an upright page."""
        if self._imprint and self._wide:
            yield self._turn(False)
            yield write_imprint(self._imprint, self._layout, self._document.format, apart=False)
        else:
            yield write_imprint(self._imprint, self._layout, self._document.format, self._imprint_apart)
        yield self._section()

    def _turn(self, wide: bool) -> str:
        """End the section; the pages after it lie the other way."""
        ended, self._first = self._section(), False
        self._lie(wide)
        return section_end(ended)

    def _lie(self, wide: bool) -> None:
        """What follows stands on upright pages, or on such that lie on their side."""
        self._wide, self._area = wide, area(self._layout, wide)
        self._width = twips(self._area.width)

    def _section(self) -> str:
        footers = self._paper.wide_footers if self._wide else None
        apart = self._first and self._document.format is documents.Format.LETTER
        return section_properties(self._layout, footers or self._paper.footers, wide=self._wide, first_apart=apart)

    # 版头 (7.2)

    def _head(self) -> Iterator[str]:
        document = self._document
        hidden = document.red_head is RedHead.PREPRINTED
        black = Face(font=self._layout.text("fonts", "level1"), latin=self._layout.text("fonts", "latin"))
        corner = [(document.copy_number, wordml.PLAIN), (document.secrecy, black), (document.urgency, black)]
        shown = [(text, face) for text, face in corner if text]
        for text, face in shown + [("", wordml.PLAIN)] * (self._corner_lines() - len(shown)):
            yield paragraph(run(text, face), Format(line=self._line))
        yield self._mark(hidden)
        yield from self._blank(2)
        yield self._number(hidden)

    def _corner_lines(self) -> int:
        """Lines above the mark: room for three elements; a mark 20 mm down (命令, 10.2) leaves room for one."""
        return 1 if self._document.format is documents.Format.ORDER else 3

    def _mark(self, hidden: bool) -> str:
        """发文机关标志: its top edge 35 mm below the type area's (7.2.4), shrunk to one line where the name is long."""
        text = "" if hidden else self._document.mark or _mark_text(self._document)
        available = self._layout.number("page", "text_width") / 25.4 * 72
        size = min(self._layout.number("sizes", "mark"), max(22.0, available / max(ems(text), 1.0)))
        size = int(size * 2) / 2  # files hold half points
        scale = min(100, int(100 * available / (size * max(ems(text), 1.0)))) if text else 100
        line = points(size * 1.25)
        # What an exact line of 1.25 em leaves above the em box, measured: then em box and ink both stand within 1 mm of 72 mm.
        lift = points(size * 0.16)
        order = self._document.format is documents.Format.ORDER
        below = self._layout.number("head", "order_mark_below" if order else "mark_below")
        before = twips(below) - self._corner_lines() * self._line - lift
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
        minutes = document.format is documents.Format.MINUTES  # 10.3 asks for no number
        number = document.number or ("" if minutes else missing("发文字号"))
        if document.format is documents.Format.ORDER:  # 令号 without a rule (10.2, figure 12)
            return self._paragraph(run(number), Format(align="center", line=self._line))
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
        yield write_table(table, self._layout, self._area)

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
        if self._signing:
            yield from map(self._signed_line, self._signing)
            return
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

    def _special_signature(self, names: tuple[str, ...]) -> Iterator[Line]:
        """The lines of a signature stamp, or of several organs' seals; none where the plain form serves."""
        document = self._document
        day = chinese_date(document.dated) if document.dated else missing("成文日期")
        indent = self._layout.number("signature", "sealed_indent")
        if names and document.seal is Seal.SIGNATURE:
            yield from stamped(names, document.signatory_posts, day, indent)
        elif len(names) > 1 and document.seal is Seal.SEALED:
            yield from (Line("") for _ in range(self._signature_blanks()))
            yield from jointly_sealed(names, day, indent, self._width / self._em)

    def _signed_line(self, line: Line) -> str:
        centres = tuple(round(centre * self._em) for centre in line.centres)
        form = Format(tabs_centre=centres, keep_next=line is not self._signing[-1])
        if line.text and not centres:
            form = replace(form, align="right", right=round(line.right * self._em))
        return self._paragraph(run(line.text), form)

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
        turns = annex.landscape != self._wide
        if turns:
            yield self._turn(annex.landscape)
        label = Format(style="公文附件", page_break=not turns, keep_next=True)
        yield self._paragraph(run(f"附件{number or ''}"), label)
        yield from self._blank(1)
        yield self._title(annex.title)
        yield from self._blank(1)
        yield from self._blocks(annex.body or ())


def _mark_text(document: Document) -> str:
    """发文机关标志 where none is given: the host's name with 文件 (7.2.4), 令 (10.2) or 纪要 (10.3)."""
    ending = {documents.Format.ORDER: "令", documents.Format.MINUTES: "纪要"}.get(document.format, "文件")
    return document.issuers[0] + ending


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

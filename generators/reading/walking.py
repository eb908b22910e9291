"""A .docx walked through in reading order: body, tables, text boxes, content controls, then footnotes, headers, footers.

Tracked changes count as accepted (修订视为已接受); hidden text is left out, as it is on the printed page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generators.reading.lines import Grid, GridCell, Line, Sheet, Walked
from generators.reading.numbered import Numbering
from generators.reading.package import Package
from generators.reading.styles import Properties, Styles, W, number, on, paragraph_properties
from model.errors import Refused
from model.proofing import ParagraphLook, Place, ProofFooter, ProofRun, Where

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_LINES = 200_000
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_INSIDE = frozenset(
    f"{W}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby",
        "rubyBase",
    )
) | {f"{_M}oMath", f"{_M}oMathPara"}  # fmt: skip
_SHAPES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"))
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_BREAK = "\x0b"  # a page or column break among the characters of a paragraph
_PAGE = re.compile(r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_PLAIN_TEXTS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOLS = {"F0A8": "□", "F06F": "□", "F0A3": "□", "F052": "☑", "F0FE": "☑", "F0B7": "·"}


def walk(package: Package) -> Walked:
    """All lines, tables and sections of a document."""
    return _Walker(package).walk()


@dataclass(slots=True)
class _Here:
    """What holds for the lines being read."""

    part: str
    where: Where = Where.BODY
    table: int = 0
    row: int = 0
    column: int = 0
    control: bool = False
    boxed: bool = False
    ordinals: dict[Any, int] = field(default_factory=dict)

    def but(self, **changes: Any) -> _Here:
        return replace(self, **changes)


@dataclass(slots=True)
class _Pieces:
    """The characters of a paragraph being read, piece by piece with their properties, and shapes met on the way."""

    base: Properties
    parts: list[tuple[str, Properties]] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)


class _Walker:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._relations = package.relations(package.main)
        self._styles = Styles(self._related("styles"), self._related("theme"))
        self._numbering = Numbering.read(self._related("numbering"))
        self._walked = Walked()
        self._fields: list[list[str]] = []  # open fields: instruction so far, and whether its result is shown
        self._carried: list[tuple[str, Properties]] = []  # characters of a paragraph whose mark was deleted
        self._break_pending = False
        self._looks: dict[str, ParagraphLook] = {}
        self._runs: dict[int, ProofRun] = {}
        self._marks = {"changes": 0, "hidden": 0}
        self._furniture: dict[str, tuple[int, ...]] = {}

    def walk(self) -> Walked:
        walked, main = self._walked, self._package.main
        root = self._package.tree(main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise self._package.damaged(f"{main} 里没有正文")
        settings = self._related("settings")
        walked.odd_even = settings is not None and any(on(each) for each in settings.iter(f"{W}evenAndOddHeaders"))
        app = self._package.data("docProps/app.xml") or b""
        walked.ours = b"<Application>Juanzong</Application>" in app
        self._blocks(body, self._here(main, root))
        last = body.find(f"{W}sectPr")
        self._sheet(last, len(walked.lines))
        starts = [0, *(sheet.first for sheet in walked.sheets[:-1])]
        for sheet, first in zip(walked.sheets, starts, strict=True):
            sheet.first = first
        self._footnotes()
        self._headers_and_footers(root)
        self._notes(root)
        return walked

    def _related(self, kind: str) -> _Element | None:
        found = next((each.target for each in self._relations.values() if each.kind == kind), None)
        return self._package.tree(found) if found else None

    @staticmethod
    def _here(part: str, root: _Element, where: Where = Where.BODY) -> _Here:
        return _Here(part, where, ordinals={each: place for place, each in enumerate(root.iter(f"{W}p"))})

    # blocks

    def _blocks(self, parent: _Element, here: _Here) -> None:
        for each in parent:
            tag = each.tag
            if tag == f"{W}p":
                self._paragraph(each, here)
            elif tag == f"{W}tbl":
                self._table(each, here)
            elif tag == f"{W}sdt":
                content = each.find(f"{W}sdtContent")
                if content is not None:
                    self._blocks(content, here.but(control=True))
            elif tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self._blocks(each, here)
            elif tag == f"{_MC}AlternateContent":
                self._blocks(_choice(each), here)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._marks["changes"] += 1

    def _paragraph(self, element: _Element, here: _Here) -> None:
        properties = element.find(f"{W}pPr")
        style, look, numbered = self._look(properties)
        pieces = _Pieces(self._styles.run_of(style))
        carried, self._carried = self._carried, []
        offset = -sum(len(text) for text, _ in carried)
        pieces.parts = carried
        self._content(element, pieces, here)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._marks["changes"] += 1
            self._carried = pieces.parts
        else:
            self._lines(pieces, look, numbered, here, here.ordinals.get(element, -1), offset)
        for shape in pieces.shapes:
            for content in shape:
                self._blocks(
                    content, here.but(where=Where.TEXT_BOX if here.where is Where.BODY else here.where, boxed=True)
                )
        section = properties.find(f"{W}sectPr") if properties is not None else None
        if section is not None and here.where is Where.BODY:
            self._sheet(section, len(self._walked.lines))

    def _look(self, properties: _Element | None) -> tuple[str, ParagraphLook, tuple[str, int]]:
        """The paragraph's style, its look, and its place in automatic numbering."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = str(named.get(f"{W}val")) if named is not None else ""
        base = self._styles.paragraph_of(style)
        plain = properties is None or len(properties) == (named is not None)
        if plain and style in self._looks:
            return style, self._looks[style], base.get("number", ("", 0))
        whole = dict(base)
        if not plain and properties is not None:
            own = paragraph_properties(properties)
            if "number" in own and not own["number"][0] and "number" in base:
                own["number"] = base["number"][0], own["number"][1]
            whole |= own
        look = ParagraphLook(**{key: value for key, value in whole.items() if key != "number"})
        if plain:
            self._looks[style] = look
        return style, look, whole.get("number", ("", 0))

    def _lines(
        self, pieces: _Pieces, look: ParagraphLook, numbered: tuple[str, int], here: _Here, ordinal: int, offset: int
    ) -> None:
        """One line for each stretch between breaks; the number belongs to the first."""
        lists, level = numbered
        auto = self._numbering.next(lists, level) if lists not in ("", "0") else ""
        for first, (text, runs, cuts), skipped, breaks in _split(pieces.parts):
            place = Place(
                here.where, here.table, here.row, here.column, here.control, here.part, ordinal, offset + skipped
            )
            own = look
            if self._break_pending or (look.page_break and not first):
                own = _with_break(look, self._break_pending)
            self._break_pending = breaks
            line = Line(text, place, runs, own, cuts=cuts)
            if first:
                line.auto, line.bullet = auto, lists not in ("", "0") and not auto
                line.deepest = level + 1 if lists not in ("", "0") else 0
            self._walked.lines.append(line)
        if len(self._walked.lines) > MOST_LINES:
            raise Refused("没有核这份文件", self._package.name, f"超过 {MOST_LINES} 段，不像公文", "请分成几份再核")

    # characters

    def _content(self, parent: _Element, pieces: _Pieces, here: _Here) -> None:
        for each in parent:
            tag = each.tag
            if tag == f"{W}r":
                self._characters(each, pieces, here)
            elif tag in _INSIDE:
                self._marks["changes"] += tag in (f"{W}ins", f"{W}moveTo")
                if tag == f"{W}fldSimple" and self._page_field(str(each.get(f"{W}instr") or ""), here):
                    pieces.parts.append(("{PAGE}", pieces.base))
                else:
                    self._content(each, pieces, here)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._marks["changes"] += 1
            elif tag == f"{_M}r":
                pieces.parts.extend((str(text.text or ""), pieces.base) for text in each.iterchildren(f"{_M}t"))
            elif tag == f"{_MC}AlternateContent":
                self._content(_choice(each), pieces, here)
            elif str(tag).startswith(_M):
                self._content(each, pieces, here)

    def _characters(self, run: _Element, pieces: _Pieces, here: _Here) -> None:
        properties = pieces.base
        for each in run:
            tag = each.tag
            if tag == f"{W}t":
                if self._showing() and each.text:
                    if properties.get("hidden"):
                        self._marks["hidden"] += 1
                    else:
                        pieces.parts.append((each.text, properties))
            elif tag == f"{W}rPr":
                own = self._styles.run_properties(each)
                properties = {**pieces.base, **own} if own else pieces.base
            elif tag in _SHAPES:
                self._shape(each, pieces)
            elif tag in (f"{W}fldChar", f"{W}instrText"):
                self._field(each, pieces, properties, here)
            elif tag == f"{W}ruby":
                self._content(each, pieces, here)
            elif self._showing():
                self._sign(each, pieces, properties)

    def _sign(self, element: _Element, pieces: _Pieces, properties: Properties) -> None:
        tag = str(element.tag)
        if tag in _PLAIN_TEXTS:
            pieces.parts.append((_PLAIN_TEXTS[tag], properties))
        elif tag == f"{W}br":
            pieces.parts.append((_BREAK if element.get(f"{W}type") in ("page", "column") else "\n", properties))
        elif tag == f"{W}sym":
            code = str(element.get(f"{W}char") or "").upper()
            pieces.parts.append((_SYMBOLS.get(code, "□"), properties))

    def _field(self, element: _Element, pieces: _Pieces, properties: Properties, here: _Here) -> None:
        if element.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1][0] += element.text or ""
            return
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            page = self._page_field(self._fields[-1][0], here)
            self._fields[-1][1] = "hidden" if page else "shown"
            if page:
                pieces.parts.append(("{PAGE}", properties))
        elif kind == "end" and self._fields:
            instruction, state = self._fields.pop()
            if not state and self._page_field(instruction, here):
                pieces.parts.append(("{PAGE}", properties))

    @staticmethod
    def _page_field(instruction: str, here: _Here) -> bool:
        return here.where in (Where.HEADER, Where.FOOTER) and bool(_PAGE.match(instruction))

    def _showing(self) -> bool:
        return all(state == "shown" for _, state in self._fields)

    def _shape(self, element: _Element, pieces: _Pieces) -> None:
        shown = _choice(element) if element.tag == f"{_MC}AlternateContent" else element
        boxes = [
            box
            for box in shown.iter(f"{W}txbxContent")
            if not any(parent.tag in (f"{W}txbxContent", f"{_MC}Fallback") for parent in _up_to(box, shown))
        ]
        if boxes:
            pieces.shapes.append(boxes)
        elif next(shown.iter(_PICTURE, f"{W}pict"), None) is not None:
            self._walked.pictures += 1

    # tables

    def _table(self, element: _Element, here: _Here) -> None:
        if here.table:  # a table inside a table belongs to the outer one's cell
            for cell in element.iter(f"{W}tc"):
                if next(parent for parent in cell.iterancestors(f"{W}tbl")) is element:
                    self._blocks(cell, here)
            return
        grid = Grid(len(self._walked.grids) + 1, len(self._walked.lines), boxed=here.boxed)
        grid.widths = tuple(int(number(each.get(f"{W}w"))) for each in element.iterfind(f"{W}tblGrid/{W}gridCol"))
        self._walked.grids.append(grid)
        spanning: dict[int, GridCell] = {}
        for row, line in enumerate(_rows(element), 1):
            header = line.find(f"{W}trPr/{W}tblHeader")
            grid.header += header is not None and on(header) and grid.header == row - 1
            grid.rows.append(self._row(line, row, grid, here, spanning))
        grid.after = len(self._walked.lines)

    def _row(
        self, element: _Element, row: int, grid: Grid, here: _Here, spanning: dict[int, GridCell]
    ) -> list[GridCell]:
        cells, column = [], 1
        before = element.find(f"{W}trPr/{W}gridBefore")
        column += int(number(before.get(f"{W}val"))) if before is not None else 0
        for each, controlled in _cells(element):
            properties = each.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            columns = max(1, int(number(span.get(f"{W}val")))) if span is not None else 1
            going_on = merge is not None and merge.get(f"{W}val") != "restart"
            if going_on and column in spanning:
                spanning[column].rows += 1
                cell = spanning[column]
            else:
                cell = GridCell(row, column, columns)
                cells.append(cell)
                spanning.pop(column, None)
                if merge is not None:
                    spanning[column] = cell
            first = len(self._walked.lines)
            inside = here.but(
                table=grid.number, row=row, column=column, control=here.control or controlled,
                where=here.where if here.where is not Where.BODY else Where.TABLE,
            )  # fmt: skip
            self._blocks(each, inside)
            inner = range(first, len(self._walked.lines))
            cell.lines += [place for place in inner if cell.row == row or self._walked.lines[place].text]
            column += columns
        return cells

    # sections, headers, footers, footnotes

    def _sheet(self, section: _Element | None, after: int) -> None:
        sheet = Sheet(after)
        self._walked.sheets.append(sheet)
        if section is None:
            return
        for tag, names in (("pgSz", ("w", "h")), ("pgMar", ("top", "bottom", "left", "right", "footer"))):
            element = section.find(f"{W}{tag}")
            for name in names if element is not None else ():
                value = element.get(f"{W}{name}") if element is not None else None
                sheet.measures[name] = abs(number(value)) * 25.4 / 1440
        size, grid = section.find(f"{W}pgSz"), section.find(f"{W}docGrid")
        sheet.landscape = size is not None and size.get(f"{W}orient") == "landscape"
        title = section.find(f"{W}titlePg")
        sheet.title_page = title is not None and on(title)
        if grid is not None:
            sheet.grid = str(grid.get(f"{W}type") or "")
            sheet.grid_pitch = number(grid.get(f"{W}linePitch")) / 20

    def _headers_and_footers(self, root: _Element) -> None:
        for sheet, section in zip(self._walked.sheets, _sections(root), strict=False):
            for reference in section:
                header = reference.tag == f"{W}headerReference"
                relation = self._relations.get(str(reference.get(f"{_R}id")))
                if relation is None or not (header or reference.tag == f"{W}footerReference"):
                    continue
                lines = self._part(relation.target, Where.HEADER if header else Where.FOOTER)
                text = "\n".join(self._walked.lines[line].text for line in lines)
                kind = str(reference.get(f"{W}type") or "default")
                sheet.footers.append((ProofFooter(kind=kind, text=text, header=header), lines))

    def _part(self, part: str, where: Where) -> tuple[int, ...]:
        """The lines of a header or footer; one that several sections use is read once."""
        if part not in self._furniture:
            first = len(self._walked.lines)
            root = self._package.tree(part)
            if root is not None:
                self._blocks(root, self._here(part, root, where))
            self._furniture[part] = tuple(range(first, len(self._walked.lines)))
        return self._furniture[part]

    def _footnotes(self) -> None:
        for kind in ("footnotes", "endnotes"):
            part = next((each.target for each in self._relations.values() if each.kind == kind), "")
            root = self._package.tree(part) if part else None
            for note in root if root is not None else ():
                if note.get(f"{W}type") in (None, "normal") and root is not None:
                    self._blocks(note, self._here(part, root, Where.FOOTNOTE))

    def _notes(self, root: _Element) -> None:
        notes = self._walked.notes
        if self._marks["changes"]:
            notes.append(("file-changes", f"有 {self._marks['changes']} 处修订没有定稿，已按“接受修订”来核"))
        if self._marks["hidden"]:
            notes.append(("file-hidden", f"有 {self._marks['hidden']} 处隐藏文字，打印不出来，没有核"))
        comments = self._related("comments")
        if comments is not None and len(comments):
            notes.append(("file-comments", f"有 {len(comments)} 条批注没有处理"))
        if self._walked.pictures:
            notes.append(("file-pictures", f"有 {self._walked.pictures} 处图片，图片里的文字没有核"))
        if any(name.endswith("vbaProject.bin") for name in self._package.names()):
            notes.append(("file-macros", "文件带有宏，没有运行；报送前请另存为不带宏的 .docx"))
        if next(root.iter(f"{W}altChunk"), None) is not None:
            notes.append(("file-chunks", "文件里嵌着另一个文件，没有核那一部分"))


def _choice(element: _Element) -> _Element:
    """What of an AlternateContent is shown."""
    choice = element.find(f"{_MC}Choice")
    fallback = element.find(f"{_MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else element


def _up_to(element: _Element, top: _Element) -> Iterator[_Element]:
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


def _rows(table: _Element) -> Iterator[_Element]:
    for each in table:
        if each.tag == f"{W}tr":
            if each.find(f"{W}trPr/{W}del") is None:
                yield each
        elif each.tag in (f"{W}sdt", f"{W}ins", f"{W}customXml"):
            content = each.find(f"{W}sdtContent")
            yield from _rows(content if content is not None else each)


def _cells(row: _Element) -> Iterator[tuple[_Element, bool]]:
    for each in row:
        if each.tag == f"{W}tc":
            yield each, False
        elif each.tag in (f"{W}sdt", f"{W}customXml"):
            content = each.find(f"{W}sdtContent")
            for cell in (content if content is not None else each).iterchildren(f"{W}tc"):
                yield cell, True


def _sections(root: _Element) -> Iterator[_Element]:
    body = root.find(f"{W}body")
    assert body is not None
    for each in body.iter(f"{W}sectPr"):
        parent = each.getparent()
        if parent is body or (parent is not None and parent.tag == f"{W}pPr"):
            yield each


_Stretch = tuple[str, tuple[ProofRun, ...], tuple[int, ...]]
"""Text, runs of one look, and where the file's own runs begin."""


def _split(parts: Iterable[tuple[str, Properties]]) -> Iterator[tuple[bool, _Stretch, int, bool]]:
    """Each stretch between breaks: is it the first, what stands in it, characters before it, does a page break follow."""
    held: list[tuple[str, Properties]] = []
    first, begins, place = True, 0, 0
    for text, properties in parts:
        for piece in re.split(r"([\n\x0b])", text) if "\n" in text or _BREAK in text else (text,):
            place += len(piece)
            if piece in ("\n", _BREAK):
                yield first, _stretch(held), begins, piece == _BREAK
                held, first, begins = [], False, place
            elif piece:
                held.append((piece, properties))
    yield first, _stretch(held), begins, False


def _stretch(held: list[tuple[str, Properties]]) -> _Stretch:
    runs: list[ProofRun] = []
    cuts, place, at = [], 0, 0
    while at < len(held):
        text, properties = held[at]
        while at + 1 < len(held) and (held[at + 1][1] is properties or held[at + 1][1] == properties):
            cuts.append(place + len(text))
            at += 1
            text += held[at][0]
        runs.append(_run(text, properties))
        place += len(text)
        cuts.append(place)
        at += 1
    return "".join(run.text for run in runs), tuple(runs), tuple(cuts[:-1])


def _run(text: str, properties: Properties) -> ProofRun:
    get = properties.get
    return ProofRun(
        text,
        get("east", ""),
        get("latin", ""),
        get("size", 0.0),
        get("bold", False),
        get("italic", False),
        get("underlined", False),
        get("colour", ""),
    )


def _with_break(look: ParagraphLook, page_break: bool) -> ParagraphLook:
    return replace(look, page_break=page_break)

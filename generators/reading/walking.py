"""A .docx walked through in reading order: body, tables, text boxes, content controls, then footnotes, headers, footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from generators.reading.characters import ALTERNATE, CharacterReader, Pieces, choice, stretches
from generators.reading.furniture import remarks, section_of
from generators.reading.lines import Grid, GridCell, Line, Walked
from generators.reading.numbered import Numbering
from generators.reading.package import Package
from generators.reading.styles import Face, Look, Styles, W, child, number, on, paragraph_properties, styles_of
from model.errors import Refused
from model.proofing import ParagraphLook, Place, ProofFooter, Where

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_LINES = 200_000
_MOST_COLUMNS = 63  # that Word takes
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P, _TBL, _TR, _TC, _SDT, _CONTENT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent"))
_PROPERTIES, _SECTION = f"{W}pPr", f"{W}sectPr"
_THROUGH = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag"))
_GONE = frozenset((f"{W}del", f"{W}moveFrom"))
_PAGED = (Where.HEADER, Where.FOOTER)


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
        """The same with some changes."""
        return replace(self, **changes)


class _Form(NamedTuple):
    """What a w:pPr comes to: face, look, list and level of automatic numbering, whether its mark was deleted, its section."""

    face: Face
    look: ParagraphLook
    lists: str
    level: int
    deleted: bool
    section: Any


class _Walker:
    def __init__(self, package: Package) -> None:
        from lxml.etree import cleanup_namespaces, tostring

        self._strip = cleanup_namespaces
        self._written: Callable[[_Element], str] = partial(tostring, encoding="unicode", with_tail=False)
        self._package = package
        self._relations = package.relations(package.main)
        self._styles: Styles = styles_of(self._bytes("styles"), self._bytes("theme"), package)
        self._numbering = Numbering.read(self._related("numbering"))
        self._walked = Walked()
        self._seen: Counter[str] = Counter()
        self._characters = CharacterReader(self._styles, self._seen, self._written)
        self._carried: list[tuple[str, Look]] = []  # characters of a paragraph whose mark was deleted
        self._break_pending = False
        self._forms: dict[str, _Form] = {}
        self._furniture: dict[str, tuple[int, ...]] = {}

    def walk(self) -> Walked:
        walked, main = self._walked, self._package.main
        root = self._package.tree(main)
        if root is not None:
            self._strip(root)  # a dozen of declarations would be written out with each of the properties below
        body = child(root, f"{W}body") if root is not None else None
        if root is None or body is None:
            raise self._package.damaged(f"{main} 里没有正文")
        settings = self._related("settings")
        walked.odd_even = settings is not None and any(on(each) for each in settings.iter(f"{W}evenAndOddHeaders"))
        walked.ours = b"<Application>Juanzong</Application>" in (self._package.data("docProps/app.xml") or b"")
        sections: list[_Element] = []
        self._blocks(body, self._here(main, root), sections)
        last = child(body, f"{W}sectPr")
        self._sheet(last, len(walked.lines))
        starts = [0, *(sheet.first for sheet in walked.sheets[:-1])]
        for sheet, first in zip(walked.sheets, starts, strict=True):
            sheet.first = first
        self._footnotes()
        self._headers_and_footers([*sections, *([] if last is None else [last])])
        comments = self._related("comments")
        walked.notes += remarks(self._package, self._seen, root, 0 if comments is None else len(comments))
        return walked

    def _target(self, kind: str) -> str:
        return next((each.target for each in self._relations.values() if each.kind == kind), "")

    def _related(self, kind: str) -> _Element | None:
        part = self._target(kind)
        return self._package.tree(part) if part else None

    def _bytes(self, kind: str) -> tuple[str, bytes]:
        part = self._target(kind)
        return part, (self._package.data(part) if part else None) or b""

    @staticmethod
    def _here(part: str, root: _Element, where: Where = Where.BODY) -> _Here:
        return _Here(part, where, ordinals={each: place for place, each in enumerate(root.iter(_P))})

    # blocks

    def _blocks(self, parent: _Element, here: _Here, sections: list[_Element] | None = None) -> None:
        for each in parent:
            tag = each.tag
            if tag == _P:
                section = self._paragraph(each, here)
                if section is not None and sections is not None:
                    sections.append(section)
                    self._sheet(section, len(self._walked.lines))
            elif tag == _TBL:
                self._table(each, here)
            elif tag == _SDT:
                content = child(each, _CONTENT)
                if content is not None:
                    self._blocks(content, here.but(control=True), sections)
            elif tag in _THROUGH:
                self._blocks(each, here, sections)
            elif tag == ALTERNATE:
                self._blocks(choice(each), here, sections)
            elif tag in _GONE:
                self._seen["changes"] += 1

    def _paragraph(self, element: _Element, here: _Here) -> _Element | None:
        """One w:p; the section that it ends, if it ends one."""
        children = iter(element)
        properties = next(children, None)
        if (
            properties is not None and properties.tag != _PROPERTIES
        ):  # it stands first where the file keeps to the schema
            properties, children = child(element, _PROPERTIES), iter(element)
        form = self._form(properties)
        carried, self._carried = self._carried, []
        pieces = Pieces(form.face, here.where in _PAGED, carried)
        offset = -sum(len(text) for text, _ in carried)
        self._characters.read(children, pieces)
        if form.deleted:
            self._seen["changes"] += 1
            self._carried = pieces.parts
        else:
            self._lines(pieces, form, here, here.ordinals.get(element, -1), offset)
        for content in pieces.shapes:
            where = Where.TEXT_BOX if here.where is Where.BODY else here.where
            self._blocks(content, here.but(where=where, boxed=True))
        return child(properties, _SECTION) if form.section and properties is not None else None

    def _form(self, properties: _Element | None) -> _Form:
        """What a paragraph's properties come to; the same properties are worked out once."""
        key = "" if properties is None else self._written(properties)
        known = self._forms.get(key)
        if known is None:
            known = self._forms[key] = self._worked_out(properties)
        return known

    def _worked_out(self, properties: _Element | None) -> _Form:
        named = child(properties, f"{W}pStyle") if properties is not None else None
        style = str(named.get(f"{W}val")) if named is not None else ""
        whole = dict(self._styles.paragraph_of(style))
        if properties is not None:
            own = paragraph_properties(properties)
            if "number" in own and not own["number"][0] and "number" in whole:
                own["number"] = whole["number"][0], own["number"][1]
            whole |= own
        lists, level = whole.pop("number", ("", 0))
        mark = child(properties, f"{W}rPr") if properties is not None else None
        deleted = mark is not None and child(mark, f"{W}del") is not None
        section = properties is not None and child(properties, f"{W}sectPr") is not None
        return _Form(
            self._styles.face(style), ParagraphLook(**whole), "" if lists == "0" else lists, level, deleted, section
        )

    def _lines(self, pieces: Pieces, form: _Form, here: _Here, ordinal: int, offset: int) -> None:
        """One line for each stretch between breaks; the number belongs to the first."""
        auto = self._numbering.next(form.lists, form.level) if form.lists else ""
        look = form.look
        for first, (text, runs, cuts), skipped, breaks in stretches(pieces.parts):
            place = Place(
                here.where, here.table, here.row, here.column, here.control, here.part, ordinal, offset + skipped
            )
            own = look
            if self._break_pending or (look.page_break and not first):
                own = replace(look, page_break=self._break_pending)
            self._break_pending = breaks
            line = Line(text, place, runs, own, cuts=cuts)
            if first:
                line.auto = auto
            self._walked.lines.append(line)
        if len(self._walked.lines) > MOST_LINES:
            raise Refused("没有核这份文件", self._package.name, f"超过 {MOST_LINES} 段，不像公文", "请分成几份再核")

    # tables

    def _table(self, element: _Element, here: _Here) -> None:
        if here.table:  # a table inside a table belongs to the outer one's cell
            for cell in element.iter(_TC):
                if next(cell.iterancestors(_TBL)) is element:
                    self._blocks(cell, here)
            return
        grid = Grid(len(self._walked.grids) + 1, len(self._walked.lines), boxed=here.boxed)
        self._walked.grids.append(grid)
        spanning: dict[int, GridCell] = {}
        for row, line in enumerate(_rows(element), 1):
            about = child(line, f"{W}trPr")
            header = child(about, f"{W}tblHeader") if about is not None else None
            grid.header += header is not None and on(header) and grid.header == row - 1
            before = child(about, f"{W}gridBefore") if about is not None else None
            first = 1 + (int(number(before.get(f"{W}val"))) if before is not None else 0)
            grid.rows.append(self._row(line, row, first, grid, here, spanning))
        grid.after = len(self._walked.lines)

    def _row(
        self, element: _Element, row: int, column: int, grid: Grid, here: _Here, spanning: dict[int, GridCell]
    ) -> list[GridCell]:
        cells: list[GridCell] = []
        where = here.where if here.where is not Where.BODY else Where.TABLE
        for each, controlled in _cells(element):
            columns, merge = _spans(each)
            again = column in spanning and _said_again(each)
            if (merge == "continue" or again) and column in spanning:
                cell = spanning[column]
                cell.rows += 1
            else:
                cell = GridCell(row, column, columns)
                cells.append(cell)
                spanning.pop(column, None)
                if merge:
                    spanning[column] = cell
            first = len(self._walked.lines)
            control = here.control or controlled
            self._blocks(each, here.but(table=grid.number, row=row, column=column, control=control, where=where))
            inner = range(first, len(self._walked.lines))
            if not again:
                cell.lines += [place for place in inner if cell.row == row or self._walked.lines[place].text]
            column += columns
        return cells

    # sections, headers, footers, footnotes

    def _sheet(self, section: _Element | None, after: int) -> None:
        self._walked.sheets.append(section_of(section, after))

    def _headers_and_footers(self, sections: list[_Element]) -> None:
        for sheet, section in zip(self._walked.sheets, sections, strict=False):
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
            part = self._target(kind)
            root = self._package.tree(part) if part else None
            if root is None:
                continue
            here = self._here(part, root, Where.FOOTNOTE)
            for note in root:
                if note.get(f"{W}type") in (None, "normal"):
                    self._blocks(note, here)


def _said_again(cell: _Element) -> bool:
    """Whether a cell only says overleaf what the group that goes on there is called."""
    return any(style.get(f"{W}val") == "公文续格" for style in cell.iter(f"{W}pStyle"))


def _spans(cell: _Element) -> tuple[int, str]:
    """How many columns a cell spans, and restart or continue in a vertical merge."""
    properties = child(cell, f"{W}tcPr")
    if properties is None:
        return 1, ""
    span, merge = child(properties, f"{W}gridSpan"), child(properties, f"{W}vMerge")
    columns = min(_MOST_COLUMNS, max(1, int(number(span.get(f"{W}val"))))) if span is not None else 1
    if merge is None:
        return columns, ""
    return columns, "restart" if merge.get(f"{W}val") == "restart" else "continue"


def _rows(table: _Element) -> Iterator[_Element]:
    for each in table:
        if each.tag == _TR:
            about = child(each, f"{W}trPr")
            if about is None or child(about, f"{W}del") is None:
                yield each
        elif each.tag == _SDT or each.tag in _THROUGH:
            content = child(each, _CONTENT)
            yield from _rows(content if content is not None else each)


def _cells(row: _Element) -> Iterator[tuple[_Element, bool]]:
    for each in row:
        if each.tag == _TC:
            yield each, False
        elif each.tag == _SDT or each.tag in _THROUGH:
            content = child(each, _CONTENT)
            for cell in (content if content is not None else each).iterchildren(_TC):
                yield cell, True

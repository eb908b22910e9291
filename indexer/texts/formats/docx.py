"""Word documents (.docx): body, tables, text boxes, content controls, ticks; changes as accepted; headers, notes, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from indexer.texts.formats.members import embedded
from indexer.texts.formats.package import Package
from indexer.texts.formats.symbols import plain, symbol
from indexer.texts.jobs import Job
from indexer.texts.places import AnnexPlaces
from model.texts import TextPage

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "urn:schemas-microsoft-com:vml",
)
_W, _W_STRICT, _MC, _M, _V = (f"{{{space}}}" for space in _SPACES)
_OWN = (
    "p tbl tr tc r t tab ptab br cr noBreakHyphen sym drawing pict object fldChar lastRenderedPageBreak txbxContent"
    " footnote endnote comment"
)
_THROUGH = "body sdt sdtContent ins moveTo smartTag customXml hyperlink fldSimple dir bdo ruby rubyBase Choice"
_NAMES: dict[object, str] = {
    **{f"{space}{name}": name for space in (_W, _W_STRICT) for name in _OWN.split()},
    **{f"{space}{name}": "through" for space in (_W, _W_STRICT, _MC) for name in _THROUGH.split()},
    f"{_MC}AlternateContent": "alternate",
    f"{_M}oMath": "formula",
    f"{_M}oMathPara": "formula",
}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BESIDE = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"), ("comments", "批注"))


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """The body by the pages of Word's last layout (one page where it kept none), then what stands beside it."""
    package = Package(content)
    main = package.main("word/document.xml")
    body = _Walk()
    body.container(package.xml(main))
    for page, found in groupby(body.blocks, key=lambda block: block[0]):
        label = f"第{page}页" if body.page > 1 else ""
        yield TextPage(label, job.blocks((text, place) for _, text, place in found))
    related = package.relations(main)
    yield from _beside(package, related, job)
    if "vbaProject" in {kind for kind, _ in related.values()}:
        job.remark("含宏，没有运行")
    yield from embedded(package, job)


def _beside(package: Package, related: dict[str, tuple[str, str]], job: Job) -> Iterator[TextPage]:
    """Headers, footers, notes and comments, each wording once."""
    for wanted, label in _BESIDE:
        told: dict[str, str] = {}
        for kind, target in related.values():
            if kind == wanted and package.find(target):
                walk = _Walk()
                walk.container(package.xml(target))
                told |= {text: place for _, text, place in walk.blocks}
        if blocks := job.blocks(told.items()):
            yield TextPage(label, blocks, beside=True)


@dataclass(slots=True)
class _Walk:
    """A walk through a part in reading order. blocks: (page, text, place); page: the page reached."""

    page: int = 1
    blocks: list[tuple[int, str, str]] = field(default_factory=list)
    _places: AnnexPlaces = field(default_factory=AnnexPlaces)

    def container(self, element: _Element) -> None:
        """Paragraphs and tables below an element."""
        for child in element:
            name = _NAMES.get(child.tag)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "alternate":
                self.container(_choice(child))
            elif name == "through" or (name in ("footnote", "endnote", "comment") and not _separator(child)):
                self.container(child)

    def _paragraph(self, element: _Element) -> None:
        words = _Words()
        words.gather(element)
        boxes_first = words.box_first
        if words.breaks_first:
            self.page += words.breaks_first
        if boxes_first:
            self._boxes(words)
        text = words.text
        if text.strip():
            self.blocks.append((self.page, text, self._places.paragraph(text)))
        if not boxes_first:
            self._boxes(words)
        self.page += words.breaks - words.breaks_first

    def _boxes(self, words: _Words) -> None:
        for box in words.boxes:
            if isinstance(box, str):
                self.blocks.append((self.page, box, self._places.paragraph(box)))
            else:
                self.container(box)

    def _table(self, element: _Element) -> None:
        table = self._places.table()
        for number, row in enumerate(_inner(element, "tr"), 1):
            if _deleted(row):
                continue
            breaks = 0
            cells = []
            for cell in _inner(row, "tc"):
                text, turned = _cell(cell)
                cells.append(text)
                breaks = max(breaks, turned)
            apart = "\n" if len(cells) == 1 else " "
            self.blocks.append((self.page, "\t".join(apart.join(lines) for lines in cells), f"{table}第{number}行"))
            self.page += breaks


def _cell(cell: _Element) -> tuple[list[str], int]:
    """The paragraphs of a cell, those of tables and boxes in it among them, and how often the page turns in it."""
    walk = _Walk()
    walk.container(cell)
    return [text.replace("\t", " ").replace("\n", " ") for _, text, _ in walk.blocks], walk.page - 1


def _inner(element: _Element, wanted: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, through content controls and tracked changes."""
    for child in element:
        name = _NAMES.get(child.tag)
        if name == wanted:
            yield child
        elif name == "through":
            yield from _inner(child, wanted)


def _deleted(row: _Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _separator(note: _Element) -> bool:
    return "eparat" in (note.get(f"{_W}type") or "") or "otice" in (note.get(f"{_W}type") or "")


def _choice(alternate: _Element) -> _Element:
    """One of the alternatives, which say the same: the newer one, else what stands in for it."""
    return next(iter(alternate.findall(f"{_MC}Choice") or alternate.findall(f"{_MC}Fallback")), alternate)


@dataclass(slots=True)
class _Words:
    """What one paragraph holds: its characters, the text boxes anchored in it, the page breaks of Word's last layout."""

    told: list[str] = field(default_factory=list)
    boxes: list[_Element | str] = field(default_factory=list)
    breaks: int = 0
    breaks_first: int = 0  # those before the first character
    box_first: bool = False  # whether the first box comes before the first character

    @property
    def text(self) -> str:
        """The characters, signs of the symbol faces put right."""
        return plain("".join(self.told))

    def gather(self, element: _Element) -> None:
        """Take in what stands below an element; deleted text and field codes are passed over."""
        for child in element:
            name = _NAMES.get(child.tag)
            if name == "r" or name == "through":
                self.gather(child)
            elif name == "t":
                self.told.append(child.text or "")
            elif name in _SIGNS:
                self.told.append(_SIGNS[name])
            elif name is not None:
                self._special(name, child)

    def _special(self, name: str, child: _Element) -> None:
        if name == "sym":
            space = _space(child)
            self.told.append(symbol(child.get(f"{space}font") or "", child.get(f"{space}char") or ""))
        elif name == "lastRenderedPageBreak":
            self.breaks += 1
            self.breaks_first += not any(part.strip() for part in self.told)
        elif name == "fldChar":
            self.told.append(_form_box(child))
        elif name == "formula":
            self.told.append("".join(part.text or "" for part in child.iter(f"{_M}t")))
        elif name == "alternate":
            self._alternate(child)
        elif name in ("drawing", "pict", "object"):
            self._drawn(child)

    def _alternate(self, element: _Element) -> None:
        choice = _choice(element)
        before = len(self.boxes)
        self.gather(choice)
        if len(self.boxes) == before:
            self._drawn(choice)

    def _drawn(self, element: _Element) -> None:
        """The text boxes and the word art of a drawing; what an alternative repeats is taken once."""
        if not self.boxes:
            self.box_first = not any(part.strip() for part in self.told)
        for found in element.iter(f"{_W}txbxContent", f"{_W_STRICT}txbxContent", f"{_V}textpath"):
            if _repeated(found, element):
                continue
            if found.tag == f"{_V}textpath":
                self.boxes.append(found.get("string") or "")
            else:
                self.boxes.append(found)


def _repeated(found: _Element, top: _Element) -> bool:
    """Whether this stands in a fallback, or in another text box, whose own reading meets it."""
    for parent in found.iterancestors():
        if parent is top:
            return False
        if parent.tag == f"{_MC}Fallback" or _NAMES.get(parent.tag) == "txbxContent":
            return True
    return False


def _space(element: _Element) -> str:
    return _W if str(element.tag).startswith(_W) else _W_STRICT


def _form_box(mark: _Element) -> str:
    """A tick box of an old form field."""
    space = _space(mark)
    box = mark.find(f"{space}ffData/{space}checkBox")
    if box is None:
        return ""
    state = box.find(f"{space}checked")
    if state is None:
        state = box.find(f"{space}default")
    on = state is not None and state.get(f"{space}val", "1") not in ("0", "false")
    return "☑" if on else "□"

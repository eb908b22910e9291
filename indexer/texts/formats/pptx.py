"""Slides (.pptx): the words of each slide in its own order, tables by row, then its notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indexer.texts.formats.members import embedded
from indexer.texts.formats.package import Package
from indexer.texts.jobs import Job
from model.texts import TextPage

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_A_STRICT = "{http://purl.oclc.org/ooxml/drawingml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """A page a slide in the order they are shown."""
    package = Package(content)
    main = package.main("ppt/presentation.xml")
    related = package.relations(main)
    slides = (element.get(_R) or element.get(_R_STRICT) for element in package.xml(main).iter("{*}sldId"))
    for number, slide in enumerate(slides, 1):
        kind, target = related.get(slide or "", ("", ""))
        if kind != "slide" or not package.find(target):
            continue
        told = list(_lines(package.xml(target)))
        for kind, beside in package.relations(target).values():
            if kind == "notesSlide" and package.find(beside):
                told += [(text, "备注") for text, _ in _lines(package.xml(beside)) if text != str(number)]
        yield TextPage(f"第{number}页", job.blocks(told))
    if "vbaProject" in {kind for kind, _ in related.values()}:
        job.remark("含宏，没有运行")
    yield from embedded(package, job)


def _lines(root: _Element) -> Iterator[tuple[str, str]]:
    tables = 0
    for element in root.iter("{*}p", "{*}tbl"):
        if element.tag in (f"{_A}tbl", f"{_A_STRICT}tbl"):
            tables += 1
            for number, row in enumerate(element.iterchildren("{*}tr"), 1):
                cells = (" ".join(_text(p) for p in cell.iter("{*}p")) for cell in row.iterchildren("{*}tc"))
                yield "\t".join(cells), f"表{tables}第{number}行"
        elif not any(parent.tag in (f"{_A}tc", f"{_A_STRICT}tc") for parent in element.iterancestors()):
            yield _text(element), ""


def _text(paragraph: _Element) -> str:
    return "".join(
        "\n" if element.tag.endswith("}br") else element.text or ""
        for element in paragraph.iter("{*}t", "{*}br")
        if isinstance(element.tag, str)
    )

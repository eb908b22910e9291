"""OFD (GB/T 33190-2016): the characters of each page with its template and its annotations, in the order they lie on it.

Paths in real files are absolute, relative or of the wrong case, and text runs do not stand in reading order.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.texts.formats.members import pages_of_member
from indexer.texts.formats.package import Package
from indexer.texts.jobs import Job
from model.texts import PageState, TextPage

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 8  # composite objects inside composite objects


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters at a place; millimetres from the page's top left corner."""

    x: float
    y: float
    size: float
    end: float
    text: str


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """All bodies' pages, then the attachments."""
    package = Package(content)
    root = package.xml(package.find("OFD.xml") or "OFD.xml")
    number = 0
    for body in root.iter("{*}DocRoot"):
        document = _Body(package, _place("", body.text))
        for page in document.pages(job):
            number += 1
            yield replace(page, label=f"第{number}页")
        for name, inner in document.attachments():
            yield from pages_of_member(name, inner, job)


def _place(folder: str, told: str | None) -> str:
    """A path of the package: one that begins with a slash counts from the root."""
    told = (told or "").strip().replace("\\", "/")
    return told.lstrip("/") if told.startswith("/") else posixpath.normpath(posixpath.join(folder, told))


class _Body:
    """One document of the package."""

    def __init__(self, package: Package, root: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(root)
        self._root = package.xml(root)
        self._units: dict[str, _Element] = {}
        self._media: dict[str, str] = {}
        for name in ("PublicRes", "DocumentRes"):
            for element in self._root.iter(f"{{*}}{name}"):
                self._resources(_place(self._folder, element.text))
        self._templates = {
            element.get("ID"): _place(self._folder, element.get("BaseLoc"))
            for element in self._root.iter("{*}TemplatePage")
        }
        self._notes = dict(self._annotations())

    def _part(self, name: str) -> _Element | None:
        return self._package.xml(name) if self._package.find(name) else None

    def _resources(self, name: str) -> None:
        """Composite units and pictures of a resource file."""
        root = self._part(name)
        if root is None:
            return
        base = _place(posixpath.dirname(name), root.get("BaseLoc") or ".")
        self._units |= {element.get("ID", ""): element for element in root.iter("{*}CompositeGraphicUnit")}
        for element in root.iter("{*}MultiMedia"):
            file = element.find("{*}MediaFile")
            if element.get("Type") == "Image" and file is not None:
                self._media[element.get("ID", "")] = _place(base, file.text)

    def _annotations(self) -> Iterator[tuple[str, _Element]]:
        for element in self._root.iter("{*}Annotations"):
            name = _place(self._folder, element.text)
            listed = self._part(name)
            for page in () if listed is None else listed.iter("{*}Page"):
                file = page.find("{*}FileLoc")
                part = self._part(_place(posixpath.dirname(name), file.text)) if file is not None else None
                if part is not None:
                    yield page.get("PageID", ""), part

    def pages(self, job: Job) -> Iterator[TextPage]:
        """Its pages, not yet labelled."""
        listed = self._root.find("{*}Pages")
        for page in () if listed is None else listed.iterchildren("{*}Page"):
            name = _place(self._folder, page.get("BaseLoc"))
            content = self._part(name)
            if content is None:
                job.remark("有的页损坏，没有读出")
                yield TextPage("", (), PageState.BLANK)
                continue
            for element in content.iter("{*}PageRes"):
                self._resources(_place(posixpath.dirname(name), element.text))
            yield self._read(page.get("ID", ""), content, job)

    def _read(self, number: str, content: _Element, job: Job) -> TextPage:
        runs: list[_Run] = []
        parts = [self._part(self._templates.get(used.get("TemplateID"), "")) for used in content.iter("{*}Template")]
        for part in [*parts, content, self._notes.get(number)]:
            if part is not None:
                runs += self._runs(part, 0.0, 0.0, 0)
        if runs:
            return TextPage("", job.blocks(_lines(runs)))
        pictures = [element.get("ResourceID", "") for element in content.iter("{*}ImageObject")]
        return self._recognised(pictures, job)

    def _recognised(self, pictures: list[str], job: Job) -> TextPage:
        names = [self._media[picture] for picture in pictures if self._package.find(self._media.get(picture, ""))]
        if not names:
            return TextPage("", (), PageState.BLANK)
        if job.recognise is None:
            return TextPage("", (), PageState.IMAGE)
        from indexer.texts.formats import image

        found = [page for name in names for page in image.read(self._package.read(name), job)]
        blocks = tuple(block for page in found for block in page.blocks)
        score = min(page.score or 0.0 for page in found)
        return TextPage("", blocks, PageState.OCR if blocks else PageState.BLANK, score)

    def _runs(self, part: _Element, left: float, top: float, depth: int) -> Iterator[_Run]:
        """The runs below an element; `left` and `top` are where the box around it lies."""
        for element in part.iter("{*}TextObject", "{*}CompositeObject"):
            box = _numbers(element.get("Boundary"))
            x, y = (left + box[0], top + box[1]) if len(box) >= 2 else (left, top)
            if str(element.tag).endswith("}CompositeObject"):
                unit = self._units.get(element.get("ResourceID", ""))
                if unit is not None and depth < _DEEPEST:
                    yield from self._runs(unit, x, y, depth + 1)
            else:
                yield from _codes(element, x, y)

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of the files attached."""
        for element in self._root.iter("{*}Attachments"):
            name = _place(self._folder, element.text)
            listed = self._part(name)
            for attached in () if listed is None else listed.iter("{*}Attachment"):
                file = attached.find("{*}FileLoc")
                place = _place(posixpath.dirname(name), file.text) if file is not None else ""
                if self._package.find(place):
                    ending = posixpath.splitext(place)[1]
                    yield f"{attached.get('Name') or '附件'}{ending}", self._package.read(place)


def _codes(element: _Element, x: float, y: float) -> Iterator[_Run]:
    """The runs of one text object; one without X or Y goes on from the one before."""
    size = next(iter(_numbers(element.get("Size"))), 3.0)
    scale = _numbers(element.get("CTM"))
    across, down = (abs(scale[0]) or 1.0, abs(scale[3]) or 1.0) if len(scale) == 6 else (1.0, 1.0)
    at_x = at_y = 0.0
    for code in element.iter("{*}TextCode"):
        at_x = next(iter(_numbers(code.get("X"))), at_x)
        at_y = next(iter(_numbers(code.get("Y"))), at_y)
        text = code.text or ""
        steps = _steps(code.get("DeltaX"))
        width = (sum(steps) + size if steps else size * len(text)) * across
        if text.strip():
            yield _Run(x + at_x * across, y + at_y * down, size * down, x + at_x * across + width, text)


def _numbers(told: str | None) -> list[float]:
    try:
        return [float(number) for number in (told or "").split()]
    except ValueError:
        return []


def _steps(told: str | None) -> list[float]:
    """DeltaX: numbers, where `g 3 2.5` says 2.5 three times."""
    found: list[float] = []
    words = (told or "").split()
    try:
        while words:
            word = words.pop(0)
            if word == "g":
                count, step = int(words.pop(0)), float(words.pop(0))
                found += [step] * min(count, 10_000)
            else:
                found.append(float(word))
    except (ValueError, IndexError):
        return found
    return found


def _lines(runs: list[_Run]) -> Iterator[str]:
    """Runs whose heights differ by less than half a character are one line, read from the left."""
    line: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if line and run.y - line[0].y > 0.5 * min(run.size, line[0].size):
            yield _joined(line)
            line = []
        line.append(run)
    if line:
        yield _joined(line)


def _joined(line: list[_Run]) -> str:
    line.sort(key=lambda run: run.x)
    told = line[0].text
    for before, run in pairwise(line):
        apart = run.x - before.end
        latin = told[-1:].isascii() and run.text[:1].isascii()
        told += (" " if apart > (0.15 if latin else 0.8) * run.size else "") + run.text
    return told

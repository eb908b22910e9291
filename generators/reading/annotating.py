"""A copy of a .docx with the findings as Word comments (批注) at the words they are about. The file itself is never touched."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING

from generators.reading.package import Package
from generators.reading.styles import SPACE, W
from model.findings import Finding
from model.proofing import ProofDocument, ProofParagraph, Role

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR, INITIALS = "卷宗核稿", "核"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LENGTHS = {f"{W}tab": 1, f"{W}ptab": 1, f"{W}br": 1, f"{W}cr": 1, f"{W}noBreakHyphen": 1, f"{W}sym": 1}
_ASIDE = frozenset((f"{W}del", f"{W}moveFrom", f"{W}txbxContent"))


def annotate(content: bytes, read: ProofDocument, findings: Iterable[Finding], when: datetime) -> bytes:
    """The .docx with a comment for each finding, anchored at its words; one without a place stands at the title.

    `read` is what `read_docx` made of the same bytes. Raises Refused where the package cannot be read.
    """
    package = Package(content, read.file)
    root = package.tree(package.main)
    assert root is not None  # it was read before
    found = next((each for each in package.relations(package.main).values() if each.kind == "comments"), None)
    part = found.target if found else posixpath.join(posixpath.dirname(package.main), "comments.xml")
    comments = package.tree(part) if found else None
    if comments is None:
        comments = _element("comments")
    paragraphs = list(root.iter(f"{W}p"))
    number = _first_free(comments)
    for finding in findings:
        place = _placed(read, finding, package.main)
        if place is not None and 0 <= place.place.ordinal < len(paragraphs):
            _anchor(paragraphs[place.place.ordinal], _span(place, finding), number)
            comments.append(_comment(number, finding, when))
            number += 1
    changed = {package.main: root, part: comments}
    if not found:
        changed |= {"[Content_Types].xml": _typed(package, part), _relations_of(package.main): _related(package, part)}
    return package.with_parts(changed)


def _placed(read: ProofDocument, finding: Finding, main: str) -> ProofParagraph | None:
    """The paragraph that a comment hangs on: its own, else the title, else the first with words."""
    if finding.paragraph and finding.paragraph <= len(read.paragraphs):
        own = read.paragraph(finding.paragraph)
        if own.place.part == main:
            return own
    there = [each for each in read.paragraphs if each.place.part == main and each.text.strip()]
    return next((each for each in there if each.role is Role.TITLE), there[0] if there else None)


def _span(paragraph: ProofParagraph, finding: Finding) -> tuple[int, int]:
    """From which to which character of the w:p the comment reaches: the excerpt where it is found, else the whole line."""
    text, offset = paragraph.text, paragraph.place.offset
    excerpt = (finding.excerpt or "").strip("…").strip()
    start = text.find(excerpt) if excerpt and finding.paragraph == paragraph.index else -1
    if start < 0:
        return offset, offset + len(text)
    return offset + start, offset + start + len(excerpt)


def _anchor(paragraph: _Element, span: tuple[int, int], number: int) -> None:
    """Put the marks round the runs of a span, runs parted where it begins or ends within one."""
    runs = _runs(paragraph)
    inside = [run for run, start, end in _parted(runs, span) if start < span[1] and end > span[0]]
    first, last = (inside[0], inside[-1]) if inside else (None, None)
    begin, end, mark = _element("commentRangeStart"), _element("commentRangeEnd"), _reference(number)
    for each in (begin, end):
        each.set(f"{W}id", str(number))
    if first is None or last is None:
        properties = paragraph.find(f"{W}pPr")
        place = 0 if properties is None else 1
        paragraph.insert(place, begin)
        paragraph.insert(place + 1, end)
        paragraph.insert(place + 2, mark)
        return
    first.addprevious(begin)
    last.addnext(end)
    end.addnext(mark)


def _runs(paragraph: _Element) -> list[tuple[_Element, int, int]]:
    """The runs of a paragraph with their first and last character, as reading counts them."""
    found, place = [], 0
    for run in paragraph.iter(f"{W}r"):
        owner = next(run.iterancestors(f"{W}p"), None)
        if owner is not paragraph or any(each.tag in _ASIDE for each in _between(run, paragraph)):
            continue
        length = sum(len(each.text or "") if each.tag == f"{W}t" else _LENGTHS.get(str(each.tag), 0) for each in run)
        found.append((run, place, place + length))
        place += length
    return found


def _between(run: _Element, paragraph: _Element) -> Iterable[_Element]:
    for each in run.iterancestors():
        if each is paragraph:
            return
        yield each


def _parted(runs: Sequence[tuple[_Element, int, int]], span: tuple[int, int]) -> list[tuple[_Element, int, int]]:
    """The runs, those that hold nothing but text split at the ends of the span."""
    for cut in span:
        after: list[tuple[_Element, int, int]] = []
        for run, start, end in runs:
            texts = [each for each in run if each.tag != f"{W}rPr"]
            if start < cut < end and len(texts) == 1 and texts[0].tag == f"{W}t":
                other = deepcopy(run)
                run.addnext(other)
                _keep(run, slice(None, cut - start))
                _keep(other, slice(cut - start, None))
                after += [(run, start, cut), (other, cut, end)]
            else:
                after.append((run, start, end))
        runs = after
    return list(runs)


def _keep(run: _Element, kept: slice) -> None:
    """Of a run's one text keep a part."""
    element = run.find(f"{W}t")
    if element is not None:
        element.text = (element.text or "")[kept]
        element.set(SPACE, "preserve")


def _reference(number: int) -> _Element:
    run, mark = _element("r"), _element("commentReference")
    mark.set(f"{W}id", str(number))
    run.append(mark)
    return run


def _comment(number: int, finding: Finding, when: datetime) -> _Element:
    """A comment: what is wrong, by which rule, what would be right."""
    comment = _element("comment")
    for name, value in (
        ("id", str(number)),
        ("author", AUTHOR),
        ("initials", INITIALS),
        ("date", f"{when:%Y-%m-%dT%H:%M:%SZ}"),
    ):
        comment.set(f"{W}{name}", value)
    lines = [f"{finding.severity.chinese}（{finding.rule}）：{finding.message}"]
    lines += [f"改法：{finding.fix}"] if finding.fix else []
    for line in lines:
        paragraph, run, text = _element("p"), _element("r"), _element("t")
        text.text = line
        run.append(text)
        paragraph.append(run)
        comment.append(paragraph)
    return comment


def _element(name: str) -> _Element:
    from lxml import etree

    return etree.Element(f"{W}{name}", nsmap={"w": W[1:-1]})


def _first_free(comments: _Element) -> int:
    used = [int(value) for each in comments if (value := str(each.get(f"{W}id") or "")).isdecimal()]
    return max(used, default=-1) + 1


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _typed(package: Package, part: str) -> _Element:
    from lxml import etree

    root = package.tree("[Content_Types].xml")
    if root is None:
        root = etree.Element(f"{{{_TYPES}}}Types")
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
    return root


def _related(package: Package, part: str) -> _Element:
    from lxml import etree

    root = package.tree(_relations_of(package.main))
    if root is None:
        root = etree.Element(f"{{{_RELATIONS}}}Relationships")
    used = {str(each.get("Id")) for each in root}
    free = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=free, Type=_COMMENTS, Target=f"/{part}")
    return root

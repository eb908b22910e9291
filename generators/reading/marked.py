"""A text in our markup as a `ProofDocument`: the paper that it would become, with the lines of the text beside its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generators.marking import markup
from generators.pages.layout import Layout
from generators.pages.writer import write
from generators.reading.reading import read_docx
from model.proofing import Place, ProofDocument, ProofParagraph, Role, Source

_MARKS = re.compile(r"[\\*#|\s\u3000]|\{顶格\}|^[-+>]\s|^\d+[.)]\s")
_ADDED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+\.|附件[:：]?\d*\.?|..：)|(?:文件|命令|令|纪要)$|。$"
)
"""What the layout adds to an element's words: ordinals, labels, the mark's ending."""
_OURS = (Role.BLANK, Role.FOOTER, Role.HEADER)


def read_markup(text: str, layout: Layout, file: str = "") -> ProofDocument:
    """The paper of a marked-up text. Raises FaultyInput with every fault of the markup, by line."""
    document, findings = markup.parse(text, file)
    made = read_docx(write(document, layout), file)
    lines = [_core(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    paragraphs = tuple(_lined(made.paragraphs, lines))
    return replace(
        made, source=Source.MARKUP, document=document, paragraphs=paragraphs, remarks=(*findings, *made.remarks)
    )


def _lined(paragraphs: tuple[ProofParagraph, ...], lines: list[str]) -> Iterator[ProofParagraph]:
    """Each paragraph with the line that its words stand in, looked for from the line of the one before it on."""
    last = 0
    for paragraph in paragraphs:
        line = None
        place = Place(
            paragraph.place.where, paragraph.place.table, paragraph.place.row, paragraph.place.column, part=""
        )
        if paragraph.role not in _OURS:
            line = _line_of(paragraph, lines, last)
            if line is not None and paragraph.role in (Role.BODY, Role.HEADING, Role.ITEM, Role.CELL):
                last = line
        yield paragraph._replace(place=place, line=None if line is None else line + 1)


def _line_of(paragraph: ProofParagraph, lines: list[str], last: int) -> int | None:
    core = _core(paragraph.text).rstrip("：")
    bodies = (core, _ADDED.sub("", core).strip("（）"))
    for wanted in (each[:12] for each in bodies if each):
        for start, end in ((last, len(lines)), (0, last)):
            found = next((line for line in range(start, end) if wanted in lines[line]), None)
            if found is not None:
                return found
    return None


def _core(text: str) -> str:
    return _MARKS.sub("", text)

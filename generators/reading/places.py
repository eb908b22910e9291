"""Where a finding stands, in a clerk's words."""

from __future__ import annotations

from model.findings import Finding
from model.proofing import ProofDocument, ProofParagraph, Role, Where

_ASIDE = (Where.TEXT_BOX, Where.HEADER, Where.FOOTER, Where.FOOTNOTE)


def called(read: ProofDocument) -> str:
    """What a paper is called: its title, an order (令), which has none, by its mark; "" where neither was recognised."""
    return read.document.title or "".join("".join(each.text.split()) for each in read.of(Role.MARK))


def place_of(paragraph: ProofParagraph) -> str:
    """What and where a paragraph is: 主送机关, 表2第3行第1列, 附件2的标题, 页脚."""
    place = paragraph.place
    if place.table and paragraph.role is Role.CELL:
        return f"表{place.table}第{place.row}行第{place.column}列"
    if place.where in _ASIDE and paragraph.role in (Role.BODY, Role.TEXT_BOX, Role.HEADER, Role.FOOTER, Role.FOOTNOTE):
        return place.where.value
    if paragraph.role in (Role.HEADING, Role.ITEM) and paragraph.level:
        return f"{'一二三四'[paragraph.level - 1]}级{'标题' if paragraph.role is Role.HEADING else '条目'}"
    return paragraph.role.value


def where(read: ProofDocument, finding: Finding) -> str:
    """Page, line and element of a finding; 全文 where it is about the whole document."""
    told = [f"第{finding.page}页"] if finding.page else []
    told += [f"第{finding.line}行"] if finding.line else []
    if finding.paragraph and finding.paragraph <= len(read.paragraphs):
        told.append(place_of(read.paragraph(finding.paragraph)))
    return " ".join(told) or "全文"

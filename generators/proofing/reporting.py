"""The proof-reader's report (核稿报告) as a document of our own, for the file of the paper it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generators.reading.places import called, where
from model.documents import Block, Cell, Document, Heading, Item, Paragraph, RedHead, Run, Table
from model.findings import Finding, Severity
from model.proofing import ProofDocument
from model.wording import chinese_date

_COLUMNS = ("序号", "位置", "轻重", "规则", "问题", "原文", "改法")
_WIDTHS = (3.0, 7.0, 3.0, 4.5, 16.0, 12.0, 14.0)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Proofed:
    """A paper that was read, and what there is to say about it."""

    read: ProofDocument
    findings: tuple[Finding, ...]


def report(papers: Sequence[Proofed], off: Sequence[str], on: date) -> Document:
    """The report on some papers; `off` are the rules switched off, each as number and wording."""
    found = [finding for paper in papers for finding in paper.findings]
    opening = f"{chinese_date(on)}核对文稿{len(papers)}份，{_counted(found)}。{'' if off else '没有停用的规则。'}"
    body: list[Block] = [Paragraph((Run(opening),))]
    for paper in papers:
        body += _paper(paper)
    if off:
        body.append(Heading(1, "停用的规则"))
        body.append(Paragraph((Run(f"按本单位的版面方案，以下{len(off)}条规则没有使用："),)))
        body += [Item(3, (Run(each),)) for each in off]
    return Document(title="核稿报告", body=tuple(body), red_head=RedHead.NONE, landscape=True)


def _counted(found: Sequence[Finding]) -> str:
    counts = [(each.chinese, sum(finding.severity is each for finding in found)) for each in Severity]
    told = "、".join(f"{word}{count}处" for word, count in counts if count)
    return f"发现{told}" if told else "没有发现问题"


def _paper(paper: Proofed) -> Iterator[Block]:
    name = Path(paper.read.file).name or "文稿"
    yield Heading(1, name)
    title = called(paper.read)
    known = f"标题：{title}。" if title else "没有认出标题。"
    yield Paragraph((Run(f"{known}{paper.read.source.value}，{_counted(paper.findings)}。"),))
    if paper.findings:
        header = tuple(Cell(column) for column in _COLUMNS)
        rows = tuple(_row(number, finding, paper.read) for number, finding in enumerate(paper.findings, 1))
        yield Table(header=(header,), rows=rows, widths=_WIDTHS)


def _row(number: int, finding: Finding, read: ProofDocument) -> tuple[Cell, ...]:
    excerpt = (finding.excerpt or "").replace("\n", " ").replace("\t", " ")
    excerpt = excerpt if len(excerpt) <= _LONGEST else f"{excerpt[:_LONGEST]}…"
    return (
        Cell(str(number)),
        Cell(where(read, finding), align="左"),
        Cell(finding.severity.chinese),
        Cell(finding.rule),
        Cell(finding.message, align="左"),
        Cell(excerpt, align="左"),
        Cell(finding.fix or "", align="左"),
    )

"""Writing documents beside python-docx with its default template, on the same three-page paper and the same one-page order.

Then a batch of orders on disk: 1,000, or as many as JUANZONG_BENCH_PAPERS says, with the memory that it took beyond the first
thousand.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Pt

from bench.timing import call_ms
from generators.pages.layout import Layout, load_layout
from generators.pages.writer import write
from model.documents import Block, Cell, Document, Heading, Paragraph, Run, Table

_SENTENCE = "各学校要对照检查清单逐项自查，做到底数清、情况明、责任实，发现问题立即整改，确保师生生命安全和身体健康。"


def three_pages() -> Document:
    """A notice with ten paragraphs on three levels."""
    body: list[Block] = []
    for number in range(10):
        body.append(Heading(1 + number % 3, f"第{number}项任务"))
        body.append(Paragraph((Run(_SENTENCE * 2),)))
    return Document(
        title="青岚县教育局关于开展全县学校安全隐患排查整治工作的通知",
        issuers=("青岚县教育局",),
        number="青岚教发〔2026〕12号",
        addressees="各中小学校、幼儿园",
        body=tuple(body),
        dated=date(2026, 3, 5),
        copies_to=("县人民政府办公室",),
        printed_by="青岚县教育局办公室",
        printed_on=date(2026, 3, 5),
    )


def order(number: int) -> Document:
    """A rectification order with a table of four problems."""
    head = tuple(Cell(text) for text in ("序号", "问题", "整改要求", "时限"))
    rows = tuple((Cell(str(n)), Cell(f"第{number}校问题{n}"), Cell("立即整改"), Cell("4月底")) for n in range(1, 5))
    return Document(
        title="整改通知书",
        issuers=("青岚县教育局",),
        number=f"青岚教改〔2026〕{number}号",
        addressees=f"第{number}学校",
        body=(Paragraph((Run(_SENTENCE),)), Table(header=(head,), rows=rows)),
        dated=date(2026, 3, 5),
    )


def by_python_docx(document: Document) -> bytes:
    """The same words with python-docx's default template and faces set on each run."""
    made = docx.Document()
    texts = [document.issuers[0] + "文件", document.number, document.title, document.addressees + "："]
    for block in document.body:
        if isinstance(block, Heading | Paragraph):
            texts.append(block.text)
        elif isinstance(block, Table):
            table = made.add_table(0, 4)
            for row in (*block.header, *block.rows):
                for cell, held in zip(table.add_row().cells, row, strict=True):
                    cell.text = held.text
    for text in texts:
        run = made.add_paragraph().add_run(text)
        run.font.size, run.font.name = Pt(16), "仿宋_GB2312"
        run.font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def main() -> None:
    """Print milliseconds, ratios, and a batch of orders on disk with its memory."""
    layout = load_layout()
    paper, small = three_pages(), order(1)
    for name, document in (("three pages", paper), ("one-page order", small)):
        ours = call_ms(lambda document=document: write(document, layout), 50)  # type: ignore[misc]
        theirs = call_ms(lambda document=document: by_python_docx(document), 5)  # type: ignore[misc]
        print(f"{name:15} ours {ours:6.2f} ms   python-docx {theirs:6.2f} ms   {theirs / ours:5.1f} times")
    papers = int(os.environ.get("JUANZONG_BENCH_PAPERS", "1000"))
    with tempfile.TemporaryDirectory() as folder:
        used = _batch(Path(folder), 1000, layout)
        before = _peak()
        print(f"1,000 orders to disk {used:.2f} s CPU, peak memory {before:.1f} MiB")
        if papers > 1000:
            used += _batch(Path(folder), papers - 1000, layout)
            print(f"{papers:,} orders to disk {used:.2f} s CPU, peak memory {_peak() - before:+.1f} MiB")


def _batch(folder: Path, papers: int, layout: Layout) -> float:
    """CPU seconds of so many orders, each a file of its own."""
    start = time.process_time()
    for number in range(papers):
        (folder / f"{number}.docx").write_bytes(write(order(number), layout))
    return time.process_time() - start


def _peak() -> float:
    """The most memory that this process ever held, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

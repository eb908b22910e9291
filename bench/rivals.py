"""Writing documents beside python-docx and docxtpl, the three taking turns; CPU time, medians (`pip install docxtpl`)."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from statistics import median
from typing import Any

import docx

from bench.documents import by_python_docx, order, three_pages
from generators.pages.layout import load_layout
from generators.pages.writer import write
from model.documents import Document, Heading, Paragraph, Run, Table

Writer = Callable[[Document], bytes]
_COLUMNS = 4


def by_docxtpl() -> Writer:
    """The same words from a template with a loop over paragraphs and one over table rows, opened for each paper."""
    engine: Any = import_module("docxtpl")
    paper: Any = docx.Document()
    for text in ("{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        paper.add_paragraph(text)
    grid = paper.add_table(3, _COLUMNS)
    grid.rows[0].cells[0].text, grid.rows[2].cells[0].text = "{%tr for row in rows %}", "{%tr endfor %}"
    for place in range(_COLUMNS):
        grid.rows[1].cells[place].text = f"{{{{ row[{place}] }}}}"
    held = BytesIO()
    paper.save(held)

    def write_one(document: Document) -> bytes:
        template = engine.DocxTemplate(BytesIO(held.getvalue()))
        told = [block.text for block in document.body if isinstance(block, Heading | Paragraph)]
        tables = [block for block in document.body if isinstance(block, Table)]
        rows = [[cell.text for cell in row] for table in tables for row in (*table.header, *table.rows)]
        texts = [f"{document.issuers[0]}文件", document.number, document.title, f"{document.addressees}：", *told]
        template.render({"texts": texts, "rows": rows})
        target = BytesIO()
        template.save(target)
        return target.getvalue()

    return write_one


def main() -> None:
    """Print a line for each writer and paper."""
    layout = load_layout()
    writers: dict[str, Writer] = {"ours": lambda one: write(one, layout), "python-docx": by_python_docx}
    try:
        writers["docxtpl"] = by_docxtpl()
    except ModuleNotFoundError:
        print("docxtpl is not installed (pip install docxtpl): left out", file=sys.stderr)
    for name, paper in (("three pages", three_pages()), ("one-page order", order(1))):
        times = _in_turns(writers, paper)
        for writer, spent in times.items():
            print(f"{name:15} {writer:12} {spent:7.2f} ms CPU   {spent / times['ours']:5.1f} times ours")


def _own(paper: Document, words: str) -> Document:
    """The paper with a title of its own, and paragraphs that no other paper has and none of its own paragraphs equals."""
    body = tuple(
        Paragraph((Run(f"{words}第{place}段{block.text}"),)) if isinstance(block, Paragraph) else block
        for place, block in enumerate(paper.body)
    )
    return replace(paper, title=f"{words}{paper.title}", body=body)


def _in_turns(writers: dict[str, Writer], paper: Document, rounds: int = 15) -> dict[str, float]:
    """Median CPU milliseconds a paper; every paper has words of its own, so that nothing remembered helps."""
    taken: dict[str, list[float]] = {name: [] for name in writers}
    for number in range(rounds + 2):
        for name, writer in writers.items():
            papers = [_own(paper, f"第{number}批之{place}") for place in range(10)]
            gc.collect()  # none pays for what another left behind
            start = time.process_time()
            for one in papers:
                writer(one)
            taken[name].append((time.process_time() - start) / len(papers) * 1000)
    return {name: median(values[2:]) for name, values in taken.items()}

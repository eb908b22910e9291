"""Emphasis (加粗): the standard knows none (7.3.3), a bureau's profile may allow it."""

from __future__ import annotations

from collections.abc import Iterator

from generators.pages.layout import Layout
from model.documents import Block, Document, Heading, Run, Table
from model.findings import Finding, Severity


def find_emphasis(document: Document, layout: Layout) -> tuple[Finding, ...]:
    """One warning for a document with words in bold that this profile sets like the others."""
    if layout.allows("body", "bold"):
        return ()
    blocks = (*document.body, *(block for annex in document.annexes for block in annex.body or ()))
    words = tuple(run.text for block in blocks for run in _runs(block) if run.bold)
    if not words:
        return ()
    message = f"有 {len(words)} 处要求加粗，国家标准没有加粗，已按正文字体排：{'、'.join(words[:5])}"
    fix = "不必加粗的，去掉两边的 **；本单位要加粗的，在版面方案里写 [body] 和 bold = true"
    return (Finding(rule="emphasis", severity=Severity.WARNING, message=message, excerpt=words[0], fix=fix),)


def _runs(block: Block) -> Iterator[Run]:
    if isinstance(block, Heading):
        yield from block.run_in
    elif not isinstance(block, Table):
        yield from block.runs

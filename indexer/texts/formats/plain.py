"""Plain text (.txt, .csv and what else is nothing but characters)."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.texts.encodings import decode
from indexer.texts.jobs import Job, Unreadable
from model.texts import TextPage


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """A block a line; form feeds part pages."""
    text = decode(content)
    if text is None:
        raise Unreadable("不是 UTF-8、UTF-16 或 GB18030 编码的文字")
    pages = text.split("\f")
    for number, page in enumerate(pages, 1):
        yield TextPage(f"第{number}页" if len(pages) > 1 else "", job.blocks(page.splitlines()))

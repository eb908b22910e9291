"""Rich text (.rtf, and not a few that wear .doc), through striprtf."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.texts.jobs import Job
from model.texts import TextPage


def read(content: bytes, job: Job) -> Iterator[TextPage]:
    """A block a paragraph; cells of tables parted by tabs."""
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(content.decode("latin-1"), encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    lines = (line.strip("|").replace("|", "\t") if line.startswith("|") else line for line in text.splitlines())
    yield TextPage("", job.blocks(lines))

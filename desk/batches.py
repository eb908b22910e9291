"""Papers in batches: small enough that an interruption loses little, large enough to share their flushes to the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.texts.readers import Readers
from model.records import Paper
from model.texts import Text

PAPERS = 64
SECONDS = 5.0
"""A batch ends with this many papers, or when reading their texts has taken this long."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers to be filed together, and what was read from the files of each."""

    papers: list[Paper] = field(default_factory=list)
    texts: dict[Paper, tuple[tuple[str, Text], ...]] = field(default_factory=dict)


def batches(papers: Sequence[Paper], readers: Readers, progress: Callable[[int, int], None]) -> Iterator[Batch]:
    """The papers in order, their texts read; `progress` hears of each paper once it has been filed."""
    batch, begun, done = Batch(), time.monotonic(), 0
    for paper in papers:
        batch.papers.append(paper)
        batch.texts[paper] = tuple((file.name, readers.read(file.source)) for file in paper.files)
        if len(batch.papers) == PAPERS or time.monotonic() - begun > SECONDS:
            yield batch
            done += len(batch.papers)
            progress(done, len(papers))
            batch, begun = Batch(), time.monotonic()
    if batch.papers:
        yield batch
        progress(len(papers), len(papers))

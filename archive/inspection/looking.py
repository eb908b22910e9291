"""What every item looks at: the readable ones, each in turn, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from model.packages import Packed, PackedFile, PackedItem

Check = Callable[[Packed], tuple[str, Iterable[str]]]
"""What was looked at, and each fault."""


def words(text: str) -> tuple[str, ...]:
    """A list written as one text."""
    return tuple(text.split())


def readable(packed: Packed) -> list[PackedItem]:
    """Items whose metadata can be read."""
    return [item for item in packed.items if item.metadata]


def each(packed: Packed, faults: Callable[[PackedItem], Iterable[str]]) -> Iterator[str]:
    """Faults of every item whose metadata can be read; the others are another item's fault."""
    for item in readable(packed):
        yield from (f"{item.where}：{fault}" for fault in faults(item))


def files(packed: Packed, fault: Callable[[PackedFile], str]) -> Iterator[str]:
    """Faults of every file of readable items; an empty one is none."""
    for item in readable(packed):
        yield from (f"{item.where} {file.name}：{told}" for file in item.files if (told := fault(file)))


def count(packed: Packed) -> str:
    """How much there is: 3 件 5 个文件."""
    files = sum(len(item.files) for item in packed.items)
    return f"{len(packed.items)} 件 {files} 个文件"

"""Cross-references inside a paper: 见{#任务:消防安全} becomes 见第三部分（二）."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from model.documents import Block, Cell, Heading, Item, Paragraph, Run, Table
from model.wording import chinese_number

REFERENCE = re.compile(r"\{#[^{}\n]+\}")
OPEN, CLOSE = "\x01", "\x02"
"""What stands round a reference between the parser and its resolution; no text from outside holds them."""
_MARKED = re.compile(f"{OPEN}(?:(?P<part>[^:：{CLOSE}]*)[:：])?(?P<name>[^{CLOSE}]+){CLOSE}")
Complain = Callable[[str, str, str], None]
"""Told the reference as it was written, why it leads nowhere, and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A heading that can be referred to: its text, those above it, and how it is called (第三部分（二）)."""

    text: str
    above: tuple[str, ...]
    label: str


def targets(blocks: Sequence[Block], annex: str = "") -> Iterator[Target]:
    """Every heading of a body; `annex` (附件1) stands before its label."""
    counts, path = [0, 0, 0, 0], ["", "", "", ""]
    for block in blocks:
        if not isinstance(block, Heading | Item):
            continue
        level = block.level
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        if isinstance(block, Heading):
            path[level - 1 :] = [block.text, *[""] * (4 - level)]
            yield Target(block.text, tuple(path[: level - 1]), annex + _label(counts[:level]))


def _label(counts: Sequence[int]) -> str:
    shapes = ("第{}部分", "（{}）", "第{}条", "（{}）")
    parts = []
    for index, count in enumerate(counts):
        if count:
            parts.append(shapes[index].format(count if index >= 2 else chinese_number(count)))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Puts labels in the place of references; `complain` is told of those that lead nowhere."""

    known: tuple[Target, ...]
    complain: Complain

    def text(self, text: str) -> str:
        """A text with its references resolved."""
        return _MARKED.sub(self._resolve, text) if OPEN in text else text

    def block(self, block: Block) -> Block:
        """A block with its references resolved."""
        if isinstance(block, Heading):
            return replace(block, text=self.text(block.text), run_in=self._runs(block.run_in))
        if isinstance(block, Paragraph | Item):
            return replace(block, runs=self._runs(block.runs))
        return replace(block, header=self._rows(block.header), rows=self._rows(block.rows))

    def _runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(Run(self.text(run.text), run.bold) for run in runs)

    def _rows(self, rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(replace(cell, text=self.text(cell.text)) for cell in row) for row in rows)

    def _resolve(self, match: re.Match[str]) -> str:
        part, name = (match["part"] or "").strip(), match["name"].strip()
        found = [target for target in self.known if target.text == name]
        narrowed = [target for target in found if any(part in heading for heading in target.above)] if part else found
        found = narrowed or found
        if len(found) == 1:
            return found[0].label
        names = "、".join(dict.fromkeys(target.text for target in self.known)) or "（没有标题）"
        why = "没有这个标题" if not found else "有几个同名的标题"
        fix = f"现有标题：{names}" if not found else "写明所在部分，如 {#重点任务:消防安全}"
        written = f"{{#{match[0][1:-1]}}}"
        self.complain(written, why, fix)
        return written


def has_reference(block: Block) -> bool:
    """Whether a block holds a reference (cheap, before resolving)."""
    if isinstance(block, Table):
        return any(OPEN in cell.text for row in (*block.header, *block.rows) for cell in row)
    runs = (*block.run_in, Run(block.text)) if isinstance(block, Heading) else block.runs
    return any(OPEN in run.text for run in runs)

"""Work tables that an office prints and hands on (表册): registers, catalogues, lists; no layout beyond columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its width in characters, 左 中 右."""

    name: str
    width: float
    align: str = "左"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: `title`, lines `above` it (全宗号：Z109 …), columns, rows of texts or whole numbers, lines `below` it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

"""Answers about catalogues, boxes and labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer
from model.boxes import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Answer):
    """Files written for printing (目录、盒脊、备考表 …)."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed(Answer):
    """Boxes: all of them, or those newly filled; `loose`: records that lie in no box."""

    boxes: tuple[Box, ...]
    loose: int

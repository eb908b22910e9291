"""Answers about appraisal and disposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.answers.base import Answer
from desk.answers.filing import RecordLine
from model.disposals import Disposal


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsOver(Answer):
    """Records whose period has run out on a day, and those that a hold keeps; nothing has been done to them."""

    on: date
    records: tuple[RecordLine, ...]
    held: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalsShown(Answer):
    """Disposals; `path` where a list or certificate was written."""

    disposals: tuple[Disposal, ...]
    path: Path | None = None

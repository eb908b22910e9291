"""What every errand answers with, and how it is told as JSON; the fields of an answer are the keys of `--json`."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from model.errors import FaultyInput, JuanzongError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Base of all answers; `exit` is the exit code of a command that ends with it."""

    @property
    def exit(self) -> int:
        """0: done and nothing wrong."""
        return 0

    def as_json(self) -> dict[str, Any] | None:
        """What `--json` shows where that is not the fields themselves; None: the fields."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One paper or file of a batch that could not be done, and why."""

    which: str
    why: str


def to_json(value: Any) -> Any:
    """A value as JSON knows it: dates ISO, enums by value, tuples as lists, `from_` as `from`."""
    if isinstance(value, Answer) and (told := value.as_json()) is not None:
        return told
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (tuple, list, set, frozenset)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    return value


def error_json(error: JuanzongError) -> dict[str, Any]:
    """An error under `--json`; the findings of a faulty input stand beside it."""
    told: dict[str, Any] = {
        "error": {
            "what": error.what,
            "which": error.which,
            "why": error.why,
            "next": error.next,
            "exit": error.exit_code,
        }
    }
    if isinstance(error, FaultyInput):
        told["findings"] = to_json(error.findings)
    return told

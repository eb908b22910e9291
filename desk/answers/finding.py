"""Answers of the finding aid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desk.answers.base import Answer, Failure, to_json
from model.searching import Answer as Hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Answer):
    """Hits of a search with the words that were searched for."""

    words: str
    answer: Hits

    def as_json(self) -> dict[str, Any]:
        """The answer's own keys beside the words."""
        return {"words": self.words} | dict(to_json(self.answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState(Answer):
    """The finding aid's state: engine, tokenizer version, records indexed, records whose text is lacking and why."""

    engine: str
    tokenizer: str
    indexed: int
    records: int
    lacking: tuple[Failure, ...]
    rebuilt: bool = False

"""Answers of the finding aid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.answers.base import Answer, Failure, to_json
from desk.answers.filing import RecordLine
from desk.answers.rectifying import ProblemLine
from model.problems import Round
from model.searching import Answer as Hits
from model.searching import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Answer):
    """Hits of a search with the words that were searched for; `campaigns` are names by id, for people: JSON has the ids."""

    words: str
    answer: Hits
    offset: int = 0
    campaigns: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer's own keys beside the words; `next` is the offset of the next page, null on the last."""
        told = self.offset + len(self.answer.hits)
        following = told if self.answer.hits and told < self.answer.total else None
        return {"words": self.words, "offset": self.offset, "next": following} | dict(to_json(self.answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Like(Answer):
    """Records like one, which is named by 档号 and title."""

    code: str
    title: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested(Answer):
    """What a person who has typed so far may want."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A saved question: what must be given (行动, 单位 …), its query, and what else answers it (佐证, 台账, 缺交)."""

    name: str
    about: str
    asks: tuple[str, ...]
    query: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions(Answer):
    """The questions that can be asked."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemStory:
    """A problem with how it was found, put right, re-checked and struck off."""

    problem: ProblemLine
    found: date | None
    found_by: str
    measure: str
    rounds: tuple[Round, ...]
    closed: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Answer):
    """The answer to a saved question: hits of its query, records that are the evidence, problems, units that owe.

    answer: None when the question searches nothing; lacking: None when it does not ask who owes.
    """

    question: str
    about: str
    words: str
    answer: Hits | None
    records: tuple[RecordLine, ...]
    problems: tuple[ProblemStory, ...]
    lacking: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState(Answer):
    """The finding aid's state: engine, tokenizer version, records indexed, records whose text is lacking and why.

    behind: records that are filed and not in the index; current: whether this version of the program cuts words likewise.
    """

    engine: str
    tokenizer: str
    indexed: int
    records: int
    lacking: tuple[Failure, ...]
    behind: int = 0
    current: bool = True
    rebuilt: bool = False

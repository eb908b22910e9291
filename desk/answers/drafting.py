"""Answers about papers written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer, Failure
from model.findings import Finding, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedPaper:
    """A paper that was written; `missing` are facts left 【待补】; `kept`: a file of that name left alone.

    `same`: it lay there already, as an earlier run wrote it.
    """

    kind: str
    title: str
    unit: str | None
    path: Path
    missing: tuple[str, ...]
    kept: Path | None = None
    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A fact that a form uses: name, type, where it comes from, an example."""

    name: str
    type: str
    source: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsListed(Answer):
    """The data contract of a kind of paper (字段)."""

    kind: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """A line of a draft: its text, the form's file and line, the facts and library paragraphs in it, what is missing."""

    text: str
    form: str
    line: int
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperExplained(Answer):
    """Where each line of a draft comes from."""

    kind: str
    explained: tuple[ExplainedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Answer):
    """Papers written; `unknown` are kinds this version cannot write, `near` what each may have meant; `failed` did not come out."""

    papers: tuple[DraftedPaper, ...]
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """1 when a paper of the batch failed, or when nothing that was asked for can be written."""
        nothing = self.unknown and not self.papers
        return 1 if self.failed or nothing or has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationLine:
    """A value of a layout profile that differs from the standard's, and the clause it departs from."""

    key: str
    standard: str
    value: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutShown(Answer):
    """A layout profile (版面方案) and where it departs from GB/T 9704-2012."""

    name: str
    deviations: tuple[DeviationLine, ...]

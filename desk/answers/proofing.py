"""What proof-reading answers with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.answers.base import Answer, Failure
from model.findings import Finding, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofedPaper:
    """A paper that was read: its title as understood, what it came from, its paragraphs, and what was found by weight."""

    path: Path
    title: str
    source: str
    paragraphs: int
    errors: int
    warnings: int
    infos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file that was written beside the paper: what it is (批注、改正、重排、报告) and where."""

    what: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """A correction that was made in the copy: by which rule, where, the words before and after with some around them."""

    file: Path
    paragraph: int
    page: int | None = None
    line: int | None = None
    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRule:
    """A rule that the office has switched off."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofed(Answer):
    """The outcome of `proof`. `subject` of a finding says which element or cell it stands in.

    unchanged: papers in which `--fix` found nothing to correct; rules: how many were applied.
    """

    papers: tuple[ProofedPaper, ...]
    findings: tuple[Finding, ...]
    off: tuple[OffRule, ...] = ()
    made: tuple[MadeFile, ...] = ()
    changes: tuple[CorrectionLine, ...] = ()
    unchanged: tuple[Path, ...] = ()
    failed: tuple[Failure, ...] = ()
    rules: int = 0

    @property
    def exit(self) -> int:
        """1 with findings of error severity, or when a file could not be read."""
        return 1 if has_errors(self.findings) or self.failed else 0

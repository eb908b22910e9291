"""Answers about offices and campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.answers.base import Answer
from model.campaigns import Campaign, Due
from model.findings import Finding, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMade(Answer):
    """A new office (单位文件夹)."""

    path: Path
    name: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Answer):
    """A checked definition; refused (3) when it has faults."""

    findings: tuple[Finding, ...]
    campaign: Campaign | None

    @property
    def exit(self) -> int:
        """3 with faults: nothing was changed."""
        return 3 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAdded(Answer):
    """A definition taken into the office."""

    path: Path
    campaign: Campaign
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered(Answer):
    """A draft definition recovered from an old plan; `findings` say what was inferred."""

    path: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLine:
    """A campaign in a list."""

    id: str
    name: str
    kind: str
    year: int | None
    start: date | None
    end: date | None
    units: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigns(Answer):
    """The office's campaigns; `findings` name definitions that can no longer be read."""

    campaigns: tuple[CampaignLine, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """1 when a definition in the folder is faulty."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignShown(Answer):
    """One campaign, whole, with what is due."""

    campaign: Campaign
    due: tuple[Due, ...]

"""What errands answer with; the fields are the keys of `--json` (docs/manual.md), the exit code is on the class."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from model.campaigns import Campaign, Due
from model.errors import FaultyInput, JuanzongError
from model.findings import Finding, has_errors
from model.records import Damage, Event, Record
from model.searching import Answer as Hits


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Base of all answers; `exit` is the exit code of a command that ends with it."""

    @property
    def exit(self) -> int:
        """0: done and nothing wrong."""
        return 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedPaper:
    """A paper that was written; `missing` are facts left 【待补】; `kept`: a file of that name left alone."""

    kind: str
    title: str
    unit: str | None
    path: Path
    missing: tuple[str, ...]
    kept: Path | None = None


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
class Failure:
    """One paper or file of a batch that could not be done, and why."""

    which: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Answer):
    """Papers written; `unknown` are kinds this version cannot write; `failed` did not come out."""

    papers: tuple[DraftedPaper, ...]
    unknown: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """1 when a paper of the batch failed."""
        return 1 if self.failed or has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPaper:
    """A file that was filed."""

    path: Path
    id: str
    code: str
    title: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A file that is byte for byte one that is held already; `of` is that record's 档号."""

    path: Path
    of: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not taken, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Answer):
    """The outcome of `archive add`."""

    filed: tuple[FiledPaper, ...]
    duplicates: tuple[Duplicate, ...] = ()
    refused: tuple[RefusedFile, ...] = ()
    dry_run: bool = False

    @property
    def exit(self) -> int:
        """1 when a file was refused."""
        return 1 if self.refused else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A record in a list."""

    id: str
    code: str
    title: str
    issuer: str | None
    number: str | None
    date: date | None
    kind: str | None
    unit: str | None
    campaign: str | None
    retention: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Answer):
    """Records of the archive."""

    records: tuple[RecordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShown(Answer):
    """One record with its versions and its history."""

    records: tuple[RecordLine, ...]
    record: Record
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Answer):
    """Copies of a record's files, each checked against its digest while it was copied."""

    paths: tuple[Path, ...]
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Answer):
    """The outcome of checking stored things."""

    checked: int
    damaged: tuple[Damage, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def exit(self) -> int:
        """4 with damage."""
        return 4 if self.damaged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended(Answer):
    """What mirroring, repairing and rebuilding have in common: the damage that is left."""

    damaged: tuple[Damage, ...]

    @property
    def exit(self) -> int:
        """4 with damage left."""
        return 4 if self.damaged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored(Mended):
    """A second copy brought up to date."""

    path: Path
    copied: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired(Mended):
    """Objects mended from a mirror, by id."""

    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt(Mended):
    """The catalogue, back from the store."""

    records: int
    events: int
    ledger: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Answer):
    """Hits of a search with the words that were searched for."""

    words: str
    answer: Hits


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState(Answer):
    """The finding aid's state: engine, tokenizer version, records indexed, records whose text is lacking and why."""

    engine: str
    tokenizer: str
    indexed: int
    records: int
    lacking: tuple[Failure, ...]
    rebuilt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImported(Answer):
    """Rows taken into the ledger; faulty ones are kept and listed."""

    rows: int
    new: int
    changed: int
    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when rows have faults."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """A problem in a list; `overdue` in days, 0 when it is not."""

    number: int
    campaign: str
    unit: str
    text: str
    state: str
    grade: str
    deadline: date | None
    overdue: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Answer):
    """Problems of the ledger on a day."""

    on: date
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Answer):
    """What is missing, worst first; `met` of `asked` requirements have evidence on file."""

    campaign: str
    on: date
    asked: int
    met: int
    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when something is missing that is due."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed(Answer):
    """An inspection pack that was made; `missing` requirements are shown in its index page."""

    path: Path
    files: int
    fingerprint: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVerified(Answer):
    """The outcome of checking a pack."""

    path: Path
    files: int
    fingerprint: str
    damaged: tuple[Damage, ...]

    @property
    def exit(self) -> int:
        """4 with damage."""
        return 4 if self.damaged else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Answer):
    """What is due and overdue on a day."""

    on: date
    due: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A thing that falls due; `late` in days, 0 or below when it is not late (then days that remain, negated)."""

    what: str
    who: str
    due: date
    late: int
    campaign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined(Answer):
    """The outcome of `doctor`."""

    findings: tuple[Finding, ...]

    @property
    def exit(self) -> int:
        """1 when something needs a remedy."""
        return 1 if has_errors(self.findings) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstrated(Answer):
    """What the demonstration made and where to look."""

    path: Path
    papers: int
    records: int
    searches: tuple[Failure, ...]
    missing: int
    pack: Path
    fingerprint: str
    look: tuple[str, ...]


def to_json(value: Any) -> Any:
    """A value as JSON knows it: dates ISO, enums by value, tuples as lists, `from_` as `from`."""
    if isinstance(value, Found):
        return {"words": value.words} | dict(to_json(value.answer))
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

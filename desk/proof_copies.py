"""What a proof-reading writes: the corrected copy, the copy laid out anew, comments, the report. Never over a file that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desk.answers.base import Failure
from desk.answers.proofing import CorrectionLine, MadeFile
from generators.pages.layout import Layout
from generators.pages.writer import write
from generators.proofing import reporting
from generators.proofing.correcting import corrections
from generators.proofing.mending import mend_docx, mend_markup
from generators.proofing.rulebook import RuleBook
from generators.reading.annotating import annotate
from generators.reading.marked import read_markup
from generators.reading.reading import read_docx
from generators.reading.relaying import relay
from model.errors import FaultyInput, Refused
from model.findings import Finding
from model.proofing import ProofDocument
from model.rules import Change
from storage.files import replace_file


@dataclass(frozen=True, slots=True)
class Desk:
    """By which layout, on which day, with which folders of the office's own fonts."""

    layout: Layout
    on: date
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that was proof-read: as it was read, as a .docx, the marked-up text it was ("" none), what was found."""

    path: Path
    read: ProofDocument
    docx: bytes
    markup: str = ""
    findings: tuple[Finding, ...] = ()


class Wishes(Protocol):
    """What of `desk.proofing.Wanted` is written to files."""

    @property
    def fix(self) -> bool: ...  # noqa: D102
    @property
    def relayout(self) -> bool: ...  # noqa: D102
    @property
    def comments(self) -> Path | None: ...  # noqa: D102
    @property
    def report(self) -> Path | None: ...  # noqa: D102
    @property
    def output(self) -> Path | None: ...  # noqa: D102


@dataclass(slots=True)
class Copies:
    """Files that were made, corrections in them, papers with nothing to correct, what laying out anew had to say, by paper."""

    made: list[MadeFile] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    changes: list[CorrectionLine] = field(default_factory=list)
    told: dict[Path, tuple[Finding, ...]] = field(default_factory=dict)


def written(sheets: Sequence[Sheet], wanted: Wishes, desk: Desk, rules: RuleBook, off: Sequence[str]) -> Copies:
    """Write what was asked for, each beside its paper or where it was told."""
    copies = Copies()
    for sheet in sheets:
        if wanted.fix or wanted.relayout:
            _copy(sheet, wanted, desk, rules, copies)
        if wanted.comments:
            plain = read_docx(sheet.docx, str(sheet.path)) if sheet.markup else sheet.read
            when = datetime.combine(desk.on, datetime.now().time())
            _put(copies, "批注", wanted.comments, annotate(sheet.docx, plain, sheet.findings, when))
    if wanted.report and sheets:
        papers = [reporting.Proofed(each.read, (*each.findings, *copies.told.get(each.path, ()))) for each in sheets]
        _put(copies, "报告", wanted.report, write(reporting.report(papers, off, desk.on), desk.layout))
    return copies


def _copy(sheet: Sheet, wanted: Wishes, desk: Desk, rules: RuleBook, copies: Copies) -> None:
    """The corrected copy, the copy laid out anew, or one that is both."""
    content, read = sheet.docx, sheet.read
    changes: tuple[Change, ...] = ()
    text = sheet.markup
    if wanted.fix:
        text, content, changes = _mended(sheet, rules)
        copies.changes += (_line(sheet, change) for change in changes)
        copies.unchanged += () if changes else (sheet.path,)
    if not wanted.relayout:
        if changes:
            mended = text.encode() if sheet.markup else content
            suffix = sheet.path.suffix if sheet.markup else ".docx"
            _put(copies, "改正", wanted.output or _beside(sheet.path, "改正", suffix), mended)
        return
    if changes:
        read = read_markup(text, desk.layout, str(sheet.path)) if sheet.markup else read_docx(content, str(sheet.path))
    what = "改正、重排" if changes else "重排"
    try:
        laid = relay(read, desk.layout)
    except Refused as error:
        faults = error.findings if isinstance(error, FaultyInput) else ()
        copies.told[sheet.path] = tuple(each for each in faults if isinstance(each, Finding))
        why = "，".join(filter(None, (error.what, error.why)))
        copies.failed.append(Failure(which=str(sheet.path), why=f"{why}。{error.next}"))
        return
    known = set(read.remarks)
    copies.told[sheet.path] = tuple(each for each in laid.findings if each not in known)
    _put(copies, what, wanted.output or _beside(sheet.path, what.replace("、", ""), ".docx"), laid.content)


def _mended(sheet: Sheet, rules: RuleBook) -> tuple[str, bytes, tuple[Change, ...]]:
    """The marked-up text and the .docx with what may be corrected corrected, and each change."""
    wanted = corrections(sheet.read, rules)
    if sheet.markup:
        text, made = mend_markup(sheet.markup, sheet.read, wanted)
        return text, sheet.docx, made
    content, made = mend_docx(sheet.docx, sheet.read, wanted)
    return "", content, made


def _line(sheet: Sheet, change: Change) -> CorrectionLine:
    paragraph = sheet.read.paragraph(change.index)
    return CorrectionLine(
        file=sheet.path,
        paragraph=change.index,
        page=paragraph.page,
        line=paragraph.line,
        rule=change.rule,
        before=change.before,
        after=change.after,
    )


def _beside(path: Path, what: str, suffix: str) -> Path:
    """A name beside a paper that no file has yet."""
    for number in range(1, 10_000):
        wanted = path.with_name(f"{path.stem}（{what}{'' if number == 1 else number}）{suffix}")
        if not wanted.exists():
            return wanted
    raise Refused("没有写出", str(path), "同名的副本太多", "请清理以前的副本")


def _put(copies: Copies, what: str, path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    copies.made.append(MadeFile(what=what, path=path))

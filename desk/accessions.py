"""An accession (接收), one run of taking in: what lies there is read in batches, judged, filed; every file gets its line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desk import rooms
from desk.answers.filing import Duplicate, Filed, FiledPaper, RefusedFile
from desk.drafts import MEMORY, DraftEntry, DraftFolder
from desk.filing import campaign_names, enter
from desk.gathering import Found
from desk.judging import Judgement, Knowledge, Said, judge, media_type, part_of
from desk.offices import Workspace
from indexer.near import Batch as NearBatch
from indexer.near import Near, signature
from indexer.texts.readers import Readers
from model.errors import JuanzongError
from model.records import Paper, PaperFile, Part, Record
from model.texts import Text
from storage.files import Hasher, source_blocks

Progress = Callable[[int, int], None]
"""Told how many files of how many are done."""

PAPERS, SECONDS = 64, 5.0
"""A batch ends with this many papers, or when reading them has taken this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a person says of the papers being filed; None: said by the drafts folder, the paper, the names, or not known.

    one: all files are one 件; hold_near: what is much like a held record is not filed but asked about; report: write the lines there;
    no_ocr: leave pictures unrecognised; move: remove each source once it is filed.
    """

    campaign: str | None = None
    unit: str | None = None
    kind: str | None = None
    title: str | None = None
    year: int | None = None
    department: str | None = None
    to: str | None = None
    reason: str | None = None
    one: bool = False
    hold_near: bool = False
    not_secret: bool = False
    no_ocr: bool = False
    report: Path | None = None
    move: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class Tally:
    """What became of every file, one line each."""

    filed: list[FiledPaper] = field(default_factory=list)
    earlier: list[FiledPaper] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    held: list[RefusedFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    passed: list[RefusedFile] = field(default_factory=list)

    def answer(self, *, dry_run: bool) -> Filed:
        """As the counter tells it."""
        return Filed(
            filed=tuple(self.filed), earlier=tuple(self.earlier), duplicates=tuple(self.duplicates), held=tuple(self.held),
            refused=tuple(self.refused), passed=tuple(self.passed), dry_run=dry_run,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that may become a paper, its digest, and what was read from it."""

    found: Found
    digest: str
    text: Text


class Accession:
    """One run over the files found; `run` is called once."""

    def __init__(
        self, workspace: Workspace, opened: rooms.Rooms, readers: Readers, said: Said, known: Knowledge, about: About
    ) -> None:
        self._workspace, self._opened, self._readers = workspace, opened, readers
        self._said, self._known, self._about = said, known, about
        self._names = campaign_names(workspace)
        self._near, self._batch = Near(opened.db), NearBatch()
        self._seen: dict[str, Found] = {}
        self._doubles: list[tuple[Found, str]] = []
        self._tally = Tally()

    def run(self, found: Sequence[Found], progress: Progress) -> Filed:
        """Every file, in batches that share their flushes."""
        done = 0
        for candidates, passed in self._batches(found):
            if self._about.one:
                self._file_as_one(candidates)
            else:
                self._file(candidates)
            done += passed
            progress(done, len(found))
        self._say_doubles()
        return self._tally.answer(dry_run=self._about.dry_run)

    def _say_doubles(self) -> None:
        """The lines of files that are byte for byte another one of this run: what became of that one decides."""
        lost = {line.path for line in (*self._tally.held, *self._tally.refused)}
        for found, digest in self._doubles:
            first = self._seen[digest]
            if first.shown in lost:
                why = f"与 {first.source} 逐字节相同，那一份没有归"
                self._tally.refused.append(RefusedFile(path=found.shown, why=why))
            elif held := self._opened.strongroom.holder(digest):
                self._say_held(found, held)
            else:
                line = Duplicate(path=found.shown, of="本次的另一个文件", title=first.source)
                self._tally.duplicates.append(line)

    def _batches(self, found: Sequence[Found]) -> Iterator[tuple[list[_Candidate], int]]:
        """Candidates to be filed together, and how many files of `found` each batch accounts for."""
        batch: list[tuple[Found, str]] = []
        passed, begun = 0, time.monotonic()
        for each in found:
            passed += 1
            digest = self._known_already(each)
            if digest:
                batch.append((each, digest))
            full = len(batch) >= PAPERS or (batch and time.monotonic() - begun > SECONDS)
            if full and not self._about.one:
                yield self._read(batch), passed
                batch, passed, begun = [], 0, time.monotonic()
        yield self._read(batch), passed

    def _read(self, batch: list[tuple[Found, str]]) -> list[_Candidate]:
        texts = self._readers.read_all(found.path for found, _ in batch)
        return [_Candidate(found, digest, text) for (found, digest), text in zip(batch, texts, strict=True)]

    def _known_already(self, found: Found) -> str:
        """The digest of a file that has to be looked at; empty when its line is written."""
        tally, path = self._tally, found.path
        if found.passed or found.refused:
            group = tally.passed if found.passed else tally.refused
            group.append(RefusedFile(path=found.shown, why=found.passed or found.refused))
            return ""
        try:
            digest = _digest(path)
        except JuanzongError as error:
            tally.refused.append(RefusedFile(path=found.shown, why=error.why))
            return ""
        except OSError as error:
            tally.refused.append(RefusedFile(path=found.shown, why=f"读不出来：{error.strerror}"))
            return ""
        if self._about.one:
            return digest
        held = self._opened.strongroom.holder(digest)
        if held:
            self._say_held(found, held)
            return ""
        if digest in self._seen:
            self._doubles.append((found, digest))
            return ""
        self._seen[digest] = found
        return digest

    def _say_held(self, found: Found, held: Record) -> None:
        about = held.description
        if (
            "/" in found.source and about.source == found.source
        ):  # a single file that is named again is told as a duplicate
            line = FiledPaper(path=found.shown, id=held.id, code=held.code, title=about.title, remark="上次已归档")
            self._tally.earlier.append(line)
        else:
            self._tally.duplicates.append(Duplicate(path=found.shown, of=held.code, title=about.title))

    def _judged(self, candidate: _Candidate) -> Judgement:
        entry = _draft_entry(self._workspace, candidate.found.path)
        judgement = judge(candidate.found, candidate.text, entry, self._said, self._known)
        if judgement.paper is None:
            return judgement
        like = self._like(candidate, judgement.paper)
        if like and self._about.hold_near:
            return Judgement(held=f"{like}；是的用 --to 档号 --reason 归入，不是的去掉 --hold-near 再归")
        return replace(judgement, remarks=(*judgement.remarks, like)) if like else judgement

    def _like(self, candidate: _Candidate, paper: Paper) -> str:
        """Whether a paper looks like one that is there: by its number, or by its words; a question, never an act."""
        number = paper.description.number
        same = self._opened.strongroom.numbered(number) if number else None
        if same:
            return f"文号与 {same.code}《{same.description.title}》相同，是不是它的新版本或另一份？"
        made = signature(candidate.text)
        if made is None:
            return ""
        here, there = self._batch.alike(made)[:1], self._near.alike(made)[:1]
        self._batch.remember(candidate.found.source, made)
        if there:
            record = self._opened.strongroom.record(there[0].record)
            return f"内容与 {record.code}《{record.description.title}》有 {there[0].share:.0%} 相同，是不是同一份或它的新版本？"
        return f"内容与本次的 {here[0].record} 有 {here[0].share:.0%} 相同，是不是同一份？" if here else ""

    def _file(self, candidates: Sequence[_Candidate]) -> None:
        """File what may be filed, in one deposit; the rest get their lines."""
        papers: dict[int, tuple[_Candidate, Judgement]] = {}
        for candidate in candidates:
            judgement = self._judged(candidate)
            if judgement.paper is None:
                why, group = (
                    (judgement.held, self._tally.held) if judgement.held else (judgement.refused, self._tally.refused)
                )
                group.append(RefusedFile(path=candidate.found.shown, why=why))
            elif self._about.dry_run:
                self._rehearsed(candidate, judgement)
            else:
                papers[id(judgement.paper)] = (candidate, judgement)
        self._deposit(papers)

    def _rehearsed(self, candidate: _Candidate, judgement: Judgement) -> None:
        assert judgement.paper
        about = judgement.paper.description
        remark = "；".join((f"{about.year}年 {about.retention.chinese} {about.kind or '种类不详'}", *judgement.remarks))
        self._tally.filed.append(
            FiledPaper(path=candidate.found.shown, id="", code="（待编）", title=about.title, remark=remark)
        )

    def _deposit(self, papers: dict[int, tuple[_Candidate, Judgement]]) -> None:
        opened = self._opened

        def note(record: Record, paper: Paper) -> None:
            candidate, _ = papers[id(paper)]
            enter(opened, record, self._names, ((paper.files[0].name, candidate.text),))

        wanted = [judgement.paper for _, judgement in papers.values() if judgement.paper]
        if not wanted:
            return
        done = opened.strongroom.deposit(wanted, who=opened.who, now=opened.now, reason="", note=note)
        for outcome in done:
            candidate, judgement = papers[id(outcome.paper)]
            if outcome.record:
                record = outcome.record
                self._tally.filed.append(
                    FiledPaper(
                        path=candidate.found.shown, id=record.id, code=record.code, title=record.description.title,
                        remark="；".join(judgement.remarks),
                    )
                )  # fmt: skip
            elif outcome.same_as:
                self._say_held(candidate.found, outcome.same_as)
            else:
                self._tally.refused.append(RefusedFile(path=candidate.found.shown, why=outcome.refused))

    def _file_as_one(self, candidates: Sequence[_Candidate]) -> None:
        """All files as the parts of one 件, in the order of DA/T 22-2015 5.1.2."""
        if not candidates:
            return
        judged = [(candidate, self._judged(candidate)) for candidate in candidates]
        bad = next(((c, j) for c, j in judged if j.paper is None), None)
        if bad:
            candidate, judgement = bad
            for each, _ in judged:
                why = "" if each is candidate else f"同一件里的 {candidate.found.name} "
                self._tally.held.append(
                    RefusedFile(path=each.found.shown, why=why + (judgement.held or judgement.refused))
                )
            return
        parts = _in_order([candidate for candidate, _ in judged])
        first = next(judgement for candidate, judgement in judged if candidate is parts[0][0])
        assert first.paper
        if self._about.dry_run:
            for candidate, _ in parts:
                self._rehearsed(candidate, first)
            return
        paper = Paper(
            files=tuple(
                PaperFile(name=c.found.name, source=c.found.path, part=part, media_type=media_type(c.found.name))
                for c, part in parts
            ),
            description=first.paper.description,
        )
        texts = tuple((candidate.found.name, candidate.text) for candidate, _ in parts)
        opened = self._opened
        (outcome,) = opened.strongroom.deposit(
            (paper,), who=opened.who, now=opened.now, reason="",
            note=lambda record, _paper: enter(opened, record, self._names, texts),
        )  # fmt: skip
        if outcome.record is None:
            for candidate, _ in parts:
                if outcome.same_as:
                    self._say_held(candidate.found, outcome.same_as)
                else:
                    self._tally.refused.append(RefusedFile(path=candidate.found.shown, why=outcome.refused))
            return
        for candidate, part in parts:
            self._tally.filed.append(
                FiledPaper(
                    path=candidate.found.shown, id=outcome.record.id, code=outcome.record.code,
                    title=outcome.record.description.title, remark=part.value,
                )
            )  # fmt: skip


def _in_order(candidates: Sequence[_Candidate]) -> list[tuple[_Candidate, Part]]:
    """Files with their parts: one 正文, then the others in filing order."""
    parts = [(c, part_of(c.found.name, first=False)) for c in candidates]
    main = next((c for c in candidates if part_of(c.found.name, first=True) is Part.MAIN), candidates[0])
    order = list(Part)
    told = [(c, Part.MAIN if c is main else part) for c, part in parts]
    return sorted(told, key=lambda pair: (order.index(pair[1]), pair[0].found.source))


def _digest(path: Path) -> str:
    """SHA-256 of a file from outside. Raises Refused, OSError."""
    hasher = Hasher()
    for block in source_blocks(path):
        hasher.update(block)
    return hasher.digest().sha256


def _draft_entry(workspace: Workspace, path: Path) -> DraftEntry | None:
    """What the drafts folder that the file lies in, or any above it, remembers of it."""
    for parent in (path.parent, *path.parent.parents):
        if (parent / MEMORY).is_file():
            return DraftFolder(parent).entry(path)
        if parent == workspace.root:
            break
    return None

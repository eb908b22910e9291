"""Drafting: papers of a campaign written into the drafts folder, and any document from marked-up text."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers.base import Failure
from desk.answers.drafting import Drafted, DraftedPaper
from desk.drafting_jobs import Job, Wanted, jobs_of, planned_for
from desk.drafts import DraftEntry, DraftFolder, Placed
from desk.offices import Workspace, open_workspace
from generators.marking import markup
from generators.marking.totals import find_totals
from generators.pages.checking import check_written
from generators.pages.emphasis import find_emphasis
from generators.pages.layout import Layout, load_layout
from generators.pages.rare import find_rare
from generators.pages.writer import write
from generators.papers import drafting
from generators.papers.brief import Brief
from generators.papers.forms import Forms
from model.campaigns import Campaign
from model.documents import Document
from model.errors import CommandError, FaultyInput, JuanzongError, NotFound, Refused, reason
from model.findings import Finding
from model.naming import safe_name
from model.offices import Office
from model.records import Description
from model.wording import missing_facts
from templates import files

Progress = Callable[[int, int], None]

__all__ = ["Wanted", "draft", "typeset"]


def draft(folder: Path, name: str, wanted: Wanted, *, on: date, output: Path | None, progress: Progress) -> Drafted:
    """Write papers of a campaign. One that fails is named, the rest are written.

    Raises CommandError when neither kinds nor `everything` is asked for, NotFound for a unit or problem that is not there.
    """
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    if not wanted.kinds and not wanted.everything:
        kinds = "、".join(dict.fromkeys(planned.kind for planned in campaign.documents))
        raise CommandError("没有说起草什么", name, "", f"写上文种（{kinds or '如 实施方案'}），或用 --all 起草全部")
    forms = Forms((workspace.forms, files.path("forms")))
    with rooms.reading(workspace) as opened:
        problems = opened.book.problems(campaign.id)
        issued = opened.issued(campaign.id)
    campaign = drafting.numbered(campaign, issued)
    planned, unknown = planned_for(campaign, wanted, forms)
    jobs = tuple(jobs_of(campaign, planned, wanted, problems, on))
    target = DraftFolder(output or workspace.drafts / safe_name(campaign.id))
    writing = _Batch(workspace.office, campaign, forms, _layout(workspace), issued, target, on)
    try:
        writing.write_all(jobs, progress)
        target.remember()
    except BaseException as error:  # whatever stops the batch, what it wrote is known to the next run
        with suppress(OSError):
            target.remember()
        if isinstance(error, OSError) and error.errno in _STOPS:
            raise _stopped(error, writing, len(jobs)) from error
        raise
    return Drafted(
        papers=tuple(writing.papers),
        unknown=unknown,
        near=tuple(dict.fromkeys(near for kind in unknown for near in drafting.nearest(kind, forms))),
        failed=tuple(writing.failed),
        findings=tuple(writing.findings),
    )


_REMEMBERED = 25
"""Papers after which the memory is written; a file that was written and not remembered is known by its bytes."""
_STOPS = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT})
"""What stops a batch: no later paper could be written either."""


@dataclass(slots=True)
class _Batch:
    """What the papers of one run have in common, and what became of them."""

    office: Office
    campaign: Campaign
    forms: Forms
    layout: Layout
    issued: tuple[Description, ...]
    target: DraftFolder
    on: date
    papers: list[DraftedPaper] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    def write_all(self, jobs: Sequence[Job], progress: Progress) -> None:
        """Write every paper, and note those that fail. Raises what no later paper would get past either."""
        for done, job in enumerate(jobs, 1):
            try:
                self.write(job)
            except FaultyInput:
                raise  # a form of the office's own is faulty: every paper of it would be
            except (JuanzongError, OSError) as error:
                if isinstance(error, OSError) and error.errno in _STOPS:
                    raise
                self.failed.append(_failure(job, error))
            if done % _REMEMBERED == 0:
                self.target.remember()
            progress(done, len(jobs))

    def write(self, job: Job) -> None:
        """Draft, lay out and put down one paper."""
        kind = job.planned.kind
        brief = Brief(
            kind, self.campaign, self.office, on=self.on, unit=job.unit, problems=job.problems, planned=job.planned,
            issued=self.issued,
        )  # fmt: skip
        made = drafting.draft(brief, self.forms)
        content, remarks = _written(made.document, self.layout)
        placed = _put(self.target, made, job, self.campaign, content)
        self.findings += [*made.findings, *remarks]
        unit = job.unit.name if job.unit else None
        self.papers.append(
            DraftedPaper(
                kind=kind, title=made.title, unit=unit, path=placed.path, missing=made.missing, kept=placed.kept,
                same=placed.same,
            )
        )  # fmt: skip


def _stopped(error: OSError, writing: _Batch, wanted: int) -> Refused:
    """What a batch that the disk stopped is told as: how far it came and how to go on."""
    why = f"{reason(error)}；已写成 {len(writing.papers)} 份，都在 {writing.target.folder}"
    remedy = "请腾出空间或换一个文件夹，再运行一次，会接着写其余的"
    return Refused("没有全部写完", f"共 {wanted} 份", why, remedy)


def _failure(job: Job, error: JuanzongError | OSError) -> Failure:
    which = f"{job.planned.kind}{f'（{job.unit.name}）' if job.unit else ''}"
    why = f"{error.what}：{error.why}" if isinstance(error, JuanzongError) else f"写不了文件：{reason(error)}"
    return Failure(which=which, why=why)


def _written(document: Document, layout: Layout) -> tuple[bytes, tuple[Finding, ...]]:
    """The file, its text compared with what went in (raises Fault), and warnings for rare characters, words in bold and wrong totals."""
    content = write(document, layout)
    check_written(document, content)
    found = (*find_rare(document), *find_emphasis(document, layout), *find_totals(document))
    return content, tuple(replace(finding, subject=finding.subject or document.title) for finding in found)


def _layout(workspace: Workspace) -> Layout:
    return load_layout(workspace.office.layout, (workspace.layouts,))


def _put(target: DraftFolder, made: drafting.Draft, job: Job, campaign: Campaign, content: bytes) -> Placed:
    unit = job.unit.name if job.unit else ""
    numbers = "".join(f"第{problem.number}号" for problem in job.problems) if job.planned.per_problem else ""
    title = made.title if not missing_facts(made.title) else f"{job.planned.kind} {campaign.short_name}"
    name = safe_name(" ".join(filter(None, (unit, numbers, title))))
    entry = DraftEntry(
        digest=sha256(content).hexdigest(),
        kind=job.planned.kind,
        title=made.title,
        campaign=campaign.id,
        stage=job.planned.stage,
        unit=job.unit.id if job.unit else None,
        unit_name=unit or None,
        issuer=made.document.issuers[0] if made.document.issuers else (made.document.signatories or (None,))[0],
        missing=made.missing,
    )
    folder = f"{safe_name(job.planned.kind)}/" if job.unit else ""
    return target.put(f"{folder}{name}.docx", content, entry)


def typeset(folder: Path, file: Path, output: Path | None) -> Drafted:
    """Lay out a marked-up text; inside an office by its layout profile, elsewhere by the standard's.

    Raises FaultyInput with every fault of the text, NotFound when it cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("读不懂文件", str(file), "不是 UTF-8 编码的文本", "请另存为 UTF-8") from None
    except OSError as error:
        raise NotFound("读不了文件", str(file), reason(error), "请检查路径和权限") from None
    document, findings = markup.parse(text, str(file))
    layout = _layout(open_workspace(folder)) if (folder / "office.toml").is_file() else load_layout()
    content, rare = _written(document, layout)
    wanted = output or file.with_suffix(".docx")
    drafts = DraftFolder(wanted.parent)
    entry = DraftEntry(digest=sha256(content).hexdigest(), kind=document.format.value, title=document.title)
    placed = drafts.put(wanted.name, content, entry)
    drafts.remember()
    paper = DraftedPaper(
        kind=document.format.value,
        title=document.title,
        unit=None,
        path=placed.path,
        missing=missing_facts(text),
        kept=placed.kept,
    )
    return Drafted(papers=(paper,), findings=(*findings, *rare))

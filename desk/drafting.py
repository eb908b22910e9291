"""Drafting: papers of a campaign written into the drafts folder, and any document from marked-up text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers import Drafted, DraftedPaper, Failure
from desk.drafts import DraftEntry, DraftFolder, Placed
from desk.offices import Workspace, open_workspace
from generators import drafting, markup
from generators.checking import check_written
from generators.forms import Forms
from generators.layout import Layout, load_layout
from generators.rare import find_rare
from generators.totals import find_totals
from generators.writer import write
from model.campaigns import Campaign, PlannedDocument, Unit
from model.documents import Document
from model.errors import CommandError, FaultyInput, JuanzongError, NotFound, Refused, reason
from model.findings import Finding
from model.naming import safe_name
from model.problems import Problem, State
from model.wording import missing_facts
from templates import files

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which papers: kinds by name, narrowed to units and problems; `everything` is all that the definition asks for."""

    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """One paper to be written."""

    planned: PlannedDocument
    unit: Unit | None
    problems: tuple[Problem, ...]


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
    layout = _layout(workspace)
    with rooms.reading(workspace) as opened:
        problems = opened.book.problems(campaign.id)
    planned, unknown = _planned(campaign, wanted, forms)
    jobs = list(_jobs(campaign, planned, wanted, problems))
    target = DraftFolder(output or workspace.drafts / safe_name(campaign.id))
    papers: list[DraftedPaper] = []
    failed: list[Failure] = []
    findings: list[Finding] = []
    for done, job in enumerate(jobs, 1):
        try:
            made = drafting.draft(
                job.planned.kind,
                campaign,
                workspace.office,
                forms=forms,
                on=on,
                unit=job.unit,
                problems=job.problems,
                planned=job.planned,
            )
            content, rare = _written(made.document, layout)
            placed = _put(target, made, job, campaign, content)
            findings += [*made.findings, *rare]
            papers.append(
                DraftedPaper(
                    kind=job.planned.kind,
                    title=made.title,
                    unit=job.unit.name if job.unit else None,
                    path=placed.path,
                    missing=made.missing,
                    kept=placed.kept,
                )
            )
        except FaultyInput:
            raise  # a form of the office's own is faulty: every paper of it would be
        except JuanzongError as error:
            which = f"{job.planned.kind}{f'（{job.unit.name}）' if job.unit else ''}"
            failed.append(Failure(which=which, why=f"{error.what}：{error.why}"))
        progress(done, len(jobs))
    target.remember()
    return Drafted(papers=tuple(papers), unknown=unknown, failed=tuple(failed), findings=tuple(findings))


def _written(document: Document, layout: Layout) -> tuple[bytes, tuple[Finding, ...]]:
    """The file, its text compared with what went in (raises Fault), and warnings for rare characters and wrong totals."""
    content = write(document, layout)
    check_written(document, content)
    found = (*find_rare(document), *find_totals(document))
    return content, tuple(replace(finding, subject=finding.subject or document.title) for finding in found)


def _layout(workspace: Workspace) -> Layout:
    return load_layout(workspace.office.layout, (workspace.layouts,))


def _planned(campaign: Campaign, wanted: Wanted, forms: Forms) -> tuple[tuple[PlannedDocument, ...], tuple[str, ...]]:
    """The documents to draft, and the kinds that this version cannot write. Raises Refused for what no bureau may issue."""
    if wanted.everything:
        found = campaign.documents
    else:
        named = (_named(campaign, kind) for kind in wanted.kinds)
        found = tuple(planned for group in named for planned in group)
    for planned in found:
        if why := drafting.refusal(planned.kind):
            raise Refused("不能起草", planned.kind, why, "请改用整改通知书，或由有权机关发出后作为来文归档")
    unknown = tuple(dict.fromkeys(p.kind for p in found if not drafting.is_known(p.kind, forms)))
    return tuple(planned for planned in found if planned.kind not in unknown), unknown


def _named(campaign: Campaign, kind: str) -> tuple[PlannedDocument, ...]:
    """The definition's documents of a kind; a kind that it does not plan is drafted once for the campaign."""
    planned = tuple(document for document in campaign.documents if kind in (document.kind, document.title))
    if planned:
        return planned
    per = drafting.per_of(kind)
    return (PlannedDocument(kind=kind, title="", per_unit=per == "unit", per_problem=per == "problem"),)


def _jobs(
    campaign: Campaign, planned: tuple[PlannedDocument, ...], wanted: Wanted, problems: tuple[Problem, ...]
) -> Iterator[_Job]:
    units = tuple(_unit(campaign, name) for name in wanted.units)
    open_ones = tuple(problem for problem in problems if problem.state is not State.CLOSED)
    chosen = tuple(_problem(problems, number) for number in wanted.problems) or open_ones
    for document in planned:
        if document.per_problem or (wanted.problems and "整改" in document.kind):
            for problem in chosen:
                if not wanted.problems and not drafting.concerns(document.kind, problem, campaign):
                    continue
                unit = campaign.unit(problem.unit or problem.unit_text)
                if not units or unit in units:
                    yield _Job(document, unit, (problem,))
        elif document.per_unit or (units and document.kind != "实施方案"):
            ordered = "整改通知" in document.kind or "督办" in document.kind
            for unit in units or campaign.units:
                own = tuple(p for p in (chosen if ordered else problems) if unit.id == p.unit)
                if document.kind == "自查报告":  # what inspectors found is no self-check
                    own = tuple(problem for problem in own if "自查" in problem.found_by)
                if (
                    own or not ordered or units
                ):  # an order goes to units with problems; one that is asked for says 【待补】
                    yield _Job(document, unit, own)
        else:
            yield _Job(document, None, problems)


def _unit(campaign: Campaign, name: str) -> Unit:
    unit = campaign.unit(name)
    if unit is None:
        near = [unit.name for unit in campaign.units if name in unit.name or unit.name in name]
        remedy = f"是不是 {'、'.join(near[:3])}" if near else "请用 juanzong campaign show 查看名单"
        raise NotFound("没有这个单位", name, f"“{campaign.name}”的单位名单里没有它", remedy)
    return unit


def _problem(problems: tuple[Problem, ...], number: int) -> Problem:
    found = next((problem for problem in problems if problem.number == number), None)
    if found is None:
        raise NotFound("台账里没有这条问题", f"第{number}号", "", "请用 juanzong ledger list 查看")
    return found


def _put(target: DraftFolder, made: drafting.Draft, job: _Job, campaign: Campaign, content: bytes) -> Placed:
    unit = job.unit.name if job.unit else ""
    numbers = "".join(f"第{problem.number}号" for problem in job.problems) if job.planned.per_problem else ""
    name = safe_name(" ".join(filter(None, (unit, numbers, made.title))))
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

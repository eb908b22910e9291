"""Disposing: what has outlived its period is proposed, approved and destroyed in three steps, with a list, a certificate and a stub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive import cataloguing, disposal
from archive.numbers import NO_FONDS
from archive.registry import Clerk
from desk import rooms
from desk.answers.disposing import DisposalsShown, PeriodsOver
from desk.answers.filing import RecordShown
from desk.books import write_sheet
from desk.filing import campaign_names, index_entry, line
from desk.offices import Workspace, open_workspace
from indexer.near import Near
from model.disposals import Disposal, DisposalState
from model.errors import CommandError, Refused
from model.records import Record
from model.sheets import Column, Sheet


def over(folder: Path, *, on: date) -> PeriodsOver:
    """What has outlived its period on a day."""
    with rooms.reading(open_workspace(folder)) as opened:
        records = opened.strongroom.records()
    held = [r for r in records if r.description.hold and not r.disposed and (last := disposal.expires(r)) and last < on]
    due = disposal.due(records, on)
    return PeriodsOver(on=on, records=tuple(map(line, due)), held=tuple(map(line, held)))


def hold(folder: Path, name: str, reason: str) -> RecordShown:
    """冻结: a record that must not be destroyed; an empty reason releases it. Raises Refused where nothing changes."""
    workspace = open_workspace(folder)
    with rooms.writing(workspace) as opened:
        record = opened.strongroom.record(name)
        if record.disposed:
            raise Refused("没有冻结", record.code, f"它已经销毁（{record.disposed}）", "")
        changed = opened.strongroom.describe(
            record.id,
            replace(record.description, hold=reason.strip()),
            who=opened.who,
            now=opened.now,
            reason=f"冻结：{reason}" if reason.strip() else "解除冻结",
            note=lambda _record: None,
        )
        return RecordShown(records=(line(changed),), record=changed, events=opened.strongroom.events(changed.id))


def propose(folder: Path, names: Sequence[str], *, due: bool, reason: str, on: date) -> DisposalsShown:
    """Put records on a list for appraisal: those named, or all that have outlived their period."""
    if bool(names) == due:
        raise CommandError("要销毁哪些不清楚", "", "写档号，或用 --due 取全部到期的，二者选一", "请改正后再试")
    with rooms.writing(open_workspace(folder)) as opened:
        room = opened.strongroom
        records = disposal.due(room.records(), on) if due else [room.record(name) for name in names]
        made = opened.disposals.propose(records, reason, Clerk(opened.who, opened.now), on)
    return DisposalsShown(disposals=(made,))


def approve(folder: Path, number: str, *, approver: str, basis: str, on: date) -> DisposalsShown:
    """Record the approval."""
    with rooms.writing(open_workspace(folder)) as opened:
        done = opened.disposals.approve(number, approver, basis, Clerk(opened.who, opened.now), on)
    return DisposalsShown(disposals=(done,))


def withdraw(folder: Path, number: str, reason: str) -> DisposalsShown:
    """Take a disposal back."""
    with rooms.writing(open_workspace(folder)) as opened:
        return DisposalsShown(disposals=(opened.disposals.withdraw(number, reason, Clerk(opened.who, opened.now)),))


def carry_out(folder: Path, number: str, witnesses: Sequence[str], *, on: date) -> DisposalsShown:
    """Destroy what was approved; title, 档号 and history stay and are still found, the words and files are gone."""
    workspace = open_workspace(folder)
    names = campaign_names(workspace)
    with rooms.writing(workspace) as opened:

        def note(record: Record) -> None:
            opened.index.put(index_entry(record, names, ()))
            Near(opened.db).forget(record.id)

        clerk = Clerk(opened.who, opened.now)
        done = opened.disposals.carry_out(number, witnesses, clerk, on, note=note)
    return DisposalsShown(disposals=(done,))


def disposals(folder: Path) -> DisposalsShown:
    """All disposals."""
    with rooms.reading(open_workspace(folder)) as opened:
        return DisposalsShown(disposals=opened.disposals.all())


def write(folder: Path, number: str, output: Path) -> DisposalsShown:
    """鉴定清册 before, 销毁清册 with its certificate after."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened:
        found = opened.disposals.find(number)
        records = [opened.strongroom.record(id) for id in found.records]
    write_sheet(workspace, _sheet(workspace, found, records), output)
    return DisposalsShown(disposals=(found,), path=output)


def _sheet(workspace: Workspace, found: Disposal, records: Sequence[Record]) -> Sheet:
    done = found.state is DisposalState.DONE
    rows = []
    for number, record in enumerate(records, 1):
        about = record.description
        last = disposal.expires(record)
        dated = f"{about.dated:%Y%m%d}" if about.dated else ""
        issuer = cataloguing.responsible(about.issuer, workspace.office)
        ended = last.isoformat() if last else ""
        rows.append(
            (number, record.code, about.number or "", issuer, about.title, dated, about.retention.chinese, ended)
        )
    columns = (
        Column("序号", 3, "中"), Column("档号", 13), Column("文号", 10), Column("责任者", 9), Column("题名", 24),
        Column("日期", 6, "中"), Column("保管期限", 5, "中"), Column("期满日期", 7, "中"),
    )  # fmt: skip
    above = (
        f"编号：{found.number}　全宗号：{workspace.office.fonds or NO_FONDS}　单位：{workspace.office.name}",
        f"提出：{found.proposed_by}（{found.proposed_on.isoformat()}）　原因：{found.reason}",
    )
    return Sheet(
        title="档案销毁清册" if done else "档案鉴定清册",
        columns=columns,
        rows=tuple(rows),
        above=above,
        below=_feet(found),
    )


def _feet(found: Disposal) -> tuple[str, ...]:
    if found.state is DisposalState.DONE:
        day = found.done_on.isoformat() if found.done_on else ""
        return (
            f"批准：{found.approved_by}　依据：{found.basis}",
            f"以上档案已于 {day} 在 {'、'.join(found.witnesses)} 监督下销毁，目录留存。",
            "监销人签字：　　　　　　　　　　　　　　　　单位（章）：",
        )
    return ("鉴定意见：", "鉴定小组签字：　　　　　　　　　批准人签字：　　　　　　　　　日期：")

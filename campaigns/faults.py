"""Faults beyond the shape: ids given twice, references that lead nowhere, days in the wrong order; and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from campaigns.remarks import remarks
from model.campaigns import Campaign
from model.findings import Finding, Severity

if TYPE_CHECKING:
    from campaigns.yamlio import Tree

Path = tuple[str | int, ...]


def error(rule: str, message: str, fix: str, file: str, line: int | None, key: str | None) -> Finding:
    """A fault: the definition cannot be used."""
    return Finding(rule=rule, severity=Severity.ERROR, message=message, fix=fix, file=file, line=line, key=key)


def findings(campaign: Campaign, tree: Tree, file: str, damaged: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """All faults and remarks, each with the line of its key; nothing is said of references into `damaged` lists."""
    checks = (("twice", _twice(campaign)), ("references", _references(campaign, damaged)), ("order", _order(campaign)))
    for rule, faults in checks:
        for path, message, fix in faults:
            yield error(rule, message, fix, file, tree.line(path), _dotted(path))
    for path, message in remarks(campaign):
        line, key = tree.line(path), _dotted(path)
        yield Finding(rule="remark", severity=Severity.INFO, message=message, file=file, line=line, key=key)


def _dotted(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


Fault = tuple[Path, str, str]


def _twice(campaign: Campaign) -> Iterator[Fault]:
    """Ids and codes given twice, and members listed twice."""
    lists: tuple[tuple[str, Iterable[Any]], ...] = (
        ("basis", campaign.basis),
        ("goals", campaign.goals),
        ("areas", campaign.areas),
        ("stages", campaign.stages),
        ("teams", campaign.teams),
        ("units", campaign.units),
        ("deliverables", campaign.deliverables),
        ("reporting", campaign.reporting),
    )
    for name, values in lists:
        yield from _doubles((name,), "id", [value.id for value in values], "编号")
    yield from _doubles(("units",), "name", [unit.name for unit in campaign.units], "单位名称")
    yield from _doubles(("evidence",), "code", [item.code for item in campaign.evidence], "代码")
    yield from _doubles(("archive", "volumes"), "code", [volume.code for volume in campaign.archive.volumes], "卷号")
    seen: set[str] = set()
    for index, area in enumerate(campaign.areas):
        for place, item in enumerate(area.items):
            if item.id in seen:
                yield ("areas", index, "items", place, "id"), f"检查项编号 {item.id} 重复", "每个检查项用不同的编号"
            seen.add(item.id)
    yield from _members(campaign)


def _doubles(path: Path, key: str, values: list[str], what: str) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (*path, index, key), f"{what} {value} 重复（第 {values.index(value) + 1} 项已用）", f"请换一个{what}"


def _members(campaign: Campaign) -> Iterator[Fault]:
    group = campaign.leading_group
    if group is None:
        return
    seen: set[tuple[str, str | None]] = set()
    for part, people in (("leader", group.leader), ("deputies", group.deputies), ("members", group.members)):
        for index, person in enumerate(people):
            if (person.name, person.post) in seen or (person.name, None) in seen:
                fix = "一个人只列一次；确有同名的两个人，请写上各自的职务"
                yield ("leading_group", part, index, "name"), f"{person.name} 列了两次", fix
            seen.add((person.name, person.post))


def _references(campaign: Campaign, damaged: frozenset[str]) -> Iterator[Fault]:
    """References to things that do not exist."""
    lists: dict[str, tuple[str, set[str]]] = {
        "basis": ("依据文件", {document.id for document in campaign.basis}),
        "goals": ("目标", {goal.id for goal in campaign.goals}),
        "stages": ("阶段", {stage.id for stage in campaign.stages}),
        "units": ("单位", {unit.id for unit in campaign.units}),
        "evidence": ("佐证材料", {item.code for item in campaign.evidence}),
    }
    for name, path, values in _referring(campaign):
        if name not in damaged:
            yield from _unknown(path, values, lists[name][1], lists[name][0])
    kinds = {unit.kind for unit in campaign.units}
    if kinds and "units" not in damaged:
        for path, values in _kinds(campaign):
            yield from _unknown(path, values, kinds, "单位类别")
        for path, values in _bodies(campaign):
            numbers = [value for value in values if re.fullmatch(r"[A-Z]{1,3}-?\d+", value, re.ASCII)]
            yield from _unknown(path, numbers, lists["units"][1], "单位")


def _referring(campaign: Campaign) -> Iterator[tuple[str, Path, tuple[str | None, ...]]]:
    """Every reference by id: the list it leads into, its place, its values."""
    for index, area in enumerate(campaign.areas):
        yield "basis", ("areas", index, "standards"), area.standards
        for place, item in enumerate(area.items):
            yield "goals", ("areas", index, "items", place, "goal"), (item.goal,)
    for index, unit in enumerate(campaign.units):
        yield "units", ("units", index, "parent"), (unit.parent,)
    for index, document in enumerate(campaign.documents):
        yield "stages", ("documents", index, "stage"), (document.stage,)
    for index, volume in enumerate(campaign.archive.volumes):
        yield "evidence", ("archive", "volumes", index, "evidence"), volume.evidence


def _kinds(campaign: Campaign) -> Iterator[tuple[Path, tuple[str | None, ...]]]:
    """Every mention of a kind of unit."""
    for index, area in enumerate(campaign.areas):
        yield ("areas", index, "applies_to"), area.applies_to
        for place, item in enumerate(area.items):
            yield ("areas", index, "items", place, "applies_to"), item.applies_to
    for index, goal in enumerate(campaign.goals):
        yield ("goals", index, "unit_kind"), (goal.unit_kind,)


def _bodies(campaign: Campaign) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every mention of who acts: free text, but what looks like a unit's id must be one."""
    for index, area in enumerate(campaign.areas):
        yield ("areas", index, "lead"), area.lead
        yield ("areas", index, "support"), area.support
    for index, thing in enumerate(campaign.deliverables):
        yield ("deliverables", index, "from"), thing.from_
        yield ("deliverables", index, "to"), thing.to
    for index, report in enumerate(campaign.reporting):
        yield ("reporting", index, "from"), report.from_
        yield ("reporting", index, "to"), report.to
    for index, item in enumerate(campaign.evidence):
        yield ("evidence", index, "from"), item.from_


def _unknown(path: Path, values: Iterable[str | None], known: set[str], what: str) -> Iterator[Fault]:
    for value in values:
        if value is not None and value not in known:
            allowed = "、".join(sorted(known)[:12]) or "（还没有）"
            told = f"没有“{value}”这类单位" if what == "单位类别" else f"没有编号为 {value} 的{what}"
            yield path, told, f"现有的是 {allowed}"


def _order(campaign: Campaign) -> Iterator[Fault]:
    """Ends before starts."""
    spans: list[tuple[Path, Any]] = [(("period", "end"), campaign.period)]
    spans += [(("stages", index, "end"), stage) for index, stage in enumerate(campaign.stages)]
    for path, span in spans:
        if span.start and span.end and span.end < span.start:
            yield path, f"结束日期 {span.end} 早于开始日期 {span.start}", "请核对两个日期"

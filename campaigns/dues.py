"""What is due when, and who owes it: worked out from a campaign for a day, without a clock or a disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from model.campaigns import Campaign, Due, Frequency, Report, Unit

NOT_SCHOOLS = ("培训机构", "教育局", "乡镇", "街道", "部门", "社会事务办")
"""Kinds of units (by a part of their name) that 各学校 does not mean."""

_EVERY = {
    Frequency.DAILY: timedelta(days=1),
    Frequency.WEEKLY: timedelta(days=7),
    Frequency.BIWEEKLY: timedelta(days=14),
}
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


def debtors(campaign: Campaign, names: Iterable[str]) -> tuple[Unit, ...]:
    """The units in scope that names mean: a unit, a kind of unit, or a class of units (各学校、各校外培训机构)."""
    found: dict[str, Unit] = {}
    for name in names:
        for unit in campaign.units:
            if _means(name, unit):
                found[unit.id] = unit
    return tuple(unit for unit in campaign.units if unit.id in found)


def _means(name: str, unit: Unit) -> bool:
    if name in (unit.id, unit.name, unit.kind, *unit.aliases):
        return True
    school = not any(kind in unit.kind for kind in NOT_SCHOOLS)
    if name in ("各学校", "各校", "学校", "各级各类学校", "各中小学校", "各中小学、幼儿园", "各学校、幼儿园"):
        return school
    if name.endswith(("直属各学校", "直各学校")):
        return school and unit.parent is None
    bare = name.removeprefix("各").removeprefix("校外")
    return name.startswith("各") and (bare in unit.kind or unit.kind in bare)


def dues(campaign: Campaign, on: date) -> tuple[Due, ...]:
    """Everything with a day: what is due once, the last and the next of what recurs, evidence, filing; by day."""
    found = [*_once(campaign), *_recurring(campaign, on), *_evidence(campaign)]
    if campaign.archive.due:
        keeper = campaign.archive.keeper or campaign.issuer.name
        found.append(_due(campaign, "材料归档", (keeper,), campaign.archive.due, "archive", "archive"))
    late = (
        Due(
            what=due.what,
            who=due.who,
            due=due.due,
            source=due.source,
            ref=due.ref,
            to=due.to,
            units=due.units,
            late=due.due < on,
        )
        for due in found
    )
    return tuple(sorted(late, key=lambda due: (due.due, due.ref)))


def _due(
    campaign: Campaign, what: str, names: tuple[str, ...], day: date, source: str, ref: str, to: tuple[str, ...] = ()
) -> Due:
    units = tuple(unit.id for unit in debtors(campaign, names))
    return Due(what=what, who="、".join(names), due=day, source=source, ref=ref, to=to, units=units)


def _once(campaign: Campaign) -> Iterator[Due]:
    for thing in campaign.deliverables:
        if thing.due:
            yield _due(campaign, thing.what, thing.from_, thing.due, "deliverable", thing.id, thing.to)


def _evidence(campaign: Campaign) -> Iterator[Due]:
    for item in campaign.evidence:
        if item.due:
            yield _due(campaign, item.name, item.from_, item.due, "evidence", item.code)


def _recurring(campaign: Campaign, on: date) -> Iterator[Due]:
    """Of each report the last day before `on` and the next from `on`, within the campaign's period."""
    start = campaign.period.start or min((s.start for s in campaign.stages if s.start), default=None)
    end = campaign.period.end or max((s.end for s in campaign.stages if s.end), default=None)
    if start is None or end is None:
        return
    for report in campaign.reporting:
        days = list(_days(report, start, end))
        for day in (*[d for d in days if d < on][-1:], *[d for d in days if d >= on][:1]):
            yield _due(campaign, report.what, report.from_, day, "report", report.id, report.to)


def _days(report: Report, start: date, end: date) -> Iterator[date]:
    if report.frequency in _EVERY:
        day = start
        if report.weekday and report.frequency is not Frequency.DAILY:
            day += timedelta(days=(report.weekday - start.isoweekday()) % 7)
        while day <= end:
            yield day
            day += _EVERY[report.frequency]
    elif report.frequency in _MONTHS and report.day:
        month = start.year * 12 + start.month - 1
        while (day := _in_month(month, report.day)) <= end:
            if day >= start:
                yield day
            month += _MONTHS[report.frequency]


def _in_month(month: int, day: int) -> date:
    """The day of a month counted from year 0; the month's last day where it has no such day."""
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day - 1), following - timedelta(days=1))

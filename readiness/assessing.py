"""Requirements against the records that are on file, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from model.campaigns import Campaign
from model.findings import Finding
from model.readiness import Evidence, Readiness, Requirement, Standing
from model.records import Record
from readiness.requirements import Debtors, requirements, same
from readiness.wording import finding

SOON = timedelta(days=14)


def assess(campaign: Campaign, records: Sequence[Record], on: date, debtors: Debtors) -> Readiness:
    """How every requirement stands; records of other campaigns are passed over."""
    own = [record for record in records if record.description.campaign == campaign.id]
    evidence = tuple(_stand(wanted, own, on) for wanted in requirements(campaign, debtors))
    placed = {record for held in evidence for record in held.records}
    unplaced = tuple(record.id for record in own if record.id not in placed)
    return Readiness(campaign=campaign.id, on=on, evidence=evidence, unplaced=unplaced)


def answers(wanted: Requirement, record: Record) -> bool:
    """Whether a record is evidence for a requirement: by its code, its kind or its title, from the right unit."""
    about = record.description
    if wanted.unit is not None and not {wanted.unit, wanted.unit_name} & {about.unit, about.unit_name}:
        return False
    if wanted.code in about.evidence:
        return True
    return same(wanted.name, about.kind or "") or (len(wanted.name) >= 3 and wanted.name in about.title)


def _stand(wanted: Requirement, records: Iterable[Record], on: date) -> Evidence:
    held = tuple(record.id for record in records if answers(wanted, record))
    if held:
        return Evidence(requirement=wanted, standing=Standing.MET, records=held)
    if wanted.due is None:
        return Evidence(requirement=wanted, standing=Standing.MISSING)
    return Evidence(requirement=wanted, standing=Standing.LATE if wanted.due < on else Standing.NOT_DUE)


def findings(readiness: Readiness) -> tuple[Finding, ...]:
    """What is missing, worst first: overdue, missing, due soon, due later, optional; units that lack the same thing together."""
    lacking: dict[tuple[int, str, str], list[Requirement]] = {}
    for held in readiness.evidence:
        if held.standing is not Standing.MET:
            wanted = held.requirement
            lacking.setdefault((_rank(held, readiness.on), wanted.code, wanted.name), []).append(wanted)
    order = sorted(lacking.items(), key=lambda pair: (pair[0][0], pair[1][0].due or date.max, pair[0][1]))
    found = [_finding(rank, wanted, readiness.on) for (rank, _, _), wanted in order]
    if readiness.unplaced:
        found.append(finding("R06", None, count=str(len(readiness.unplaced))))
    return tuple(found)


def _rank(held: Evidence, on: date) -> int:
    wanted = held.requirement
    if not wanted.required:
        return 5
    if held.standing is Standing.LATE:
        return 1
    if held.standing is Standing.MISSING:
        return 2
    return 3 if wanted.due and wanted.due <= on + SOON else 4


def _finding(rank: int, wanted: Sequence[Requirement], on: date) -> Finding:
    first = wanted[0]
    days = abs((on - first.due).days) if first.due else 0
    return finding(
        f"R0{rank}",
        first.code,
        name=first.name,
        who=_who(wanted),
        days=str(days),
        due=first.due.isoformat() if first.due else "",
        count=str(len(wanted)),
    )


def _who(wanted: Sequence[Requirement]) -> str:
    names = list(_names(wanted))
    return "、".join(names[:3]) + (f" 等 {len(names)} 个单位" if len(names) > 3 else "")


def _names(wanted: Iterable[Requirement]) -> Iterator[str]:
    yield from dict.fromkeys(requirement.unit_name for requirement in wanted)

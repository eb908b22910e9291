"""What a campaign asks to be on file: its documents, deliverables, evidence and stage outputs, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from model.campaigns import Campaign, Unit
from model.readiness import Requirement

Debtors = Callable[[Campaign, Iterable[str]], tuple[Unit, ...]]
"""Which units names mean (各学校 …); the campaigns room knows, the desk hands it over."""


def requirements(campaign: Campaign, debtors: Debtors) -> tuple[Requirement, ...]:
    """All requirements in the order of the file plan; the same thing asked for twice is one, with the earlier day."""
    found: list[Requirement] = []
    for wanted in (*_evidence(campaign, debtors), *_deliverables(campaign, debtors), *_documents(campaign, debtors)):
        _merge(found, wanted)
    for output in _outputs(campaign):
        if not any(same(output.name, held.name) for held in found):
            found.append(output)
    placed = [replace(wanted, volume=_volume(campaign, wanted)) for wanted in found]
    return tuple(sorted(placed, key=lambda wanted: (wanted.volume or "99", wanted.code, wanted.unit or "")))


def same(one: str, other: str) -> bool:
    """Whether two names mean the same paper: 自查报告 and 迎省检自查报告 do."""
    return one == other or (min(len(one), len(other)) >= 4 and (one.endswith(other) or other.endswith(one)))


def _merge(found: list[Requirement], wanted: Requirement) -> None:
    for place, held in enumerate(found):
        if same(held.name, wanted.name) and (held.unit == wanted.unit):
            days = [day for day in (held.due, wanted.due) if day]
            found[place] = replace(held, due=min(days) if days else None, required=held.required or wanted.required)
            return
    found.append(wanted)


def _each(units: tuple[Unit, ...], wanted: Requirement) -> Iterator[Requirement]:
    """One requirement a unit; one of the office itself when no unit in scope owes it."""
    if not units:
        yield wanted
    for unit in units:
        yield replace(wanted, unit=unit.id, unit_name=unit.name)


def _wanted(campaign: Campaign, code: str, name: str, group: str, due: date | None, required: bool) -> Requirement:
    return Requirement(
        code=code, name=name, group=group, unit=None, unit_name=campaign.issuer.name, due=due, required=required
    )


def _evidence(campaign: Campaign, debtors: Debtors) -> Iterator[Requirement]:
    for item in campaign.evidence:
        wanted = _wanted(campaign, item.code, item.name, item.group or "佐证材料", item.due, item.required)
        yield from _each(debtors(campaign, item.from_), replace(wanted, private=item.private))


def _deliverables(campaign: Campaign, debtors: Debtors) -> Iterator[Requirement]:
    for thing in campaign.deliverables:
        required = thing.due is not None
        yield from _each(
            debtors(campaign, thing.from_), _wanted(campaign, thing.id, thing.what, "报送事项", thing.due, required)
        )


def _documents(campaign: Campaign, debtors: Debtors) -> Iterator[Requirement]:
    """Papers to be drafted; those made for each problem or again and again are not owed in a number that is known."""
    ends = {stage.id: stage.end for stage in campaign.stages}
    for place, document in enumerate(campaign.documents, 1):
        counted = not (document.per_problem or document.per or document.frequency)
        due = ends.get(document.stage or "") if counted else None
        wanted = _wanted(campaign, f"W{place:02d}", document.kind, "应形成的文书", due, counted)
        owing = _units_of(campaign, document.kind, debtors) if document.per_unit else ()
        # An order goes only to units with problems, so none is owed by every unit.
        if "整改通知" in document.kind or "督办" in document.kind:
            yield replace(wanted, required=False, due=None)
        else:
            yield from _each(owing, wanted)


def _units_of(campaign: Campaign, kind: str, debtors: Debtors) -> tuple[Unit, ...]:
    """The units a paper per unit is for: those that owe the deliverable of the same name, else all."""
    named = [thing.from_ for thing in campaign.deliverables if same(thing.what, kind)]
    return (debtors(campaign, named[0]) if named else ()) or campaign.units


def _outputs(campaign: Campaign) -> Iterator[Requirement]:
    for stage in campaign.stages:
        for place, output in enumerate(stage.outputs, 1):
            yield _wanted(campaign, f"{stage.id}-{place}", output, stage.name, stage.end, required=False)


def _volume(campaign: Campaign, wanted: Requirement) -> str | None:
    for volume in campaign.archive.volumes:
        if wanted.code in volume.evidence or any(same(item, wanted.name) for item in volume.items):
            return volume.code
    return None

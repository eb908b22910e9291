"""What is not wrong in a definition but worth a look (提示): overlaps, days outside the period, figures that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from model.campaigns import Campaign

Remark = tuple[tuple[str | int, ...], str]


def remarks(campaign: Campaign) -> Iterator[Remark]:
    """Every remark: where, and what is noticed."""
    yield from _overlaps(campaign)
    yield from _outputs(campaign)
    yield from _outside(campaign)
    yield from _stage_dues(campaign)
    yield from _figures(campaign)
    yield from _namesakes(campaign)


def _overlaps(campaign: Campaign) -> Iterator[Remark]:
    for index, (one, other) in enumerate(zip(campaign.stages, campaign.stages[1:], strict=False), 1):
        if one.end and other.start and other.start <= one.end:
            yield ("stages", index, "start"), f"“{other.name}”与“{one.name}”的时间有重叠"


def _outputs(campaign: Campaign) -> Iterator[Remark]:
    """Stage outputs that nothing makes."""
    made = [document.kind for document in campaign.documents] + [document.title for document in campaign.documents]
    made += [deliverable.what for deliverable in campaign.deliverables] + [report.what for report in campaign.reporting]
    for index, stage in enumerate(campaign.stages):
        for place, output in enumerate(stage.outputs):
            if not any(output in name or name in output for name in made):
                told = f"“{stage.name}”要形成“{output}”，但没有哪份材料或报送事项与它对应"
                yield ("stages", index, "outputs", place), told


def _outside(campaign: Campaign) -> Iterator[Remark]:
    """Stages and things due outside the campaign's period."""
    start, end = campaign.period.start, campaign.period.end
    days: list[tuple[tuple[str | int, ...], str, date | None]] = []
    for index, stage in enumerate(campaign.stages):
        days.append((("stages", index, "start"), f"“{stage.name}”的开始日期", stage.start))
        days.append((("stages", index, "end"), f"“{stage.name}”的结束日期", stage.end))
    for index, thing in enumerate(campaign.deliverables):
        days.append((("deliverables", index, "due"), f"“{thing.what}”的报送日期", thing.due))
    for path, what, day in days:
        if day and start and day < start:
            yield path, f"{what} {day} 早于行动的开始日期 {start}"
        elif day and end and day > end:
            yield path, f"{what} {day} 晚于行动的结束日期 {end}"


def _stage_dues(campaign: Campaign) -> Iterator[Remark]:
    """Things that a stage must leave behind and that are due outside it."""
    for index, thing in enumerate(campaign.deliverables):
        stages = [stage for stage in campaign.stages if thing.what in stage.outputs]
        if not thing.due or not stages:
            continue
        if not any((stage.start or thing.due) <= thing.due <= (stage.end or thing.due) for stage in stages):
            told = f"“{thing.what}”由“{stages[0].name}”形成，报送日期 {thing.due} 却不在这个阶段里"
            yield ("deliverables", index, "due"), told


def _figures(campaign: Campaign) -> Iterator[Remark]:
    """Goals whose text gives other shares than their value."""
    for index, goal in enumerate(campaign.goals):
        told = [float(number) for number in re.findall(r"(\d{1,3}(?:\.\d+)?)[%％]", goal.text)]
        if told and goal.unit == "%" and goal.value is not None and goal.value not in told:
            yield ("goals", index, "value"), f"目标文字里没有 {goal.value:g}% 这个数，写的是 {told[0]:g}%"


def _namesakes(campaign: Campaign) -> Iterator[Remark]:
    """A name that two units answer to."""
    seen: dict[str, str] = {}
    for index, unit in enumerate(campaign.units):
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            if name in seen and seen[name] != unit.name:
                yield ("units", index, "aliases"), f"“{name}”既指“{seen[name]}”，又指“{unit.name}”"
            seen.setdefault(name, unit.name)

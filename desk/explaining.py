"""What a kind of paper needs, where each line of a draft comes from, and where the layout departs from the standard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from campaigns import library
from desk import rooms
from desk.answers.drafting import DeviationLine, ExplainedLine, FieldLine, FieldsListed, LayoutShown, PaperExplained
from desk.offices import open_workspace
from generators.pages.layout import load_layout
from generators.papers import drafting
from generators.papers.brief import Brief
from generators.papers.forms import Forms
from model.errors import NotFound
from templates import files


def fields(folder: Path, name: str | None, kind: str) -> FieldsListed:
    """The fields that the form of a kind uses, in this campaign if one is named. Raises NotFound and Refused as drafting does."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name) if name else None
    forms = Forms((workspace.forms, files.path("forms")))
    found = drafting.fields(kind, forms, campaign)
    told = (FieldLine(name=each.name, type=each.type, source=each.source, example=each.example) for each in found)
    return FieldsListed(kind=kind, fields=tuple(told))


def explain(
    folder: Path, name: str, kind: str, *, units: tuple[str, ...], problems: tuple[int, ...], on: date
) -> PaperExplained:
    """Every line of one draft with its form, line, facts and library paragraphs. Raises as drafting does."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    with rooms.reading(workspace) as opened:
        told = opened.book.problems(campaign.id)
        issued = opened.issued(campaign.id)
    campaign = drafting.numbered(campaign, issued)
    unit = campaign.unit(units[0]) if units else None
    if units and unit is None:
        raise NotFound(
            "没有这个单位", units[0], f"“{campaign.name}”的单位名单里没有它", "请用 juanzong campaign show 查看名单"
        )
    chosen = tuple(
        problem
        for problem in told
        if (not problems or problem.number in problems) and (unit is None or problem.unit == unit.id)
    )
    forms = Forms((workspace.forms, files.path("forms")))
    found = drafting.explain(
        Brief(kind, campaign, workspace.office, on=on, unit=unit, problems=chosen, issued=issued), forms
    )
    lines = (
        ExplainedLine(
            text=each.text,
            form=each.form,
            line=each.line,
            facts=each.facts,
            missing=each.missing,
            wordings=each.wordings,
        )
        for each in found
    )
    return PaperExplained(kind=kind, explained=tuple(lines))


def layout(folder: Path, name: str | None) -> LayoutShown:
    """Where a layout profile, the office's own by default, departs from the standard. Raises NotFound, FaultyInput."""
    workspace = open_workspace(folder)
    profile = load_layout(name or workspace.office.layout, (workspace.layouts,))
    lines = (
        DeviationLine(key=one.key, standard=str(one.standard), value=str(one.value), clause=one.clause)
        for one in profile.deviations
    )
    return LayoutShown(name=profile.name, deviations=tuple(lines))

"""Every fact a paper may use, from the definition, the office, the unit, the ledger and what was issued before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from generators.papers.brief import Brief
from generators.papers.campaign_facts import campaign_facts, short_name
from generators.papers.derived_facts import found_word
from generators.papers.forms import Forms
from generators.papers.kinds import Kind, kind_named, shipped_kinds
from generators.papers.period_facts import period_facts
from generators.papers.problem_facts import problem_rows, statistics
from generators.papers.unit_facts import unit_facts
from model.campaigns import Campaign, PlannedDocument, Unit
from model.offices import Office
from model.problems import Problem
from model.records import Description
from model.wording import missing


def paper_facts(found: Kind | None, brief: Brief, forms: Forms) -> dict[str, Any]:
    """Every fact a form may use, from the definition, the office, the unit and the ledger."""
    kind, campaign, on, problems = brief.kind, brief.campaign, brief.on, brief.problems
    unit = brief.unit or (_unit_of(problems, campaign) if found and found.per else None)
    planned = brief.planned if brief.planned and brief.planned.title else _plan_for(kind, found, campaign)
    by_unit = bool(unit) and (
        bool(found and found.by_unit) or bool(planned and planned.per_unit and not _of_bureau(found))
    )
    issuer = unit.name if unit and by_unit else campaign.issuer.name
    if found and found.by_unit and found.per and not unit and (planned is None or planned.per_unit):
        issuer = missing("单位名称")
    ours = not by_unit and _same_body(brief.office, campaign)
    name = planned.title if planned else (found.title if found and found.title else kind)
    group = campaign.leading_group.name if campaign.leading_group and not unit else f"{short_name(campaign)}领导小组"
    blanks = {
        "{文种}": kind, "{领导小组}": group, "{简称}": short_name(campaign), "{全称}": campaign.name,
        "{所查}": found_word(campaign),
    }  # fmt: skip
    for blank, fact in blanks.items():
        name = name.replace(blank, fact)
    name = name.replace("工作工作", "工作")
    if by_unit and name.startswith(campaign.name):  # a school's own paper does not speak in the county's name
        name = short_name(campaign) + name.removeprefix(campaign.name)
    period = period_facts(kind, planned, campaign, problems, on)
    return {
        "行动": _prepared(_Same(campaign), _Same(forms)),
        "发文机关": issuer,
        "题名": name,
        "短题名": name.removeprefix(issuer) or name,
        "标题": full_title(issuer, name),
        "文种": kind,
        "成文日期": None,
        "发文字号": None,
        "签发人": None,
        "今天": on,
        "联系方式": brief.office.contact if ours else None,
        "印发机关": (brief.office.print_office or None) if ours else None,
        "单位": _prepared_unit(_Same(unit), _Same(campaign), _Same(forms)) if unit else None,
        "问题": problem_rows(problems, campaign, on),
        "统计": statistics(problems, campaign, on, period["起"] if period else None) if problems else None,
        "本期": period,
        "原文": {name: _cited(name, brief.issued, unit) for name in _CITED},
        "会议": _meeting(campaign),
        "另有": [paper.kind for paper in campaign.documents],
    }


_CITED = ("整改通知书", "挂牌督办通知书", "约谈通知")
"""Kinds that later papers cite by number and day."""


def numbered(campaign: Campaign, issued: Sequence[Description]) -> Campaign:
    """The campaign with its plan's 文号, once the plan has been issued; the definition's own wins."""
    plans = [
        each.number
        for each in issued
        if each.number and (found := kind_named(each.kind or "")) and found.name == "实施方案"
    ]
    if campaign.issuer.doc_no or not plans:
        return campaign
    return replace(campaign, issuer=replace(campaign.issuer, doc_no=plans[-1]))


def _cited(kind: str, issued: Sequence[Description], unit: Unit | None) -> dict[str, Any]:
    """Number and day of the latest paper of a kind that went to this unit, and how many went out; None while there is none."""
    names = {each for kind_ in shipped_kinds() if kind_.name == kind for each in (kind_.name, *kind_.aliases)}
    ours = [each for each in issued if each.kind in names and unit and each.unit == unit.id]
    whole = sum(each.kind in names for each in issued)
    return {
        "文号": ours[-1].number if ours else None,
        "日期": ours[-1].dated if ours else None,
        "份数": str(whole) if whole else None,  # none registered need not mean that none went out
    }


def _plan_for(kind: str, found: Kind | None, campaign: Campaign) -> PlannedDocument | None:
    """The definition's own document of this kind, under whichever of its names."""
    names = (kind, found.name, *found.aliases) if found else (kind,)
    exact = (paper for name in names for paper in campaign.documents if paper.kind == name)
    return next(exact, None)


def _unit_of(problems: Sequence[Problem], campaign: Campaign) -> Unit | None:
    """The one unit that all these problems are about, None when there is no such one."""
    names = {problem.unit for problem in problems}
    name = names.pop() if len(names) == 1 else None
    return campaign.unit(name) if name else None


class _Same:
    """Something known by being that very thing: a key that costs nothing, whatever it holds."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing


@lru_cache(maxsize=8)
def _prepared(campaign: _Same, forms: _Same) -> Any:
    """The campaign's facts, made once for all its papers."""
    return forms.thing.prepared("行动", campaign_facts(campaign.thing))


@lru_cache(maxsize=2048)
def _prepared_unit(unit: _Same, campaign: _Same, forms: _Same) -> Any:
    """A unit's facts, made once for all its papers."""
    return forms.thing.prepared("单位", unit_facts(unit.thing, campaign.thing))


def _meeting(campaign: Campaign) -> str:
    """What the mobilisation meeting is called in every paper: as the planned notice has it."""
    titles = [paper.title for paper in campaign.documents if paper.kind == "会议通知"]
    named = re.search(r"关于召开(.+)的通知$", titles[0]) if titles else None
    return named[1] if named else f"{campaign.name}动员部署会"


def _of_bureau(found: Kind | None) -> bool:
    """Whether a kind that is drafted per unit is addressed to the unit, not issued by it."""
    return bool(found and not found.by_unit and found.per in ("unit", "problem"))


def _same_body(office: Office, campaign: Campaign) -> bool:
    """Whether the office that drafts is the body that issues the campaign's papers."""
    ours = {office.name, office.short}
    return bool(ours & {campaign.issuer.name, campaign.issuer.short})


def full_title(issuer: str, name: str) -> str:
    """机关＋事由＋文种 (条例 art. 9(7)); the issuer is not said twice."""
    return name if name.startswith(issuer) else f"{issuer}{name}"

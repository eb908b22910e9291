"""A campaign and a kind of paper become a draft: marked-up text, document, and what is still missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from generators.campaign_facts import campaign_facts, plan_title, short_name
from generators.contract import Field
from generators.derived_facts import found_word
from generators.explaining import Explained
from generators.explaining import explain as explain_form
from generators.forms import Forms
from generators.markup import parse
from generators.period_facts import period_facts
from generators.problem_facts import problem_rows, statistics
from generators.unit_facts import unit_facts
from model.campaigns import Campaign, PlannedDocument, Unit
from model.documents import Document
from model.errors import NotFound, Refused
from model.findings import Finding
from model.offices import Office
from model.problems import Problem, State
from model.records import Description
from model.wording import missing, missing_facts
from templates import files


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted paper: its kind as asked for, title, unit, markup, document, facts left 【待补】, remarks."""

    kind: str
    title: str
    unit: Unit | None
    markup: str
    document: Document
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its form, other names, forms for special campaigns (word in the campaign's kind, form).

    `by_unit`: the unit issues it (发文机关 is the unit); `per`: what it is drafted for (unit, problem or nothing);
    `listed_only`: only for problems under 挂牌督办; `about`: which of a unit's problems a batch writes it about
    (待改, 逾期, 自查, 台账), and but for 自查 only for units that have such problems.
    """

    name: str
    form: str
    aliases: tuple[str, ...]
    variants: tuple[tuple[str, str], ...]
    title: str
    by_unit: bool
    per: str
    listed_only: bool = False
    about: str = ""


@cache
def _register() -> tuple[tuple[Kind, ...], Mapping[str, str]]:
    told = tomllib.loads(files.path("forms", "kinds.toml").read_text(encoding="utf-8"))
    kinds = tuple(
        Kind(
            name=each["name"],
            form=each.get("form", each["name"]),
            aliases=tuple(each.get("aliases", ())),
            variants=tuple((word, form) for word, form in each.get("variants", {}).items()),
            title=each.get("title", ""),
            by_unit=each.get("by_unit", False),
            per=each.get("per", ""),
            listed_only=each.get("listed_only", False),
            about=each.get("about", ""),
        )
        for each in told["kind"]
    )
    return kinds, {name: each["why"] for each in told["refused"] for name in each["names"]}


def shipped_kinds() -> tuple[Kind, ...]:
    """Every kind that this version writes, as templates/forms/kinds.toml says."""
    return _register()[0]


def known_kinds(forms: Forms) -> tuple[str, ...]:
    """Names of all kinds that can be drafted: the shipped ones and an office's own forms."""
    own = set(forms.kinds()) - {form for kind in shipped_kinds() for form in (kind.form, *dict(kind.variants).values())}
    return (*(kind.name for kind in shipped_kinds()), *sorted(own))


def nearest(kind: str, forms: Forms) -> tuple[str, ...]:
    """The kinds that an unknown name may have meant, aliases included, the nearest first."""
    names = {name: each.name for each in shipped_kinds() for name in (each.name, *each.aliases)}
    names |= {name: name for name in known_kinds(forms)}
    close = get_close_matches(kind, names, n=3, cutoff=0.5)
    return tuple(dict.fromkeys(names[name] for name in close))


def is_known(kind: str, forms: Forms) -> bool:
    """Whether this kind, or the form it is another name of, can be drafted."""
    return _kind(kind) is not None or forms.has(kind)


def per_of(kind: str) -> str:
    """For what a kind is drafted: `unit`, `problem` or nothing, when the definition does not say."""
    found = _kind(kind)
    return found.per if found else ""


def about(kind: str) -> str:
    """Which of a unit's problems a batch writes this kind about: 待改, 逾期, 自查, 台账 (all), or nothing said."""
    found = _kind(kind)
    return found.about if found else ""


def needs(kind: str) -> bool:
    """Whether a batch leaves out units without a problem of that sort: nothing is ordered of them, nobody summoned."""
    return about(kind) not in ("", "自查")


def concerns(kind: str, problem: Problem, campaign: Campaign) -> bool:
    """Whether a batch drafts this kind for this problem: 挂牌督办 only where the grade or the state asks for it."""
    found = _kind(kind)
    if found is None or not found.listed_only:
        return True
    grade = campaign.grade(problem.grade)
    return bool(grade and grade.listed) or problem.state is State.LISTED


def _one_at_a_time(kind: str, found: Kind | None, unit: Unit | None, problems: Sequence[Problem]) -> None:
    """A paper about one problem or one unit is never written about several: it would accuse the wrong one."""
    if found is None or not found.per:
        return
    if found.per == "problem" and len(problems) > 1:
        raise Refused(
            f"没有起草“{kind}”", "", f"一份只写一个问题，这里有{len(problems)}个", "请用 --problem 序号 指明哪一个问题"
        )
    if unit is None and len({problem.unit or problem.unit_text for problem in problems}) > 1:
        raise Refused(
            f"没有起草“{kind}”", "", "一份只写一个单位，台账里的问题涉及几个单位", "请用 --unit 单位 指明哪一个单位"
        )


def refusal(kind: str) -> str | None:
    """Why a bureau may not issue this kind, None when it may."""
    return _register()[1].get(kind)


def _kind(name: str) -> Kind | None:
    kinds = shipped_kinds()
    exact = next((kind for kind in kinds if name == kind.name), None)
    return exact or next((kind for kind in kinds if name in kind.aliases), None)


def draft(
    kind: str,
    campaign: Campaign,
    office: Office,
    *,
    forms: Forms,
    on: date,
    unit: Unit | None = None,
    problems: Sequence[Problem] = (),
    planned: PlannedDocument | None = None,
    issued: Sequence[Description] = (),
) -> Draft:
    """Draft one paper of a campaign, for a unit or for problems where the kind is about them.

    `issued` describes the campaign's papers that already have a number, oldest first; later papers cite them.
    Raises Refused for a kind the bureau has no power to issue, NotFound for an unknown kind,
    FaultyInput for a faulty form.
    """
    found, form = _found(kind, campaign, forms)
    _one_at_a_time(kind, found, unit, problems)
    facts = paper_facts(
        found,
        campaign,
        office,
        on=on,
        unit=unit,
        problems=problems,
        planned=planned,
        issued=issued,
        kind=kind,
        forms=forms,
    )
    markup = forms.render(form, facts)
    document, findings = parse(markup, f"{kind}（{campaign.short_name}）")
    gaps = missing_facts(markup)
    if document.signatories and document.dated is None and "成文日期" not in gaps:
        gaps = (*gaps, "成文日期")
    return Draft(kind, document.title, unit, markup, document, gaps, findings)


def explain(
    kind: str,
    campaign: Campaign,
    office: Office,
    *,
    forms: Forms,
    on: date,
    unit: Unit | None = None,
    problems: Sequence[Problem] = (),
    planned: PlannedDocument | None = None,
    issued: Sequence[Description] = (),
) -> tuple[Explained, ...]:
    """Where each line of a draft comes from: form and line, library paragraph, facts. Raises as `draft` does."""
    found, form = _found(kind, campaign, forms)
    facts = paper_facts(
        found,
        campaign,
        office,
        on=on,
        unit=unit,
        problems=problems,
        planned=planned,
        issued=issued,
        kind=kind,
        forms=forms,
    )
    return explain_form(forms, form, facts)


def fields(kind: str, forms: Forms, campaign: Campaign | None = None) -> tuple[Field, ...]:
    """The data contract of a kind: every field its form uses, with type, source and example. Raises as `draft` does."""
    return forms.fields(_found(kind, campaign, forms)[1])


def _found(kind: str, campaign: Campaign | None, forms: Forms) -> tuple[Kind | None, str]:
    """The kind by this name and the name of its form. Raises Refused or NotFound."""
    why = refusal(kind)
    if why:
        raise Refused(f"不能起草“{kind}”", "", why, "收到的作为来文，用 juanzong archive add 归档")
    found = _kind(kind)
    if found is None and not forms.has(kind):
        names = "、".join(known_kinds(forms))
        raise NotFound("还不会写这种文书", kind, "", f"现在会写：{names}；也可以自己做表单，见 docs/forms.md")
    return found, kind if found is None else _form_for(found, kind, campaign, forms)


def _form_for(found: Kind, kind: str, campaign: Campaign | None, forms: Forms) -> str:
    """An office's own form of the very name wins; then the variant for this sort of campaign; then the plain form."""
    if forms.has(kind) and kind != found.form:
        return kind
    sort = campaign.kind if campaign else ""
    return next((form for word, form in found.variants if word in sort), found.form)


def paper_facts(
    found: Kind | None,
    campaign: Campaign,
    office: Office,
    *,
    on: date,
    unit: Unit | None,
    problems: Sequence[Problem],
    planned: PlannedDocument | None,
    issued: Sequence[Description] = (),
    kind: str,
    forms: Forms,
) -> dict[str, Any]:
    """Every fact a form may use, from the definition, the office, the unit and the ledger."""
    unit = unit or (_unit_of(problems, campaign) if found and found.per else None)
    planned = planned if planned and planned.title else _plan_for(kind, found, campaign)
    by_unit = bool(unit) and (
        bool(found and found.by_unit) or bool(planned and planned.per_unit and not _of_bureau(found))
    )
    issuer = unit.name if unit and by_unit else campaign.issuer.name
    if found and found.by_unit and found.per and not unit and (planned is None or planned.per_unit):
        issuer = missing("单位名称")
    ours = not by_unit and _same_body(office, campaign)
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
        "联系方式": office.contact if ours else None,
        "印发机关": (office.print_office or None) if ours else None,
        "单位": _prepared_unit(_Same(unit), _Same(campaign), _Same(forms)) if unit else None,
        "问题": problem_rows(problems, campaign, on),
        "统计": statistics(problems, campaign, on, period["起"] if period else None) if problems else None,
        "本期": period,
        "原文": {name: _cited(name, issued, unit) for name in _CITED},
        "会议": _meeting(campaign),
        "另有": [paper.kind for paper in campaign.documents],
    }


_CITED = ("整改通知书", "挂牌督办通知书", "约谈通知")
"""Kinds that later papers cite by number and day."""


def numbered(campaign: Campaign, issued: Sequence[Description]) -> Campaign:
    """The campaign with its plan's 文号, once the plan has been issued; the definition's own wins."""
    plans = [
        each.number for each in issued if each.number and (found := _kind(each.kind or "")) and found.name == "实施方案"
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


__all__ = [
    "Draft",
    "about",
    "concerns",
    "draft",
    "explain",
    "fields",
    "is_known",
    "known_kinds",
    "nearest",
    "needs",
    "numbered",
    "per_of",
    "plan_title",
    "refusal",
]

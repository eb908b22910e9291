"""A campaign and a kind of paper become a draft: marked-up text, document, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from generators.marking.markup import parse
from generators.papers.brief import Brief
from generators.papers.campaign_facts import plan_title
from generators.papers.contract import Field
from generators.papers.explaining import Explained
from generators.papers.explaining import explain as explain_form
from generators.papers.forms import Forms
from generators.papers.kinds import (
    Kind,
    about,
    concerns,
    is_known,
    kind_named,
    known_kinds,
    nearest,
    needs,
    per_of,
    refusal,
    shipped_kinds,
)
from generators.papers.paper_facts import numbered, paper_facts
from model.campaigns import Campaign, Unit
from model.documents import Document
from model.errors import NotFound, Refused
from model.findings import Finding
from model.wording import missing_facts


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


def _one_at_a_time(brief: Brief, found: Kind | None) -> None:
    """A paper about one problem or one unit is never written about several: it would accuse the wrong one."""
    if found is None or not found.per:
        return
    what, problems = f"没有起草“{brief.kind}”", brief.problems
    if found.per == "problem" and len(problems) > 1:
        why = f"一份只写一个问题，这里有{len(problems)}个"
        raise Refused(what, "", why, "请用 --problem 序号 指明哪一个问题")
    if brief.unit is None and len({problem.unit or problem.unit_text for problem in problems}) > 1:
        why = "一份只写一个单位，台账里的问题涉及几个单位"
        raise Refused(what, "", why, "请用 --unit 单位 指明哪一个单位")


def draft(brief: Brief, forms: Forms) -> Draft:
    """Draft one paper.

    Raises Refused for a kind the bureau has no power to issue, NotFound for an unknown kind,
    FaultyInput for a faulty form.
    """
    found, form = _found(brief.kind, brief.campaign, forms)
    _one_at_a_time(brief, found)
    markup = forms.render(form, paper_facts(found, brief, forms))
    document, findings = parse(markup, f"{brief.kind}（{brief.campaign.short_name}）")
    gaps = missing_facts(markup)
    if document.signatories and document.dated is None and "成文日期" not in gaps:
        gaps = (*gaps, "成文日期")
    return Draft(brief.kind, document.title, brief.unit, markup, document, gaps, findings)


def explain(brief: Brief, forms: Forms) -> tuple[Explained, ...]:
    """Where each line of a draft comes from: form and line, library paragraph, facts. Raises as `draft` does."""
    found, form = _found(brief.kind, brief.campaign, forms)
    return explain_form(forms, form, paper_facts(found, brief, forms))


def fields(kind: str, forms: Forms, campaign: Campaign | None = None) -> tuple[Field, ...]:
    """The data contract of a kind: every field its form uses, with type, source and example. Raises as `draft` does."""
    return forms.fields(_found(kind, campaign, forms)[1])


def _found(kind: str, campaign: Campaign | None, forms: Forms) -> tuple[Kind | None, str]:
    """The kind by this name and the name of its form. Raises Refused or NotFound."""
    why = refusal(kind)
    if why:
        raise Refused(f"不能起草“{kind}”", "", why, "收到的作为来文，用 juanzong archive add 归档")
    found = kind_named(kind)
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
    "paper_facts",
    "per_of",
    "plan_title",
    "refusal",
    "shipped_kinds",
]

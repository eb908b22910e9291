"""The kinds of paper that ship (templates/forms/kinds.toml): names, forms, what a batch writes them about, what is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from generators.papers.forms import Forms
from model.campaigns import Campaign
from model.problems import Problem, State
from templates import files


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
    return kind_named(kind) is not None or forms.has(kind)


def per_of(kind: str) -> str:
    """For what a kind is drafted: `unit`, `problem` or nothing, when the definition does not say."""
    found = kind_named(kind)
    return found.per if found else ""


def about(kind: str) -> str:
    """Which of a unit's problems a batch writes this kind about: 待改, 逾期, 自查, 台账 (all), or nothing said."""
    found = kind_named(kind)
    return found.about if found else ""


def needs(kind: str) -> bool:
    """Whether a batch leaves out units without a problem of that sort: nothing is ordered of them, nobody summoned."""
    return about(kind) not in ("", "自查")


def concerns(kind: str, problem: Problem, campaign: Campaign) -> bool:
    """Whether a batch drafts this kind for this problem: 挂牌督办 only where the grade or the state asks for it."""
    found = kind_named(kind)
    if found is None or not found.listed_only:
        return True
    grade = campaign.grade(problem.grade)
    return bool(grade and grade.listed) or problem.state is State.LISTED


def refusal(kind: str) -> str | None:
    """Why a bureau may not issue this kind, None when it may."""
    return _register()[1].get(kind)


def kind_named(name: str) -> Kind | None:
    """The kind of this name or alias, None for an unknown one."""
    kinds = shipped_kinds()
    exact = next((kind for kind in kinds if name == kind.name), None)
    return exact or next((kind for kind in kinds if name in kind.aliases), None)

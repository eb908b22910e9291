"""Which papers a batch writes: the definition's documents, narrowed to kinds, units and problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generators.papers import drafting
from generators.papers.forms import Forms
from model.campaigns import Campaign, PlannedDocument, Unit
from model.errors import NotFound, Refused
from model.problems import Problem, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which papers: kinds by name, narrowed to units and problems; `everything` is all that the definition asks for."""

    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to be written."""

    planned: PlannedDocument
    unit: Unit | None
    problems: tuple[Problem, ...]


def planned_for(
    campaign: Campaign, wanted: Wanted, forms: Forms
) -> tuple[tuple[PlannedDocument, ...], tuple[str, ...]]:
    """The documents to draft, and the kinds that this version cannot write. Raises Refused for what no bureau may issue."""
    if wanted.everything:
        found = campaign.documents
    else:
        named = (_named(campaign, kind) for kind in wanted.kinds)
        found = tuple(planned for group in named for planned in group)
    for planned in found:
        if why := drafting.refusal(planned.kind):
            raise Refused("不能起草", planned.kind, why, "请改用整改通知书，或由有权机关发出后作为来文归档")
    unknown = tuple(dict.fromkeys(p.kind for p in found if not drafting.is_known(p.kind, forms)))
    return tuple(planned for planned in found if planned.kind not in unknown), unknown


def _named(campaign: Campaign, kind: str) -> tuple[PlannedDocument, ...]:
    """The definition's documents of a kind; a kind that it does not plan is drafted once for the campaign."""
    planned = tuple(document for document in campaign.documents if kind in (document.kind, document.title))
    if planned:
        return planned
    per = drafting.per_of(kind)
    return (PlannedDocument(kind=kind, title="", per_unit=per == "unit", per_problem=per == "problem"),)


def jobs_of(
    campaign: Campaign, planned: tuple[PlannedDocument, ...], wanted: Wanted, problems: tuple[Problem, ...], on: date
) -> Iterator[Job]:
    """Every paper of the batch, in the order of the definition. Raises NotFound for a unit or problem that is not there."""
    units = tuple(_unit(campaign, name) for name in wanted.units)
    chosen = tuple(_problem(problems, number) for number in wanted.problems)
    for document in planned:
        if document.per_problem or (chosen and "整改" in document.kind):
            yield from _per_problem(campaign, document, units, chosen or _open(problems), asked=bool(chosen))
        elif document.per_unit or (units and document.kind != "实施方案"):
            for unit in units or campaign.units:
                own = _own(document.kind, unit, chosen or problems, on)
                if own or units or not drafting.needs(document.kind):  # asked for by name, it says 【待补】
                    yield Job(document, unit, own)
        else:
            yield Job(document, None, problems)


def _per_problem(
    campaign: Campaign,
    document: PlannedDocument,
    units: tuple[Unit, ...],
    problems: tuple[Problem, ...],
    *,
    asked: bool,
) -> Iterator[Job]:
    for problem in problems:
        unit = campaign.unit(problem.unit or problem.unit_text)
        if (asked or drafting.concerns(document.kind, problem, campaign)) and (not units or unit in units):
            yield Job(document, unit, (problem,))


def _own(kind: str, unit: Unit, problems: tuple[Problem, ...], on: date) -> tuple[Problem, ...]:
    """The unit's problems that a kind is about: open ones for an order, overdue ones for a summons, its own for a self-check."""
    own = tuple(problem for problem in problems if problem.unit == unit.id)
    about = {
        "待改": lambda problem: problem.state is not State.CLOSED,
        "逾期": lambda problem: problem.overdue(on),
        "自查": lambda problem: "自查" in problem.found_by,
    }.get(drafting.about(kind))
    return tuple(filter(about, own)) if about else own


def _open(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.state is not State.CLOSED)


def _unit(campaign: Campaign, name: str) -> Unit:
    unit = campaign.unit(name)
    if unit is None:
        near = [unit.name for unit in campaign.units if name in unit.name or unit.name in name]
        remedy = f"是不是 {'、'.join(near[:3])}" if near else "请用 juanzong campaign show 查看名单"
        raise NotFound("没有这个单位", name, f"“{campaign.name}”的单位名单里没有它", remedy)
    return unit


def _problem(problems: tuple[Problem, ...], number: int) -> Problem:
    found = next((problem for problem in problems if problem.number == number), None)
    if found is None:
        raise NotFound("台账里没有这条问题", f"第{number}号", "", "请用 juanzong ledger list 查看")
    return found

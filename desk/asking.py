"""Asking: the questions that inspectors put again and again, as data; the archive, the ledger and the campaign answer together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from campaigns import dues, library
from desk import filing, rectifying, rooms, writings
from desk.answers.filing import RecordLine
from desk.answers.finding import Asked, ProblemStory, Question, Questions
from desk.offices import Workspace, open_workspace
from indexer.engines import EVERYTHING, Bounds
from model.campaigns import Campaign
from model.errors import CommandError, NotFound, Refused
from model.problems import Problem
from model.records import Record
from readiness import assessing
from readiness.requirements import same
from templates import files

_OPTIONS = {
    "行动": "--campaign",
    "单位": "--unit",
    "检查项": "--item",
    "年份": "--year",
    "文种": "--kind",
    "文件": "--cites",
}
_ALSO = {"佐证", "台账", "缺交"}
_MARKS = re.compile(r"[\"“”＂「」]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person gave with the question; None: not given."""

    campaign: str | None = None
    unit: str | None = None
    item: str | None = None
    year: int | None = None
    kind: str | None = None
    cites: str | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """A question with what was given, the campaign and the evidence that is meant."""

    question: Question
    given: Given
    campaign: Campaign | None
    names: tuple[str, ...]
    on: date


def questions(folder: Path) -> Questions:
    """The questions that can be asked in this office."""
    return Questions(questions=tuple(_read(open_workspace(folder))))


def ask(folder: Path, name: str, given: Given, *, on: date, limit: int) -> Asked:
    """Answer a saved question. Raises NotFound for one that is not saved, CommandError when a condition lacks."""
    workspace = open_workspace(folder)
    question = _question(workspace, name)
    values = {
        "行动": given.campaign,
        "单位": given.unit,
        "检查项": given.item,
        "年份": given.year,
        "文种": given.kind,
        "文件": given.cites,
    }
    lacking = [asked for asked in question.asks if not values[asked]]
    if lacking:
        told = "、".join(f"{asked}（{_OPTIONS[asked]}）" for asked in lacking)
        raise CommandError("问题的条件不全", question.name, f"还要给出{told}", f"这个问题问的是：{question.about}")
    campaign = library.find(workspace.campaigns, given.campaign) if given.campaign else None
    names = _evidence(campaign, given.item) if campaign and given.item else ()
    return _answered(workspace, _Case(question, given, campaign, names, on), limit)


def _read(workspace: Workspace) -> Iterator[Question]:
    own = workspace.root / "templates" / "questions.toml"
    path = own if own.is_file() else files.path("questions.toml")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        for one in told["question"]:
            yield _one(one)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refused(
            "读不懂问题清单", str(path), str(error), "请照自带的 questions.toml 改正，或删去本单位的一份"
        ) from None


def _one(told: dict[str, Any]) -> Question:
    asks, also = tuple(told.get("asks", ())), tuple(told.get("also", ()))
    if unknown := (set(asks) - _OPTIONS.keys()) | (set(also) - _ALSO):
        raise ValueError(f"“{told['name']}”里不认识“{'、'.join(sorted(unknown))}”")
    return Question(name=told["name"], about=told.get("about", ""), asks=asks, query=told.get("query", ""), also=also)


def _question(workspace: Workspace, name: str) -> Question:
    held = list(_read(workspace))
    for question in held:
        if question.name == name:
            return question
    raise NotFound("没有这个问题", name, "问题清单里没有它", f"可以问：{'、'.join(question.name for question in held)}")


def _evidence(campaign: Campaign, code: str) -> tuple[str, ...]:
    """What proves a check item, by name; an item of the evidence list proves itself. Raises NotFound."""
    for area in campaign.areas:
        for item in area.items:
            if item.id == code:
                return item.evidence or (item.text,)
    for wanted in campaign.evidence:
        if wanted.code == code:
            return (wanted.name,)
    codes = "、".join(item.id for area in campaign.areas for item in area.items[:1])
    raise NotFound("没有这个检查项", code, f"“{campaign.name}”里没有这个编号", f"编号的样子如 {codes}")


def _answered(workspace: Workspace, case: _Case, limit: int) -> Asked:
    question, campaign = case.question, case.campaign
    words = _query(case, _names(workspace, case)) if question.query else ""
    with rooms.finding(workspace, writings.of_units(workspace)) as opened:
        bounds = Bounds(campaign=campaign.id if campaign else None)
        answer = opened.index.search(words, scope=EVERYTHING, bounds=bounds, limit=limit) if words else None
        records = opened.strongroom.records() if {"佐证", "缺交"} & set(question.also) else ()
        problems = opened.book.problems(campaign.id if campaign else None) if "台账" in question.also else ()
    return Asked(
        question=question.name,
        about=question.about,
        words=words,
        answer=answer,
        records=tuple(_proofs(case, records)) if "佐证" in question.also else (),
        problems=tuple(_stories(workspace, case, problems)),
        lacking=tuple(_owing(case, records)) if "缺交" in question.also else None,
    )


def _names(workspace: Workspace, case: _Case) -> tuple[str, ...]:
    """The unit with its other names, from the campaign or any that knows it."""
    wanted = case.given.unit
    if not wanted:
        return ()
    held = [case.campaign] if case.campaign else [campaign for _, campaign in library.definitions(workspace.campaigns)]
    known = (unit for campaign in held if (unit := campaign.unit(wanted)))
    return tuple(dict.fromkeys((wanted, *(name for unit in known for name in (unit.name, *unit.aliases)))))


def _query(case: _Case, names: tuple[str, ...]) -> str:
    given = case.given
    year = given.year or case.on.year
    values = {
        "单位": _either(names),
        "文种": _either((given.kind,) if given.kind else ()),
        "年份": str(given.year or ""),
        "去年": str(given.year or year - 1),
        "文件": _either((given.cites,) if given.cites else ()),
        "佐证": _either(case.names),
        "检查项": _either((given.item,) if given.item else ()),
    }
    try:
        return case.question.query.format_map(values).replace("年份:..", "")
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise Refused(
            "读不懂问题的检索式", case.question.name, str(error), "花括号里只能写自带清单里说明的几项"
        ) from None


def _either(words: Iterable[str]) -> str:
    """Any of the wordings, exactly, as the query language says it."""
    quoted = [f"“{_MARKS.sub(' ', word)}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"({' 或 '.join(quoted)})"


def _proofs(case: _Case, records: Iterable[Record]) -> Iterator[RecordLine]:
    """Records filed under the item's code, and those that answer what is asked for under the names of its evidence."""
    assert case.campaign
    held = {record.id: record for record in records if record.description.campaign == case.campaign.id}
    coded = (id for id, record in held.items() if case.given.item in record.description.evidence)
    readiness = assessing.assess(case.campaign, tuple(held.values()), case.on, dues.debtors)
    named = (
        id
        for evidence in readiness.evidence
        if any(same(evidence.requirement.name, name) for name in case.names)
        for id in evidence.records
    )
    for id in dict.fromkeys((*coded, *named)):
        yield filing.line(held[id])


def _owing(case: _Case, records: tuple[Record, ...]) -> Iterator[str]:
    """Units that the campaign asks for the paper and that have not handed it in."""
    assert case.campaign
    kind = case.given.kind or "自查报告"
    readiness = assessing.assess(case.campaign, records, case.on, dues.debtors)
    asked = [held for held in readiness.evidence if same(held.requirement.name, kind)]
    if not asked:
        why = f"“{case.campaign.name}”没有要求报送它"
        raise NotFound("查不出谁没有交", kind, why, "请用 juanzong campaign show 查看要求报送的材料")
    yield from dict.fromkeys(held.requirement.unit_name for held in asked if not held.records)


def _stories(workspace: Workspace, case: _Case, problems: Iterable[Problem]) -> Iterator[ProblemStory]:
    """The unit's problems since the year, each with how it ended."""
    held = {campaign.id: campaign for _, campaign in library.definitions(workspace.campaigns)}
    for problem in problems:
        line = rectifying.problem_line(problem, held.get(problem.campaign), case.on)
        since = not case.given.year or problem.found is None or problem.found.year >= case.given.year
        if since and rectifying.of_unit(line, case.given.unit, held):
            yield ProblemStory(
                problem=line,
                found=problem.found,
                found_by=problem.found_by,
                measure=problem.measure,
                rounds=problem.rounds,
                closed=problem.closed,
            )

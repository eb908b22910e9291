"""The shape of a definition, key by key, for pydantic at the door."""

from __future__ import annotations

import os
import re
import typing
from datetime import date, datetime
from typing import Annotated, Any

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "__all__"
)  # to look for some it would read of every installed package

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from model.campaigns import Frequency, Level


def _iso_day(value: Any) -> Any:
    """A day as ISO; anything else is refused with what would be right."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        raise ValueError(f"日期不要写时间|写成 {value.date().isoformat()}")
    text = str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"没有 {text} 这一天|请核对月份和日子") from None
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 3 and len(numbers[0]) == 4:
        try:
            right = date(*(int(number) for number in numbers)).isoformat()
        except ValueError:
            raise ValueError(f"没有 {text} 这一天|请核对月份和日子，写成 2026-03-05 的形式") from None
        raise ValueError(f"日期“{text}”的写法不对|写成 {right}")
    raise ValueError(f"“{text}”不是日期|写成 2026-03-05 的形式，不知道就写 null")


def _text(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


Day = Annotated[date | None, BeforeValidator(_iso_day)]
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Words = list[Text]


def _none_is_empty(value: Any) -> Any:
    return [] if value is None else value


Names = Annotated[Words, BeforeValidator(_none_is_empty)]


class Shape(BaseModel):
    """Base: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", strict=False, str_strip_whitespace=True)


class Period(Shape):
    """period."""

    start: Day = None
    end: Day = None
    raw: Text | None = None


class Issuer(Shape):
    """issuer."""

    name: Text
    short: Text | None = None
    doc_no: Text | None = None


class Basis(Shape):
    """basis[]."""

    id: Text
    title: Text
    number: Text | None = None
    by: Text | None = None
    role: typing.Literal["basis", "standard"] = "basis"


class Goal(Shape):
    """goals[]."""

    id: Text
    text: Text
    metric: Text | None = None
    op: typing.Literal["=", "<", "<=", ">", ">="] | None = None
    value: float | None = None
    unit: Text | None = None
    due: Day = None
    raw_due: Text | None = None
    unit_kind: Text | None = None


class Item(Shape):
    """areas[].items[]."""

    id: Text
    text: Text
    method: Names = []
    evidence: Names = []
    applies_to: Names = []
    major: bool = False
    goal: Text | None = None
    points: float | None = None


class Area(Shape):
    """areas[]."""

    id: Text
    name: Text
    short: Text | None = None
    standards: Names = []
    lead: Names = []
    support: Names = []
    applies_to: Names = []
    items: Annotated[list[Item], BeforeValidator(_none_is_empty)] = []


class Stage(Shape):
    """stages[]."""

    id: Text
    name: Text
    start: Day = None
    end: Day = None
    raw: Text | None = None
    actions: Names = []
    outputs: Names = []


class Member(Shape):
    """A person."""

    name: Text
    post: Text | None = None
    duty: Text | None = None
    assist: Names = []
    liaise_with: Names = []


def _member(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Person = Annotated[Member, BeforeValidator(_member)]
People = Annotated[list[Person], BeforeValidator(_none_is_empty)]


class GroupOffice(Shape):
    """leading_group.office."""

    place: Text | None = None
    director: Text | None = None
    members: Names = []


class LeadingGroup(Shape):
    """leading_group."""

    name: Text
    established_by: Text | None = None
    leader: People = []
    deputies: People = []
    members: People = []
    office: GroupOffice | None = None


class Team(Shape):
    """teams[]."""

    id: Text
    name: Text
    leader: Person | None = None
    members: People = []
    duty: Text | None = None


class Unit(Shape):
    """units[]."""

    id: Text
    name: Text
    kind: Text
    parent: Text | None = None
    aliases: Names = []
    head: Text | None = None
    contact: Text | None = None


class Deliverable(Shape):
    """deliverables[]."""

    id: Text
    what: Text
    note: Text | None = None
    from_: Names = Field(default=[], alias="from")
    to: Names = []
    due: Day = None
    raw_due: Text | None = None
    when: Text | None = None
    sign: Names = []
    publish: bool = False
    per: Text | None = None
    columns: Names = []


class Report(Shape):
    """reporting[]."""

    id: Text
    what: Text
    frequency: Frequency
    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    within_hours: Annotated[float, Field(gt=0)] | None = None
    from_: Names = Field(default=[], alias="from")
    to: Names = []


class Supervision(Shape):
    """supervision."""

    forms: Names = []
    cadence: dict[Text, Text] | None = None
    sample: Annotated[float, Field(ge=0, le=1)] | None = None


class Grade(Shape):
    """problem_rules.grades[]."""

    name: Text
    rule: Text | None = None
    days: Annotated[int, Field(ge=0)] | None = None
    listed: bool = False
    five: Names = []


class ProblemRules(Shape):
    """problem_rules."""

    categories: Names = []
    grades: Annotated[list[Grade], BeforeValidator(_none_is_empty)] = []
    statuses: Names = []
    close_out: Text | None = None
    reopen: Text | None = None
    late: Text | None = None
    off_campus: Text | None = None


class Sanction(Shape):
    """sanctions[]."""

    trigger: Text
    consequence: Text
    kind: Text | None = None


class Assessment(Shape):
    """assessment."""

    into: Text | None = None
    veto: bool = False


class Hotline(Shape):
    """hotline."""

    phone: Text | None = None
    mail: Text | None = None
    reward: bool = False
    note: Text | None = None


class Evidence(Shape):
    """evidence[]."""

    code: Text
    name: Text
    group: Text | None = None
    from_: Names = Field(default=[], alias="from")
    years: Annotated[int, Field(ge=1)] | None = None
    per: Text | None = None
    owner: Text | None = None
    due: Day = None
    required: bool = True
    check: Text | None = None
    private: bool = False


class Volume(Shape):
    """archive.volumes[]."""

    code: Text
    name: Text
    items: Names = []
    evidence: Names = []


class Archive(Shape):
    """archive."""

    rules: Names = []
    keeper: Text | None = None
    due: Day = None
    volumes: Annotated[list[Volume], BeforeValidator(_none_is_empty)] = []


class Document(Shape):
    """documents[]."""

    kind: Text
    title: Text
    stage: Text | None = None
    per_unit: bool = False
    per_problem: bool = False
    per: Text | None = None
    frequency: Frequency | None = None


class Definition(Shape):
    """A whole definition."""

    format: typing.Literal["campaign/1"]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*[a-z0-9]$", max_length=64)]
    name: Text
    short_name: Text
    kind: Text
    level: Level | None = None
    year: Annotated[int, Field(ge=1949, le=2200)] | None = None
    period: Period | None = None
    issuer: Issuer
    approved_by: Text | None = None
    addressees: Names = []
    plan: Text | None = None
    basis: Annotated[list[Basis], BeforeValidator(_none_is_empty)] = []
    guiding_ideology: Text | None = None
    goals: Annotated[list[Goal], BeforeValidator(_none_is_empty)] = []
    areas: Annotated[list[Area], BeforeValidator(_none_is_empty)] = []
    stages: Annotated[list[Stage], BeforeValidator(_none_is_empty)] = []
    leading_group: LeadingGroup | None = None
    teams: Annotated[list[Team], BeforeValidator(_none_is_empty)] = []
    units: Annotated[list[Unit], BeforeValidator(_none_is_empty)] = []
    deliverables: Annotated[list[Deliverable], BeforeValidator(_none_is_empty)] = []
    reporting: Annotated[list[Report], BeforeValidator(_none_is_empty)] = []
    supervision: Supervision | None = None
    problem_rules: ProblemRules | None = None
    sanctions: Annotated[list[Sanction], BeforeValidator(_none_is_empty)] = []
    assessment: Assessment | None = None
    hotline: Hotline | None = None
    evidence: Annotated[list[Evidence], BeforeValidator(_none_is_empty)] = []
    archive: Archive | None = None
    documents: Annotated[list[Document], BeforeValidator(_none_is_empty)] = []
    assumed: Names = []

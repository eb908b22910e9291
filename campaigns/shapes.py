"""The shape of a definition, key by key, checked by pydantic at the door; its faults told in Chinese with line and key."""

from __future__ import annotations

import difflib
import re
import typing
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from campaigns.faults import error
from campaigns.yamlio import Tree
from model.campaigns import Frequency, Level
from model.findings import Finding


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


def check(tree: Tree, file: str) -> tuple[Definition | None, tuple[Finding, ...]]:
    """The definition, or None with every fault of its shape."""
    try:
        return Definition.model_validate(tree.value), ()
    except ValidationError as problem:
        faults = problem.errors(include_url=False)
        misspelt = {(*path[:-1], meant(path)) for fault in faults if _unknown(fault) and (path := path_of(fault))}
        told = (fault for fault in faults if fault["type"] != "missing" or path_of(fault) not in misspelt)
        return None, tuple(_finding(fault, tree, file) for fault in told)


def _unknown(fault: Any) -> bool:
    return bool(fault["type"] == "extra_forbidden")


def meant(path: tuple[str | int, ...]) -> str | None:
    """The key that an unknown one was probably meant to be."""
    near = difflib.get_close_matches(str(path[-1]), _keys_beside(path), 1, 0.5)
    return near[0] if near else None


def path_of(fault: Any) -> tuple[str | int, ...]:
    """Where in the definition a fault of pydantic's lies."""
    place = fault["loc"]
    return tuple(part for part in place if isinstance(part, int) or part in _ALL_KEYS or part == place[-1])


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as people read it: `stages[2].end`, counting from 0 as YAML tools do."""
    told = ""
    for part in path:
        told += f"[{part}]" if isinstance(part, int) else f".{part}" if told else str(part)
    return told


def _finding(fault: Any, tree: Tree, file: str) -> Finding:
    path = path_of(fault)
    message, fix = _told(fault, path)
    return error("shape", message, fix, file, tree.line(path), dotted(path))


def _told(fault: Any, path: tuple[str | int, ...]) -> tuple[str, str]:
    kind, context, value = fault["type"], fault.get("ctx", {}), fault.get("input")
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return f"缺少必填的“{name}”", f"请补上 {name}"
    if kind == "extra_forbidden":
        near_key = meant(path)
        return f"不认识“{name}”这个键", f"您是不是要写“{near_key}”" if near_key else "请删去，或改成说明里有的键"
    if kind == "value_error":
        message, _, fix = str(context["error"]).partition("|")
        return message, fix
    if kind in ("literal_error", "enum"):
        allowed = str(context["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
        near = difflib.get_close_matches(str(value), allowed.split("、"), 1, 0.5)
        return f"“{value}”不是允许的值", f"您是不是要写“{near[0]}”" if near else f"只能写 {allowed}"
    return _told_type(kind, context, value, name)


def _told_type(kind: str, context: Any, value: Any, name: str) -> tuple[str, str]:
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt"}
    if kind in bounds:
        if name == "sample":
            return f"抽查比例 {value} 超出 0 到 1", "写成小数，如 0.3 表示三成"
        words = {"ge": "不小于", "le": "不大于", "gt": "大于"}[bounds[kind]]
        return f"“{name}”的值 {value} 超出范围", f"应当{words} {context[bounds[kind]]}"
    if kind.startswith(("string", "date")):
        if kind == "string_pattern_mismatch":
            return f"“{value}”不能作编号", "只用小写字母、数字和连字符，如 san-cha-san-bao-2026"
        return f"“{name}”应当是文字" if value not in ("", None) else f"“{name}”是空的", "请写上文字，不适用就删去这个键"
    expected = {
        "list": ("应当是列表", "写成 [甲, 乙] 的形式"),
        "model": ("下面应当有几个键", "照说明写成“键: 值”"),
        "dict": ("下面应当有几个键", "照说明写成“键: 值”"),
        "bool": ("应当是 true 或 false", "写成 true 或 false"),
        "int": ("应当是整数", "写成数字，如 30"),
        "float": ("应当是数", "写成数字，如 2 或 0.5"),
    }
    told, fix = next((pair for key, pair in expected.items() if kind.startswith(key)), ("的写法不对", "请照说明改正"))
    return f"“{name}”{told}", fix


def _keys(shape: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in shape.model_fields.items()}


_SHAPES = {shape for shape in globals().values() if isinstance(shape, type) and issubclass(shape, Shape)}
_ALL_KEYS = set().union(*(_keys(shape) for shape in _SHAPES))


def _keys_beside(path: tuple[str | int, ...]) -> list[str]:
    """The keys that are known where an unknown one was found."""
    shape: Any = Definition
    for part in path[:-1]:
        if isinstance(part, str):
            found = next((f for n, f in shape.model_fields.items() if (f.alias or n) == part), None)
            shape = _shape_in(found.annotation) if found else None
            if shape is None:
                return sorted(_ALL_KEYS)
    return sorted(_keys(shape))


def _shape_in(annotation: Any) -> Any:
    """The Shape inside an annotation such as `list[Stage] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _shape_in(part))), None)

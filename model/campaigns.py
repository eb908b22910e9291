"""A campaign (专项行动) and its parts, as the definition in YAML gives them; keys are explained in `docs/campaigns.md`.

A fact the definition leaves out is None or an empty tuple; the forms show it as 【待补：…】, never as an invention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """级别 of the body that runs the campaign."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    SCHOOL = "school"


class Frequency(StrEnum):
    """How often a report is due (报送频次)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ON_OCCURRENCE = "on_occurrence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """起止时间; `raw` is the plan's own wording."""

    start: date | None = None
    end: date | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """发文机关: full name, short name, and the 文号 once it has one."""

    name: str
    short: str | None = None
    doc_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisDocument:
    """依据: a cited document; role is `basis` (grounds) or `standard` (checked against)."""

    id: str
    title: str
    number: str | None = None
    by: str | None = None
    role: str = "basis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """工作目标; measurable where `metric`, `op`, `value` and `unit` are given."""

    id: str
    text: str
    metric: str | None = None
    op: str | None = None
    value: float | None = None
    unit: str | None = None
    due: date | None = None
    raw_due: str | None = None
    unit_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """检查项: what is looked at, how (`method`), what proves it (`evidence`); `major`: a failure is 重大."""

    id: str
    text: str
    method: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    major: bool = False
    goal: str | None = None
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """检查领域: a group of check items with its standards and the bodies that lead and support (牵头、配合)."""

    id: str
    name: str
    short: str | None = None
    standards: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    items: tuple[CheckItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """阶段 with what is done (`actions`) and what must be left behind (`outputs`)."""

    id: str
    name: str
    start: date | None = None
    end: date | None = None
    raw: str | None = None
    actions: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the leading group or of a team: name, post (职务), duty, assistants, bodies to liaise with."""

    name: str
    post: str | None = None
    duty: str | None = None
    assist: tuple[str, ...] = ()
    liaise_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOffice:
    """领导小组办公室: where it is and who runs it."""

    place: str | None = None
    director: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingGroup:
    """领导小组: leaders (组长), deputies (副组长), members (成员) and its office."""

    name: str
    established_by: str | None = None
    leader: tuple[Member, ...] = ()
    deputies: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()
    office: GroupOffice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """检查组 or 工作组."""

    id: str
    name: str
    leader: Member | None = None
    members: tuple[Member, ...] = ()
    duty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位 in scope; `kind` is 小学, 初中, 幼儿园 …; `parent` is another unit's id; `aliases` are other names."""

    id: str
    name: str
    kind: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    head: str | None = None  # 负责人, with post
    contact: str | None = None  # 联络员 and telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """A thing due once (报送事项): from whom, to whom, by when, or upon which event (`when`)."""

    id: str
    what: str
    note: str | None = None
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    due: date | None = None
    raw_due: str | None = None
    when: str | None = None
    sign: tuple[str, ...] = ()
    publish: bool = False
    per: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A thing due again and again or on an event (定期报送).

    weekday 1 to 7 (5 is Friday); day of the month 1 to 31; within_hours counts from the event.
    """

    id: str
    what: str
    frequency: Frequency
    weekday: int | None = None
    day: int | None = None
    within_hours: float | None = None
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """督导督查: its forms, how often (`cadence`, name to frequency), and the share inspected (`sample`, 0 to 1)."""

    forms: tuple[str, ...] = ()
    cadence: tuple[tuple[str, str], ...] = ()
    sample: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """问题等级: how many days to put it right; `listed` for 挂牌督办, `five` for 五落实."""

    name: str
    rule: str | None = None
    days: int | None = None
    listed: bool = False
    five: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRules:
    """问题管理规则: categories, grades, states and how a problem ends or comes back."""

    categories: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    statuses: tuple[str, ...] = ()
    close_out: str | None = None
    reopen: str | None = None
    late: str | None = None
    off_campus: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """责任追究: what triggers it and what follows."""

    trigger: str
    consequence: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """考核: what the result counts towards; `veto` is 一票否决."""

    into: str | None = None
    veto: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """举报渠道."""

    phone: str | None = None
    mail: str | None = None
    reward: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """佐证材料 an inspection asks for; `private` marks personal data, `check` names a consistency rule."""

    code: str
    name: str
    group: str | None = None
    from_: tuple[str, ...] = ()
    years: int | None = None
    per: str | None = None
    owner: str | None = None
    due: date | None = None
    required: bool = True
    check: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """案卷 of the campaign's file plan: names of papers (`items`) or evidence codes."""

    code: str
    name: str
    items: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlan:
    """归档要求: rules, keeper (保管人), due day and volumes."""

    rules: tuple[str, ...] = ()
    keeper: str | None = None
    due: date | None = None
    volumes: tuple[Volume, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """A paper the campaign asks to be drafted: kind (文种 or form), title, stage and for what it is multiplied."""

    kind: str
    title: str
    stage: str | None = None
    per_unit: bool = False
    per_problem: bool = False
    per: str | None = None
    frequency: Frequency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """专项行动: everything particular to one campaign."""

    id: str
    name: str
    short_name: str
    kind: str
    level: Level | None = None
    year: int | None = None
    period: Period = Period()
    issuer: Issuer
    approved_by: str | None = None
    addressees: tuple[str, ...] = ()
    plan: str | None = None
    basis: tuple[BasisDocument, ...] = ()
    guiding_ideology: str | None = None
    goals: tuple[Goal, ...] = ()
    areas: tuple[Area, ...] = ()
    stages: tuple[Stage, ...] = ()
    leading_group: LeadingGroup | None = None
    teams: tuple[Team, ...] = ()
    units: tuple[Unit, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    reporting: tuple[Report, ...] = ()
    supervision: Supervision = Supervision()
    problem_rules: ProblemRules = ProblemRules()
    sanctions: tuple[Sanction, ...] = ()
    assessment: Assessment | None = None
    hotline: Hotline | None = None
    evidence: tuple[EvidenceItem, ...] = ()
    archive: FilePlan = FilePlan()
    documents: tuple[PlannedDocument, ...] = ()
    assumed: tuple[str, ...] = ()

    def unit(self, name: str) -> Unit | None:
        """The unit with this id, name or alias, or None."""
        return next((u for u in self.units if name in (u.id, u.name, *u.aliases)), None)

    def grade(self, name: str) -> Grade | None:
        """The grade (等级) of this name, or None."""
        return next((g for g in self.problem_rules.grades if g.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that falls due (到期事项): what, from which units or bodies, to whom, by which day.

    source is `deliverable`, `report`, `stage`, `evidence`, `archive` or `problem`; ref its id.
    `units` are ids of units in scope that owe it, empty when the debtor (`who`) is not a unit in scope.
    """

    what: str
    who: str
    due: date
    source: str
    ref: str
    to: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    late: bool = False

"""A campaign, its units and problems as the facts of a form (Chinese field names of templates/forms/fields.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from generators.papers.derived_facts import dated, derived_facts, stage_for
from generators.papers.mechanisms import mechanisms
from model.campaigns import (
    Area,
    BasisDocument,
    Campaign,
    Deliverable,
    EvidenceItem,
    Frequency,
    Goal,
    Grade,
    LeadingGroup,
    Level,
    Member,
    Report,
    Stage,
)
from model.wording import chinese_date, chinese_period, missing

LEVELS = {
    Level.NATIONAL: ("国家", "全国"),
    Level.PROVINCE: ("省", "全省"),
    Level.CITY: ("市", "全市"),
    Level.COUNTY: ("县", "全县"),
    Level.TOWNSHIP: ("乡镇", "全乡镇"),
    Level.SCHOOL: ("学校", "全校"),
}
_OPERATORS = {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于"}
_ENDING = re.compile(r"(?:专项(?:整治|治理)?|整治|治理)?(?:行动|活动)$|(?:工作|督导|督查|检查|排查)$")
_SLOGAN = re.compile("[一二两三四五六七八九十百].[一二两三四五六七八九十百]|回头看")
_QUOTED_FORMS = frozenset({"四不两直", "回头看", "双随机", "双随机、一公开"})
_WEEKDAYS = "一二三四五六日"
_FREQUENCIES = {
    Frequency.DAILY: "每天",
    Frequency.WEEKLY: "每周",
    Frequency.BIWEEKLY: "每两周",
    Frequency.MONTHLY: "每月",
    Frequency.QUARTERLY: "每季度",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
}


def campaign_facts(campaign: Campaign) -> dict[str, Any]:
    """The campaign under 行动."""
    level, whole = LEVELS[campaign.level] if campaign.level else ("", "本单位")
    return {
        "编号": campaign.id,
        "全称": campaign.name,
        "简称": quoted_short(campaign),
        "事项": matter(campaign),
        "本称": matter(campaign).removeprefix(campaign.issuer.name),
        "类型": campaign.kind,
        "级别": level,
        "全域": _whole(campaign, whole),
        "年度": str(campaign.year) if campaign.year else None,
        "起止": period_text(campaign),
        "结束": campaign.period.end,
        "发文机关": campaign.issuer.name,
        "发文简称": campaign.issuer.short or campaign.issuer.name,
        "方案文号": campaign.issuer.doc_no,
        "方案名称": plan_title(campaign),
        "同意": campaign.approved_by,
        "简名": short_name(campaign),
        "主送": addressed(campaign.addressees),
        "参加": "、".join(campaign.addressees),
        "依据": [_basis(basis) for basis in campaign.basis if basis.role == "basis"],
        "指导思想": dated(campaign.guiding_ideology, campaign) if campaign.guiding_ideology else None,
        "目标": [_goal(goal, campaign) for goal in campaign.goals],
        "领域": [area_facts(area, campaign) for area in campaign.areas],
        "阶段": [_stage(stage, campaign) for stage in campaign.stages],
        "自查阶段": _stage_of(campaign, "自查", "自评"),
        "督查阶段": _stage_of(campaign, "督查", "督导", "抽查", "检查组", "初验", "检查"),
        "总结阶段": _stage_of(campaign, "总结", "巩固", "提升"),
        "领导小组": _group(campaign.leading_group),
        "检查组": [
            {
                "名称": team.name,
                "组长": team.leader.name if team.leader else None,
                "成员": "、".join(member.name for member in team.members),
                "任务": team.duty,
                "范围": team.duty.removeprefix("负责").rstrip("。") if team.duty else None,
            }
            for team in campaign.teams
        ],
        "单位": [{"名称": unit.name, "类型": unit.kind, "联络员": unit.contact} for unit in campaign.units],
        "报送": [_deliverable(deliverable, campaign) for deliverable in campaign.deliverables],
        "节点": _due_days(campaign.deliverables),
        "定期": [_report(report) for report in campaign.reporting],
        "督导方式": [f"“{form}”" if form in _QUOTED_FORMS else form for form in campaign.supervision.forms],
        "抽查比例": f"{campaign.supervision.sample * 100:g}%" if campaign.supervision.sample else None,
        "类别": list(campaign.problem_rules.categories),
        "等级": [_grade(grade) for grade in campaign.problem_rules.grades],
        "销号": campaign.problem_rules.close_out,
        "反弹": campaign.problem_rules.reopen,
        "逾期": campaign.problem_rules.late,
        "校外": campaign.problem_rules.off_campus,
        "追责": _sanctions(campaign),
        "考核": campaign.assessment.into if campaign.assessment else None,
        "举报": _hotline(campaign),
        "资料": [evidence_facts(item, campaign) for item in campaign.evidence],
        "归档": {
            "要求": list(campaign.archive.rules),
            "保管人": campaign.archive.keeper,
            "时限": campaign.archive.due,
            "案卷": [
                {"编号": volume.code, "名称": volume.name, "内容": list(volume.items) or _evidence_names(campaign, volume.evidence)}
                for volume in campaign.archive.volumes
            ],
        },
        "机制": mechanisms(campaign),
        **derived_facts(campaign),
    }  # fmt: skip


def quoted_short(campaign: Campaign) -> str:
    """The short name as it stands in a sentence: a slogan (三查三保) in its marks, a plain name (冬季安全排查) without."""
    short = campaign.short_name
    quoted = f"“{short}”"
    marked = any(quoted in text for text in (campaign.name, *(paper.title for paper in campaign.documents)))
    return quoted if "“" not in short and (marked or _SLOGAN.search(short)) else short


def matter(campaign: Campaign) -> str:
    """The campaign's full name as something that is done: with 工作 where the name itself is no doing."""
    return campaign.name if _ENDING.search(campaign.name) else f"{campaign.name}工作"


def short_name(campaign: Campaign) -> str:
    """The short name with what it is (“三查三保”专项行动), as titles and sentences call the campaign."""
    short, ending = quoted_short(campaign), _ENDING.search(campaign.name)
    return short if _ENDING.search(short) else short + (ending[0] if ending else "工作")


def addressed(bodies: Sequence[str]) -> str:
    """主送 as a line: 、 within a class of bodies, ， between classes (各中小学校、幼儿园，局机关各股室)."""
    return ("，" if any("、" in body for body in bodies) else "、").join(bodies)


def plan_title(campaign: Campaign) -> str | None:
    """The title of the campaign's plan, from the papers the definition plans."""
    return next((paper.title for paper in campaign.documents if "方案" in paper.kind), None)


def period_text(campaign: Campaign) -> str | None:
    """The period in words, from its dates."""
    period = campaign.period
    start = period.start or min((stage.start for stage in campaign.stages if stage.start), default=None)
    if period.start is None and period.end:
        return f"即日起至{chinese_date(period.end)}" if start else chinese_period(None, period.end)
    return chinese_period(period.start, period.end) if period.start or period.end else None


def _whole(campaign: Campaign, whole: str) -> str:
    """全乡 or 全镇 by the issuer's own name; else by level (全县)."""
    if campaign.level is not Level.TOWNSHIP:
        return whole
    return "全镇" if "镇" in campaign.issuer.name and "乡" not in campaign.issuer.name else "全乡"


def cited(title: str, number: str | None) -> str:
    """《title》（number）: title first, then the number; inner marks become 〈〉."""
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》（{_bracketed(number)}）" if number else f"《{inner}》"


def _bracketed(number: str) -> str:
    """A 发文字号 with its year in 〔〕 (GB/T 9704-2012 7.2.5), however it was typed."""
    return re.sub(r"[\[（(【［](\d{4})[\]）)】］]", r"〔\1〕", number)


def _basis(basis: BasisDocument) -> dict[str, Any]:
    title = basis.title
    already = basis.by and (title.startswith(basis.by) or "文件" in title)
    name = title if "文件" in title and not basis.number else cited(title, basis.number)
    return {
        "名称": title,
        "文号": basis.number,
        "发文机关": basis.by,
        "引用": name if already or not basis.by else basis.by + name,
    }


def _goal(goal: Goal, campaign: Campaign) -> dict[str, Any]:
    by = chinese_date(goal.due) if goal.due else goal.raw_due
    by = None if re.search(r"\d月|年底", goal.text) else by
    figured = goal.metric is None or goal.value is not None
    text = dated(goal.text, campaign)
    text = text if figured else f"{text}（{goal.metric}目标值为【待补：{goal.metric}目标值】）"
    gap = missing(f"{goal.metric}目标值") if goal.metric else None
    value = gap if goal.value is None else f"{_OPERATORS.get(goal.op or '', '')}{goal.value:g}{goal.unit or ''}"
    return {"文字": text, "时限": by, "对象": goal.unit_kind, "指标": goal.metric, "标准": value}


def area_facts(area: Area, campaign: Campaign, kind: str | None = None) -> dict[str, Any]:
    """A check area; with `kind`, only the items that apply to that kind of unit."""
    standards = [basis for basis in campaign.basis if basis.id in area.standards]
    items = [item for item in area.items if kind is None or not item.applies_to or kind in item.applies_to]
    return {
        "名称": area.name,
        "简称": area.short or area.name,
        "标准": [_basis(basis)["引用"] for basis in standards],
        "牵头": list(area.lead),
        "配合": list(area.support),
        "对象": list(area.applies_to),
        "检查项": [
            {
                "编号": item.id,
                "内容": item.text,
                "方法": list(item.method),
                "佐证": list(item.evidence),
                "重大": item.major,
                "分值": item.points,
                "对象": list(item.applies_to),
            }
            for item in items
        ],
        "列举": _enumerated([item.text for item in items]),
        "重大项": [item.text for item in items if item.major],
    }


_LOOKED_INTO = re.compile(r"有无|是否|(?:情况|机制|制度|管理|安全)$")


def _enumerated(texts: Sequence[str]) -> dict[str, Any]:
    """Items as a sentence: what is looked into (…情况、有无…) goes one way, a state to be reached another."""
    looked = [text for text in texts if _LOOKED_INTO.search(text)]
    return {"查看": len(looked) * 2 >= len(texts), "文字": "；".join(text.rstrip("。；") for text in texts)}


def _stage(stage: Stage, campaign: Campaign) -> dict[str, Any]:
    known = stage.start or stage.end
    text = chinese_period(stage.start, stage.end) if known else stage.raw
    return {
        "名称": stage.name,
        "时间": text,
        "工作": [dated(action.rstrip("。；"), campaign, stage.start, stage.end) for action in stage.actions],
        "成果": list(stage.outputs),
        "止": stage.end,
    }


def _stage_of(campaign: Campaign, *words: str) -> dict[str, Any] | None:
    stage = stage_for(campaign, *words)
    return (
        {name: value for name, value in _stage(stage, campaign).items() if name in ("名称", "时间", "止")}
        if stage
        else None
    )


def _duty(duty: str | None) -> str | None:
    """A duty as it follows a name: 负责人事, 分管安全, 主持全面工作."""
    verbs = ("负责", "主持", "分管", "协助", "统筹", "牵头", "承担", "联系", "协调")
    return duty if not duty or duty.startswith(verbs) else f"负责{duty}"


def _member(member: Member) -> dict[str, Any]:
    return {
        "姓名": member.name,
        "职务": member.post,
        "分工": _duty(member.duty),
        "协助": list(member.assist),
        "联系": list(member.liaise_with),
    }


def _group(group: LeadingGroup | None) -> dict[str, Any] | None:
    if group is None:
        return None
    office = group.office
    return {
        "名称": group.name,
        "批准": group.established_by,
        "组长": [_member(member) for member in group.leader],
        "副组长": [_member(member) for member in group.deputies],
        "成员": [_member(member) for member in group.members],
        "人数": len({member.name for member in (*group.leader, *group.deputies, *group.members)}),
        "分工": [_member(m) for m in (*group.leader, *group.deputies, *group.members) if m.duty],
        "办公室": {"地点": office.place, "主任": office.director, "成员": list(office.members)} if office else None,
    }


def _deliverable(deliverable: Deliverable, campaign: Campaign) -> dict[str, Any]:
    raw = dated(deliverable.raw_due, campaign) if deliverable.raw_due else None
    return {
        "事项": deliverable.what,
        "说明": dated(deliverable.note, campaign) if deliverable.note else None,
        "报送单位": list(deliverable.from_),
        "报至": list(deliverable.to),
        "时限": chinese_date(deliverable.due) + "前" if deliverable.due else raw,
        "条件": deliverable.when,
        "定日": deliverable.due,
        "签章": list(deliverable.sign),
        "公示": deliverable.publish,
    }


def _due_days(deliverables: Sequence[Deliverable]) -> list[dict[str, Any]]:
    """What is due on days, by day; one entry for all that the same bodies owe on the same day."""
    joined: dict[tuple[date, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for each in deliverables:
        if each.due:
            joined.setdefault((each.due, each.from_, each.to), []).append(each.what)
    return [
        {"单位": list(bodies), "报至": list(to), "事项": things, "时限": chinese_date(day) + "前", "止": day}
        for (day, bodies, to), things in sorted(joined.items(), key=lambda entry: entry[0][0])
    ]


def _report(report: Report) -> dict[str, Any]:
    return {
        "事项": report.what,
        "频次": frequency_text(report),
        "报送单位": list(report.from_),
        "报至": list(report.to),
    }


def frequency_text(report: Report) -> str:
    """How often, in words: 每周五、每月5日前、发现后24小时内."""
    if report.frequency is Frequency.ON_OCCURRENCE:
        return f"发现后{report.within_hours:g}小时内" if report.within_hours else "随时"
    word = _FREQUENCIES[report.frequency]
    if report.weekday and report.frequency in (Frequency.WEEKLY, Frequency.BIWEEKLY):
        return f"{word}{_WEEKDAYS[report.weekday - 1]}"
    return f"{word}{report.day}日前" if report.day and report.frequency is Frequency.MONTHLY else word


def _grade(grade: Grade) -> dict[str, Any]:
    days = None if grade.days is None else ("立即" if grade.days == 0 else f"{grade.days}日内")
    return {"名称": grade.name, "规则": grade.rule, "时限": days, "挂牌": grade.listed, "五落实": list(grade.five)}


def _sanctions(campaign: Campaign) -> list[dict[str, Any]]:
    """Sanctions with one trigger stand in one sentence."""
    joined: dict[str, list[str]] = {}
    for sanction in campaign.sanctions:
        joined.setdefault(sanction.trigger.rstrip("。，"), []).append(sanction.consequence.rstrip("。"))
    kinds = {sanction.trigger.rstrip("。，"): sanction.kind for sanction in campaign.sanctions}
    return [{"情形": key, "处理": "，".join(texts), "种类": kinds[key]} for key, texts in joined.items()]


def _hotline(campaign: Campaign) -> dict[str, Any] | None:
    line = campaign.hotline
    return {"电话": line.phone, "邮箱": line.mail, "奖励": line.reward, "说明": line.note} if line else None


def evidence_facts(item: EvidenceItem, campaign: Campaign) -> dict[str, Any]:
    """A paper the inspection asks for."""
    return {
        "编号": item.code,
        "名称": item.name,
        "类别": item.group,
        "报送单位": list(item.from_),
        "责任人": item.owner,
        "时限": item.due,
        "必备": item.required,
        "校验": item.check,
        "涉密": item.private,
        "案卷": next((volume.code for volume in campaign.archive.volumes if item.code in volume.evidence), None),
    }


def _evidence_names(campaign: Campaign, codes: Iterable[str]) -> list[str]:
    names = {item.code: item.name for item in campaign.evidence}
    return [names.get(code, code) for code in codes]


def day_list(days: Iterable[date | None]) -> str | None:
    """Days in words: one, a few, or the span of many."""
    known = sorted({day for day in days if day})
    if not known:
        return None
    return "、".join(map(chinese_date, known)) if len(known) <= 3 else chinese_period(known[0], known[-1])

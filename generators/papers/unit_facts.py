"""One unit as the facts of a form: how it calls itself, who heads it, what applies to its kind."""

from __future__ import annotations

from typing import Any

from generators.papers.campaign_facts import area_facts, evidence_facts
from model.campaigns import Campaign, Level, Unit

_SELVES = (
    ("幼儿园", "我园", "你园", "园长"),
    ("教育局", "我局", "你局", "局长"),
    ("机构", "我单位", "你单位", "主要负责人"),
    ("学", "我校", "你校", "校长"),
    ("处室", "我处", "你处", "主任"),
    ("年级", "我年级", "你年级", "年级主任"),
    ("农技校", "我校", "你校", "校长"),
    ("一贯制", "我校", "你校", "校长"),
    ("初中", "我校", "你校", "校长"),
    ("高中", "我校", "你校", "校长"),
    ("中职", "我校", "你校", "校长"),
)


def unit_facts(unit: Unit, campaign: Campaign) -> dict[str, Any]:
    """One unit with the areas and papers that apply to its kind."""
    found = next((each for each in _SELVES if each[0] in unit.kind), None)
    mine, yours, head = found[1:] if found else ("我单位", "你单位", "主要负责人")
    parent = campaign.unit(unit.parent) if unit.parent else None
    areas = [area for area in campaign.areas if not area.applies_to or unit.kind in area.applies_to]
    told = [area_facts(area, campaign, unit.kind) for area in areas]
    return {
        "编号": unit.id,
        "名称": unit.name,
        "类型": unit.kind,
        "内设": campaign.level is Level.SCHOOL or unit.kind.endswith(("处室", "科室", "年级", "班级")),
        "自称": mine,
        "对称": yours,
        "负责人称谓": head,
        "负责人": unit.head,
        "负责人姓名": unit.head.split()[-1] if unit.head else None,
        "联络员": unit.contact,
        "上级": parent.name if parent else campaign.issuer.name,
        "领域": [area for area in told if area["检查项"]],
        "资料": [
            evidence_facts(item, campaign) for item in campaign.evidence if not item.from_ or unit.kind in item.from_
        ],
    }

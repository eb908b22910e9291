"""A definition recovered from the text of an old plan: what the text says is taken, what is uncertain stands in `assumed`.

Numbering may be half lost and punctuation half-width, as in plans copied from web pages. Nothing is made up: what a
required key cannot do without and the text does not say is written as 【待补：…】.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from campaigns import chronology, sections
from campaigns.reading import check_text
from model.findings import Finding

LARGEST = 1 << 20
"""Characters of a plan that are read; more is no plan."""

_TITLED = re.compile(r"(?:方案|通知|计划|意见|办法)\s*\d{0,3}$")
_ISSUER = re.compile(
    r"[^\s，,。；;：:、《》“”]{2,20}?(?:教育局|教体局|教育和体育局|教育委员会|人民政府|委员会|中心学校|办公室)$"
)
_HALF_MARK = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:!?()]|[,;:!?()](?=[\u4e00-\u9fff“《])")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_LEVELS = (("[县区]", "county"), ("[镇乡]", "township"), ("[市州]", "city"), ("校", "school"), ("省", "province"))
_KINDS = (
    ("隐患", "安全隐患排查治理"),
    ("迎", "迎检"),
    ("督导", "专项督导"),
    ("督查", "督查"),
    ("整治", "专项整治"),
    ("检查", "检查"),
)


def recover(text: str, file: str = "方案") -> tuple[str, tuple[Finding, ...]]:
    """A definition (YAML) recovered from a plan's text, and what checking it has to say; pure."""
    lines = [" ".join(line.split()) for line in text[:LARGEST].splitlines()]
    lines = [_HALF_MARK.sub(lambda mark: mark[0].translate(_FULL), line) for line in lines if line]
    definition = _definition(lines)
    written = yaml.dump(definition, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return written, check_text(written, file)[1]


class _Dumper(yaml.SafeDumper):
    """Writes what is said twice twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 – the dumper's signature
        return True


def _definition(lines: list[str]) -> dict[str, Any]:
    assumed: list[str] = []
    body = "\n".join(lines)
    title = _title(lines, assumed)
    year = chronology.year(body)
    if year is None:
        assumed.append("原文没有写明年份，各项日期待补")
    else:
        assumed.append(f"年份取文中出现最多的 {year} 年，没有写年份的日期都按这一年")
    stages = sections.stages(lines, year)
    days = [day for stage in stages for day in (stage["start"], stage["end"]) if day]
    name = re.sub(r"(?:实施|工作|活动|检查|督查)*方案$|的?通知$", "", title) or title
    definition: dict[str, Any] = {
        "format": "campaign/1",
        "id": f"huifu-{year or 'weiding'}",
        "name": name,
        "short_name": sections.quoted_name(body) or name[:12],
        "kind": next((kind for word, kind in _KINDS if word in title + body[:400]), "专项行动"),
        "level": None,
        "year": year,
        "period": {"start": min(days, default=None), "end": max(days, default=None), "raw": None},
        "issuer": {"name": _issuer(lines, assumed)},
        "addressees": sections.addressees(lines),
        "basis": sections.basis(body),
        "guiding_ideology": sections.guiding(lines),
        "goals": sections.goals(lines, year),
        "areas": sections.areas(lines),
        "stages": stages,
        "leading_group": sections.leading_group(lines),
        "deliverables": sections.deliverables(lines, year),
    }
    spoken = {level: len(re.findall(rf"[全我本]{word}", body)) for word, level in _LEVELS}
    definition["level"] = max(spoken, key=lambda level: spoken[level]) if any(spoken.values()) else None
    assumed += _assumptions(definition)
    definition["assumed"] = assumed
    return definition


def _title(lines: list[str], assumed: list[str]) -> str:
    for line in lines[:6]:
        plain = line.replace(" ", "")
        if _TITLED.search(plain) and 4 < len(plain) <= 60:
            return re.sub(r"\d{1,3}$", "", plain)
    assumed.append("没有找到标题")
    return "【待补：行动名称】"


def _issuer(lines: list[str], assumed: list[str]) -> str:
    for line in (*lines[:4], *lines[-4:]):
        if _ISSUER.fullmatch(line.replace(" ", "")):
            return line.replace(" ", "")
    assumed.append("原文没有落款，发文机关待补")
    return "【待补：发文机关】"


def _assumptions(definition: dict[str, Any]) -> list[str]:
    told = ["编号 id 是暂定的，请改成有含义的英文名", "行动类别 kind 按标题用词推断"]
    if definition["level"]:
        told.append("级别 level 按文中“全县”“我镇”一类用语推断")
    if definition["period"]["start"] or definition["period"]["end"]:
        told.append("起止时间 period 取自各阶段最早和最晚的日期")
    told += [
        f"阶段“{stage['name']}”的日期没有认出：{stage['raw']}" for stage in definition["stages"] if _undated(stage)
    ]
    empty = [key for key in ("goals", "areas", "stages", "leading_group", "basis") if not definition[key]]
    names = {"goals": "工作目标", "areas": "检查领域", "stages": "阶段", "leading_group": "领导小组", "basis": "依据"}
    if empty:
        told.append("没有认出" + "、".join(names[key] for key in empty) + "，请对照原文补上")
    return told


def _undated(stage: dict[str, Any]) -> bool:
    return bool(stage["raw"] and not (stage["start"] or stage["end"]))

"""What a definition says between its lines, worked out once for all papers: words for things, the stage of a task, sums."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from typing import Any

from model.campaigns import Campaign, Level, Stage, Unit
from model.wording import missing

_WIDE = (Level.NATIONAL, Level.PROVINCE, Level.CITY)
_SUPERIOR = re.compile(r"(?:政府|教育局|教体局|教育厅|教育部|委员会|督导室|安委会|安委办|办公厅)$")
_UPWARD = ("总结", "月报", "报告", "汇报")
_MEASURES = (
    ("教育局", "个"),
    ("教体局", "个"),
    ("机构", "个"),
    ("室", "个"),
    ("年级", "个"),
    ("班", "个"),
    ("中心学校", "所"),
)
_MASKED = re.compile(r"20[xX×Ｘｘ*＊]{2}年(?:(?P<month>1[0-2]|[1-9])月)?")
_MONTH_DAY = re.compile(r"(?<![\d年])(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日")


def derived_facts(campaign: Campaign) -> dict[str, Any]:
    """The facts under 行动 that follow from others: 所查, 各单位, 报告对象, the stages by what is done in them, sums."""
    return {
        "所查": found_word(campaign),
        "各单位": those_below(campaign),
        "报告对象": superior(campaign),
        "配合单位": supporters(campaign),
        "单位构成": make_up(campaign),
        "单位数": str(count) if (count := len(units_below(campaign))) else None,
        "抽查数": str(math.ceil(count * share - 1e-9)) if count and (share := campaign.supervision.sample) else None,
    }


def found_word(campaign: Campaign) -> str:
    """What the campaign looks for is called one thing in all its papers: 隐患 or 问题."""
    named = " ".join((campaign.kind, campaign.name, *(grade.rule or "" for grade in campaign.problem_rules.grades)))
    return "隐患" if "隐患" in named else "问题"


def those_below(campaign: Campaign) -> str:
    """Those whom the papers ask to act: 各地各校, 各单位, 各校, 各处室、各年级."""
    if campaign.level in _WIDE:
        return "各地各校"
    if campaign.level is Level.SCHOOL:
        return "各处室、各年级"
    return "各校" if campaign.level is Level.TOWNSHIP else "各单位"


def superior(campaign: Campaign) -> str | None:
    """Whom the issuer reports to: the body its own summaries and reports are due to, else the one that agreed."""
    ours = {campaign.issuer.name, campaign.issuer.short or ""}
    things = [(each.what, each.from_, each.to) for each in campaign.deliverables]
    things += [(each.what, each.from_, each.to) for each in campaign.reporting]
    for word in _UPWARD:
        for what, senders, receivers in things:
            if word in what and any(body in ours or body.endswith(("办公室", "领导小组")) for body in senders):
                above = [body for body in receivers if body not in ours and _SUPERIOR.search(body)]
                if above:
                    return above[0]
    return campaign.approved_by


def supporters(campaign: Campaign) -> list[str]:
    """The bodies outside the issuer that support an area (配合), each once, in their order."""
    ours = tuple(filter(None, (campaign.issuer.name, campaign.issuer.short)))
    named = (body for area in campaign.areas for body in area.support)
    own = {name for unit in campaign.units for name in (unit.name, *unit.aliases)} | set(campaign.addressees)
    return [body for body in dict.fromkeys(named) if not body.startswith((*ours, "各")) and body not in own]


def make_up(campaign: Campaign) -> str | None:
    """The units by kind with their numbers: 小学5所、初中2所、培训机构1个."""
    counted = Counter(unit.kind for unit in units_below(campaign))
    told = (
        f"{kind}{number}{next((word for end, word in _MEASURES if kind.endswith(end)), '所')}"
        for kind, number in counted.items()
    )
    return "、".join(told) or None


def units_below(campaign: Campaign) -> tuple[Unit, ...]:
    """The units that are looked at: the issuer itself is none of them."""
    return tuple(unit for unit in campaign.units if unit.name != campaign.issuer.name)


def stage_for(campaign: Campaign, *words: str) -> Stage | None:
    """The stage in which something is done: by its name first, then by its outputs, then by its actions."""
    for texts in (lambda s: (s.name,), lambda s: s.outputs, lambda s: s.actions):
        for stage in campaign.stages:
            if any(word in text for word in words for text in texts(stage)):
                return stage
    return None


def dated(text: str, campaign: Campaign, start: date | None = None, end: date | None = None) -> str:
    """A text whose 月日 carry their year when the campaign crosses a year and only one year can be meant.

    `start` and `end` bound the days that the text can mean (its stage); else the campaign's own period does.
    A masked year (20xx年5月) is filled in when only one fits the month, else it is said to be missing.
    """
    first, last = bounds(campaign)
    text = _MASKED.sub(lambda match: _unmasked(match, start or first, end or last), text)
    if first is None or last is None or first.year == last.year:
        return text
    low, high = start or first, end or last

    def with_year(match: re.Match[str]) -> str:
        fitting = [year for year in range(low.year, high.year + 1) if low <= _day(year, match) <= high]
        return f"{fitting[0]}年{match[0]}" if len(fitting) == 1 else match[0]

    return _MONTH_DAY.sub(with_year, text)


def _unmasked(match: re.Match[str], low: date | None, high: date | None) -> str:
    fitting = []
    if low and high and match["month"]:
        months = range(low.year * 12 + low.month - 1, high.year * 12 + high.month)
        fitting = [number // 12 for number in months if number % 12 == int(match["month"]) - 1]
    year = str(fitting[0]) if len(fitting) == 1 else missing("年份")
    return f"{year}年{match['month'] + '月' if match['month'] else ''}"


def bounds(campaign: Campaign) -> tuple[date | None, date | None]:
    """First and last day that the definition knows of."""
    days = [
        campaign.period.start,
        campaign.period.end,
        *(day for stage in campaign.stages for day in (stage.start, stage.end)),
    ]
    known = [day for day in days if day]
    return (min(known), max(known)) if known else (None, None)


def _day(year: int, match: re.Match[str]) -> date:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:  # 2月30日: as it was written
        return date.min

"""The definitions that an office holds (campaigns/)."""

from __future__ import annotations

import difflib
from pathlib import Path

from campaigns.reading import check_definition
from model.campaigns import Campaign
from model.errors import FaultyInput, NotFound
from model.findings import Finding, Severity


def paths(folder: Path) -> tuple[Path, ...]:
    """The definition files of an office."""
    return tuple(sorted(path for path in folder.glob("*.yaml") if not path.name.startswith(".")))


def definitions(folder: Path) -> tuple[tuple[Path, Campaign], ...]:
    """Every definition that can be read, with where it lies; `faults` tells of the others."""
    read = ((path, check_definition(path)[0]) for path in paths(folder))
    return tuple((path, campaign) for path, campaign in read if campaign)


def faults(folder: Path) -> tuple[Finding, ...]:
    """The faults of definitions that can no longer be read."""
    found = (finding for path in paths(folder) for finding in check_definition(path)[1])
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)


def find(folder: Path, name: str) -> Campaign:
    """The campaign with this id, name or short name. Raises NotFound with near names, FaultyInput when its file is faulty."""
    path = folder / f"{name}.yaml"
    if "/" not in name and "\\" not in name and path.is_file():
        campaign, findings = check_definition(path)
        if campaign is None:
            raise FaultyInput("行动定义有错误", str(path), "", "请按上面逐条改正后再试", findings)
        return campaign
    held = [campaign for _, campaign in definitions(folder)]
    found = [campaign for campaign in held if name in (campaign.id, campaign.name, campaign.short_name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "、".join(campaign.id for campaign in found)
        raise NotFound("不知道指的是哪个行动", name, f"有 {len(found)} 个行动叫这个名字", f"请写编号：{ids}")
    known = [word for campaign in held for word in (campaign.id, campaign.name, campaign.short_name)]
    near = difflib.get_close_matches(name, known, 1, 0.4)
    remedy = f"您是不是要写 {near[0]}" if near else "请用 juanzong campaign list 查看，或用 campaign add 收入"
    raise NotFound("没有这个行动", name, "本单位没有收入它", remedy)

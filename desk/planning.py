"""Planning: campaign definitions checked, taken in, listed and shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from campaigns import dues, library, reading, recovering
from desk.answers.planning import CampaignAdded, CampaignLine, Campaigns, CampaignShown, Checked, Recovered
from desk.offices import open_workspace, operator
from indexer.texts.readers import Readers
from model.errors import FaultyInput, NotFound, Refused
from model.texts import TextState
from storage.files import replace_file
from storage.lock import office_lock


def check(file: Path) -> Checked:
    """Check a definition; needs no office."""
    campaign, findings = reading.check_definition(file)
    return Checked(findings=findings, campaign=campaign)


def add(folder: Path, file: Path) -> CampaignAdded:
    """Take a definition in, byte for byte. Raises FaultyInput with its faults, Refused when the id is taken by another."""
    workspace = open_workspace(folder)
    campaign, findings = reading.check_definition(file)
    if campaign is None:
        remedy = "请按上面逐条改正后再试"
        raise FaultyInput("没有收入行动定义", str(file), "定义有错误", remedy, findings)
    content = file.read_bytes()
    target = workspace.campaigns / f"{campaign.id}.yaml"
    with office_lock(workspace.root, who=operator(), now=datetime.now()):
        if target.exists() and target.read_bytes() != content:
            remedy = f"要修改就直接编辑 {target}；是另一个行动就换一个 id"
            raise Refused("没有收入行动定义", campaign.id, "本单位已有编号相同、内容不同的定义", remedy)
        workspace.campaigns.mkdir(exist_ok=True)
        replace_file(target, content)
    return CampaignAdded(path=target, campaign=campaign, findings=findings)


def campaigns(folder: Path) -> Campaigns:
    """The office's campaigns, and the faults of definitions that can no longer be read."""
    workspace = open_workspace(folder)
    lines = tuple(
        CampaignLine(
            id=campaign.id,
            name=campaign.name,
            kind=campaign.kind,
            year=campaign.year,
            start=campaign.period.start,
            end=campaign.period.end,
            units=len(campaign.units),
            path=path,
        )
        for path, campaign in library.definitions(workspace.campaigns)
    )
    return Campaigns(campaigns=lines, findings=library.faults(workspace.campaigns))


def show(folder: Path, name: str, *, on: date) -> CampaignShown:
    """One campaign by id or name, with what is due."""
    campaign = library.find(open_workspace(folder).campaigns, name)
    return CampaignShown(campaign=campaign, due=dues.dues(campaign, on))


def recover(file: Path, output: Path | None) -> Recovered:
    """A draft definition out of an old plan in any format whose text can be read; what is inferred is listed in `assumed`.

    Raises NotFound, and Refused when the file has no text or the result would overwrite a file.
    """
    if not file.is_file():
        raise NotFound("读不了旧方案", str(file), "没有这个文件", "请检查路径")
    with Readers() as readers:
        text = readers.read(file)
    if text.state is not TextState.OK:
        raise Refused(
            "没有还原行动定义", str(file), text.why or text.state.chinese, "请提供有文字的 .docx、.pdf 或 .txt"
        )
    told, findings = recovering.recover(text.plain, str(file))
    target = output or file.with_suffix(".yaml")
    if target.exists():
        raise Refused("没有还原行动定义", str(target), "已经有这个文件", "请用 -o 换一个名字")
    replace_file(target, told.encode())
    return Recovered(path=target, findings=findings)

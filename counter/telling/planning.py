"""Chinese lines about offices and campaigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counter.telling.base import count_of, findings, lines
from desk.answers import planning as a
from model.campaigns import Campaign, Due
from model.wording import chinese_date, chinese_period


def _due_lines(due: Iterable[Due]) -> Iterator[str]:
    due = tuple(due)
    if due:
        yield "到期事项："
    for thing in due:
        yield f"  {chinese_date(thing.due)}　{thing.what}（{thing.who}）{'　已过期' if thing.late else ''}"


def _campaign_lines(campaign: Campaign) -> Iterator[str]:
    yield f"{campaign.name}（{campaign.id}）"
    yield f"  类别：{campaign.kind}　发文机关：{campaign.issuer.name}"
    yield f"  时间：{chinese_period(campaign.period.start, campaign.period.end)}"
    yield f"  检查领域 {len(campaign.areas)} 个，检查项 {sum(len(area.items) for area in campaign.areas)} 个；" + (
        f"单位 {len(campaign.units)} 个；要求材料 {len(campaign.documents)} 种"
    )
    for stage in campaign.stages:
        yield f"  {stage.name}：{stage.raw or chinese_period(stage.start, stage.end)}"


@lines.register
def _(answer: a.OfficeMade) -> Iterator[str]:
    yield f"已建立“{answer.name}”的单位文件夹：{answer.path}"
    yield f"下一步：{answer.next}"


@lines.register
def _(answer: a.Checked) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"检查完毕：{count_of(answer.findings)}。" + (
        "" if answer.exit == 0 else "有错误的定义不能使用，请改正后再查。"
    )


@lines.register
def _(answer: a.CampaignAdded) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"已收入：{answer.campaign.name}（{answer.campaign.id}）"
    yield f"下一步：juanzong draft {answer.campaign.id} --all 起草全部材料"


@lines.register
def _(answer: a.Recovered) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"已还原成行动定义的草稿：{answer.path}。请逐项核对，特别是 assumed 里列出的各项。"
    yield f"下一步：改好后运行 juanzong campaign check {answer.path}"


@lines.register
def _(answer: a.Campaigns) -> Iterator[str]:
    if not answer.campaigns:
        yield "还没有行动。用 juanzong campaign add 定义文件 收入一个。"
    for line in answer.campaigns:
        yield f"{line.id}　{line.name}（{line.kind}，{chinese_period(line.start, line.end)}，{line.units} 个单位）"
    yield from findings(answer.findings)


@lines.register
def _(answer: a.CampaignShown) -> Iterator[str]:
    yield from _campaign_lines(answer.campaign)
    yield from _due_lines(answer.due)

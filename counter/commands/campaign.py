"""Commands about campaigns (专项行动)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer


@click.group(cls=Group)
@help_option
def campaign() -> None:
    """专项行动：检查、收入、查看行动定义。"""


@campaign.command()
@click.argument("file", type=PATH, metavar="定义文件")
@errand
def check(_request: Request, file: Path) -> Answer:
    """检查一份行动定义，一次列出全部错误。"""
    return desk.planning.check(file)


@campaign.command()
@click.argument("file", type=PATH, metavar="定义文件")
@errand
def add(request: Request, file: Path) -> Answer:
    """检查后收入本单位。"""
    return desk.planning.add(request.office, file)


@campaign.command(name="import")
@click.argument("file", type=PATH, metavar="旧方案")
@click.option("-o", "output", type=PATH, metavar="文件.yaml", help="写到这里（默认与旧方案同名）。")
@errand
def import_plan(_request: Request, file: Path, output: Path | None) -> Answer:
    """把往年的方案还原成行动定义的草稿。"""
    return desk.planning.recover(file, output)


@campaign.command(name="list")
@errand
def list_campaigns(request: Request) -> Answer:
    """列出本单位的行动。"""
    return desk.planning.campaigns(request.office)


@campaign.command(name="show")
@click.argument("campaign", metavar="行动")
@errand
def show_campaign(request: Request, campaign: str) -> Answer:
    """查看一个行动及其到期事项。"""
    return desk.planning.show(request.office, campaign, on=request.on)

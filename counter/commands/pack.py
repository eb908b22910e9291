"""Commands about inspection packs (迎检材料包)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer


class PackGroup(Group):
    """`pack CAMPAIGN` makes a pack; `pack verify DIR` is the only other word."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take any other first word for a campaign."""
        if args and args[0] not in self.commands:
            args = ["build", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=PackGroup, subcommand_metavar="行动 | verify 文件夹")
@help_option
def pack() -> None:
    """迎检材料包：juanzong pack 行动 -o 文件夹；juanzong pack verify 文件夹。"""


@pack.command()
@click.argument("campaign", metavar="行动")
@click.option("-o", "output", type=PATH, metavar="文件夹", help="做在这里（默认本单位的 packs）。")
@click.option("--private", is_flag=True, help="连同涉及个人信息的材料。")
@errand
def build(request: Request, campaign: str, output: Path | None, private: bool) -> Answer:
    """做一个迎检材料包。"""
    with request.progress("装包") as progress:
        return desk.inspecting.build_pack(
            request.office, campaign, on=request.on, output=output, private=private, progress=progress
        )


@pack.command(name="verify")
@click.argument("folder", type=PATH, metavar="文件夹")
@errand
def pack_verify(_request: Request, folder: Path) -> Answer:
    """核验一个材料包。"""
    return desk.inspecting.verify_pack(folder)

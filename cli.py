"""The counter for typed words: each command parses, calls one errand of the desk and hands its answer to be shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import desk
from counter.errands import Request, errand, run
from counter.words import PATH, Group, day, help_option

if TYPE_CHECKING:
    from desk.answers import Answer

VERSION = "0.1.0"


@click.group(name="juanzong", cls=Group)
@click.option(
    "-C", "office", type=PATH, metavar="文件夹", help="单位文件夹（默认当前文件夹，或环境变量 JUANZONG_OFFICE）。"
)
@click.option("--json", "json_", is_flag=True, help="以 JSON 输出，供其他程序使用。")
@click.version_option(VERSION, message="卷宗 %(version)s", help="显示版本。")
@help_option
@click.pass_context
def cli(context: click.Context, office: Path | None, json_: bool) -> None:
    """卷宗：教育专项行动的公文、档案、台账与迎检材料，一处办理。

    头一次使用：juanzong demo 看一遍全过程；juanzong init 建立本单位的文件夹。
    """
    request = context.ensure_object(Request)
    request.office = office or request.office
    request.json = json_


@cli.command()
@click.argument("folder", type=PATH, metavar="文件夹")
@click.option("--name", required=True, metavar="全称", help="单位全称。")
@click.option("--short", metavar="简称", help="单位规范化简称。")
@click.option("--fonds", metavar="全宗号", help="档案馆给定的全宗号（四位）。")
@errand
def init(_request: Request, folder: Path, name: str, short: str | None, fonds: str | None) -> Answer:
    """建立一个单位文件夹。"""
    return desk.offices.init_office(folder, name=name, short=short, fonds=fonds)


@cli.command()
@click.argument("folder", type=PATH, metavar="[文件夹]", required=False, default=Path("卷宗演示"))
@errand
def demo(request: Request, folder: Path) -> Answer:
    """用自带的示例把全过程走一遍。"""
    with request.progress("演示") as progress:
        return desk.demonstrating.demonstrate(folder, on=request.chosen, progress=progress)


@cli.group()
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


@cli.command()
@click.argument("campaign", metavar="行动")
@click.argument("kinds", nargs=-1, metavar="[文种]…")
@click.option("--unit", "units", multiple=True, metavar="单位", help="只为这个单位起草（可写多次）。")
@click.option("--problem", "problems", multiple=True, type=int, metavar="序号", help="只为这条问题起草（可写多次）。")
@click.option("--all", "everything", is_flag=True, help="起草定义中要求的全部材料。")
@click.option("-o", "output", type=PATH, metavar="文件夹", help="写到这里（默认本单位的 drafts）。")
@click.option("--fields", metavar="文种", help="只列出这种文书用到的字段。")
@click.option("--explain", metavar="文种", help="只说明这种文书每句话从哪里来。")
@errand
def draft(
    request: Request,
    campaign: str,
    kinds: tuple[str, ...],
    units: tuple[str, ...],
    problems: tuple[int, ...],
    everything: bool,
    output: Path | None,
    fields: str | None,
    explain: str | None,
) -> Answer:
    """起草公文，例如：juanzong draft 行动 实施方案。"""
    if fields:
        return desk.explaining.fields(request.office, campaign, fields)
    if explain:
        return desk.explaining.explain(request.office, campaign, explain, units=units, problems=problems, on=request.on)
    wanted = desk.drafting.Wanted(kinds=kinds, units=units, problems=problems, everything=everything)
    with request.progress("起草") as progress:
        return desk.drafting.draft(request.office, campaign, wanted, on=request.on, output=output, progress=progress)


@cli.command()
@click.argument("file", type=PATH, metavar="文件.md")
@click.option("-o", "output", type=PATH, metavar="文件.docx", help="写到这里（默认与原文件同名）。")
@errand
def typeset(request: Request, file: Path, output: Path | None) -> Answer:
    """把标记文本排成公文。"""
    return desk.drafting.typeset(request.office, file, output)


@cli.group()
@help_option
def archive() -> None:
    """档案：归档、查看、取出、核验。"""


@archive.command(name="add")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="文件或文件夹…")
@click.option("--campaign", metavar="行动", help="属于哪个行动。")
@click.option("--unit", metavar="单位", help="属于哪个单位。")
@click.option("--kind", metavar="文种", help="是什么材料，如 自查报告。")
@click.option("--title", metavar="题名", help="题名（只归一件时）。")
@click.option("--to", metavar="档号", help="作为这一件的新版本归入。")
@click.option("--reason", metavar="原因", help="新版本的原因。")
@click.option("--dry-run", is_flag=True, help="只看会怎样，不归档。")
@errand
def archive_add(request: Request, paths: tuple[Path, ...], **about: Any) -> Answer:
    """归档文件或整个文件夹。"""
    with request.progress("归档") as progress:
        return desk.filing.add(request.office, paths, desk.filing.About(**about), on=request.on, progress=progress)


@archive.command(name="list")
@click.option("--campaign", metavar="行动", help="只列这个行动的。")
@click.option("--unit", metavar="单位", help="只列这个单位的。")
@click.option("--kind", metavar="文种", help="只列这种材料。")
@click.option("--year", type=int, metavar="年度", help="只列这一年度的。")
@errand
def archive_list(request: Request, **narrow: Any) -> Answer:
    """列出已归档的件。"""
    return desk.filing.records(request.office, **narrow)


@archive.command(name="show")
@click.argument("record", metavar="档号")
@errand
def archive_show(request: Request, record: str) -> Answer:
    """查看一件及其全部经过。"""
    return desk.filing.show(request.office, record)


@archive.command(name="get")
@click.argument("record", metavar="档号")
@click.option("-o", "output", type=PATH, default=Path(), metavar="文件夹", help="取到这里（默认当前文件夹）。")
@errand
def archive_get(request: Request, record: str, output: Path) -> Answer:
    """取出一件的文件副本，边取边核验。"""
    return desk.filing.fetch(request.office, record, output)


@archive.command(name="verify")
@errand
def archive_verify(request: Request) -> Answer:
    """核验全部档案，逐字节比对。"""
    with request.progress("核验") as progress:
        return desk.filing.verify(request.office, on=request.on, progress=progress)


@archive.command(name="mirror")
@click.argument("target", type=PATH, metavar="文件夹")
@errand
def archive_mirror(request: Request, target: Path) -> Answer:
    """在另一块磁盘上做一份镜像，只抄新的，并核对。"""
    with request.progress("镜像") as progress:
        return desk.keeping.mirror(request.office, target, progress=progress)


@archive.command(name="repair")
@click.argument("source", type=PATH, metavar="镜像文件夹")
@errand
def archive_repair(request: Request, source: Path) -> Answer:
    """用镜像修复受损的档案，逐字节相同。"""
    return desk.keeping.repair(request.office, source)


@archive.command(name="rebuild")
@errand
def archive_rebuild(request: Request) -> Answer:
    """只凭库房重建档案目录、业务行为和台账。"""
    return desk.keeping.rebuild(request.office)


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="词语…")
@click.option("--year", type=int, metavar="年度", help="只找这一年度的。")
@click.option("--campaign", metavar="行动", help="只找这个行动的。")
@click.option("--unit", metavar="单位", help="只找这个单位的。")
@click.option("--kind", metavar="文种", help="只找这种材料。")
@click.option("--from", "start", type=day, metavar="年-月-日", help="这一天及以后的。")
@click.option("--to", "end", type=day, metavar="年-月-日", help="这一天及以前的。")
@click.option("--sort", type=click.Choice(["相关", "最新", "最早"]), default="相关", help="排列：相关、最新、最早。")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, metavar="条数", help="最多列几条（默认 20）。")
@errand
def search(request: Request, words: tuple[str, ...], **narrow: Any) -> Answer:
    """检索档案。"""
    return desk.finding.search(request.office, " ".join(words), **narrow)


@cli.group()
@help_option
def index() -> None:
    """检索工具：状态、重建。"""


@index.command(name="status")
@errand
def index_status(request: Request) -> Answer:
    """看索引是否齐全。"""
    return desk.finding.index_status(request.office)


@index.command()
@errand
def rebuild(request: Request) -> Answer:
    """重建索引（档案本身不动）。"""
    with request.progress("重建索引") as progress:
        return desk.finding.rebuild_index(request.office, progress=progress)


@cli.group()
@help_option
def ledger() -> None:
    """问题台账：导入、查看。"""


@ledger.command(name="import")
@click.argument("file", type=PATH, metavar="台账.csv")
@click.option("--campaign", required=True, metavar="行动", help="属于哪个行动。")
@errand
def ledger_import(request: Request, file: Path, campaign: str) -> Answer:
    """导入台账；有毛病的行照样收下，并逐条列出。"""
    return desk.rectifying.import_ledger(request.office, file, campaign)


@ledger.command(name="list")
@click.option("--campaign", metavar="行动", help="只列这个行动的。")
@click.option("--unit", metavar="单位", help="只列这个单位的。")
@click.option("--overdue", is_flag=True, help="只列逾期未销号的。")
@errand
def ledger_list(request: Request, campaign: str | None, unit: str | None, overdue: bool) -> Answer:
    """列出问题。"""
    return desk.rectifying.problems(request.office, on=request.on, campaign=campaign, unit=unit, overdue=overdue)


@cli.command()
@click.argument("campaign", metavar="行动")
@errand
def ready(request: Request, campaign: str) -> Answer:
    """迎检准备：还缺什么，最要紧的在前。"""
    return desk.inspecting.ready(request.office, campaign, on=request.on)


class PackGroup(Group):
    """`pack CAMPAIGN` makes a pack; `pack verify DIR` is the only other word."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take any other first word for a campaign."""
        if args and args[0] not in self.commands:
            args = ["build", *args]
        return super().resolve_command(ctx, args)


@cli.group(cls=PackGroup, subcommand_metavar="行动 | verify 文件夹")
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


@cli.command()
@errand
def status(request: Request) -> Answer:
    """近期到期和逾期的事项。"""
    return desk.overseeing.status(request.office, on=request.on)


@cli.command()
@errand
def doctor(request: Request) -> Answer:
    """检查这台机器和本单位文件夹是否正常。"""
    return desk.overseeing.examine(request.office, on=request.on)


def main() -> None:
    """The installed command."""
    run(cli)


if __name__ == "__main__":
    main()

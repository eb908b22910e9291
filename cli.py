"""The counter for typed words: each command parses, calls one errand of the desk and hands its answer to be shown."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import desk
from counter.commands.archive import archive
from counter.commands.boxes import box
from counter.commands.campaign import campaign
from counter.commands.disposals import disposal
from counter.commands.handover import handover
from counter.commands.index import index
from counter.commands.ledger import ledger
from counter.commands.pack import pack
from counter.commands.registers import issue, receive, register
from counter.commands.search import ask, search
from counter.errands import Request, errand, run
from counter.words import PATH, Group, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer

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


@cli.command()
@click.argument("campaign", metavar="行动", required=False)
@click.argument("kinds", nargs=-1, metavar="[文种]…")
@click.option("--unit", "units", multiple=True, metavar="单位", help="只为这个单位起草（可写多次）。")
@click.option("--problem", "problems", multiple=True, type=int, metavar="序号", help="只为这条问题起草（可写多次）。")
@click.option("--all", "everything", is_flag=True, help="起草定义中要求的全部材料。")
@click.option("-o", "output", type=PATH, metavar="文件夹", help="写到这里（默认本单位的 drafts）。")
@click.option("--fields", metavar="文种", help="只列出这种文书用到的字段，可以不写行动。")
@click.option("--explain", metavar="文种", help="只说明这种文书每句话从哪里来。")
@errand
def draft(
    request: Request,
    campaign: str | None,
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
    if campaign is None:
        raise click.MissingParameter(param=click.Argument(["campaign"], metavar="行动"))
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


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="文件或档号…")
@click.option("-o", "output", type=PATH, required=True, metavar="文件夹", help="做在这里。")
@click.option("--pictures", "drawn", is_flag=True, help="每页再画成一张图片。")
@errand
def preview(request: Request, names: tuple[str, ...], output: Path, drawn: bool) -> Answer:
    """预览：把文件或归档的件转成 PDF（要装 LibreOffice），原件不动。"""
    with request.progress("转换") as progress:
        return desk.previewing.preview(request.office, names, output, drawn=drawn, progress=progress)


@cli.command()
@click.argument("name", required=False, metavar="[版面方案]")
@errand
def layout(request: Request, name: str | None) -> Answer:
    """列出版面方案与国家标准不同的地方和所依条款。"""
    return desk.explaining.layout(request.office, name)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="文件…")
@click.option("--fix", is_flag=True, help="另写一份改正了的副本，逐处列出改动；原件不动。")
@click.option("--render", is_flag=True, help="排出页面来量，并给出页码（要装 LibreOffice）。")
@click.option("--relayout", is_flag=True, help="另排一份版面规范的副本，文字不变。")
@click.option("--comments", type=PATH, metavar="文件.docx", help="写一份副本，问题用批注标在原处。")
@click.option("--report", type=PATH, metavar="文件.docx", help="写一份核稿报告。")
@click.option("-o", "output", type=PATH, metavar="文件", help="副本写到这里（默认放在原文件旁边）。")
@errand
def proof(request: Request, files: tuple[Path, ...], **wishes: Any) -> Answer:
    """核稿：版面、要素、层次、标点、数字、日期和文种，逐条指出。"""
    wanted = desk.proofing.Wanted(**wishes)
    with request.progress("核稿") as progress:
        return desk.proofing.proof(request.office, files, wanted, on=request.on, progress=progress)


@cli.command()
@click.argument("campaign", metavar="行动")
@errand
def ready(request: Request, campaign: str) -> Answer:
    """迎检准备：还缺什么，最要紧的在前。"""
    return desk.inspecting.ready(request.office, campaign, on=request.on)


@cli.command()
@errand
def status(request: Request) -> Answer:
    """近期到期和逾期的事项。"""
    return desk.overseeing.status(request.office, on=request.on)


@cli.command()
@errand
def doctor(request: Request) -> Answer:
    """检查这台机器和本单位文件夹是否正常。"""
    return desk.examining.examine(request.office, on=request.on)


for group in (campaign, issue, receive, register, archive, box, handover, disposal, search, ask, index, ledger, pack):
    cli.add_command(group)


def main() -> None:
    """The installed command."""
    # Nearly all that a command loads stays to its end: looking through it for garbage again and again takes a tenth of it.
    gc.set_threshold(50_000, 10, 10)
    run(cli)


if __name__ == "__main__":
    main()

"""Commands of the strongroom (档案)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, help_option, pair

if TYPE_CHECKING:
    from desk.answers.base import Answer


@click.group(cls=Group)
@help_option
def archive() -> None:
    """档案：归档、查看、取出、核验。"""


@archive.command(name="add")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="文件或文件夹…")
@click.option("--campaign", metavar="行动", help="属于哪个行动。")
@click.option("--unit", metavar="单位", help="属于哪个单位（默认从行动的单位名单和文件夹名里认）。")
@click.option("--kind", metavar="文种", help="是什么材料，如 自查报告。")
@click.option("--title", metavar="题名", help="题名（只归一件时）。")
@click.option("--year", type=click.IntRange(1900, 2200), metavar="年度", help="年度（默认按成文日期或名字）。")
@click.option("--department", metavar="代码", help="机构（问题）代码。")
@click.option("--one", is_flag=True, help="这些文件是一件：正文、附件、定稿……")
@click.option("--to", metavar="档号", help="作为这一件的新版本归入。")
@click.option("--reason", metavar="原因", help="新版本的原因。")
@click.option("--hold-near", is_flag=True, help="与库里内容相近的先不归，列出来问。")
@click.option("--not-secret", is_flag=True, help="存疑的已经核对过，不涉密。")
@click.option("--no-ocr", is_flag=True, help="不识别扫描件和照片，快得多；里面的字搜不到，密级也看不出。")
@click.option("--report", type=PATH, metavar="文件", help="把逐个文件的结果写成 .xlsx 或 .docx。")
@click.option("--move", is_flag=True, help="归档并核对无误后移走原件（默认不动原件）。")
@click.option("--dry-run", is_flag=True, help="只看会怎样，不归档。")
@errand
def archive_add(request: Request, paths: tuple[Path, ...], **about: Any) -> Answer:
    """归档文件或整个文件夹；中断后再运行一次即可接着做。"""
    with request.progress("归档") as progress:
        return desk.taking_in.add(
            request.office, paths, desk.accessions.About(**about), on=request.on, progress=progress
        )


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


@archive.command(name="describe")
@click.argument("record", metavar="档号")
@click.argument("facts", nargs=-1, metavar="[名称=内容]…")
@click.option("--confirm", is_flag=True, help="已核对，机器读出的各项都对。")
@click.option(
    "--relation",
    "relations",
    multiple=True,
    metavar="关系=档号",
    help="与另一件的关系：批复、回复、复查、附属、代替、转发、相关。",
)
@click.option("--reason", default="", metavar="原因", help="为什么改；改年度、期限、机构时必须写。")
@errand
def archive_describe(
    request: Request, record: str, facts: tuple[str, ...], confirm: bool, relations: tuple[str, ...], reason: str
) -> Answer:
    """著录：看机器读出了什么，更正，核对。"""
    return desk.correcting.describe(
        request.office,
        record,
        facts=[pair(fact) for fact in facts],
        relations=[pair(relation) for relation in relations],
        confirm=confirm,
        reason=reason,
    )


@archive.command(name="verify")
@click.option(
    "--share", "parts", type=click.IntRange(1), default=1, metavar="份数", help="只核验几分之一，最久没核的在前。"
)
@errand
def archive_verify(request: Request, parts: int) -> Answer:
    """核验全部档案或其中一份，逐字节比对。"""
    with request.progress("核验") as progress:
        return desk.keeping.verify(request.office, parts=parts, progress=progress)


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


@archive.command(name="catalogue")
@click.option(
    "-o", "output", type=PATH, required=True, metavar="文件或文件夹", help="写到这里：.docx、.xlsx 或文件夹。"
)
@click.option("--year", type=int, metavar="年度", help="只列这一年度的。")
@click.option("--retention", metavar="期限", help="只列这一期限的：永久、30年、10年。")
@click.option("--department", metavar="代码", help="只列这个机构的。")
@errand
def archive_catalogue(
    request: Request, output: Path, year: int | None, retention: str | None, department: str | None
) -> Answer:
    """打印归档文件目录。"""
    which = desk.cataloguing.Which(year=year, retention=retention, department=department)
    return desk.cataloguing.catalogue(request.office, which, output)


@archive.command(name="export")
@click.option("-o", "output", type=PATH, required=True, metavar="文件夹", help="导出到这里，要是新的。")
@errand
def archive_export(request: Request, output: Path) -> Answer:
    """导出整个单位：档案、台账、登记簿、行动、模板、文稿。"""
    with request.progress("导出") as progress:
        return desk.moving.export(request.office, output, progress=progress)


@archive.command(name="import")
@click.argument("source", type=PATH, metavar="导出的文件夹")
@click.argument("folder", type=PATH, metavar="新文件夹")
@errand
def archive_import(request: Request, source: Path, folder: Path) -> Answer:
    """由导出的文件夹恢复整个单位，逐字节核对。"""
    with request.progress("导入") as progress:
        return desk.moving.take_over(source, folder, progress=progress)

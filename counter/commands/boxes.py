"""Commands of the archive boxes (档案盒)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, day, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer


@click.group(cls=Group)
@help_option
def box() -> None:
    """档案盒：装盒、备考表、盒脊。"""


@box.command(name="fill")
@click.option("--year", type=int, metavar="年度", help="只装这一年度的。")
@click.option("--retention", metavar="期限", help="只装这一期限的：永久、30年、10年。")
@click.option("--department", metavar="代码", help="只装这个机构的。")
@click.option(
    "--thickness", type=click.Choice(["20", "30", "40", "50"]), default="30", help="盒脊厚，毫米（默认 30）。"
)
@errand
def box_fill(
    request: Request, year: int | None, retention: str | None, department: str | None, thickness: str
) -> Answer:
    """把还没有装盒的件按类装盒，一盒一类。"""
    which = desk.cataloguing.Which(year=year, retention=retention, department=department)
    return desk.cataloguing.fill(request.office, which, int(thickness), on=request.on)


@box.command(name="list")
@errand
def box_list(request: Request) -> Answer:
    """列出各盒。"""
    return desk.cataloguing.boxes(request.office)


@box.command(name="note")
@click.argument("number", type=int, metavar="盒号")
@click.option("--note", metavar="情况", help="盒内文件情况说明：缺损、修改、补充、移出、销毁。")
@click.option("--arranged-by", metavar="姓名", help="整理人。")
@click.option("--arranged-on", type=day, metavar="年-月-日", help="整理日期。")
@click.option("--checked-by", metavar="姓名", help="检查人。")
@click.option("--checked-on", type=day, metavar="年-月-日", help="检查日期。")
@errand
def box_note(request: Request, number: int, **said: str | date | None) -> Answer:
    """填写备考表。"""
    return desk.cataloguing.note(request.office, number, **said)


@box.command(name="print")
@click.argument("numbers", nargs=-1, type=int, metavar="[盒号]…")
@click.option("-o", "output", type=PATH, required=True, metavar="文件夹", help="写到这里。")
@errand
def box_print(request: Request, numbers: tuple[int, ...], output: Path) -> Answer:
    """打印盒封面、盒脊、盒内目录、备考表和归档章。"""
    return desk.cataloguing.print_boxes(request.office, numbers, output)

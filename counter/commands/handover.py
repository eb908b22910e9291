"""Commands of the hand-over (移交) and of 四性检测."""

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
def handover() -> None:
    """移交：做移交包、四性检测、登记移交。"""


@handover.command(name="make")
@click.option("-o", "output", type=PATH, required=True, metavar="文件夹", help="做在这里，要是新的。")
@click.option("--year", type=int, metavar="年度", help="只移交这一年度的。")
@click.option("--retention", metavar="期限", help="只移交这一期限的：永久、30年、10年。")
@click.option("--department", metavar="代码", help="只移交这个机构的。")
@errand
def handover_make(
    request: Request, output: Path, year: int | None, retention: str | None, department: str | None
) -> Answer:
    """做移交包（BagIt，每件带 EEP 封装包），连同移交清单和四性检测报告。"""
    which = desk.cataloguing.Which(year=year, retention=retention, department=department)
    with request.progress("移交包") as progress:
        return desk.handing_over.make(request.office, which, output, progress=progress)


@handover.command(name="check")
@click.argument("package", type=PATH, metavar="移交包")
@click.option("-o", "output", type=PATH, metavar="文件夹", help="把报告写到这里。")
@errand
def handover_check(request: Request, package: Path, output: Path | None) -> Answer:
    """对一个移交包做四性检测；不需要单位文件夹。"""
    with request.progress("检测") as progress:
        return desk.handing_over.check(package, output, progress=progress)


@handover.command(name="inspect")
@click.option("--stage", type=click.Choice(["归档", "长期保存"]), default="归档", help="哪个环节（默认归档）。")
@click.option("-o", "output", type=PATH, metavar="文件夹", help="把报告写到这里。")
@click.option("--year", type=int, metavar="年度", help="只检测这一年度的。")
@click.option("--retention", metavar="期限", help="只检测这一期限的：永久、30年、10年。")
@click.option("--department", metavar="代码", help="只检测这个机构的。")
@errand
def handover_inspect(
    request: Request, stage: str, output: Path | None, year: int | None, retention: str | None, department: str | None
) -> Answer:
    """对库里的档案做四性检测。"""
    which = desk.cataloguing.Which(year=year, retention=retention, department=department)
    from model.packages import Stage  # its many frozen values would cost every cold start

    wanted = Stage.FILING if stage == "归档" else Stage.KEEPING
    with request.progress("检测") as progress:
        return desk.handing_over.inspect(request.office, which, wanted, output, progress=progress)


@handover.command(name="confirm")
@click.argument("package", type=PATH, metavar="移交包")
@click.option("--receiver", required=True, metavar="单位", help="接收单位。")
@click.option("--reason", default="", metavar="依据", help="移交的依据。")
@errand
def handover_confirm(request: Request, package: Path, receiver: str, reason: str) -> Answer:
    """登记移交：每件记一条业务行为，写出移交与接收登记表。"""
    return desk.handing_over.confirm(request.office, package, receiver, reason, on=request.on)

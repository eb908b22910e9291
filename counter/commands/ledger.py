"""Commands of the problem ledger (问题台账)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, day, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer


_numbers = click.argument("numbers", nargs=-1, required=True, type=int, metavar="序号…")
_campaign = click.option("--campaign", metavar="行动", help="哪个行动的台账（只有一个时不必写）。")
_approver = click.option("--approver", required=True, metavar="姓名", help="审批人。")
_reason = click.option("--text", required=True, metavar="原因", help="原因。")


def _step_options(body: Callable[..., None]) -> Callable[..., None]:
    """What every step takes: whose ledger, who took it; the day is --on."""
    return _campaign(click.option("--who", metavar="姓名", help="经办人（默认当前用户）；日期用 --on。")(body))


@click.group(cls=Group)
@help_option
def ledger() -> None:
    """问题台账：导入、查看，下达、回复、复查、销号，统计、导出。"""


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


@ledger.command(name="show")
@click.argument("number", type=int, metavar="序号")
@_campaign
@errand
def ledger_show(request: Request, number: int, campaign: str | None) -> Answer:
    """查看一个问题的全部经过。"""
    return desk.rectifying.show(request.office, number, campaign=campaign)


def _step(request: Request, act: str, numbers: tuple[int, ...], **told: Any) -> Answer:
    words = desk.rectifying.Told(**told)
    return desk.rectifying.step(request.office, desk.rectifying.Act(act), numbers, words, on=request.on)


@ledger.command()
@_numbers
@click.option("--deadline", type=day, metavar="年-月-日", help="整改时限（台账里没有时要写）。")
@_step_options
@errand
def order(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """下达整改：问题转为整改中。"""
    return _step(request, "下达整改", numbers, **told)


@ledger.command()
@_numbers
@click.option("--text", required=True, metavar="整改情况", help="做了什么、做到什么程度。")
@_step_options
@errand
def reply(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """登记整改回复：问题转为待复查。"""
    return _step(request, "整改回复", numbers, **told)


@ledger.command()
@_numbers
@click.option("--result", required=True, type=click.Choice(["合格", "退回"]), help="复查结论：合格、退回。")
@click.option("--text", default="", metavar="说明", help="复查情况；退回时写明原因。")
@_step_options
@errand
def recheck(request: Request, numbers: tuple[int, ...], result: str, **told: Any) -> Answer:
    """登记复查结论。复查人不能是整改责任人。"""
    return _step(request, f"复查{result}", numbers, **told)


@ledger.command()
@_numbers
@_approver
@_step_options
@errand
def close(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """销号：最近一次复查要合格。"""
    return _step(request, "销号", numbers, **told)


@ledger.command()
@_numbers
@_reason
@click.option("--deadline", required=True, type=day, metavar="年-月-日", help="新的整改时限。")
@_step_options
@errand
def reopen(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """重新整改：已销号的问题反弹了。"""
    return _step(request, "重新整改", numbers, **told)


@ledger.command()
@_numbers
@_approver
@_step_options
@errand
def supervise(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """挂牌督办：“五落实”要齐全。"""
    return _step(request, "挂牌督办", numbers, **told)


@ledger.command()
@_numbers
@_approver
@_step_options
@errand
def release(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """解除挂牌督办。"""
    return _step(request, "解除挂牌", numbers, **told)


@ledger.command()
@_numbers
@_reason
@_approver
@click.option("--deadline", required=True, type=day, metavar="年-月-日", help="新的整改时限，要晚于原来的。")
@_step_options
@errand
def extend(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """延期：原来的时限留在经过里。"""
    return _step(request, "延期", numbers, **told)


@ledger.command()
@_numbers
@click.option("--text", required=True, metavar="单位", help="移交给哪个单位。")
@_approver
@_step_options
@errand
def transfer(request: Request, numbers: tuple[int, ...], **told: Any) -> Answer:
    """移交：换责任单位。"""
    return _step(request, "移交", numbers, **told)


@ledger.command()
@click.argument("campaign", metavar="行动")
@click.option("--from", "start", type=day, metavar="年-月-日", help="统计期从这一天起（新增和销号数）。")
@click.option("--to", "end", type=day, metavar="年-月-日", help="统计期到这一天止（默认当天）。")
@errand
def report(request: Request, campaign: str, start: date | None, end: date | None) -> Answer:
    """统计：按单位、类别、等级的发现、销号、未整改、逾期数和整改率。"""
    return desk.rectifying.report(request.office, campaign, on=request.on, start=start, end=end)


@ledger.command(name="export")
@click.argument("campaign", metavar="行动")
@click.option("-o", "output", required=True, type=PATH, metavar="文件.csv", help="写到这里。")
@errand
def ledger_export(request: Request, campaign: str, output: Path) -> Answer:
    """把台账导出成表格，Excel、WPS 直接打开，也能再导入。"""
    return desk.rectifying.export(request.office, campaign, output)

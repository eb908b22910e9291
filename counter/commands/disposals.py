"""Commands of appraisal and disposal (鉴定销毁)."""

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
def disposal() -> None:
    """鉴定销毁：提出、批准、销毁分三步；目录和经过永远留存。"""


@disposal.command(name="due")
@errand
def disposal_due(request: Request) -> Answer:
    """列出保管期满的件（什么也不动）。"""
    return desk.disposing.over(request.office, on=request.on)


@disposal.command(name="hold")
@click.argument("record", metavar="档号")
@click.option("--reason", required=True, metavar="原因", help="为什么不能销毁。")
@errand
def disposal_hold(request: Request, record: str, reason: str) -> Answer:
    """冻结一件：解除之前不能销毁。"""
    return desk.disposing.hold(request.office, record, reason)


@disposal.command(name="release")
@click.argument("record", metavar="档号")
@errand
def disposal_release(request: Request, record: str) -> Answer:
    """解除冻结。"""
    return desk.disposing.hold(request.office, record, "")


@disposal.command(name="propose")
@click.argument("records", nargs=-1, metavar="[档号]…")
@click.option("--due", is_flag=True, help="全部到期的。")
@click.option("--reason", required=True, metavar="原因", help="为什么销毁。")
@errand
def disposal_propose(request: Request, records: tuple[str, ...], due: bool, reason: str) -> Answer:
    """提出销毁，列出鉴定清册（第一步）。"""
    return desk.disposing.propose(request.office, records, due=due, reason=reason, on=request.on)


@disposal.command(name="approve")
@click.argument("number", metavar="编号")
@click.option("--approver", required=True, metavar="姓名", help="批准人，不能是提出的人。")
@click.option("--basis", required=True, metavar="依据", help="批准文号。")
@errand
def disposal_approve(request: Request, number: str, approver: str, basis: str) -> Answer:
    """登记批准（第二步）。"""
    return desk.disposing.approve(request.office, number, approver=approver, basis=basis, on=request.on)


@disposal.command(name="withdraw")
@click.argument("number", metavar="编号")
@click.option("--reason", required=True, metavar="原因", help="为什么撤回。")
@errand
def disposal_withdraw(request: Request, number: str, reason: str) -> Answer:
    """撤回还没有销毁的。"""
    return desk.disposing.withdraw(request.office, number, reason)


@disposal.command(name="carry-out")
@click.argument("number", metavar="编号")
@click.option("--witness", "witnesses", multiple=True, metavar="姓名", help="监销人，至少两人（写两次）。")
@errand
def disposal_carry_out(request: Request, number: str, witnesses: tuple[str, ...]) -> Answer:
    """销毁已批准的（第三步），不能恢复。"""
    return desk.disposing.carry_out(request.office, number, witnesses, on=request.on)


@disposal.command(name="list")
@errand
def disposal_list(request: Request) -> Answer:
    """列出历次鉴定销毁。"""
    return desk.disposing.disposals(request.office)


@disposal.command(name="print")
@click.argument("number", metavar="编号")
@click.option("-o", "output", type=PATH, required=True, metavar="文件", help="写到这里，.docx 或 .xlsx。")
@errand
def disposal_print(request: Request, number: str, output: Path) -> Answer:
    """打印鉴定清册，销毁后是销毁清册。"""
    return desk.disposing.write(request.office, number, output)

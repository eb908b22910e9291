"""Commands of the problem ledger (问题台账)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Group, help_option

if TYPE_CHECKING:
    from desk.answers import Answer


@click.group(cls=Group)
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

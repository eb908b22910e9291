"""Commands of the finding aid (检索工具)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import desk
from counter.errands import Request, errand
from counter.words import Group, help_option

if TYPE_CHECKING:
    from desk.answers.base import Answer


@click.group(cls=Group)
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

"""Commands that find (检索)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

import desk
from counter.errands import Request, errand
from counter.words import Command, day
from model.errors import CommandError

if TYPE_CHECKING:
    from desk.answers.base import Answer


@click.command(cls=Command)
@click.argument("words", nargs=-1, metavar="词语…")
@click.option("--year", type=int, metavar="年度", help="只找这一年度的。")
@click.option("--campaign", metavar="行动", help="只找这个行动的。")
@click.option("--unit", metavar="单位", help="只找这个单位的。")
@click.option("--kind", metavar="文种", help="只找这种材料。")
@click.option("--from", "start", type=day, metavar="年-月-日", help="这一天及以后的。")
@click.option("--to", "end", type=day, metavar="年-月-日", help="这一天及以前的。")
@click.option("--sort", type=click.Choice(["相关", "最新", "最早"]), default="相关", help="排列：相关、最新、最早。")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, metavar="条数", help="最多列几条（默认 20）。")
@click.option("--offset", type=click.IntRange(0), default=0, metavar="条数", help="跳过前面几条，看后面的。")
@click.option("--like", metavar="档号", help="找与这一件相近的材料。")
@click.option("--suggest", is_flag=True, help="只提示可以检索什么词（可用拼音首字母，如 ldxz）。")
@errand
def search(
    request: Request,
    words: tuple[str, ...],
    like: str | None,
    suggest: bool,
    sort: str,
    limit: int,
    offset: int,
    **narrow: Any,
) -> Answer:
    """检索档案。

    空格是“都要有”，引号是“一字不差”，还可以写 或、不含、标题:、年份:2024..2026，如 juanzong search 消防 不含 演练。
    """
    if like and (words or suggest):
        raise CommandError("--like 不能与检索词或 --suggest 同时用", like, "", "只写 --like 和档号")
    if like:
        return desk.finding.like(request.office, like, limit=limit)
    if suggest:
        return desk.finding.suggest(request.office, " ".join(words), limit=limit)
    held = desk.finding.Narrow(**narrow)
    return desk.finding.search(request.office, " ".join(words), held, sort=sort, limit=limit, offset=offset)


@click.command(cls=Command)
@click.argument("question", required=False, metavar="[问题]")
@click.option("--campaign", metavar="行动", help="哪个行动。")
@click.option("--unit", metavar="单位", help="哪个单位（全称或别名）。")
@click.option("--item", metavar="检查项", help="检查项或佐证材料的编号，如 A1-2。")
@click.option("--year", type=int, metavar="年份", help="哪一年（单位问题：从这一年起）。")
@click.option("--kind", metavar="文种", help="哪种材料。")
@click.option("--cites", metavar="文件", help="被引用文件的文号或题名。")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, metavar="条数", help="最多列几条（默认 20）。")
@errand
def ask(request: Request, question: str | None, limit: int, **given: Any) -> Answer:
    """检查组常问的问题：佐证、单位问题、去年同类、缺交……不写问题时列出能问什么。"""
    if question is None:
        return desk.asking.questions(request.office)
    return desk.asking.ask(request.office, question, desk.asking.Given(**given), on=request.on, limit=limit)

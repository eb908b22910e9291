"""Commands of the registers (登记): papers out, papers in, other numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import desk
from counter.errands import Request, errand
from counter.words import PATH, Command, Group, day, help_option, pair
from model.registers import Book

if TYPE_CHECKING:
    from desk.answers.base import Answer

_BOOK = click.Choice([book.value for book in Book])


@click.command(cls=Command)
@click.argument("paper", type=PATH, metavar="文稿")
@click.option("--signer", required=True, metavar="姓名", help="签发人。")
@click.option("--signed", type=day, metavar="年-月-日", help="签发日期，也是成文日期（默认今天）。")
@click.option("--code", metavar="代字", help="发文机关代字，如 青教发（默认按 office.toml）。")
@click.option("--drafter", metavar="姓名", help="拟稿人。")
@click.option("--section", metavar="科室", help="拟稿科室。")
@click.option("--checker", metavar="姓名", help="核稿人。")
@click.option("--cosigner", "cosigners", multiple=True, metavar="姓名", help="会签人（可写多次）。")
@click.option("--rechecker", metavar="姓名", help="复核人。")
@click.option("--copies", type=click.IntRange(1), metavar="份数", help="印制份数。")
@errand
def issue(request: Request, paper: Path, **signing: Any) -> Answer:
    """发文：由登记簿编文号，排成定稿，归档并锁定。"""
    return desk.registering.issue(request.office, paper, desk.registering.Signing(**signing), on=request.on)


@click.command(cls=Command)
@click.argument("file", type=PATH, metavar="文件")
@click.option("--from", "sender", metavar="机关", help="来文机关。")
@click.option("--number", metavar="字号", help="来文字号。")
@click.option("--title", metavar="题名", help="题名（默认读文件）。")
@click.option("--deadline", type=day, metavar="年-月-日", help="办理期限。")
@click.option("--section", metavar="科室", help="承办科室。")
@click.option("--person", metavar="姓名", help="承办人。")
@click.option("--copies", type=click.IntRange(1), metavar="份数", help="份数。")
@click.option("--urgency", metavar="程度", help="紧急程度。")
@errand
def receive(request: Request, file: Path, **arrival: Any) -> Answer:
    """收文：登记来文并归档。"""
    return desk.registering.receive(request.office, file, desk.registering.Arrival(**arrival), on=request.on)


@click.group(cls=Group)
@help_option
def register() -> None:
    """登记簿：文号、收文号和其他编号。"""


@register.command(name="list")
@click.argument("book", type=_BOOK, required=False, metavar="[发文|收文|编号]")
@click.option("--year", type=int, metavar="年度", help="只列这一年的。")
@errand
def register_list(request: Request, book: str | None, year: int | None) -> Answer:
    """列出登记项，指出缺了哪一步。"""
    return desk.registering.entries(request.office, book=Book(book) if book else None, year=year, on=request.on)


@register.command(name="book")
@click.argument("book", type=_BOOK, metavar="发文|收文|编号")
@click.option("-o", "output", type=PATH, required=True, metavar="文件", help="写到这里，.docx 或 .xlsx。")
@click.option("--year", type=int, metavar="年度", help="哪一年的（默认今年）。")
@errand
def register_book(request: Request, book: str, output: Path, year: int | None) -> Answer:
    """打印一年的登记簿。"""
    return desk.books.write_book(request.office, Book(book), year=year or request.on.year, output=output)


@register.command(name="take")
@click.argument("name", metavar="名称")
@click.option("--title", required=True, metavar="事项", help="这个号给什么用。")
@errand
def register_take(request: Request, name: str, title: str) -> Answer:
    """取一个编号，例如：juanzong register take 督办单 --title 某校消防整改督办。"""
    return desk.registering.take(request.office, name, title, on=request.on)


@register.command(name="step")
@click.argument("number", metavar="文号")
@click.argument("name", metavar="步骤")
@click.option("--who", metavar="姓名", help="谁办的（默认经办人）。")
@click.option("--note", default="", metavar="说明", help="办理情况。")
@errand
def register_step(request: Request, number: str, name: str, who: str | None, note: str) -> Answer:
    """登记办理的一步：用印、发文、承办、办结……（--on 写日期）。"""
    return desk.registering.step(request.office, number, name, who=who, note=note, on=request.on)


@register.command(name="note")
@click.argument("number", metavar="文号")
@click.argument("facts", nargs=-1, required=True, metavar="栏目=内容…")
@errand
def register_note(request: Request, number: str, facts: tuple[str, ...]) -> Answer:
    """补填或更正登记的栏目，例如 份数=30 抄送=县政府办公室。"""
    return desk.registering.say(request.office, number, [pair(fact) for fact in facts])


@register.command(name="void")
@click.argument("number", metavar="文号")
@click.option("--reason", required=True, metavar="原因", help="为什么作废。")
@errand
def register_void(request: Request, number: str, reason: str) -> Answer:
    """作废一个没有用成的号；号不再用，留着备查。"""
    return desk.registering.void(request.office, number, reason)


@register.command(name="begin")
@click.argument("code", metavar="代字")
@click.option("--last", type=click.IntRange(1), required=True, metavar="号数", help="纸质登记簿已用到几号。")
@click.option("--reason", required=True, metavar="原因", help="为什么从这里起。")
@click.option(
    "--book", type=_BOOK, default=Book.OUTGOING.value, metavar="登记簿", help="发文、收文或编号（默认发文）。"
)
@click.option("--year", type=int, metavar="年度", help="哪一年的（默认今年）。")
@errand
def register_begin(request: Request, code: str, last: int, reason: str, book: str, year: int | None) -> Answer:
    """接着纸质登记簿往下编。"""
    return desk.registering.begin(request.office, Book(book), code, year or request.on.year, last, reason)

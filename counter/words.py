"""Chinese for what click says by itself: help pages, days, usage errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from model.errors import CommandError


class Formatter(click.HelpFormatter):
    """Help pages in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Begin with 用法."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """Translate the two headings that click writes."""
        super().write_heading({"Options": "选项", "Commands": "命令"}.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options with what click adds to their help in brackets: that they are required, their bounds."""
        super().write_dl([(name, _BOUNDS.sub(_bounds, text)) for name, text in rows], col_max, col_spacing)


_BOUNDS = re.compile(r"  \[([^\]]+)\]$")


def _bounds(found: re.Match[str]) -> str:
    told = found[1].replace("required", "必填").replace("; ", "，").replace("x>=", "至少 ")
    return f"（{told.replace('<=x<=', ' 至 ')}）"


click.Context.formatter_class = Formatter

_Body = TypeVar("_Body", bound=Callable[..., Any] | click.Command)


def help_option(body: _Body) -> _Body:
    """`--help` in Chinese."""
    return click.help_option("-h", "--help", help="显示本说明。")(body)


PATH = click.Path(path_type=Path)


class Command(click.Command):
    """A command whose help page is Chinese; `--help` is added by `help_option`."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        base: dict[str, Any] = {"options_metavar": "[选项]", "add_help_option": False}
        super().__init__(*words, **(base | settings))


class Group(click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def __init__(self, *words: Any, **settings: Any) -> None:
        base: dict[str, Any] = {"options_metavar": "[选项]", "subcommand_metavar": "命令 …", "add_help_option": False}
        super().__init__(*words, **(base | settings))


def day(value: str) -> date:
    """A day written YYYY-MM-DD. Raises CommandError for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CommandError("日期看不懂", value, "日期要写成 2026-03-05 这样的形式", "请改正后再试") from None


def pair(text: str) -> tuple[str, str]:
    """A name and a value written 名称=内容. Raises CommandError for anything else."""
    name, equals, value = text.replace("＝", "=", 1).partition("=")
    if not equals or not name.strip():
        raise CommandError("写法不对", text, "要写成 名称=内容", "例如 份数=30")
    return name.strip(), value.strip()


def translated(error: click.ClickException) -> CommandError:
    """Click's own errors in Chinese."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "juanzong"
    remedy = f"请用 {path} --help 查看用法"
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return CommandError("没有这个选项", error.option_name, f"{path} 不认识它{near}", remedy)
    if isinstance(error, click.MissingParameter):
        return CommandError("命令不完整", path, f"缺少 {_name(error.param)}", remedy)
    if isinstance(error, click.BadParameter):
        return CommandError("参数不对", _name(error.param), "写的值不在允许的范围内", remedy)
    if isinstance(error, click.BadOptionUsage):
        return CommandError("选项用得不对", error.option_name, "它后面要跟一个值，或者不该跟值", remedy)
    if isinstance(error, click.UsageError) and context is not None and isinstance(context.command, click.Group):
        return CommandError("没有这个命令", path, "下面没有这个词，或者命令没有写全", remedy)
    return CommandError("命令写得不对", path, "多写或少写了词", remedy)


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name

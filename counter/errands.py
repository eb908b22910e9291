"""How an errand is asked for, its answer shown, and the one place where an error becomes a Chinese line and a code."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counter.words import PATH, day, help_option, translated
from model.errors import Fault, JuanzongError, Refused, reason

if TYPE_CHECKING:
    from desk.answers.base import Answer


class Request:
    """What every command line says beside its errand: which office, which day, JSON or Chinese."""

    def __init__(self) -> None:
        self.office = Path(os.environ.get("JUANZONG_OFFICE") or ".")
        self.json = False
        self.chosen: date | None = None

    @property
    def on(self) -> date:
        """The day everything is worked out for: the one that was chosen, else today."""
        return self.chosen or date.today()

    @contextmanager
    def progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """A bar on standard error, where a person is looking; called with (done, total)."""
        if self.json or not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def errand(function: Callable[..., Answer]) -> Callable[..., None]:
    """Make a command's body of a function (request, …) → Answer, with the options that every command has."""

    def command(json_: bool, on: date | None, office: Path | None, **words: Any) -> None:
        request = click.get_current_context().ensure_object(Request)
        request.json = request.json or json_
        request.chosen = on or request.chosen
        request.office = office or request.office
        show(function(request, **words), request.json)

    body: Callable[..., None] = update_wrapper(command, function)
    for option in (
        click.option("--json", "json_", is_flag=True, help="以 JSON 输出，供其他程序使用。"),
        click.option("--on", type=day, metavar="年-月-日", help="按这一天计算（默认今天）。"),
        click.option("-C", "office", type=PATH, metavar="文件夹", help="单位文件夹（默认当前文件夹）。"),
        help_option,
    ):
        body = option(body)
    return body


def show(answer: Answer, as_json: bool) -> None:
    """Print an answer and leave with its exit code."""
    if as_json:
        to_json = import_module("desk.answers.base").to_json
        click.echo(json.dumps(to_json(answer), ensure_ascii=False, indent=2))
    else:
        for line in import_module("counter.telling").lines(answer):
            click.echo(line)
    click.get_current_context().exit(answer.exit)


def run(command: click.Command) -> None:
    """Run a command line to its end: the only door through which errors leave."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = command.main(prog_name="juanzong", standalone_mode=False)
    except BrokenPipeError:  # the reader of our output has left: nothing to say, nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (Exception, KeyboardInterrupt) as error:
        code = tell_error(_as_ours(error), "--json" in sys.argv)
    sys.exit(code or 0)


def tell_error(error: JuanzongError, as_json: bool) -> int:
    """Say what went wrong, and give the exit code."""
    if as_json:
        error_json = import_module("desk.answers.base").error_json
        click.echo(json.dumps(error_json(error), ensure_ascii=False, indent=2))
    for line in import_module("counter.telling").error_lines(error):
        click.echo(line, err=True)
    return error.exit_code


def _as_ours(error: BaseException) -> JuanzongError:
    """Any error as one of the house's; with JUANZONG_DEBUG its traceback goes to standard error."""
    if os.environ.get("JUANZONG_DEBUG"):
        traceback.print_exception(error)
    if isinstance(error, JuanzongError):
        return error
    if isinstance(error, click.ClickException):
        return translated(error)
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return Refused("已中断", why="按了中断键", next="已完成的部分保留，可以再次运行")
    if isinstance(error, OSError):
        remedy = "请检查路径、权限和磁盘空间后再试"
        return Refused("文件读写没有成功", str(error.filename or ""), reason(error), remedy)
    why = f"{type(error).__name__}: {error}"
    return Fault("程序出了错", "", why, "请把这一行和所用的命令告诉开发者；设 JUANZONG_DEBUG=1 再运行可看到细节")

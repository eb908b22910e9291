"""Every command line of the clerk's handbook is one that the program understands."""

import re
import shlex
from pathlib import Path

import click
import pytest

from cli import cli

ROOT = Path(__file__).resolve().parent.parent
HANDBOOK = (ROOT / "docs" / "handbook.zh-CN.md").read_text(encoding="utf-8")
LINES = [re.split(r"\s{2,}", line)[0] for line in HANDBOOK.splitlines() if line.startswith("juanzong ")]
SPANS = [span for span in re.findall(r"`(juanzong [^`]+)`", HANDBOOK) if "--help" not in span]


def understood(words: list[str]) -> None:
    """Parse as the counter would, down to the last command; raises click's errors."""
    command: click.Command = cli
    context = click.Context(cli, info_name="juanzong")
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    command.make_context(context.info_name, words, parent=context.parent)


@pytest.mark.parametrize("line", [*LINES, *SPANS])
def test_the_handbook_shows_commands_that_the_program_understands(line: str) -> None:
    understood(shlex.split(line)[1:])


def test_every_room_of_the_counter_is_in_the_handbook() -> None:
    told = {shlex.split(line)[1] for line in [*LINES, *SPANS]}
    assert set(cli.commands) - told - {"index", "typeset"} == set()

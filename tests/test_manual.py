"""The manual and the commands say the same."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import cli

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


ALL = sorted(commands(cli), key=lambda pair: pair[0])


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_the_manual_tells_every_command_and_its_own_options(name: str, command: click.Command) -> None:
    shown = name.removesuffix(" build")
    section = MANUAL.partition(f"### `juanzong {shown}")[2].partition("\n### ")[0]
    assert section, f"docs/manual.md has no section for juanzong {shown}"
    own = [option for option in command.params if isinstance(option, click.Option)]
    for option in own:
        if option.name not in {"json_", "on", "office", "help"}:
            assert option.opts[0] in section, f"{option.opts[0]} of juanzong {shown} is not in the manual"


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_speaks_chinese_and_takes_json_and_on(name: str, command: click.Command) -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--json", "--on", "-C", "--help"} <= options
    assert command.help
    assert any("\u4e00" <= character <= "\u9fff" for character in command.help), name


def test_the_manual_names_no_command_that_does_not_exist() -> None:
    told = [line.split("`")[1] for line in MANUAL.splitlines() if line.startswith("### `juanzong ")]
    known = {name.removesuffix(" build") for name, _ in ALL}
    for heading in told:
        words = heading.split()[1:]
        assert any(" ".join(words[:length]) in known for length in (1, 2)), heading

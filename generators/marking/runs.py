"""Runs of text between the Markdown parser and a block: soft breaks, protected characters, faces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from generators.marking import pasted
from model.documents import Run

PROTECTED = "\x00"
"""Stands before a protected character until its block is made; the parser lets no NUL of the source in."""


def inline_runs(inline: Token) -> tuple[Run, ...]:
    """The text of a line; only ** makes bold, other marks stay as written."""
    runs: list[Run] = []
    bold = False
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close") and token.markup == "**":
            bold = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(Run("\n" if token.type == "hardbreak" else "\r", bold))
        else:
            runs.append(Run(token.content or token.markup, bold))
    return joined(runs)


def joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Neighbours of one face become one run; empty ones go."""
    kept: list[Run] = []
    for run in runs:
        if kept and kept[-1].bold == run.bold:
            kept[-1] = Run(kept[-1].text + run.text, run.bold)
        elif run.text:
            kept.append(run)
    return tuple(kept)


_SOFT = re.compile(r"(?P<before>.?)[ \t]*\r[ \t]*(?=(?P<after>.?))", re.DOTALL)


def _soft(match: re.Match[str]) -> str:
    """A line break of the source inside a paragraph: nothing between Chinese, a space between Latin words."""
    before, after = match["before"], match["after"]
    if after == "\u3000" or before == "\n":
        return f"{before}\n"
    return f"{before} " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else before


def split_lines(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Paragraphs: one, unless a hard break, an indent of two characters or a pasted number begins a line."""
    current: list[Run] = []
    for run in runs:
        pieces = re.split(r"\r", run.text)
        text = pieces[0]
        for piece in pieces[1:]:
            text += ("\n" if pasted.looks_numbered(piece) else "\r") + piece
        lines = _SOFT.sub(_soft, text).split("\n")
        current.append(Run(lines[0], run.bold))
        for line in lines[1:]:
            yield joined(current) or (Run(""),)
            current = [Run(line, run.bold)]
    yield joined(current) or (Run(""),)


def trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Without white space at both ends: the indent is the layout's."""
    whole = list(joined(runs))
    if whole:
        whole[0] = Run(whole[0].text.lstrip(), whole[0].bold)
        whole[-1] = Run(whole[-1].text.rstrip(), whole[-1].bold)
    return joined(whole)


def plain(runs: Sequence[Run]) -> str:
    """The characters of runs, as they stand in a block."""
    return _SOFT.sub(_soft, "".join(run.text for run in runs)).replace(PROTECTED, "")


def split_run_in(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """What stands before and after the first ||."""
    for index, run in enumerate(runs):
        before, mark, after = run.text.partition("||")
        if mark:
            head = (*runs[:index], Run(before, run.bold))
            return joined(head), joined((Run(after, run.bold), *runs[index + 1 :]))
    return runs, ()


def number_of(runs: tuple[Run, ...]) -> tuple[pasted.PastedNumber | None, tuple[Run, ...]]:
    """The pasted number that runs begin with, if any, and the runs without it."""
    if not runs:
        return None, runs
    number, rest = pasted.take_off(runs[0].text)
    return number, joined((Run(rest, runs[0].bold), *runs[1:]))


def finished(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs as they stand in a block: soft breaks resolved, protection taken off."""
    return trimmed(resolved(runs))


def resolved(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs with soft breaks resolved and protection taken off; white space at the ends stays."""
    return tuple(Run(_SOFT.sub(_soft, run.text).replace(PROTECTED, ""), run.bold) for run in runs)

"""What a person may have meant, out of the archive's own titles and names: completions, initials (ldxz), one wrong character."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache

from indexer.folding import fold
from indexer.tokens import runs

# GB 2312-80 orders its first level of 3755 characters by pinyin: these are the first characters of each initial letter.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = [character.encode("gb2312") for character in _FIRST]
_LAST_OF_LEVEL = "座".encode("gb2312")
_LONGEST = 20


@cache
def initial(character: str) -> str:
    """The initial letter of a common character's pinyin, a letter or digit itself, else nothing."""
    if character.isascii():
        return character if character.isalnum() else ""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code <= _LAST_OF_LEVEL:
        return ""
    return _LETTERS[bisect_right(_STARTS, code) - 1]


def letters(name: str) -> str:
    """The initial letters of a name's Han characters, one a character, its runs parted by blanks; ? where there is none."""
    return " ".join(_initials(run) for run, cjk in runs(fold(name)) if cjk)


def _initials(run: str) -> str:
    return "".join(initial(character) or "?" for character in run)


def by_letters(typed: str) -> str:
    """What was typed when it can be initial letters, else empty."""
    wanted = fold(typed).strip()
    return wanted if wanted.isascii() and wanted.isalpha() and len(wanted) > 1 else ""


def suggestions(typed: str, names: Iterable[str], limit: int) -> tuple[str, ...]:
    """What a person who has typed so far may want, the most frequent first: words of that beginning, or of those initials."""
    wanted = fold(typed).strip()
    if not wanted:
        return ()
    spelt = by_letters(typed)
    found: Counter[str] = Counter()
    for name in names:
        for run, cjk in runs(fold(name)):
            found.update(_with_initials(run, spelt) if spelt and cjk else _beginning(run, wanted))
    return tuple(word for word, _ in sorted(found.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))[:limit])


def _with_initials(run: str, wanted: str) -> list[str]:
    told = _initials(run)
    size = len(wanted)
    return [run[at : at + size] for at in range(len(run) - size + 1) if told[at : at + size] == wanted]


def _beginning(run: str, wanted: str) -> list[str]:
    at = run.find(wanted)
    return [run[at : at + _LONGEST]] if at >= 0 else []


def halves(wanted: str) -> tuple[str, str]:
    """Both halves of a wording: one wrong character leaves one of them whole."""
    return wanted[: len(wanted) // 2], wanted[len(wanted) // 2 :]


def meant(text: str, names: Iterable[str]) -> str | None:
    """The wording of the archive that differs from the text in one character, the most frequent; None: there is none."""
    wanted = fold(text).strip()
    size = len(wanted)
    if not 3 <= size <= 12:
        return None
    parts = halves(wanted)
    found: Counter[str] = Counter()
    for name in names:
        folded = fold(name)
        if not any(half in folded for half in parts):
            continue
        for run, _ in runs(folded):
            windows = (run[at : at + size] for at in range(len(run) - size + 1))
            found.update(word for word in windows if _apart(word, wanted) == 1)
    return min(found, key=lambda word: (-found[word], word), default=None)


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))

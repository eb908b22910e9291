"""The faces of a 公文, their names in files, and what may stand in for them (`templates/fonts/substitutes.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape  # saxutils would load urllib too
from pathlib import Path

from templates import files


@dataclass(frozen=True, slots=True)
class Face:
    """A face by the name that a paper writes, the names it has in a PDF, and the stand-ins, best first."""

    asked: str
    names: tuple[str, ...]
    substitutes: tuple[str, ...]


@cache
def faces() -> dict[str, Face]:
    """All faces that are known, by the name that papers write."""
    table = tomllib.loads(files.path("fonts", "substitutes.toml").read_text(encoding="utf-8"))
    return {name: Face(name, tuple(face["names"]), tuple(face["substitutes"])) for name, face in table.items()}


def face(asked: str) -> Face:
    """The face of that name; one that is not known has no other name and no stand-in."""
    return faces().get(asked) or Face(asked, (asked,), ())


_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"(?:[-,]\s*|\s+)?(?:regular|bold|italic|bolditalic|black|medium|light|mt|vkana|gb1|0)+$", re.IGNORECASE
)


def plain_name(written: str) -> str:
    """A face's name without subset mark, style, blanks and hyphens, to compare by: BAAAAA+FandolFang-Regular is fandolfang."""
    name = _SUBSET.sub("", written)
    return re.sub(r"[\s_\-]", "", _STYLE.sub("", name)).lower()


def is_one_of(written: str, names: Iterable[str]) -> bool:
    """Whether a PDF's face is one of these."""
    plain = plain_name(written)
    return any(plain.startswith(plain_name(name)) for name in names if plain_name(name))


def fontconfig(folders: Iterable[Path] = ()) -> str:
    """A fontconfig set-up with an office's own folders of fonts, and the stand-ins behind the official names."""
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{"".join(_set_up(folders))}</fontconfig>'
    )


def _set_up(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        yield f"<dir>{escape(str(folder.resolve()), quote=False)}</dir>"
    for each in faces().values():
        told = "".join(f"<string>{escape(name, quote=False)}</string>" for name in (*each.names, *each.substitutes))
        yield (
            f'<match target="pattern"><test name="family" qual="any"><string>{escape(each.asked, quote=False)}</string></test>'
            f'<edit name="family" mode="prepend" binding="strong">{told}</edit></match>'
        )

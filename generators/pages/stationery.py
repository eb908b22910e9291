"""The stationery (公文用纸) of a .docx: styles, settings and footers; a document only adds its own `document.xml`.

The standard's comes with the project, since making it costs a cold start a sixth of its time; a bureau's own is made
(`generators.pages.stationery_making`). `python -m generators.pages.stationery` makes the shipped one anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generators.pages.layout import Layout, load_layout
from templates import files

_TOLD = "stationery.json"


@dataclass(frozen=True, slots=True)
class Stationery:
    """Parts of the package but `word/document.xml`, in order, and the ids of the footers for odd and even pages.

    `wide_footers` are those of landscape pages, `bare_footers` have no number; only stationery made with them has them.
    """

    parts: tuple[tuple[str, bytes], ...]
    footers: tuple[str, str]
    wide_footers: tuple[str, str] | None = None
    bare_footers: tuple[str, str] | None = None


@lru_cache(maxsize=8)
def stationery(layout: Layout, wide: bool = False) -> Stationery:
    """The stationery of a profile, with footers for landscape pages if `wide`; the same profile gives the same bytes.

    Where the profile wants the 版记 on an even page, there are footers without a number, too.
    """
    shipped = files.path("layout", _name(wide))
    return (_read(shipped.read_bytes(), layout) if shipped.is_file() else None) or _made(layout, wide)


def _name(wide: bool) -> str:
    return "standard-wide.zip" if wide else "standard.zip"


def _made(layout: Layout, wide: bool) -> Stationery:
    from generators.pages.stationery_making import make  # loads python-docx

    return make(layout, wide)


def _mark(layout: Layout) -> str:
    return sha256(repr(layout.values).encode()).hexdigest()


def _read(content: bytes, layout: Layout) -> Stationery | None:
    """Stationery as it was kept; None if it was made from another profile."""
    with ZipFile(BytesIO(content)) as package:
        told = json.loads(package.read(_TOLD))
        if told["of"] != _mark(layout):
            return None
        parts = tuple((name, package.read(name)) for name in package.namelist() if name != _TOLD)
    footers, *others = (
        told[key] and (told[key][0], told[key][1]) for key in ("footers", "wide_footers", "bare_footers")
    )
    return Stationery(parts, footers, *others)


def kept(layout: Layout, wide: bool) -> bytes:
    """The file that keeps the stationery of a profile: its parts, and what was told of them."""
    made, target = asdict(_made(layout, wide)), BytesIO()
    told = json.dumps({"of": _mark(layout)} | {key: made[key] for key in ("footers", "wide_footers", "bare_footers")})
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in ((_TOLD, told), *made["parts"]):
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    for side in (False, True):
        files.path("layout", _name(side)).write_bytes(kept(load_layout(), side))

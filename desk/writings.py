"""The other names of units, from the definitions of all campaigns, as searches use them.

Reading definitions takes longer than a search does: what was read is kept in `archive/words/` and can be thrown away.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from desk.offices import Workspace
from indexer import variants


def of_units(workspace: Workspace) -> variants.Variants:
    """Every unit's names as a group of writings that find one another."""
    return variants.of_units(_names(workspace))


def full_name(workspace: Workspace, name: str) -> str:
    """The full name of a unit that is known by this name; an unknown one as it is."""
    return next((names[0] for names in _names(workspace) if name in names), name)


def _names(workspace: Workspace) -> list[list[str]]:
    """The names of every unit that has more than one, the full one first."""
    kept = workspace.archive / "words" / "units.json"
    paths = [path for path in sorted(workspace.campaigns.glob("*.yaml")) if not path.name.startswith(".")]
    stamp = [[path.name, path.stat().st_mtime_ns, path.stat().st_size] for path in paths]
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["of"] == stamp:
            return [list(map(str, names)) for names in told["names"]]
    names = _read(workspace.campaigns) if paths else []
    with suppress(OSError):  # an archive on a read-only disk is searched all the same
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"of": stamp, "names": names}, ensure_ascii=False), encoding="utf-8")
    return names


def _read(folder: Path) -> list[list[str]]:
    from campaigns import library  # loads the schema of definitions: only where one has changed

    units = (unit for _, campaign in library.definitions(folder) for unit in campaign.units)
    return [[unit.name, *unit.aliases] for unit in units if unit.aliases]

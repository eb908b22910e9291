"""Names of units and campaigns, from the definitions of all campaigns, as searches use and tell them.

Reading definitions takes longer than a search does: what was read is kept in `archive/words/` and can be thrown away.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from desk.offices import Workspace
from indexer import variants


def of_units(workspace: Workspace) -> variants.Variants:
    """Every unit's names as a group of writings that find one another."""
    return variants.of_units(_told(workspace).units)


def full_name(workspace: Workspace, name: str) -> str:
    """The full name of a unit that is known by this name; an unknown one as it is."""
    return next((names[0] for names in _told(workspace).units if name in names), name)


def of_campaigns(workspace: Workspace) -> dict[str, str]:
    """Campaigns' names by id."""
    return _told(workspace).campaigns


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of every unit that has more than one, the full one first; and of every campaign by id."""

    units: list[list[str]]
    campaigns: dict[str, str]


def _told(workspace: Workspace) -> _Names:
    kept = workspace.archive / "words" / "names.json"
    paths = [path for path in sorted(workspace.campaigns.glob("*.yaml")) if not path.name.startswith(".")]
    stamp = [[path.name, path.stat().st_mtime_ns, path.stat().st_size] for path in paths]
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["of"] == stamp:
            units = [list(map(str, names)) for names in told["units"]]
            return _Names(units, {str(id): str(name) for id, name in told["campaigns"].items()})
    names = _read(workspace.campaigns) if paths else _Names([], {})
    with suppress(OSError):  # an archive on a read-only disk is searched all the same
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"of": stamp} | asdict(names), ensure_ascii=False), encoding="utf-8")
    return names


def _read(folder: Path) -> _Names:
    from campaigns import library  # loads the schema of definitions: only where one has changed

    held = [campaign for _, campaign in library.definitions(folder)]
    units = [[unit.name, *unit.aliases] for campaign in held for unit in campaign.units if unit.aliases]
    return _Names(units, {campaign.id: campaign.name for campaign in held})

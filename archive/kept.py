"""Objects of the store that are no records: the ledger, repairs, entries of registers, hand-overs, disposals.

Their names begin with their kind; what follows a hyphen tells one from another. Each keeps its events beside its content,
so that a rebuild has the whole chain back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.events import Act

KINDS = {
    "ledger": "台账",
    "repairs": "修复记录",
    "registration": "登记",
    "registers": "登记簿的起号",
    "box": "档案盒",
    "handover": "移交",
    "disposal": "鉴定销毁",
}
"""Kind to what a person calls it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version of such an object holds: files by name, and the acts that made it, oldest first, at least one."""

    files: Mapping[str, bytes]
    acts: tuple[Act, ...]


def kind_of(name: str) -> str | None:
    """The kind of an object, None for a record's."""
    kind = name.split("-")[0]
    return kind if kind in KINDS else None


def called(name: str) -> str:
    """What a person calls the object."""
    return KINDS.get(kind_of(name) or "", name)

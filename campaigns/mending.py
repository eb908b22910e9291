"""A faulty definition made whole for the search, so that its other faults are found in the same reading.

What is wrong is taken out or stood in for; nothing of it is ever used, only looked through.
"""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from campaigns import shapes, shaping

STAND_IN = "\ufffc"
"""The first character of every value that stands in for a missing or faulty one."""

_ROUNDS = 6
_NAMING = ("id", "code", "kind")


def mended(value: dict[str, Any]) -> tuple[shapes.Definition | None, frozenset[str]]:
    """The definition with its faulty parts stood in for, and the lists whose ids are thereby no longer all known."""
    whole = copy.deepcopy(value)
    damaged: set[str] = set()
    for turn in range(_ROUNDS):
        try:
            return shapes.Definition.model_validate(whole), frozenset(damaged)
        except ValidationError as problem:
            faults = problem.errors(include_url=False)
        faults.sort(key=lambda fault: fault["type"] != "extra_forbidden")
        for index, fault in enumerate(faults):
            path = shaping.path_of(fault)
            if _mend(whole, path, fault["type"], f"{STAND_IN}{turn}-{index}") and _names(path):
                damaged.add(str(path[0]))
    return None, frozenset(damaged)


def _names(path: tuple[str | int, ...]) -> bool:
    """Whether what stands at a path gives others something to refer to."""
    return len(path) <= 2 or (len(path) == 3 and path[2] in _NAMING)


def _mend(whole: Any, path: tuple[str | int, ...], kind: str, stand_in: str) -> bool:
    """Mend one fault; whether something was lost."""
    if not path:
        return False
    above = whole
    for part in path[:-1]:
        try:
            above = above[part]
        except (KeyError, IndexError, TypeError):
            return False
    name = path[-1]
    if isinstance(above, list) and isinstance(name, int) and name < len(above):
        above[name] = stand_in if above[name] == {} else {}
        return True
    return isinstance(above, dict) and isinstance(name, str) and _mend_key(above, name, path, kind, stand_in)


def _mend_key(above: dict[str, Any], name: str, path: tuple[str | int, ...], kind: str, stand_in: str) -> bool:
    if kind == "extra_forbidden":
        value = above.pop(name, None)
        meant = shaping.meant(path)
        if meant and meant not in above:
            above[meant] = value
        return False
    if kind == "missing":
        if name in above:
            return False
        fixed = {"format": "campaign/1", "issuer": {}, "frequency": "on_occurrence"}
        above[name] = "mended" if path == ("id",) else fixed.get(name, stand_in)
        return True
    above.pop(name, None)
    return True

"""Facts as the forms see them: records with Chinese field names, where a lack (`Gap`) says what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.wording import missing


@dataclass(frozen=True, slots=True)
class Names:
    """What a field is called when it is missing: the contract's wording by path, else the field's own name."""

    wording: Mapping[str, str]

    def of(self, path: str) -> str:
        """The Chinese name of the fact at this path."""
        return self.wording.get(path) or path.rpartition(".")[2]


class Gap:
    """A fact that is not known: false, empty, and written 【待补：…】; a part of it is a gap too."""

    def __init__(self, path: str, names: Names) -> None:
        self._path, self._names = path, names

    @property
    def path(self) -> str:
        """The field that is not known (行动.起止)."""
        return self._path

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __str__(self) -> str:
        return missing(self._names.of(self._path))

    def __getattr__(self, name: str) -> Gap:
        if name.startswith("_"):
            raise AttributeError(name)
        return Gap(f"{self._path}.{name}", self._names)


class Told(str):
    """A text that a fact gave, with the path it came by (行动.名称)."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, text: str, path: str) -> Told:  # noqa: D102  # a str subclass keeps its state here
        told = super().__new__(cls, text)
        told.path = path
        return told


class Record:
    """One thing's facts by field name; an unknown name is an AttributeError, so that a misspelling is found."""

    def __init__(self, values: Mapping[str, Any], path: str, names: Names) -> None:
        self._values = {name: told(value, f"{path}.{name}" if path else name, names) for name, value in values.items()}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        return sorted(self._values)


class Series(tuple[Any, ...]):
    """Several facts of one kind, with the path they came by."""

    path: str


def told(value: Any, path: str, names: Names) -> Any:
    """A raw value as a form sees it: None, blank text and an empty sequence become gaps; mappings become records."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Gap(path, names)
    if isinstance(value, str) and not isinstance(value, Told):
        return Told(value, path)
    if isinstance(value, Record | Told):
        return value
    if isinstance(value, Mapping):
        return Record(value, path, names)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            return Gap(path, names)
        series = Series(told(item, path, names) for item in value)
        series.path = path
        return series
    return value if isinstance(value, bool | int | float | date | Told | Gap | Record | frozenset) else str(value)


def told_all(facts: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Every fact of a paper as its form sees it."""
    return {name: told(value, name, names) for name, value in facts.items()}

"""The layout profile (版面方案): every measure of GB/T 9704-2012 as data, a bureau's deviations as overrides."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.errors import FaultyInput, NotFound
from model.findings import Finding, Severity
from templates import files

CLAUSES = {
    "page": "5.2.1",
    "grid": "5.2.3",
    "fonts": "5.2.2、7.2.4、7.3.1、7.3.3",
    "sizes": "5.2.2、7.3.1、7.4、7.5",
    "head": "7.2.4、7.2.7",
    "body": "7.3.3",
    "signature": "7.3.5",
    "imprint": "7.4.1",
    "footer": "7.5",
    "proof": "核稿规则",
}


@dataclass(frozen=True, slots=True)
class Deviation:
    """A value that differs from the standard's: its key, both values, and the clause it departs from."""

    key: str
    standard: object
    value: object
    clause: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One profile; `value("page", "top")` gives a measure in the unit that the file states."""

    name: str
    values: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]
    deviations: tuple[Deviation, ...] = ()
    _known: dict[str, dict[str, Any]] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", {name: dict(keys) for name, keys in self.values})
        object.__setattr__(self, "_hash", hash((self.name, self.values, self.deviations)))

    def __hash__(self) -> int:
        return self._hash  # worked out once: every paper looks up its stationery by it

    def section(self, name: str) -> dict[str, Any]:
        """One section as key and value."""
        return dict(self._known[name])

    def number(self, section: str, key: str) -> float:
        """A measure."""
        return float(self._known[section][key])

    def allows(self, section: str, key: str) -> bool:
        """Whether something is done at all."""
        return bool(self._known[section][key])

    def text(self, section: str, key: str) -> str:
        """A face or colour."""
        return str(self._known[section][key])


def load_layout(name: str = "standard", folders: tuple[Path, ...] = ()) -> Layout:
    """The profile of that name: the office's (`folders`, first wins) over the standard's values.

    Raises NotFound for an unknown name, FaultyInput with every unknown key or wrong type.
    """
    standard = tomllib.loads(files.path("layout", "standard.toml").read_text(encoding="utf-8"))
    own: dict[str, Any] = {}
    if name != "standard":
        path = next((folder / f"{name}.toml" for folder in folders if (folder / f"{name}.toml").is_file()), None)
        if path is None:
            remedy = '请把方案放进单位文件夹的 templates/layout/，或把 office.toml 的 layout 改回 "standard"'
            raise NotFound("没有这个版面方案", name, "", remedy)
        own = _read(path)
        _refuse_faults(path, own, standard)
    sections, deviations = [], []
    for section, values in standard.items():
        if not isinstance(values, Mapping):
            continue
        changed = own.get(section, {})
        deviations += [
            Deviation(f"{section}.{key}", values[key], value, CLAUSES[section])
            for key, value in changed.items()
            if value != values[key]
        ]
        sections.append((section, tuple((values | changed).items())))
    return Layout(name, tuple(sections), tuple(deviations))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FaultyInput("读不懂版面方案", str(path), str(error), "请照 docs/layout.md 的样子改正") from None


def _refuse_faults(path: Path, own: dict[str, Any], standard: dict[str, Any]) -> None:
    faults = []
    for section, values in own.items():
        known = standard.get(section)
        if not isinstance(values, Mapping):
            if section not in standard:
                faults.append(f"不认识“{section}”")
            continue
        for key, value in values.items():
            if not isinstance(known, Mapping) or key not in known:
                faults.append(f"不认识“{section}.{key}”")
            elif _type(known[key]) != _type(value):
                faults.append(f"“{section}.{key}”应当是{_type(known[key])}")
    if faults:
        findings = tuple(
            Finding(rule="layout", severity=Severity.ERROR, message=told, file=str(path)) for told in faults
        )
        raise FaultyInput("版面方案有错误", str(path), f"共 {len(faults)} 处", "请按上面逐条改正", findings)


def _type(value: object) -> str:
    if isinstance(value, bool):
        return " true 或 false"
    return "数" if isinstance(value, int | float) else "文字" if isinstance(value, str) else "别的"

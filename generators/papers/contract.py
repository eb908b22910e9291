"""The data contract of the forms: every field with type, source and example, and what a form uses of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jinja2 import nodes

from generators.papers.facts import Names
from model.findings import Finding, Severity

_KEEPS_ITEMS = frozenset({"selectattr", "rejectattr", "select", "reject", "list", "sort", "reverse", "unique"})
_JINJA = frozenset(
    {"loop", "range", "namespace", "dict", "措辞", "caller", "varargs", "kwargs", "cycler", "joiner", "lipsum"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """A fact a form may use: its path (行动.领域.牵头), type, where it comes from, an example.

    `gap` is what stands in 【待补：…】 when it is missing.
    """

    name: str
    type: str
    source: str
    example: str
    gap: str


@dataclass(frozen=True, slots=True)
class Contract:
    """All fields, by path."""

    fields: Mapping[str, Field]

    @classmethod
    def read(cls, path: Path) -> Contract:
        """The contract in a TOML file."""
        told = tomllib.loads(path.read_text(encoding="utf-8"))["field"]
        fields = [
            Field(each["name"], each.get("type", "文字"), each["source"], each.get("example", ""), each.get("gap", ""))
            for each in told
        ]
        return cls({field.name: field for field in fields})

    @property
    def names(self) -> Names:
        """What each field is called when it is missing."""
        return Names({field.name: field.gap for field in self.fields.values()})

    @property
    def roots(self) -> frozenset[str]:
        """The names that stand alone in a form."""
        return frozenset(name.partition(".")[0] for name in self.fields)

    def has(self, path: str) -> bool:
        """Whether a field of this path exists."""
        return path in self.fields

    def children(self, path: str) -> tuple[str, ...]:
        """Names of the fields right below a path."""
        above = f"{path}." if path else ""
        below = (name.removeprefix(above) for name in self.fields if name.startswith(above))
        return tuple(name for name in below if "." not in name)

    def nearest(self, path: str) -> str:
        """What a misspelt path may have meant, as advice."""
        above, _, name = path.rpartition(".")
        close = get_close_matches(name, self.children(above), n=1, cutoff=0.3)
        here = "、".join(self.children(above))
        return f"是不是“{close[0]}”？" if close else f"这里可用的有：{here}"

    def used_by(self, parsed: tuple[str, Any]) -> tuple[Field, ...]:
        """The fields a form uses, in the order of the contract."""
        used = {path for path, _ in uses(parsed[1], self)}
        above = {path[:index] for path in used for index in range(len(path)) if path[index] == "."}
        return tuple(field for name, field in self.fields.items() if name in used | above)

    def unknown(self, facts: Mapping[str, Any], file: str) -> tuple[Finding, ...]:
        """Facts given under names that no field has, all at once."""
        return tuple(
            Finding(
                rule="form-facts", severity=Severity.ERROR, message=f"没有“{path}”这个字段", file=file, key=path,
                fix=self.nearest(path),
            )
            for path in sorted(set(self._strange(facts, "")))
        )  # fmt: skip

    def _strange(self, facts: Mapping[str, Any], above: str) -> Iterator[str]:
        for name, value in facts.items():
            path = f"{above}.{name}" if above else name
            if not self.has(path):
                yield path
                continue
            items = value if isinstance(value, list | tuple) else (value,)
            for item in items:
                if isinstance(item, Mapping):
                    yield from self._strange(item, path)


def faults_of(parsed: tuple[str, Any], contract: Contract, file: str) -> tuple[Finding, ...]:
    """Field names in a form that do not exist, by line, each with what was probably meant."""
    faults = {}
    for path, line in uses(parsed[1], contract):
        if not contract.has(path):
            faults[path, line] = Finding(
                rule="form-field", severity=Severity.ERROR, message=f"没有“{path}”这个字段", file=file, line=line,
                key=path, fix=contract.nearest(path),
            )  # fmt: skip
    return tuple(sorted(faults.values(), key=lambda finding: finding.line or 0))


def uses(tree: nodes.Template, contract: Contract) -> Iterator[tuple[str, int]]:
    """Every field path that a form names, with its line; loop names are followed to what they run over."""
    yield from _Walk(contract).walk(tree, {})


@dataclass(frozen=True, slots=True)
class _Walk:
    contract: Contract

    def walk(self, node: nodes.Node, scope: dict[str, str | None]) -> Iterator[tuple[str, int]]:
        if isinstance(node, nodes.For):
            inner = {**scope, **self._targets(node.target, self._path(node.iter, scope))}
            yield from self.walk(node.iter, scope)
            for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
                yield from self.walk(child, inner)
        elif isinstance(node, nodes.Assign):
            yield from self.walk(node.node, scope)
            scope.update(self._targets(node.target, self._path(node.node, scope)))
        elif isinstance(node, nodes.AssignBlock):
            scope.update(self._targets(node.target, None))
            for child in node.body:
                yield from self.walk(child, scope)
        elif isinstance(node, nodes.Macro):
            scope[node.name] = None
            inner = {**scope, **{argument.name: None for argument in node.args}}
            for child in (*node.body, *node.defaults):
                yield from self.walk(child, inner)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            yield from self._use(node, scope)
        else:
            for child in node.iter_child_nodes():
                yield from self.walk(child, scope)

    def _use(self, node: nodes.Name | nodes.Getattr, scope: dict[str, str | None]) -> Iterator[tuple[str, int]]:
        path = self._path(node, scope)
        if path:
            yield path, node.lineno
        elif isinstance(node, nodes.Getattr):
            yield from self.walk(node.node, scope)
        elif node.ctx == "load" and node.name not in scope and node.name not in _JINJA:
            yield node.name, node.lineno

    def _targets(self, target: nodes.Node, path: str | None) -> dict[str, str | None]:
        if isinstance(target, nodes.Name):
            return {target.name: path}
        return {child.name: None for child in target.find_all(nodes.Name)}

    def _path(self, node: nodes.Node, scope: dict[str, str | None]) -> str | None:
        """The field path an expression stands for, None when it is not simply a field."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, node.name if node.name in self.contract.roots else None)
        if isinstance(node, nodes.Getattr):
            above = self._path(node.node, scope)
            return f"{above}.{node.attr}" if above else None
        if isinstance(node, nodes.Getitem):
            return self._path(node.node, scope)
        if (
            isinstance(node, nodes.Filter)
            and node.node
            and (node.name in _KEEPS_ITEMS or node.name in ("first", "last"))
        ):
            return self._path(node.node, scope)
        return None

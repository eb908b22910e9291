"""附件说明 and 附件: which name of the list belongs to which annex behind the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generators.reading import patterns as p
from generators.reading.roles import Roles
from model.documents import Annex, Block
from model.proofing import Role


@dataclass(slots=True)
class _Behind:
    """An annex behind the document: its place, the number on its label (0 none), its title and where that stands."""

    first: int
    label: int = 0
    named: str = ""
    titles: list[str] = field(default_factory=list)
    told_at: int = 0

    @property
    def title(self) -> str:
        """The lines of the title, else what stands on the label."""
        return "".join(self.titles) or self.named


def annexes(roles: Roles, blocks: dict[int, list[Block]]) -> tuple[Annex, ...]:
    """The annexes: those of the list with what stands behind (`blocks` by number), then those that no list names."""
    names, left = _listed(roles), _behind(roles)
    single = len(names) == len(left) == 1
    found: list[Annex] = []
    for place, name in enumerate(names, 1):
        number = _number_of(name, place, left, single)
        if number is None:
            found.append(Annex(name))
            continue
        behind = left.pop(number)
        same = _same_name(behind.title, name)
        if behind.title and behind.title != name and not same:
            message = f"附件说明里叫“{name}”，附件上叫“{behind.title}”，两处不一样"
            roles.remarks.append((behind.told_at, message))
        # Its title stands in the open, the 附件说明 may have put it in 《》 (7.3.4).
        found.append(_annex(roles, behind.title if same else name, behind, blocks.get(number, ())))
    found += (_annex(roles, behind.title, behind, blocks.get(number, ())) for number, behind in left.items())
    return tuple(found)


def _annex(roles: Roles, name: str, behind: _Behind, body: Sequence[Block]) -> Annex:
    return Annex(name, tuple(body), roles.landscape(behind.first))


def _behind(roles: Roles) -> dict[int, _Behind]:
    """The annexes behind the document by their order."""
    found: dict[int, _Behind] = {}
    for place, (told, line) in enumerate(zip(roles.told, roles.lines, strict=True)):
        if not told.annex:
            continue
        behind = found.setdefault(told.annex, _Behind(place, told_at=place))
        if told.role is Role.ANNEX_TITLE:
            behind.told_at = place if not behind.titles else behind.told_at
            behind.titles.append(line.text if roles.ours else p.closed(line.text))
        elif told.role is Role.ANNEX_LABEL:
            match = p.ANNEX_NAMED.fullmatch(p.trimmed(line.text))
            behind.label, behind.named = told.level, p.trimmed(match["name"]) if match else ""
    return dict(sorted(found.items()))


def _number_of(name: str, place: int, left: dict[int, _Behind], single: bool) -> int | None:
    """Which annex the name at that place of the list means: by its title, by the number on its label, or the only one."""
    for number, behind in left.items():
        if _same_name(behind.title, name):
            return number
    for number, behind in left.items():
        if behind.label == place:
            return number
    return next(iter(left), None) if single else None


def _listed(roles: Roles) -> tuple[str, ...]:
    """The names in the 附件说明."""
    names: list[str] = []
    for place in roles.places(Role.ANNEX_LIST):
        line = roles.lines[place]
        text = p.trimmed(line.auto + line.text)
        match = p.ANNEX_NAMED.fullmatch(text)
        if match and not (names and p.LISTED.fullmatch(text) and not text.startswith("附")):
            first = p.LISTED.fullmatch(match["name"]) if not match["number"] else None
            names.append(p.trimmed(first["name"] if first else match["name"]))
        elif listed := p.LISTED.fullmatch(text):
            names.append(p.trimmed(listed["name"]))
        elif names:
            names[-1] += text
    return tuple(name if roles.ours else name.rstrip("。；;") for name in names)


def _same_name(one: str, other: str) -> bool:
    """Whether two names of an annex are the same words (book marks, spaces and end punctuation apart)."""
    return bool(one) and _core(one) == _core(other)


def _core(name: str) -> str:
    return re.sub(r"[《》。；;\s\u3000]", "", name)

"""Other ways to write the same (台账, 台帐): a word that was not put in quotation marks is also looked for in those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.folding import fold
from indexer.queries import And, Node, Not, Or, Term

_MOST = 12  # writings of one word that are looked for
_LONG = 4  # characters from which a name is looked for inside a longer wording: 二小 stands in 第二小学 too


@dataclass(frozen=True, slots=True)
class Group:
    """Writings that find one another, folded; `names`: of a unit, short ones only where they are the whole wording."""

    words: frozenset[str]
    names: bool = False


Variants = tuple[Group, ...]


def read(text: str) -> Variants:
    """The groups of a list: one a line, parted by blanks; # begins a remark."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return tuple(Group(frozenset(map(fold, words))) for words in lines if len(words) > 1)


def of_units(names: Iterable[Iterable[str]]) -> Variants:
    """The groups of units, each with its name and other names."""
    groups = (frozenset(folded for name in each if (folded := fold(name).strip())) for each in names)
    return tuple(Group(words, names=True) for words in dict.fromkeys(groups) if len(words) > 1)


def widened(node: Node, variants: Variants) -> Node:
    """The query with every unquoted word in all its writings."""
    if isinstance(node, Term):
        written = () if node.exact else _writings(node.text, variants)
        others = tuple(Term(other, node.field, exact=True) for other in written)
        return Or((node, *others)) if others else node
    if isinstance(node, Not):
        return Not(widened(node.part, variants))
    if isinstance(node, And | Or):
        return type(node)(tuple(widened(part, variants) for part in node.parts))
    return node


def _writings(text: str, variants: Variants) -> tuple[str, ...]:
    """The text with each writing in it replaced by the others of its group."""
    folded = fold(text)
    found = dict.fromkeys(
        folded.replace(word, other)
        for group in variants
        for word in _standing(folded, group)
        for other in sorted(group.words - {word})
    )
    return tuple(found)[:_MOST]


def _standing(text: str, group: Group) -> list[str]:
    """The longest writing of a group that stands in the text: 培训机构 inside 校外培训机构 is not a word of its own."""
    standing = (word for word in group.words if word in text)
    fitting = (word for word in standing if not group.names or len(word) >= _LONG or word == text)
    return sorted(fitting, key=lambda word: (-len(word), word))[:1]

"""Other ways to write the same (台账, 台帐): a word that was not put in quotation marks is also looked for in those."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.folding import fold
from indexer.queries import And, Node, Not, Or, Term

Variants = tuple[frozenset[str], ...]
"""Groups of writings, folded; those of a group find one another."""

_MOST = 12  # writings of one word that are looked for


def read(text: str) -> Variants:
    """The groups of a list: one a line, parted by blanks; # begins a remark."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return tuple(frozenset(map(fold, words)) for words in lines if len(words) > 1)


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
        for other in sorted(group - {word})
    )
    return tuple(found)[:_MOST]


def _standing(text: str, group: Iterable[str]) -> list[str]:
    """The longest writing of a group that stands in the text: 培训机构 inside 校外培训机构 is not a word of its own."""
    return sorted((word for word in group if word in text), key=lambda word: (-len(word), word))[:1]

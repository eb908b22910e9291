"""A question in plain words that stands nowhere: made easier step by step, and each step says so."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.folding import fold
from indexer.queries import And, Node, Or, Term, joined
from indexer.tokens import phrase, runs

_QUESTIONS = "有哪些|有没有|是什么|是不是|怎么样|怎么|如何|什么|哪些|哪个|多少|为什么|请问|关于"
_LITTLE = re.compile(rf"{_QUESTIONS}|[的了吗呢吧和与及？?，。！!]")
"""Words of a question that carry no matter."""

_PIECES = 60  # pieces of a wording that are looked for


def loosened(node: Node | None) -> tuple[tuple[str, Node], ...]:
    """The query made easier, step by step, each with the Chinese that says so: its words all, then any of their pieces.

    Quotations, bounds and what must not be there stay as they are.
    """
    if node is None:
        return ()
    words, pieces, any_of = _eased(node, _all_words), _eased(node, _all_pieces), _any_of(node)
    all_told = "没有连在一起的写法，下面是这些字词都出现的"
    any_told = "没有同时出现这些字词的，下面是出现其中一部分的"
    steps = ((all_told, words), (all_told, pieces), (any_told, any_of))
    found: list[tuple[str, Node]] = []
    for told, easier in steps:
        if easier is not None and easier not in (node, *(earlier for _, earlier in found)):
            found.append((told, easier))
    return tuple(found)


def _eased(node: Node, ease: Callable[[Term], Node | None]) -> Node | None:
    if isinstance(node, Term):
        return node if node.exact else ease(node)
    if isinstance(node, And | Or):
        return joined(type(node), [easier for part in node.parts if (easier := _eased(part, ease))])
    return node


def _any_of(node: Node) -> Node | None:
    """Any piece of what may be loosened, with all of the rest."""
    parts = node.parts if isinstance(node, And) else (node,)
    loose = [part for part in parts if isinstance(part, Term) and not part.exact]
    pieces = dict.fromkeys(piece for term in loose for piece in _pieces(term))
    kept = [easier for part in parts if part not in loose and (easier := _eased(part, _any_piece))]
    eased = joined(Or, tuple(pieces))
    return joined(And, [*([eased] if eased else []), *kept])


def _all_words(term: Term) -> Node | None:
    """A sentence parted at the little words that carry no matter (的, 有哪些)."""
    words = [Term(word, term.field) for word in _LITTLE.split(fold(term.text)) if phrase(word)]
    return joined(And, words)


def _all_pieces(term: Term) -> Node | None:
    """Cut into two and two characters, as most words are: 消防通道 is 消防 and 通道."""
    words = [run for part in _LITTLE.split(fold(term.text)) for run in runs(part)]
    halves = dict.fromkeys(half for word, cjk in words for half in (_halves(word) if cjk else (word,)))
    return joined(And, [Term(half, term.field) for half in halves])


def _halves(word: str) -> list[str]:
    return [word[at : at + 2] if at + 2 <= len(word) else word[-2:] for at in range(0, len(word), 2)]


def _any_piece(term: Term) -> Node | None:
    return joined(Or, _pieces(term))


def _pieces(term: Term) -> tuple[Term, ...]:
    """A long wording in pieces of two characters, without its little words; short words stay whole."""
    found = [word for word in map(phrase, _LITTLE.split(fold(term.text))) if word]
    cut = dict.fromkeys(token for word in found for token in word.tokens if len(token) > 1)
    return tuple(Term(piece, term.field) for piece in cut)[:_PIECES] or (term,)

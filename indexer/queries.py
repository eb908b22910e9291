"""The query language: what a person types becomes a small tree. Nothing typed is an error: no syntax, then words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.folding import fold
from indexer.tokens import phrase, runs

FIELDS = {
    "标题": "title",
    "题名": "title",
    "正文": "body",
    "文号": "doc_number",
    "责任者": "issuer",
    "单位": "names",
    "活动": "names",
    "引用": "body",
    "类别": "kind",
    "文种": "kind",
    "年份": "year",
    "年度": "year",
    "档号": "code",
    "状态": "state",
}
FILTERS = {"kind", "year", "code", "state"}
CITED = "引用"
_QUESTIONS = "有哪些|有没有|是什么|是不是|怎么样|怎么|如何|什么|哪些|哪个|多少|为什么|请问|关于"
_LITTLE = re.compile(rf"{_QUESTIONS}|[的了吗呢吧和与及？?，。！!]")
"""Words of a question that carry no matter."""


@dataclass(frozen=True, slots=True)
class Term:
    """Text to be found, in one field or (None) in any; `exact` when it stood in quotation marks."""

    text: str
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A bound on kind, code, year or on how reading the text ended; a year is `first` to `last`, both included."""

    field: str
    value: str = ""
    first: int = 0
    last: int = 9999


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: Node


Node = Term | Filter | And | Or | Not

_LONGEST = 2000  # characters of a query that are read; a longer wording is found by its beginning
_DEEPEST = 20  # brackets within brackets
_PIECES = 60  # pieces of a wording that are looked for when it is loosened
_NAMES = "|".join(FIELDS)
_END = r"(?=[\s(（)）]|$)"
_LEX = re.compile(
    r"\s*(?:"
    # A 文号 is one word in any brackets: 青教发（2026）3号.
    r"(?P<word>[^\s()（）\"“”＂「」|｜:：]*[\u4e00-\u9fff]\s?[(（〔\[［【]\s?[0-9０-９]{4}\s?[)）〕\]］】][^\s()（）\"“”＂「」|｜]*"
    r")"
    rf"|(?P<field>(?:{_NAMES})\s?[:：])"
    r"|(?P<open>[(（])|(?P<close>[)）])"
    r"|[\"“”＂「](?P<quoted>[^\"“”＂」]*)[\"“”＂」]?"
    rf"|(?P<or>(?:OR|ＯＲ|或者|或){_END}|[|｜]+)"
    rf"|(?P<and>(?:AND|ＡＮＤ|并且|[&＆]+){_END})"
    rf"|(?P<not>(?:NOT|ＮＯＴ|不含){_END}|[-－](?=[^\s\-－]))"
    r"|(?P<other>[^\s()（）\"“”＂「」|｜]+|[」])"
    r")"
)
_YEARS = re.compile(r"(\d{4})?\s*(?:(\.\.|…|-|—|~|至|到)\s*(\d{4})?)?年?$")


def parse(words: str) -> Node | None:
    """The tree of what was typed; None when there is nothing to look for."""
    read = words[:_LONGEST]
    return _Parser(read).any_of(depth=0) or (Term(read) if phrase(read) else None)


class _Parser:
    """Recursive descent over the lexemes; a lexeme that does not fit is skipped or taken literally."""

    def __init__(self, words: str) -> None:
        found = ((match.lastgroup, match) for match in _LEX.finditer(words))
        self._lexemes = [("word" if kind == "other" else kind, match.group(kind)) for kind, match in found if kind]
        self._place = 0

    def _next(self) -> str:
        return self._lexemes[self._place][0] if self._place < len(self._lexemes) else ""

    def _take(self) -> str:
        self._place += 1
        return self._lexemes[self._place - 1][1]

    def any_of(self, depth: int) -> Node | None:
        """One or more alternatives."""
        parts = [self.all_of(depth)]
        while self._next() == "or":
            self._take()
            parts.append(self.all_of(depth))
        return joined(Or, [part for part in parts if part])

    def all_of(self, depth: int) -> Node | None:
        """Words side by side."""
        found: list[Node] = []
        while self._next() and self._next() != "or":
            if self._next() == "close":
                if depth:
                    break
                self._take()
                continue
            part = self.one(depth)
            if part:
                found.append(part)
        return joined(And, found)

    def one(self, depth: int) -> Node | None:
        """A word, a quotation, a field with its word, a negation or a bracket."""
        kind, text = self._next(), self._take()
        if kind == "and":
            return None
        if kind == "not":
            part = self.one(depth) if self._next() not in ("", "close", "or") else None
            return Not(part) if part else None
        if kind == "open":
            return self._bracket(depth)
        if kind == "field":
            return self._in_field(text[:-1].strip(), depth)
        return Term(text, exact=kind == "quoted") if text.strip() else None

    def _bracket(self, depth: int) -> Node | None:
        if depth >= _DEEPEST:
            return None
        inner = self.any_of(depth + 1)
        if self._next() == "close":
            self._take()
        return inner

    def _in_field(self, name: str, depth: int) -> Node | None:
        if self._next() == "open":
            self._take()
            inner = self._bracket(depth)
            return _within(inner, name) if inner else Term(name)
        if self._next() not in ("word", "quoted"):
            return Term(name)
        exact, text = self._next() == "quoted", self._take()
        return _valued(name, text, exact)


def joined(how: type[And] | type[Or], parts: Sequence[Node]) -> Node | None:
    """The parts under one roof; None when there are none."""
    return how(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _within(node: Node, name: str) -> Node:
    """A bracket behind a field: every word in it is looked for in that field."""
    if isinstance(node, And | Or):
        return type(node)(tuple(_within(part, name) for part in node.parts))
    if isinstance(node, Not):
        return Not(_within(node.part, name))
    return _valued(name, node.text, node.exact) if isinstance(node, Term) and node.field is None else node


def _valued(name: str, text: str, exact: bool) -> Node:
    """A field with its word; what is no value of the field is searched as written."""
    field = FIELDS[name]
    if field == "year":
        years = _YEARS.match(unicodedata.normalize("NFKC", text).replace("...", "…"))
        if not years or not (years[1] or years[3]):
            return Term(f"{name}:{text}", exact=exact)
        first = int(years[1] or 0)
        last = int(years[3] or 9999) if years[2] else first
        return Filter("year", first=min(first, last), last=max(first, last))
    if name == CITED:
        rests = Or((Term(text, "body", exact=True), Term(text, "title", exact=True)))
        return And((rests, Not(Term(text, "doc_number", exact=True))))  # the paper itself bears its number too
    return Filter(field, text) if field in FILTERS else Term(text, field, exact)


def terms(node: Node | None) -> tuple[Term, ...]:
    """The terms a hit shows, in order: all that are not under a negation."""
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(term for part in node.parts for term in terms(part))
    return ()


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

"""The query language: what a person types becomes a small tree. Nothing typed is an error: no syntax, then words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.tokens import phrase

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

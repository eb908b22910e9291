"""The query language: what a person types becomes a small tree. Nothing typed is an error: no syntax, then words."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

_LEX = re.compile(
    r"\s*(?:"
    r"(?P<open>[(（])|(?P<close>[)）])"
    r"|(?P<field>(?:" + "|".join(FIELDS) + r")[:：])"
    r'|["“”](?P<quoted>[^"“”]*)["“”]?'
    r"|(?P<or>(?:OR|或|\||｜)(?=[\s(（]))"
    r"|(?P<not>(?:NOT|不含)(?=[\s(（])|[-－](?=\S))"
    r'|(?P<word>[^\s()（）"“”|｜]+)'
    r"|(?P<bar>[|｜])"
    r")"
)
_YEARS = re.compile(r"(\d{4})(?:(?:\.\.|-|—|至|到)(\d{4})?)?$")


def parse(words: str) -> Node | None:
    """The tree of what was typed; None when there is nothing to look for."""
    return _Parser(words[:500]).any_of(depth=0)


class _Parser:
    """Recursive descent over the lexemes; a lexeme that does not fit is skipped or taken literally."""

    def __init__(self, words: str) -> None:
        self._lexemes = [
            (match.lastgroup or "", match.group(match.lastgroup or 0))
            for match in _LEX.finditer(words)
            if match.lastgroup
        ]
        self._place = 0

    def _next(self) -> str:
        return self._lexemes[self._place][0] if self._place < len(self._lexemes) else ""

    def _take(self) -> str:
        self._place += 1
        return self._lexemes[self._place - 1][1]

    def any_of(self, depth: int) -> Node | None:
        """One or more alternatives."""
        parts = [self.all_of(depth)]
        while self._next() in ("or", "bar"):
            self._take()
            parts.append(self.all_of(depth))
        found = tuple(part for part in parts if part)
        return Or(found) if len(found) > 1 else (found[0] if found else None)

    def all_of(self, depth: int) -> Node | None:
        """Words side by side."""
        found: list[Node] = []
        while self._next() and self._next() not in ("or", "bar"):
            if self._next() == "close":
                if depth:
                    break
                self._take()
                continue
            part = self.one(depth)
            if part:
                found.append(part)
        return And(tuple(found)) if len(found) > 1 else (found[0] if found else None)

    def one(self, depth: int) -> Node | None:
        """A word, a quotation, a field with its word, a negation or a bracket."""
        kind, text = self._next(), self._take()
        if kind == "not":
            part = self.one(depth) if self._next() not in ("", "close", "or", "bar") else None
            return Not(part) if part else None
        if kind == "open":
            if depth > 20:
                return None
            inner = self.any_of(depth + 1)
            if self._next() == "close":
                self._take()
            return inner
        if kind == "field":
            return self._in_field(text[:-1])
        return Term(text, exact=kind == "quoted") if text else None

    def _in_field(self, name: str) -> Node | None:
        if self._next() not in ("word", "quoted"):
            return Term(name)
        exact, text = self._next() == "quoted", self._take()
        field = FIELDS[name]
        if field == "year":
            years = _YEARS.match(text)
            return Filter("year", first=int(years[1]), last=int(years[2] or years[1])) if years else Term(text)
        return Filter(field, text) if field in FILTERS else Term(text, field, exact)


def terms(node: Node | None) -> tuple[Term, ...]:
    """The terms a hit shows, in order: all that are not under a negation."""
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, And | Or):
        return tuple(term for part in node.parts for term in terms(part))
    return ()


def loosened(node: Node | None) -> tuple[tuple[str, Node], ...]:
    """The query made easier, step by step, each with the Chinese that says so: words of two characters all, then any."""
    if node is None:
        return ()
    pieces = tuple(dict.fromkeys(piece for term in terms(node) if not term.exact for piece in _pieces(term.text)))
    if len(pieces) < 2:
        return ()
    parts = tuple(Term(piece) for piece in pieces)
    return (
        ("没有连在一起的写法，下面是这些字词都出现的", And(parts)),
        ("没有同时出现这些字词的，下面是出现其中一部分的", Or(parts)),
    )


def _pieces(text: str) -> list[str]:
    """A long wording in pieces of two characters; short words stay whole."""
    from indexer.tokens import phrase

    found = phrase(text)
    if found is None:
        return []
    return [token for token in found.tokens if len(token) > 1] or [text]

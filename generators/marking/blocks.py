"""The body of a paper: the few constructs of Markdown that a 公文 needs, as blocks of the model.

Whatever else Markdown knows (HTML, pictures, code, links …) stays in the text as written and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generators.marking import pasted
from generators.marking.merging import merged
from generators.marking.references import CLOSE, OPEN, REFERENCE
from generators.marking.runs import (
    PROTECTED,
    finished,
    inline_runs,
    joined,
    number_of,
    plain,
    resolved,
    split_lines,
    split_run_in,
    trimmed,
)
from model.documents import Block, Cell, Heading, Item, Paragraph, Run, Table
from model.findings import Finding, Severity

_OFF = ("code", "fence", "blockquote", "hr", "reference", "html_block", "lheading")
_OFF_INLINE = ("backticks", "link", "image", "autolink", "html_inline", "entity")
_FOREIGN = (
    (re.compile(r"(?<!\\)!\[[^\]]*\]\("), "图片"),
    (re.compile(r"(?<!\\)</?[A-Za-z][^<>]*>"), "网页标签"),
    (re.compile(r"(?<!\\)`"), "代码标记"),
    (re.compile(r"(?<![\\!])\[[^\]]+\]\([^)]*\)"), "链接"),
    (re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$"), "分隔线"),
    (re.compile(r"^\s*>"), "引用"),
)
_ANNEX = re.compile(r"附件\s*(?P<number>\d{0,3})\s*[:：.．]?\s*(?P<title>.*?)\s*(?P<wide>\{横排\})?", re.DOTALL)
FLUSH = "{顶格}"
_CLOSING_STOP = re.compile(r"(?<![…！？])。$")
_SHORT_HEADING = 30  # characters; a longer line with a pasted number is an item, not a heading


@dataclass(frozen=True, slots=True)
class AnnexStart:
    """Where an annex begins: the number written after 附件 (0: none) and its name."""

    number: int
    title: str
    landscape: bool
    line: int


def _escape_number(state: StateInline, silent: bool) -> bool:
    """A backslash protects a number (\\一、) and writes a line break (\\↵): see `generators.marking.escaping`."""
    following = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or not (following == "↵" or following in pasted.ESCAPABLE) or not following:
        return False
    if not silent:
        state.pending += "\n" if following == "↵" else f"{PROTECTED}{following}"
    state.pos += 2
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    """{#…} becomes a marked stretch that `generators.marking.references` resolves."""
    match = REFERENCE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.pending += f"{OPEN}{match[0][2:-1]}{CLOSE}"
    state.pos = match.end()
    return True


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table").disable(_OFF).disable(_OFF_INLINE)
    markdown.inline.ruler.before("escape", "number", _escape_number)
    markdown.inline.ruler.before("escape", "reference", _reference)
    return markdown


_MARKDOWN = _markdown()


@dataclass(slots=True)
class BodyReader:
    """Turns markup into blocks; `findings` collects remarks, `source` names the file in them."""

    source: str
    first_line: int
    findings: list[Finding] = field(default_factory=list)
    title: str = ""
    _level: int = 0
    _numbers: pasted.Sequence = field(default_factory=pasted.Sequence)

    def read(self, text: str) -> list[Block | AnnexStart]:
        """The blocks of a body, in order, with the places where annexes begin."""
        self._lines = text.split("\n")
        tokens = _MARKDOWN.parse(text)
        return list(self._blocks(tokens))

    _lines: list[str] = field(default_factory=list)

    def _blocks(self, tokens: Sequence[Token]) -> Iterator[Block | AnnexStart]:
        lists: list[_List] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type in ("ordered_list_open", "bullet_list_open"):
                lists.append(_List(token.type == "ordered_list_open", self._level))
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                lists.pop()
            elif token.type == "list_item_open":
                self._enter_item(lists, token)
            elif token.type == "heading_open":
                yield from self._heading(tokens[position + 1], int(token.tag[1:]), self._line(token))
            elif token.type == "paragraph_open":
                yield from self._paragraph(tokens[position + 1], lists, self._line(token))
            elif token.type == "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                yield self._table(tokens[position:end])
                position = end
            position += 1

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _enter_item(self, lists: list[_List], token: Token) -> None:
        here = lists[-1]
        if not here.ordered:
            here.pending = f"{token.markup} "
            self._remark("markup-bullet", self._line(token), f"公文不用“{token.markup}”引出的条目，已按普通段落保留")
            return
        here.count += 1
        here.pending = "item"
        if int(token.info or 0) != here.count and here.count > 1:
            odd = f"第{here.count}条写成了“{token.info}.”"
            self._remark("markup-number", self._line(token), f"{odd}，序号由程序重排", Severity.INFO)

    def _heading(self, inline: Token, depth: int, line: int) -> Iterator[Block | AnnexStart]:
        if depth == 1:
            yield from self._first_level(inline, line)
            return
        level = depth - 1
        if level > 4:
            self._fault("markup-level", line, "层次最多四级（## 到 #####）", "减少层次，或改写成正文")
            level = 4
        runs = self._numberless(self._runs(inline, line), line, level)
        self._enter(level)
        title, run_in = split_run_in(runs)
        text = plain(title).replace("\n", " ").strip()
        if run_in:
            yield Heading(level, text, finished(run_in))
        else:
            yield Heading(level, _CLOSING_STOP.sub("", text))

    def _first_level(self, inline: Token, line: int) -> Iterator[AnnexStart]:
        text = plain(self._runs(inline, line)).strip().replace(OPEN, "{#").replace(CLOSE, "}")
        match = _ANNEX.fullmatch(text)
        if match:
            self._level, self._numbers = 0, pasted.Sequence()
            yield AnnexStart(int(match["number"] or 0), match["title"], bool(match["wide"]), line)
        elif not self.title:
            self.title = text
            self._remark("markup-title", line, f"文件头没有标题，已用“{text}”作标题", Severity.INFO)
        else:
            self._fault(
                "markup-annex", line, f"一个井号只用来开始附件，这里是“{text}”", "写成“# 附件1 名称”或“## 标题”"
            )

    def _paragraph(self, inline: Token, lists: Sequence[_List], line: int) -> Iterator[Block]:
        if inline.content.startswith("|"):
            self._remark("markup-table", line, "像是表格，但缺表头下面的“|---|---|”一行，已按正文保留")
        for offset, part in enumerate(split_lines(self._runs(inline, line))):
            flush = part[0].text.startswith(FLUSH)
            runs = (
                trimmed(part) if not flush else joined((Run(part[0].text.removeprefix(FLUSH), part[0].bold), *part[1:]))
            )
            if not plain(runs):
                continue
            if lists:
                yield self._in_list(finished(runs), lists)
            elif flush:
                yield Paragraph(resolved(runs), flush=True)
            else:
                yield self._maybe_numbered(runs, line + offset)

    def _in_list(self, runs: tuple[Run, ...], lists: Sequence[_List]) -> Block:
        here, depth = lists[-1], sum(1 for each in lists if each.ordered)
        begins, here.pending = here.pending, ""
        if begins == "item":
            return Item(min(4, lists[0].base + depth), runs)
        return Paragraph((Run(begins), *runs) if begins else runs)

    def _maybe_numbered(self, runs: tuple[Run, ...], line: int) -> Block:
        number, rest = number_of(runs)
        if number is None:
            return Paragraph(finished(runs))
        self._follow(number, line)
        rest = finished(rest)
        text = plain(rest)
        stops = sum(text.count(mark) for mark in "。；，：！？")
        if number.level <= 2 and not stops and len(text) <= _SHORT_HEADING:
            self._enter(number.level)
            return Heading(number.level, text)
        return Item(number.level, rest)

    def _numberless(self, runs: tuple[Run, ...], line: int, level: int) -> tuple[Run, ...]:
        number, rest = number_of(runs)
        if number is None:
            return runs
        self._follow(pasted.PastedNumber(level, number.value, number.written), line)
        return rest

    def _follow(self, number: pasted.PastedNumber, line: int) -> None:
        self._remark("markup-number", line, f"原文带的序号“{number.written}”已去掉，序号由程序编排", Severity.INFO)
        for odd in self._numbers.follow(number):
            self._remark("markup-number", line, odd)

    def _enter(self, level: int) -> None:
        self._level = level

    def _table(self, tokens: Sequence[Token]) -> Table:
        rows: list[list[Cell]] = []
        heads = 0
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                self._whole_row(token, len(rows[0]))
            elif token.type in ("th_open", "td_open"):
                heads += token.type == "th_open" and len(rows) == 1 and not rows[0]
                rows[-1].append(Cell("", align=_align(token)))
            elif token.type == "inline":
                text = plain(self._runs(token, self._line(token))).strip(" \t")  # a line break keeps room to write in
                rows[-1][-1] = Cell(text, align=rows[-1][-1].align)
        whole = merged(rows)
        if len(whole) > 1 and not any(cell.text for cell in whole[0]):  # a form to fill in has no header
            return Table(header=(), rows=whole[1:])
        return Table(header=whole[:1], rows=whole[1:])

    def _whole_row(self, token: Token, columns: int) -> None:
        """A row with more cells than the head would lose them."""
        if not token.map or not columns:
            return
        line = self._lines[token.map[0]].strip() if token.map[0] < len(self._lines) else ""
        cells = len(re.findall(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|"))) + 1
        if cells > columns:
            fix = "补上表头，或检查内容里的竖线（写成 \\|）"
            self._fault("markup-table", self._line(token), f"这一行有{cells}格，表头只有{columns}格", fix)

    def _runs(self, inline: Token, line: int) -> tuple[Run, ...]:
        for offset, written in enumerate(inline.content.split("\n")):
            for shape, name in _FOREIGN:
                if shape.search(written):
                    self._remark(
                        "markup-foreign", line + offset, f"公文里不能有{name}，已按文字原样保留", excerpt=written
                    )
        return inline_runs(inline)

    def _remark(
        self, rule: str, line: int, message: str, severity: Severity = Severity.WARNING, excerpt: str | None = None
    ) -> None:
        self.findings.append(
            Finding(rule=rule, severity=severity, message=message, file=self.source or None, line=line, excerpt=excerpt)
        )

    def _fault(self, rule: str, line: int, message: str, fix: str) -> None:
        found = Finding(
            rule=rule, severity=Severity.ERROR, message=message, file=self.source or None, line=line, fix=fix
        )
        self.findings.append(found)


@dataclass(slots=True)
class _List:
    """An open list: ordered or not, the level of the heading above it, items so far, what the next paragraph begins."""

    ordered: bool
    base: int
    count: int = 0
    pending: str = ""


def _align(token: Token) -> str | None:
    style = str(token.attrGet("style") or "")
    return {"text-align:left": "左", "text-align:center": "中", "text-align:right": "右"}.get(style)

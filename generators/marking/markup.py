"""Marked-up text becomes a `Document`: front matter with the elements, a body in light Markdown (docs/markup.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from generators.marking.blocks import AnnexStart, BodyReader
from generators.marking.elements import PAGE, Elements, ElementsReader
from generators.marking.references import Resolver, Target, has_reference, targets
from model.documents import Annex, Block, Document, Format, RedHead
from model.errors import FaultyInput
from model.findings import Finding, Severity, has_errors

_FENCE = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<head>.*?)(?:^|\n)---[ \t]*(?:\n|$)", re.DOTALL)
_OPENED = re.compile(r"\ufeff?\s*---[ \t]*\n[ \t]*[^\s:：#-][^:：\n]{0,20}[:：]")
"""A front matter that begins, whether or not it ends."""
LONGEST = 4_000_000
"""Characters of the longest text that is taken; a body of 300 pages has 200,000."""


def parse(text: str, source: str = "") -> tuple[Document, tuple[Finding, ...]]:
    """A document and the remarks on its markup; `source` names the file in the findings.

    Raises FaultyInput with every fault (unknown names, wrong values, bad dates, dead references), by line.
    """
    findings: list[Finding] = []
    text = _clean(text.replace("\r\n", "\n").replace("\r", "\n"), source, findings)
    head = _FENCE.match(text)
    if not head and _OPENED.match(text):
        raise _unended(source)
    reader = ElementsReader(source, findings)
    first = text[: head.start("head")].count("\n") + 1 if head else 1
    elements = reader.read(head["head"], first) if head else Elements()
    start = head.end() if head else 0
    body = BodyReader(source, text[:start].count("\n") + 1, findings, title=elements.values.get("title", ""))
    parts = body.read(text[start:])
    document = _assembled(elements, parts, body.title, text, source, findings)
    if has_errors(findings):
        faults = tuple(sorted(findings, key=lambda finding: finding.line or 0))
        count = sum(finding.severity is Severity.ERROR for finding in faults)
        raise FaultyInput("文稿有错误，没有排版", source, f"共 {count} 处", "请按所列逐条改正", faults)
    return document, tuple(sorted(findings, key=lambda finding: finding.line or 0))


def _unended(source: str) -> FaultyInput:
    fix = "在最后一项下面另起一行写 ---，再写正文"
    fault = Finding(
        rule="markup", severity=Severity.ERROR, message="文件头没有结束", file=source or None, line=1, fix=fix
    )
    return FaultyInput("文稿有错误，没有排版", source, "共 1 处", "请按所列逐条改正", (fault,))


def _clean(text: str, source: str, findings: list[Finding]) -> str:
    """Without characters that no document can hold; each kind of them is reported."""
    if len(text) > LONGEST:
        raise FaultyInput("文稿太长，没有排版", source, f"有 {len(text)} 字", f"请分成几份，每份不超过 {LONGEST} 字")
    bad = {char for char in set(text) if _unprintable(char)}
    for char in sorted(bad):
        line = text[: text.index(char)].count("\n") + 1
        message = f"有不能显示的控制字符（U+{ord(char):04X}，共 {text.count(char)} 个），已去掉"
        findings.append(
            Finding(rule="markup-control", severity=Severity.WARNING, message=message, file=source or None, line=line)
        )
    return text.translate({ord(char): None for char in bad}) if bad else text


def _unprintable(char: str) -> bool:
    """Controls, half surrogates and noncharacters; a character newer than our tables (in a name) is none of them."""
    if char in "\n\t":
        return False
    return unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _assembled(
    elements: Elements,
    parts: Sequence[Block | AnnexStart],
    title: str,
    text: str,
    source: str,
    findings: list[Finding],
) -> Document:
    def fault(message: str, fix: str, line: int | None = None, severity: Severity = Severity.ERROR) -> None:
        findings.append(
            Finding(rule="markup", severity=severity, message=message, file=source or None, line=line, fix=fix)
        )

    def lost(written: str, why: str, fix: str) -> None:
        place = text.find(written)
        line = text.count("\n", 0, place) + 1 if place >= 0 else None
        fault(f"引用“{written}”找不到去处：{why}", fix, line)

    untitled = elements.values.get("format") is Format.ORDER  # 命令 has none (10.2, figure 12)
    if not title and not untitled and not has_errors(findings):
        fault("没有标题", "在文件头写“标题: …”", 1)
    if elements.values.get("landscape") and elements.values.get("red_head") is not RedHead.NONE:
        fault("横排的页面没有红头", "写上“红头: 无”，或把表格作为附件横排", elements.lines[PAGE])
    body, opened = _parted(parts)
    if not body and not opened:
        fault("没有正文", "在文件头之后写正文", None, Severity.WARNING)
    annexes = _annexes(elements.annexes, opened, fault)
    values = {**elements.values, "title": title}
    values.setdefault("signatories", values.get("issuers", ()))
    places = _places(body, annexes)
    return Document(
        body=_resolved(body, Resolver(places(None), lost)),
        annexes=tuple(
            Annex(
                each.title,
                None if each.body is None else _resolved(each.body, Resolver(places(each), lost)),
                each.landscape,
            )
            for each in annexes
        ),
        **{key: value for key, value in values.items() if value is not None},
    )


def _resolved(blocks: Iterable[Block], resolver: Resolver) -> tuple[Block, ...]:
    return tuple(resolver.block(block) if has_reference(block) else block for block in blocks)


def _places(body: Sequence[Block], annexes: Sequence[Annex]) -> Callable[[Annex | None], tuple[Target, ...]]:
    """What can be referred to from the body (None) or from an annex: its own headings first, without its name."""

    def places(here: Annex | None) -> tuple[Target, ...]:
        own = tuple(targets(body if here is None else here.body or ()))
        others = [] if here is None else [*targets(body, "正文")]
        for number, annex in enumerate(annexes, 1):
            if annex is not here:
                others += targets(annex.body or (), f"附件{number}" if len(annexes) > 1 else "附件")
        mine = {target.text for target in own}
        return (*own, *(target for target in others if target.text not in mine))

    return places


def _parted(parts: Sequence[Block | AnnexStart]) -> tuple[tuple[Block, ...], list[tuple[AnnexStart, list[Block]]]]:
    """The body, and each annex with its own blocks."""
    body: list[Block] = []
    opened: list[tuple[AnnexStart, list[Block]]] = []
    for part in parts:
        if isinstance(part, AnnexStart):
            opened.append((part, []))
        else:
            (opened[-1][1] if opened else body).append(part)
    return tuple(body), opened


def _annexes(
    names: Sequence[str], opened: Sequence[tuple[AnnexStart, list[Block]]], fault: object
) -> tuple[Annex, ...]:
    """Annexes in the order of the 附件说明; those only in the text follow in their own order."""
    assert callable(fault)
    order: dict[str, Annex] = {name: Annex(name) for name in names}
    for start, blocks in opened:
        title = start.title
        if not title and 0 < start.number <= len(names):
            title = names[start.number - 1]
        elif not title and len(names) == len(opened) == 1:
            title = names[0]
        if not title:
            fault("附件没有名称", "写成“# 附件1 名称”", start.line)
        elif order.get(title, Annex("")).body is not None:
            fault(f"附件“{title}”出现了两次", "合并，或改其中一个的名称", start.line)
        elif names and title not in names:
            fault(
                f"附件“{title}”不在文件头的附件一项里，已排在最后",
                f"文件头写的是：{'、'.join(names)}",
                start.line,
                Severity.WARNING,
            )
        if names and title in names and start.number not in (0, names.index(title) + 1):
            message = f"附件“{title}”写作附件{start.number}，文件头里是第{names.index(title) + 1}个"
            fault(message, "以文件头的次序为准", start.line, Severity.INFO)
        order[title] = Annex(title, tuple(blocks), start.landscape)
    return tuple(order.values())

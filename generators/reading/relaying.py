"""Laying a read document out anew (重新排版): the same words in the right layout, every character accounted for.

The new paper is read back and compared with the old one, element by element and character by character. What the layout itself
adds or takes off (labels, ordinals' marks, blanks) is listed; any other difference refuses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from generators.pages.layout import Layout
from generators.pages.numbering import ordinal
from generators.pages.writer import write
from generators.reading import patterns as p
from generators.reading.reading import read_docx
from model.documents import Document, Paragraph, Run
from model.errors import FaultyInput
from model.findings import Finding, Severity
from model.proofing import ProofDocument, ProofParagraph, Role

_BODIES = frozenset(
    (Role.BODY, Role.HEADING, Role.ITEM, Role.CAPTION, Role.CELL, Role.TEXT_BOX, Role.IMPRINT, Role.FOOTNOTE)
)
_NUMBERED = frozenset((Role.BODY, Role.HEADING, Role.ITEM))
_HEAD = (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.NUMBER, Role.SIGNERS)
_HEAD_NAME = "版头"
_RULE = "relayout"
_WHAT = "没有重新排版"
_LONGEST_COMPARED = 20_000
"""Characters beyond which two texts that differ are told as one difference: finding each takes the square of their length."""
_PAGE_NUMBER = re.compile(r"\{PAGE\}|[-—–－一\d第页共/]")


@dataclass(frozen=True, slots=True)
class Relaid:
    """The new paper, its elements, and what differs: changes the layout asks for, words that found no element."""

    content: bytes
    document: Document
    findings: tuple[Finding, ...]


def relay(read: ProofDocument, layout: Layout) -> Relaid:
    """Lay a document out anew by a profile.

    Raises FaultyInput for an annex without its paper, and with every difference when a character would be lost or added.
    """
    _refuse_annex_alone(read)
    document, kept = _with_the_unplaced(read)
    content = write(document, layout)
    again = read_docx(content, read.file)
    differences = list(_differences(read, again))
    lost = tuple(each for each in differences if each.severity is Severity.ERROR)
    if lost:
        raise FaultyInput(
            _WHAT,
            read.file,
            f"有 {len(lost)} 处文字放不进公文的格式，排了会走样",
            "请按所列改好原文再排",
            lost,
        )
    return Relaid(content, document, (*read.remarks, *kept, *_left_behind(read), *_restyled(read), *differences))


def _refuse_annex_alone(read: ProofDocument) -> None:
    document = read.document
    if document.annexes and not (document.title or document.body or document.addressees):
        why, remedy = "它只是一个附件，没有正文", "附件与正文装在一起排：请放在正文之后再排"
        raise FaultyInput(_WHAT, read.file, why, remedy, (_finding(read, Severity.ERROR, f"{why}。{remedy}"),))


def _with_the_unplaced(read: ProofDocument) -> tuple[Document, tuple[Finding, ...]]:
    """Words without an element stay as body paragraphs at the end, and are named."""
    extra, kept = [], []
    for index in read.unplaced:
        paragraph = read.paragraph(index)
        text = p.trimmed(paragraph.shown)
        extra.append(Paragraph((Run(text),)))
        message = f"{paragraph.role.value}“{text[:20]}”不是公文的要素，放在了正文末尾，请决定去留"
        kept.append(_finding(read, Severity.WARNING, message, paragraph))
    return replace(read.document, body=(*read.document.body, *extra)), tuple(kept)


def _left_behind(read: ProofDocument) -> Iterator[Finding]:
    """What stands beside the text and does not come along: words of headers, footers and a web page, pictures."""
    for paragraph in read.of(Role.PASTED):
        message = f"网页上的“{p.bare(paragraph.shown)[:20]}”没有带过来：它不是公文里的话"
        yield _finding(read, Severity.WARNING, message, paragraph)
    for paragraph in read.of(Role.HEADER, Role.FOOTER):
        text = p.bare(paragraph.shown)
        if _PAGE_NUMBER.sub("", text):
            message = f"{paragraph.role.value}“{text[:20]}”没有带过来：公文没有页眉，页脚只有页码"
            yield _finding(read, Severity.WARNING, message, paragraph)
    if any(remark.rule == "file-pictures" for remark in read.remarks):
        yield _finding(read, Severity.WARNING, "原件里的图片没有带过来，请在重排的副本里补上")


def _finding(read: ProofDocument, severity: Severity, message: str, paragraph: ProofParagraph | None = None) -> Finding:
    return Finding(
        rule=_RULE,
        severity=severity,
        message=message,
        file=read.file or None,
        paragraph=paragraph.index if paragraph else None,
        excerpt=p.trimmed(paragraph.shown)[:30] if paragraph else None,
    )


def _differences(old: ProofDocument, new: ProofDocument) -> Iterator[Finding]:
    """Every stretch of characters that differs, equal ones counted, with whether the layout accounts for it."""
    before, after = _elements(old), _elements(new)
    counted: Counter[tuple[str, str, str]] = Counter()
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key, ""), after.get(key, "")
        if one == other:
            continue
        if _same_day(key, one, other):
            counted[key, one, other] += 1
            continue
        for tag, start, end, first, last in _opcodes(one, other):
            if tag != "equal":
                counted[key, one[start:end], other[first:last]] += 1
    names = _annex_list(new)
    for (key, gone, come), times in counted.items():
        fine = _same_day(key, gone, come) or _is_layout(key, gone, come) or (key, gone, come) == ("附件说明", "", names)
        yield _told(old, key, gone, come, Severity.INFO if fine else Severity.ERROR, times)


def _annex_list(new: ProofDocument) -> str:
    """The whole 附件说明, which the layout adds where annexes follow a text that does not list them (7.3.4)."""
    return "".join(p.bare(paragraph.shown) for paragraph in new.of(Role.ANNEX_LIST))


def _opcodes(one: str, other: str) -> list[tuple[str, int, int, int, int]]:
    """What differs between two texts; texts that begin or end alike are cheap."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if min(len(one), len(other)) - start > _LONGEST_COMPARED:
        return [("replace", start, len(one), start, len(other))]
    matcher = SequenceMatcher(None, one[start:], other[start:], autojunk=False)
    return [(tag, a + start, b + start, c + start, d + start) for tag, a, b, c, d in matcher.get_opcodes()]


def _told(old: ProofDocument, key: str, gone: str, come: str, severity: Severity, times: int) -> Finding:
    if gone and come:
        message = f"{key}：“{_short(gone)}”排成“{_short(come)}”"
    elif gone:
        message = f"{key}：“{_short(gone)}”{'由版面代替' if severity is Severity.INFO else '会丢掉'}"
    else:
        message = f"{key}：{'按格式加上' if severity is Severity.INFO else '会多出'}“{_short(come)}”"
    return _finding(old, severity, message + (f"（{times}处）" if times > 1 else ""))


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:28]}……"


def _elements(read: ProofDocument) -> dict[str, str]:
    """The characters of each element, white space left out: it is the layout's."""
    found: dict[str, list[str]] = defaultdict(list)
    last: list[str] = []
    annex, above = 0, Role.BODY
    unplaced = set(read.unplaced)
    for paragraph in read.paragraphs:
        role = paragraph.role
        if role in (Role.BLANK, Role.HEADER, Role.FOOTER, Role.PASTED):
            continue
        begins = role is Role.ANNEX_TITLE and above not in (Role.ANNEX_LABEL, Role.ANNEX_TITLE)
        annex += begins or role is Role.ANNEX_LABEL
        above = role
        text = p.bare(_with_plain_ordinal(paragraph.shown) if role in _NUMBERED else paragraph.shown)
        if paragraph.index in unplaced:
            last.append(text)
        else:
            found[_element_of(role, text, annex)].append(text)
    found["正文"] += last
    told = {key: "".join(texts) for key, texts in found.items()}
    # Number, signers and corner elements stand where the format puts them: only that none is lost matters.
    told[_HEAD_NAME] = "".join(sorted(told.get(_HEAD_NAME, "")))
    return told


def _element_of(role: Role, text: str, annex: int) -> str:
    """In which element characters are compared: those that the writer may put in another order are one."""
    if role in _HEAD:
        return _HEAD_NAME
    if role in _BODIES:
        return f"附件{annex}" if annex else "正文"
    if role in (Role.ANNEX_LABEL, Role.ANNEX_TITLE):
        return f"附件{annex}的名称"
    if role in (Role.SIGNATORY, Role.DATE, Role.SIGNED):
        return "署名和成文日期"
    if role is Role.COPIES and text.startswith("主送"):
        return Role.ADDRESSEES.value
    return role.value


def _with_plain_ordinal(shown: str) -> str:
    """A text whose ordinal is written as the standard writes it: 1、 as 1., (一) as （一） (7.3.3)."""
    found = p.ordinal_of(shown)
    return ordinal(found.level, found.value) + shown[found.length :] if found else shown


def _restyled(read: ProofDocument) -> Iterator[Finding]:
    """One remark on the ordinals whose marks change."""
    kept = {remark.paragraph for remark in read.remarks}
    changed = [
        paragraph
        for paragraph in read.of(Role.HEADING, Role.ITEM)
        if paragraph.index not in kept and p.bare(_with_plain_ordinal(paragraph.shown)) != p.bare(paragraph.shown)
    ]
    if changed:
        message = f"层次序数统一写成“一、”“（一）”“1.”“（1）”，共{len(changed)}处"
        yield _finding(read, Severity.INFO, message, changed[0])


_MARKS_ONLY = re.compile(r"[、.．,，:：;；。（）()《》〈〉\s附件0-9一二三四五六七八九十]*")
_LABELS = re.compile(
    r"(?:附件[:：]?\d*[.．、]?|【待补：[^】]*】|主送[:：]|抄送[:：]|签发人[:：]|印发|[:：。，（）()《》、.．;；])*"
)


def _is_layout(key: str, gone: str, come: str) -> bool:
    """Whether the layout itself takes off `gone` and puts `come` in its place."""
    if _LABELS.fullmatch(come) and not gone:
        return True
    if key in ("附件说明",) or key.endswith("的名称"):
        return bool(_MARKS_ONLY.fullmatch(gone)) and bool(_MARKS_ONLY.fullmatch(come))
    if key in (Role.ADDRESSEES.value, Role.COPIES.value, Role.NOTE.value, Role.ATTENDANCE.value):
        return gone in ("", ":", "：", "(", ")", "。", "主送：") and come in ("", "：", "（", "）", "。", "主送：")
    if key == _HEAD_NAME:
        return gone in ("", ":", "、") and bool(re.fullmatch("[：签发人]*", come))
    return False


def _same_day(key: str, one: str, other: str) -> bool:
    """Whether two signatures differ in how their one date is written only."""
    if key not in ("署名和成文日期", Role.PRINTED.value):
        return False
    first, second = _parted(one), _parted(other)
    return bool(first[1] is not None and first == second)


def _parted(text: str) -> tuple[str, object]:
    text = text.removesuffix("印发").removesuffix("印制") + ("印发" if text.endswith("印发") else "")
    match = re.search(r"(?:(?:19|20)\d\d[-./年]|二[〇○零ＯOo0]).*?[日\d](?=印发|$)", text)
    if not match:
        return text, None
    return text[: match.start()] + text[match.end() :], p.date_written(match[0])[1]

"""Titles (标题, GB/T 9704-2012 7.3.1, 条例 article 9): organ, matter and kind, and what a title does without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import bare_title, has_head, kind, official, on_title, title, where_title
from generators.proofing.registry import judges
from generators.proofing.signatures import organ, same_organ
from model.documents import Format
from model.proofing import Role
from model.wording import MISSING

_OTHER_ENDS = re.compile(
    "(?:请示报告|报告请示|通知书|意见书|决定书|告知书|承诺书|责任书|建议书|公开信|倡议书|方案|办法|细则|规定|要点|计划|规划|总结|清单|台账|预案"
    "|简报|汇报|材料|申请|表|册|记录|议程|指南|手册|名单|目录|制度|章程|条例|规则|标准|讲话|致辞|信)$"
)
_LOOSE_KINDS = frozenset({"通知", "请示", "批复", "函", "决定", "通报", "通告"})


@judges("E01")
def no_title(galley: Galley) -> Iterator[Mark]:
    """A 公文 without a title; an order (令) has none."""
    read_as_mark = any("关于" in paragraph.text for paragraph in galley.of(Role.MARK))
    ordered = galley.document.document.format is Format.ORDER
    if official(galley) and not title(galley) and not ordered and not read_as_mark:
        yield Mark()


@judges("E02")
def no_kind(galley: Galley) -> Iterator[Mark]:
    """A numbered paper whose title ends with no kind."""
    place = on_title(galley)
    ends = bare_title(galley)
    if MISSING.search(ends):
        return
    if place and has_head(galley) and not kind(galley) and not _OTHER_ENDS.search(ends) and not ends.endswith("令"):
        yield galley.mark(place)


@judges("E03")
def no_about(galley: Galley) -> Iterator[Mark]:
    """关于 is missing; short internal titles (会议通知) do without."""
    place = on_title(galley)
    if (
        place
        and official(galley)
        and kind(galley) in _LOOSE_KINDS
        and "关于" not in title(galley)
        and len(title(galley)) > 14
    ):
        yield galley.mark(place)


@judges("E04")
def about_about(galley: Galley) -> Iterator[Mark]:
    """关于关于, also with a verb between."""
    if place := on_title(galley):
        outer = re.sub("《[^》]*》|〈[^〉]*〉|“[^”]*”", "", title(galley))
        if re.search("关于(?:印发|转发|批转)?关于", outer):
            yield galley.mark(place)


@judges("E05")
def kind_of_kind(galley: Galley) -> Iterator[Mark]:
    """的通知的通知."""
    yield from where_title(galley, "(?:的(?:通知|通报|请示|报告|函|意见)){2,}", title(galley))


@judges("E06")
def title_stop(galley: Galley) -> Iterator[Mark]:
    """A title ends without punctuation."""
    if lines := galley.of(Role.TITLE):
        text = lines[-1].text.rstrip()
        if text and text[-1] in "。，；：、.":
            yield galley.mark(lines[-1], len(text) - 1, len(text), after="")


@judges("E07")
def title_marks(galley: Galley) -> Iterator[Mark]:
    """Commas, semicolons, colons and full stops inside a title."""
    place = on_title(galley)
    if (
        place
        and official(galley)
        and re.search("[，；：。！？](?=.)", re.sub("《[^》]*》|“[^”]*”|【[^】]*】", "", title(galley)))
    ):
        yield galley.mark(place)


@judges("E08")
def number_in_title(galley: Galley) -> Iterator[Mark]:
    """A document's number inside a title."""
    yield from where_title(galley, "〔\\d{4}〕第?\\d+号", title(galley))


@judges("E09")
def urgent_title(galley: Galley) -> Iterator[Mark]:
    """紧急通知."""
    yield from where_title(galley, "(?:紧急|特急|加急)(?:通知|通报|报告|请示|函)$", bare_title(galley))


@judges("E10")
def no_of(galley: Galley) -> Iterator[Mark]:
    """关于……通知 without 的."""
    place = on_title(galley)
    found = bare_title(galley)
    ends = kind(galley)
    if (
        place
        and ends in _LOOSE_KINDS
        and "关于" in found
        and not re.search(f"的(?:紧急|补充|复|联合|情况|预备|督办)?{ends}$", found)
    ):
        yield galley.mark(place)


@judges("E11")
def long_title(galley: Galley) -> Iterator[Mark]:
    """More than four lines of a title."""
    place = on_title(galley)
    if place and official(galley) and len(title(galley)) > 80:
        yield galley.mark(place, detail=f"共{len(title(galley))}字")


@judges("E42")
def title_organ(galley: Galley) -> Iterator[Mark]:
    """The organ in the title signs."""
    place = on_title(galley)
    found = re.match(r"([^《》“”]{4,30}?(?:局|厅|委|办公室|学校|中学|小学|政府|委员会|幼儿园))关于", title(galley))
    signatories = [organ(paragraph.text) for paragraph in galley.of(Role.SIGNATORY)]
    if (
        place
        and found
        and signatories
        and not any(same_organ(organ(found[1]), each) or each in found[1] for each in signatories)
    ):
        yield galley.mark(place, detail=f"标题是“{found[1]}”，署名是“{'、'.join(signatories)}”")

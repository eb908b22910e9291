"""What a document is for the rules: whether it is a 公文 at all, of which kind (文种), in which direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generators.proofing.galley import Galley, Mark
from model.proofing import ProofParagraph, Role, Source

KINDS = (
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
"""The kinds of 党政机关公文处理工作条例 article 8; 令 is told apart by its mark."""
UPWARD = frozenset({"请示", "报告"})
_SIGNS = (
    {Role.MARK},
    {Role.NUMBER},
    {Role.ADDRESSEES},
    {Role.SIGNATORY, Role.SIGNED},
    {Role.DATE, Role.SIGNED},
    {Role.COPIES},
    {Role.PRINTED},
)
_ORGANS = re.compile(
    r"^(?!.*[。！？])[^：:]*(?:[局校园府会办室院位构门委股队]|中心|公司|[局县市校区]长|书记|主任)[、，；。]?$|^[^。，：:]{2,40}[：:]$"
)
_TAIL = re.compile(r"[（(][^（）()]*[）)]$|[\s。]+$")


@lru_cache(maxsize=2)
def official(galley: Galley) -> bool:
    """Whether this is meant as a 公文: ours, or with two at least of its elements."""
    if galley.document.source is not Source.STRANGER:
        return True
    roles = {paragraph.role for paragraph in galley.paragraphs}
    return sum(bool(roles & sign) for sign in _SIGNS) >= 2


@lru_cache(maxsize=2)
def title(galley: Galley) -> str:
    """The title in one line."""
    return "".join(paragraph.text.strip() for paragraph in galley.of(Role.TITLE))


@lru_cache(maxsize=2)
def bare_title(galley: Galley) -> str:
    """The title without what follows the kind in brackets (试行, 征求意见稿)."""
    found = title(galley)
    while (shorter := _TAIL.sub("", found)) != found:
        found = shorter
    return found


@lru_cache(maxsize=2)
def kind(galley: Galley) -> str:
    """The kind that the title ends with, "" for none; 复函 is a 函, a 通知书 is none."""
    found = bare_title(galley)
    if found.endswith(("请示报告", "报告请示")):
        return ""
    return next((each for each in KINDS if found.endswith(each)), "")


def on_title(galley: Galley) -> ProofParagraph | None:
    """The paragraph where a remark on the title stands."""
    return next(iter(galley.of(Role.TITLE)), None)


def addressees(galley: Galley) -> tuple[ProofParagraph, ...]:
    """主送机关; where none was recognised, a short line under the title that names organs or ends with a colon."""
    if known := galley.of(Role.ADDRESSEES):
        return known
    titles = galley.of(Role.TITLE)
    following = galley.paragraphs[titles[-1].index :] if titles else ()
    first = next((paragraph for paragraph in following if paragraph.role is not Role.BLANK), None)
    if (
        first
        and first.role in (Role.BODY, Role.TEXT_BOX)
        and len(first.text) < 60
        and _ORGANS.search(first.text.strip())
    ):
        return (first,)
    return ()


def has_head(galley: Galley) -> bool:
    """Whether it is issued under a number or a mark, so that the rules of a complete 公文 hold."""
    return bool(galley.of(Role.NUMBER, Role.MARK))


def where_title(galley: Galley, says: str, told: str) -> Iterator[Mark]:
    """The title, where its words `told` (all, or some of them left out) match a pattern."""
    place = on_title(galley)
    if place and re.search(says, told):
        yield galley.mark(place)

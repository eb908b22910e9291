"""Describing (著录): what a paper says of itself beside what people said; machine readings wait for a person's word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace

from archive import retention
from desk.offices import Workspace
from indexer.texts.facts import read_facts
from model.errors import Refused
from model.readings import Confidence, PaperFacts, Reading
from model.records import Description
from model.texts import Text, TextState
from templates import files

STATE_LAW = "本系统不处理国家秘密（《保守国家秘密法》：涉密文件不得存入非涉密信息系统）"
"""The wording shown with every refusal of a paper that is marked secret."""


def retention_table(workspace: Workspace) -> retention.Table:
    """保管期限表: the office's own or the shipped one. Raises Refused with every fault in it."""
    own = workspace.root / "templates" / "retention.toml"
    path = own if own.is_file() else files.path("retention.toml")
    try:
        return retention.read(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise Refused("读不懂保管期限表", str(path), str(error), "请照原表改正") from None


def secrecy_of(text: Text) -> Reading[str] | None:
    """The surest mark of secrecy in a file or in any file inside it; None: no mark was read."""
    found = [reading for reading in _marks(text) if reading]
    order = list(Confidence)
    return min(found, key=lambda reading: order.index(reading.confidence), default=None)


def _marks(text: Text) -> Iterator[Reading[str] | None]:
    yield read_facts(text).secrecy
    for member in text.members:
        yield read_facts(text.of_member(member.path)).secrecy


def is_secret(mark: Reading[str] | None) -> bool:
    """Whether a mark is one of the header's (then the paper is refused); a doubtful one is held back and asked about."""
    return mark is not None and mark.confidence is not Confidence.DOUBTFUL


def refuse_secret(what: str, which: str, text: Text) -> None:
    """Raises Refused for a paper that bears a mark of secrecy, or what may be one."""
    mark = secrecy_of(text)
    if is_secret(mark):
        assert mark
        raise Refused(what, which, f"标有密级“{mark.value}”，{STATE_LAW}", "请按保密规定另行保管")
    if mark:
        remedy = "请核对；确实不涉密的，去掉这个字样或用 archive add --not-secret 归档"
        raise Refused(what, which, f"有疑似密级的字样“{mark.excerpt.strip()[:30]}”", remedy)


def complete(about: Description, facts: PaperFacts) -> Description:
    """Fill what nobody said from what the paper says. A doubtful reading fills nothing; the rest waits to be confirmed."""
    read = {
        "number": _sure(facts.number),
        "issuer": _sure(facts.issuer),
        "dated": _sure(facts.dated),
        "kind": _sure(facts.kind),
        "addressees": "、".join(_sure(facts.addressees) or ()) or None,
        "pages": _sure(facts.pages),
    }
    taken = {name: value for name, value in read.items() if value is not None and getattr(about, name) is None}
    return replace(about, **taken, unconfirmed=tuple(sorted({*about.unconfirmed, *taken} - {"pages"})))


def titled(facts: PaperFacts, otherwise: str) -> tuple[str, bool]:
    """The title that the paper bears and True, or another one and False."""
    title = _sure(facts.title)
    return (title, True) if title else (otherwise, False)


def dated_year(about: Description, otherwise: int) -> int:
    """年度: of the day of signing, also for a plan of another year (DA/T 22-2015 5.2); unknown: the year of filing."""
    return about.dated.year if about.dated else otherwise


def _sure(reading: Reading | None):  # type: ignore[no-untyped-def,type-arg]
    """The value of a reading that is not doubtful."""
    return reading.value if reading and reading.confidence is not Confidence.DOUBTFUL else None


def unread(text: Text) -> str:
    """Why nothing could be read of a file, empty when something could: then nobody knows whether it is secret either."""
    return "" if text.state is TextState.OK else (text.why or text.state.chinese)

"""A signed draft becomes the final paper: number, date and signers into the places that the draft left open, nothing else changed.

The places are those that the writer marks 【待补：…】, and the blanks that people leave in Word (〔2026〕  号, 2026年 月 日).
What a person edited stays as it is; the signature is set anew around the date's real width (GB/T 9704-2012 7.3.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from generators.pages.layout import Layout
from generators.pages.signing import unsealed_reach
from generators.pages.widths import gapped
from model.errors import Refused
from model.wording import chinese_date, missing, missing_facts

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_EM = 315  # twips of a 三号 character on the grid of 28 to the line
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*第?\s*\d+\s*号")
_BLANK_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,14}[〔\[［(（]\s*(\d{4}|[×xX＿_\s]{0,6})\s*[〕\]］)）]\s*第?[\s×xX＿_　]*号"
)
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_BLANK_DATE = re.compile(r"(\d{4})?[\s　×xX＿_]*年[\s　×xX＿_]*(\d{1,2})?[\s　×xX＿_]*月[\s　×xX＿_]*日")


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """What signing and registration give a paper: 发文字号, 成文日期, 签发人 and 印发日期."""

    number: str
    dated: date
    signers: tuple[str, ...]
    printed_on: date


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to fill: in which paragraph, from where to where in its text, and with what."""

    paragraph: _Element
    start: int
    end: int
    text: str


def open_places(content: bytes, dated: date) -> None:
    """Raises Refused where a draft cannot be finished: it bears a number already, lacks the place for one, or lacks other facts."""
    _places(_body(content), Final(number="字〔2026〕1号", dated=dated, signers=("某",), printed_on=dated))


def finish(content: bytes, final: Final, layout: Layout) -> bytes:
    """The final paper as .docx bytes. Raises Refused as `open_places` does."""
    root, indent = _body(content), layout.number("signature", "unsealed_indent")
    for place in _places(root, final):
        old = _text(place.paragraph)
        _replace(place)
        if place.text == chinese_date(final.dated) and old.strip() == old[place.start : place.end]:
            _set_signature(place.paragraph, gapped(old.strip()), gapped(place.text), indent)
    return _packed(content, root)


def _body(content: bytes) -> _Element:
    from lxml import etree

    try:
        with ZipFile(BytesIO(content)) as package:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            return etree.fromstring(package.read(_BODY), parser)
    except (BadZipFile, KeyError, etree.XMLSyntaxError):
        raise Refused(
            "不能定稿", "", "这不是 .docx 文件", "请用 .docx 或 .md 的文稿；扫描件请用 archive add 归档"
        ) from None


def _packed(content: bytes, root: _Element) -> bytes:
    """The package with this body; every other part to the byte as it was."""
    from lxml import etree

    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        for info in old.infolist():
            body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(info, body if info.filename == _BODY else old.read(info), info.compress_type)
    return target.getvalue()


def _places(root: _Element, final: Final) -> list[_Place]:
    """Every place to fill. Raises Refused with what is wrong."""
    paragraphs = [(paragraph, _text(paragraph)) for paragraph in root.iter(f"{_W}p")]
    written = "\n".join(text for _, text in paragraphs)
    filled = {missing("发文字号"), missing("成文日期"), missing("签发人"), missing("印发日期")}
    if lacking := [fact for fact in missing_facts(written) if missing(fact) not in filled]:
        raise Refused("没有发文", "", f"文稿里还有待补的内容：{'、'.join(lacking)}", "请补齐后再发")
    numbers = list(_number_places(paragraphs, final.number))
    if not numbers:
        remedy = f"请在写文号的地方写上 {missing('发文字号')}"
        raise Refused("没有发文", "", "文稿里没有留写文号的地方", remedy)
    dates = list(_date_places(paragraphs, final.dated))
    printed = _marked(paragraphs, missing("印发日期"), chinese_date(final.printed_on))
    signers = _marked(paragraphs, missing("签发人"), "　".join(final.signers))
    return sorted(
        [*numbers[:1], *dates, *printed, *signers], key=lambda place: place.start, reverse=True
    )  # from the end of a paragraph to its start, so that places stay true


def _marked(paragraphs: list[tuple[_Element, str]], mark: str, text: str) -> Iterator[_Place]:
    for paragraph, held in paragraphs:
        for found in re.finditer(re.escape(mark), held):
            yield _Place(paragraph, found.start(), found.end(), text)


def _number_places(paragraphs: list[tuple[_Element, str]], number: str) -> Iterator[_Place]:
    """The mark, or a blank number that stands alone on its line in the head. Raises Refused for one that a person wrote."""
    marked = list(_marked(paragraphs, missing("发文字号"), number))
    yield from marked
    for paragraph, held in [] if marked else paragraphs[:12]:
        alone = re.split(r"[\s　]*签发人", held.strip())[0].strip()
        if _NUMBER.fullmatch(alone):
            remedy = f"文号只能由登记簿给：请改成 {missing('发文字号')}"
            raise Refused("没有发文", "", f"文稿里已经写了文号“{alone}”", remedy)
        if alone and _BLANK_NUMBER.fullmatch(alone):
            start = held.index(alone)
            yield _Place(paragraph, start, start + len(alone), number)


def _date_places(paragraphs: list[tuple[_Element, str]], dated: date) -> Iterator[_Place]:
    """The mark or a blank date alone on its line; a date that a person wrote there must be the day of signing."""
    text = chinese_date(dated)
    marked = list(_marked(paragraphs, missing("成文日期"), text))
    yield from marked
    for paragraph, held in [] if marked else paragraphs:
        alone = held.strip()
        if alone == text:
            return
        if _DATE.fullmatch(alone):
            remedy = f"请用 --dated 写明成文日期，或把落款改成 {missing('成文日期')}"
            raise Refused("没有发文", "", f"落款日期“{alone}”与签发日期{text}不同", remedy)
        if alone and _BLANK_DATE.fullmatch(alone):
            start = held.index(alone)
            yield _Place(paragraph, start, start + len(alone), text)


def _texts(paragraph: _Element) -> list[_Element]:
    """The text nodes of a paragraph, without those of a text box anchored in it."""
    return [
        node
        for node in paragraph.iter(f"{_W}t")
        if next(parent for parent in node.iterancestors() if parent.tag == f"{_W}p") is paragraph
    ]


def _text(paragraph: _Element) -> str:
    return "".join(node.text or "" for node in _texts(paragraph))


def _replace(place: _Place) -> None:
    """Put the text where the old one began; Word may have parted the old one into several runs."""
    at, put = 0, place.text
    for node in _texts(place.paragraph):
        held = node.text or ""
        first, last = max(place.start, at), min(place.end, at + len(held))
        if first < last:
            node.text = held[: first - at] + put + held[last - at :]
            put = ""
        at += len(held)


def _set_signature(dated: _Element, old: float, new: float, indent: float) -> None:
    """Set the names above a date anew, by how much wider or narrower the real date is than the mark was.

    Sealed: the date keeps its indent and the names stay centred on it; unsealed: the date begins two characters right of the
    name, the outer one keeping its distance from the edge; joint seals: the last column moves with the date's middle.
    """
    names = list(_names_above(dated))
    if _is(dated, "jc", "right"):
        middle = (old - new) / 2 * _EM
        beyond = 0
        for name in names:
            if _is(name, "jc", "right"):
                beyond = max(beyond, _move(name, "right", -middle))
            else:
                _move_tabs(name, middle)
        _move(dated, "right", beyond)  # a name so long that it would leave the type area: the date moves in with it
    elif _indent(dated, "left") and names:
        widest = max(gapped(_text(name).strip()) for name in names)
        change = unsealed_reach(widest, old, indent) - unsealed_reach(widest, new, indent)
        for paragraph in (dated, *names):
            _move(paragraph, "left", change * _EM)


def _names_above(dated: _Element) -> Iterator[_Element]:
    """The paragraphs of the signature: those set like the date, or on tab stops, up to the first blank line or body text."""
    for paragraph in dated.itersiblings(preceding=True):
        centred = paragraph.find(f"{_W}pPr/{_W}tabs") is not None
        if paragraph.tag != f"{_W}p" or not _text(paragraph).strip() or not (_alike(paragraph, dated) or centred):
            return
        yield paragraph


def _alike(one: _Element, other: _Element) -> bool:
    return _is(one, "jc", "right") == _is(other, "jc", "right") and (
        _is(one, "jc", "right") or (_indent(one, "left") > 0 and not _indent(one, "hanging"))
    )


def _is(paragraph: _Element, name: str, value: str) -> bool:
    found = paragraph.find(f"{_W}pPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val") == value


def _indent(paragraph: _Element, side: str) -> int:
    found = paragraph.find(f"{_W}pPr/{_W}ind")
    value = found.get(f"{_W}{side}", "") if found is not None else ""
    return int(value) if value.lstrip("-").isdigit() else 0


def _move(paragraph: _Element, side: str, change: float) -> int:
    """Change an indent; gives by how much it would have had to become negative."""
    wanted = round(_indent(paragraph, side) + change)
    indent = paragraph.find(f"{_W}pPr/{_W}ind")
    if indent is None:
        aligned = paragraph.find(f"{_W}pPr/{_W}jc")
        if aligned is None:
            return 0
        indent = aligned.makeelement(f"{_W}ind")
        aligned.addprevious(indent)  # the schema wants it there
    indent.set(f"{_W}{side}", str(max(0, wanted)))
    return max(0, -wanted)


def _move_tabs(paragraph: _Element, change: float) -> None:
    for tab in paragraph.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab"):
        tab.set(f"{_W}pos", str(round(int(tab.get(f"{_W}pos", "0")) + change)))

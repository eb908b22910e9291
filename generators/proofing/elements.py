"""Elements (公文要素, GB/T 9704-2012 clause 7, 条例 article 9): which must be there, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import addressees, bare_title, has_head, kind, official, on_title, title
from generators.proofing.registry import judges
from model.documents import Format
from model.proofing import ProofParagraph, Role
from model.wording import MISSING

_DATE = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
_LIKE_DATE = re.compile(r"[\d〇○零一二三四五六七八九Oo]{2,4}\s*[年./-].*")
_UNFILLED = re.compile(r"【|[xX×*＊]|年[ 　]|月[ 　]+日")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,}〔(?:19|20)\d{2}〕[1-9]\d*号|第[1-9]\d*[号期]|（[^（）]*第[1-9]\d*[号期]）")
_CORNER = re.compile(r"\d{3,7}|(?:绝密|机密|秘密)(?:★.*)?|特急|加急")
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}年|\d{1,2}个月|长期))?")
_OTHER_ENDS = re.compile(
    "(?:请示报告|报告请示|通知书|意见书|决定书|告知书|承诺书|责任书|建议书|公开信|倡议书|方案|办法|细则|规定|要点|计划|规划|总结|清单|台账|预案"
    "|简报|汇报|材料|申请|表|册|记录|议程|指南|手册|名单|目录|制度|章程|条例|规则|标准|讲话|致辞|信)$"
)
_LOOSE_KINDS = frozenset({"通知", "请示", "批复", "函", "决定", "通报", "通告"})


@judges("E00")
def not_official(galley: Galley) -> Iterator[Mark]:
    """Told once for what is no 公文."""
    if not official(galley):
        yield Mark()


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
    place = on_title(galley)
    if place and re.search("(?:的(?:通知|通报|请示|报告|函|意见)){2,}", title(galley)):
        yield galley.mark(place)


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
    place = on_title(galley)
    if place and re.search("〔\\d{4}〕第?\\d+号", title(galley)):
        yield galley.mark(place)


@judges("E09")
def urgent_title(galley: Galley) -> Iterator[Mark]:
    """紧急通知."""
    place = on_title(galley)
    if place and re.search("(?:紧急|特急|加急)(?:通知|通报|报告|请示|函)$", bare_title(galley)):
        yield galley.mark(place)


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


@judges("E12")
def no_addressees(galley: Galley) -> Iterator[Mark]:
    """What goes to somebody says to whom, in the body's head or in the 版记."""
    asked = kind(galley) in ("请示", "报告", "函", "批复") or (kind(galley) == "通知" and has_head(galley))
    if asked and official(galley) and not galley.document.document.addressees and not addressees(galley):
        place = on_title(galley)
        yield galley.mark(place) if place else Mark()


@judges("E13")
def needless_addressees(galley: Galley) -> Iterator[Mark]:
    """公告, 通告 and 公报 speak to everybody."""
    if kind(galley) in ("公告", "通告", "公报"):
        for paragraph in galley.of(Role.ADDRESSEES)[:1]:
            yield galley.mark(paragraph)


@judges("F06")
def addressees_colon(galley: Galley) -> Iterator[Mark]:
    """The last addressee is followed by a colon."""
    if lines := addressees(galley):
        text = lines[-1].text.rstrip()
        if text and text[-1] not in "：:":
            stop = len(text) - (text[-1] in "，。；、,;")
            yield galley.mark(lines[-1], stop, len(text), after="：")


@judges("E14")
def addressees_marks(galley: Galley) -> Iterator[Mark]:
    """，： at the end of the addressees."""
    for paragraph in galley.of(Role.ADDRESSEES):
        if match := re.search("[，。；、]+(?=：\\s*$)", paragraph.text):
            yield galley.mark(paragraph, *match.span(), after="")


def names_of(text: str) -> list[str]:
    """The names in a list of organs."""
    return [name for name in re.split("[，、；,;：:。\\s]", re.sub("（[^（）]*）", "", text)) if name]


@judges("E15")
def addressees_twice(galley: Galley) -> Iterator[Mark]:
    """One addressee named twice."""
    for paragraph in galley.of(Role.ADDRESSEES):
        names = names_of(paragraph.text)
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            place = paragraph.text.rfind(name)
            yield galley.mark(paragraph, place, place + len(name), detail=name)


@judges("E16")
def no_body(galley: Galley) -> Iterator[Mark]:
    """A title and nothing to say."""
    if official(galley) and title(galley) and not galley.of(Role.BODY, Role.ITEM, Role.HEADING, Role.CELL):
        yield Mark()


@judges("E17")
def no_signatory(galley: Galley) -> Iterator[Mark]:
    """A date without a name above it; minutes and papers under a mark of their own need none."""
    dates = galley.of(Role.DATE)
    if dates and has_head(galley) and kind(galley) != "纪要" and not galley.of(Role.SIGNATORY, Role.SIGNED):
        yield galley.mark(dates[-1])


@judges("E18")
def no_date(galley: Galley) -> Iterator[Mark]:
    """A signed or numbered paper without a date."""
    signed = galley.of(Role.SIGNATORY)
    asked = signed or (has_head(galley) and kind(galley))
    if asked and official(galley) and not galley.of(Role.DATE, Role.SIGNED) and kind(galley) != "纪要":
        yield galley.mark(signed[-1]) if signed else Mark()


@judges("F05")
def date_form(galley: Galley) -> Iterator[Mark]:
    """成文日期 in Arabic figures, in full, without zeros."""
    for paragraph in galley.of(Role.DATE):
        text = re.sub(r"[ \u3000\t]", "", paragraph.text)
        if text and not _DATE.fullmatch(text) and not _UNFILLED.search(paragraph.text) and _LIKE_DATE.match(text):
            yield galley.mark(paragraph)


def _organ(text: str) -> str:
    return re.sub(r"[\s\u3000]|文件$|（[^（）]*）", "", text)


@judges("E19")
def signatory_is_issuer(galley: Galley) -> Iterator[Mark]:
    """署名 and 标志 name the same organ, one of them perhaps in its short form."""
    marks = [_organ(paragraph.text) for paragraph in galley.of(Role.MARK)]
    mark = "".join(marks)
    signatories = galley.of(Role.SIGNATORY)
    ordered = galley.document.document.format is Format.ORDER  # signed by a person with the post (7.3.5.3)
    if not mark or not signatories or ordered or MISSING.search(mark):
        return
    if not any(_same_organ(_organ(paragraph.text), each) for paragraph in signatories for each in (*marks, mark)):
        yield galley.mark(signatories[0], detail=f"标志是“{mark}”，署名是“{_organ(signatories[0].text)}”")


def _same_organ(one: str, other: str) -> bool:
    """Whether one may be the other's short form: its characters stand in the other in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return bool(short) and all(sign in rest for sign in short)


@judges("F04")
def number_form(galley: Galley) -> Iterator[Mark]:
    """机关代字〔年份〕顺序号; faults of the brackets and zeros are told by D01, D02 and D37."""
    for paragraph in galley.of(Role.NUMBER):
        pieces = re.split(
            r"签发人|\t", paragraph.text
        )  # in a letter 份号 or another corner element stands before it (10.1)
        text = next((piece for each in pieces if (piece := each.strip()) and not _CORNER.fullmatch(piece)), "")
        if text and not _NUMBER.search(text) and not _UNFILLED.search(text) and not _told_elsewhere(text):
            start = paragraph.text.index(text)
            yield galley.mark(paragraph, start, start + len(text))


def _told_elsewhere(text: str) -> bool:
    return bool(re.search(r"[\[［(（【﹝]\s*\d{2,4}|〔\d{2}〕|〕\s*(?:第|0)|\s|[０-９]", text))


@judges("E20")
def no_number(galley: Galley) -> Iterator[Mark]:
    """××文件 without a number."""
    marks = [paragraph for paragraph in galley.of(Role.MARK) if paragraph.text.strip().endswith("文件")]
    if marks and not galley.of(Role.NUMBER):
        yield galley.mark(marks[-1])


@judges("E21")
def number_year(galley: Galley) -> Iterator[Mark]:
    """The year of the number is the year of the date."""
    found = re.search(r"〔(\d{4})〕", galley.document.document.number)
    dated = galley.document.document.dated
    numbers = galley.of(Role.NUMBER)
    if found and dated and numbers and int(found[1]) != dated.year:
        yield galley.mark(numbers[0], detail=f"文号是{found[1]}年，成文日期是{dated.year}年")


@judges("F10")
def no_signer(galley: Galley) -> Iterator[Mark]:
    """请示 and 报告 under a red head bear 签发人."""
    numbers = galley.of(Role.NUMBER)
    told = "".join(paragraph.text for paragraph in galley.of(Role.NUMBER, Role.SIGNERS))
    if kind(galley) in ("请示", "报告") and numbers and "签发人" not in told:
        yield galley.mark(numbers[0])


@judges("E22")
def needless_signer(galley: Galley) -> Iterator[Mark]:
    """Other papers bear none."""
    if kind(galley) in ("通知", "通报", "决定", "批复", "函", "通告", "公告"):
        for paragraph in galley.of(Role.NUMBER, Role.SIGNERS):
            if "签发人" in paragraph.text:
                yield galley.mark(paragraph)


@judges("E23")
def signers_marks(galley: Galley) -> Iterator[Mark]:
    """Signers stand side by side without marks."""
    for paragraph in galley.of(Role.NUMBER, Role.SIGNERS):
        if match := re.search("签发人[：:][^、，]{2,4}([、，])", paragraph.text):
            yield galley.mark(paragraph, *match.span(1))


@judges("E24")
def secrecy_form(galley: Galley) -> Iterator[Mark]:
    """秘密★1年."""
    secrecy = galley.document.document.secrecy
    if secrecy and not _SECRECY.fullmatch(re.sub(r"\s", "", secrecy)):
        yield _in_corner(galley, Role.SECRECY)


def _in_corner(galley: Galley, role: Role) -> Mark:
    """Where a corner element stands: on a line of its own, in a letter perhaps on the number's (10.1)."""
    lines = galley.of(role) or galley.of(Role.NUMBER)
    return galley.mark(lines[0]) if lines else Mark()


@judges("E25")
def secret_without_copy_number(galley: Galley) -> Iterator[Mark]:
    """Secret papers are counted."""
    document = galley.document.document
    if document.secrecy and not document.copy_number:
        yield _in_corner(galley, Role.SECRECY)


@judges("E26")
def copy_number_form(galley: Galley) -> Iterator[Mark]:
    """Six figures."""
    number = galley.document.document.copy_number
    if number and not re.fullmatch(r"\d{6}", number):
        yield _in_corner(galley, Role.COPY_NUMBER)


@judges("E27")
def urgency_form(galley: Galley) -> Iterator[Mark]:
    """特急, 加急; telegrams also 特提, 平急."""
    urgency = re.sub(r"\s", "", galley.document.document.urgency)
    if urgency and urgency not in ("特急", "加急", "特提", "平急"):
        yield _in_corner(galley, Role.URGENCY)


@judges("F11")
def copies_stop(galley: Galley) -> Iterator[Mark]:
    """抄送 ends with a full stop."""
    printed = _printed(galley)
    lines = [p for p in galley.of(Role.COPIES) if not p.text.lstrip().startswith("主送") and p not in printed]
    if lines:
        text = lines[-1].text.rstrip()
        if text and text[-1] != "。" and len(text) > 3:
            stop = len(text) - (text[-1] in "，、；,;.")
            yield galley.mark(lines[-1], stop, len(text), after="。")


@judges("E36")
def copied_addressee(galley: Galley) -> Iterator[Mark]:
    """Who is addressed need not be copied."""
    addressed = {name for paragraph in galley.of(Role.ADDRESSEES) for name in names_of(paragraph.text)}
    for paragraph in galley.of(Role.COPIES):
        for name in names_of(paragraph.text):
            if name in addressed and len(name) > 2:
                yield galley.mark(
                    paragraph, paragraph.text.index(name), paragraph.text.index(name) + len(name), detail=name
                )


def _printed(galley: Galley) -> tuple[ProofParagraph, ...]:
    """印发机关和印发日期; without the word 印发 the line passes for 抄送, but it ends with a day."""
    last = (p for p in galley.of(Role.COPIES) if "送" not in p.text[:4] and re.search(r"日\s*$", p.text))
    return (*galley.of(Role.PRINTED), *last)


@judges("E37")
def printed_word(galley: Galley) -> Iterator[Mark]:
    """…日印发."""
    for paragraph in _printed(galley):
        if _DATE.search(paragraph.text) and "印发" not in paragraph.text:
            yield galley.mark(paragraph)


@judges("E38")
def printed_date(galley: Galley) -> Iterator[Mark]:
    """The date of printing as the date of the paper."""
    for paragraph in galley.of(Role.PRINTED):
        text = re.sub(r"\s", "", paragraph.text)
        if re.search("[年./-]", text) and not _DATE.search(text) and not _UNFILLED.search(paragraph.text):
            yield galley.mark(paragraph)


@judges("E39")
def printed_before(galley: Galley) -> Iterator[Mark]:
    """Printed before it was signed."""
    document = galley.document.document
    if document.dated and document.printed_on and document.printed_on < document.dated:
        for paragraph in galley.of(Role.PRINTED)[:1]:
            yield galley.mark(paragraph)


@judges("F13")
def letter_form(galley: Galley) -> Iterator[Mark]:
    """A letter's mark is the bare name; its 版记 has no 印发."""
    if galley.document.document.format is not Format.LETTER:
        return
    for paragraph in galley.of(Role.MARK, Role.PRINTED):
        if paragraph.role is Role.PRINTED or paragraph.text.strip().endswith("文件"):
            yield galley.mark(paragraph)


@judges("E41")
def no_attendance(galley: Galley) -> Iterator[Mark]:
    """Minutes say who was there."""
    place = on_title(galley)
    if (
        place
        and kind(galley) == "纪要"
        and not galley.of(Role.ATTENDANCE)
        and not re.search("出席|参加会议|与会|参会", galley.text)
    ):
        yield galley.mark(place)


@judges("E42")
def title_organ(galley: Galley) -> Iterator[Mark]:
    """The organ in the title signs."""
    place = on_title(galley)
    found = re.match(r"([^《》“”]{4,30}?(?:局|厅|委|办公室|学校|中学|小学|政府|委员会|幼儿园))关于", title(galley))
    signatories = [_organ(paragraph.text) for paragraph in galley.of(Role.SIGNATORY)]
    if (
        place
        and found
        and signatories
        and not any(_same_organ(_organ(found[1]), each) or each in found[1] for each in signatories)
    ):
        yield galley.mark(place, detail=f"标题是“{found[1]}”，署名是“{'、'.join(signatories)}”")


def _issued(galley: Galley) -> bool:
    """Whether the paper bears number and date, which it gets when it is issued."""
    document = galley.document.document
    return bool(document.dated and re.search(r"〔\d{4}〕\d+号", document.number))


@judges("D25")
def unfilled(galley: Galley) -> Iterator[Mark]:
    """What a draft still lacks."""
    if not _issued(galley):
        yield from (Mark(*match.span(), detail=match[1]) for match in MISSING.finditer(galley.text))


@judges("D35")
def issued_unfilled(galley: Galley) -> Iterator[Mark]:
    """What an issued paper lacks."""
    if _issued(galley):
        yield from (Mark(*match.span(), detail=match[1]) for match in MISSING.finditer(galley.text))

"""The rules of each kind (文种, 党政机关公文处理工作条例 articles 8 and 13 to 17)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generators.proofing.addressees import names_of
from generators.proofing.galley import Galley, Mark
from generators.proofing.nature import (
    UPWARD,
    addressees,
    bare_title,
    has_head,
    kind,
    official,
    on_title,
    title,
    where_title,
)
from generators.proofing.registry import judges
from model.proofing import ProofParagraph, Role

_REQUEST = re.compile(
    "请(?:予以?|求)?(?:批准|批示|审批|批复|审定|核准)|恳请|请求(?:解决|支持|帮助|拨付|批准|增加)|[妥当]否|请(?:予以?)?(?:拨付|拨给|解决)"
)
_QUOTED = re.compile("《[^《》\n]*》|“[^“”\n]*”|（[^（）\n]*）")
_ASKING_END = re.compile(
    "(?:[妥当]否|请(?:予)?(?:批示|批复|审批|批准|审定|核准|审示)|请指示|是否(?:妥当|可行))[^。\n]{0,12}[。？]?\\s*$"
)
_PERSON = re.compile("^[\u4e00-\u9fff]{0,6}(?:局长|县长|市长|书记|校长|主任|主席|部长|厅长)$")
_OFFICE = re.compile("(?:科|股|处|室)$")
_CITED = re.compile("《[^《》\n]+》[（(〔][^（）()\n]*〕\\d+号[）)]?")
_ORDERS = re.compile("必须|严禁|责令|不得有误|务必遵照")
_ENDINGS = {
    "通知": "特此(?:报告|请示|函[告达复]|批复|通报|公告|通告)",
    "报告": "特此(?:通知|请示|函[告达复]|批复|通报)",
    "请示": "特此(?:通知|函[告达复]|批复|通报|报告)",
    "函": "特此(?:通知|请示|批复|通报|报告)",
    "批复": "特此(?:通知|请示|报告|通报)",
    "通报": "特此(?:通知|请示|报告|批复|函[告达复])",
}
_RANKS = (
    re.compile("人民政府|党委|党工委|县委|市委|管委会|街道办事处"),
    re.compile("教育局|教体局|教育和体育局|教育科技局"),
    re.compile("学校|中学|小学|幼儿园"),
)
_SUBORDINATE = re.compile("^各[\u4e00-\u9fff]{0,8}(?:学校|小学|中学|幼儿园|中小学|乡镇中心|教育办)")


@lru_cache(maxsize=2)
def _prose(galley: Galley) -> str:
    """The running text without quotations and brackets."""
    return _QUOTED.sub("", "\n".join(paragraph.text for paragraph in galley.prose))


@lru_cache(maxsize=2)
def _last(galley: Galley) -> ProofParagraph | None:
    """The last paragraph of the body proper."""
    endings = galley.of(Role.ANNEX_LIST, Role.ANNEX_LABEL, Role.SIGNATORY, Role.SIGNED, Role.DATE)
    ends = endings[0].index if endings else len(galley.paragraphs) + 1
    body = reversed(galley.of(Role.BODY, Role.ITEM))
    return next((paragraph for paragraph in body if paragraph.index < ends and paragraph.text.strip()), None)


def _addressees(galley: Galley) -> list[str]:
    return names_of("".join(paragraph.text for paragraph in addressees(galley)))


@judges("K01")
def one_superior(galley: Galley) -> Iterator[Mark]:
    """A 请示 goes to one superior."""
    if kind(galley) == "请示" and len(names := _addressees(galley)) > 1:
        yield galley.mark(galley.of(Role.ADDRESSEES)[0], detail=f"现有{len(names)}个")


@judges("K02")
def one_matter(galley: Galley) -> Iterator[Mark]:
    """Several matters: the title joins two verbs by 和, or the text numbers its matters."""
    place = on_title(galley)
    if kind(galley) != "请示" or not place:
        return
    several = re.search(
        "请示(?:如下|以下|下列)?(?:[几两二三四五]|[2-5])(?:个|项|件)?(?:事项|问题|事)|以下(?:[几两二三四五]|[2-5])(?:个|项|件)(?:事项|问题|事)",
        galley.text,
    )
    if several:
        yield Mark(*several.span())
    elif re.search(
        "(?:等|和|及|与)[^，。的]{2,12}(?:等)?(?:[几两二三四五]项|两件|几件)[^的]{0,4}的请示$|等(?:事项|问题)的请示$",
        bare_title(galley),
    ):
        yield galley.mark(place)


@judges("K03")
def request_in_report(galley: Galley) -> Iterator[Mark]:
    """A report asks for nothing."""
    if kind(galley) != "报告" or not official(galley):
        return
    last = _last(galley)
    for paragraph in galley.prose:
        text = _QUOTED.sub(lambda match: "□" * len(match[0]), paragraph.text)
        match = _REQUEST.search(text)
        if (
            match
            and not (paragraph is last and _ASKING_END.search(text))
            and not re.search("(?:已|曾|经|向|学生|家长|群众)[^，。]{0,8}$", text[: match.start()])
        ):
            yield galley.mark(paragraph, *match.span())


@judges("K25")
def report_wants_answer(galley: Galley) -> Iterator[Mark]:
    """妥否，请批示 at the end of a report."""
    last = _last(galley) if kind(galley) == "报告" and official(galley) else None
    if last and (match := _ASKING_END.search(last.text)):
        yield galley.mark(last, *match.span())


@judges("K04")
def request_report(galley: Galley) -> Iterator[Mark]:
    """请示报告."""
    yield from where_title(galley, "(?:请示报告|报告请示)$", bare_title(galley))


@judges("K05")
def no_kinds(galley: Galley) -> Iterator[Mark]:
    """申请, 汇报 under a red head."""
    if has_head(galley):
        yield from where_title(galley, "(?:申请|汇报|请求|申报)$", bare_title(galley))


@judges("K06")
def annex_as_paper(galley: Galley) -> Iterator[Mark]:
    """方案, 办法 and their like are annexes of a 通知; told where one bears a number of its own."""
    place = on_title(galley)
    ends = re.search("(?:方案|办法|细则|要点|计划|总结|清单|台账|预案|讲话)$", bare_title(galley))
    if place and ends and galley.of(Role.MARK) and galley.of(Role.NUMBER) and official(galley):
        yield galley.mark(place)


@judges("K07")
def to_a_person(galley: Galley) -> Iterator[Mark]:
    """A paper to 王局长."""
    if kind(galley):
        for paragraph in addressees(galley):
            for name in names_of(paragraph.text):
                if _PERSON.match(name) and not name.startswith("各"):
                    yield galley.mark(paragraph, detail=name)


@judges("K08")
def request_copied_down(galley: Galley) -> Iterator[Mark]:
    """A 请示 is not copied to subordinates."""
    if kind(galley) == "请示":
        for paragraph in galley.of(Role.COPIES):
            for name in names_of(paragraph.text.replace("抄送", "")):
                if _SUBORDINATE.match(name):
                    yield galley.mark(paragraph, detail=name)


@judges("K09")
def office_issues(galley: Galley) -> Iterator[Mark]:
    """科室 issue nothing outside, except the 办公室."""
    if not has_head(galley):
        return
    for paragraph in galley.of(Role.SIGNATORY):
        name = re.sub(r"\s", "", paragraph.text)
        if _OFFICE.search(name) and not name.endswith("办公室") and not re.search("教室|实验室|督导室|督学室", name):
            yield galley.mark(paragraph)


@judges("K10")
def bureau_to_government(galley: Galley) -> Iterator[Mark]:
    """A bureau gives no orders to a government of the level below."""
    signed = "".join(paragraph.text for paragraph in galley.of(Role.SIGNATORY))
    if kind(galley) not in ("通知", "决定", "通报") or "局" not in signed or "政府" in signed:
        return
    for paragraph in galley.of(Role.ADDRESSEES):
        match = re.search(
            "各?[\u4e00-\u9fff]{0,6}(?:乡|镇|街道|县|市、区|区)[^，。：]{0,6}(?:人民政府|党委)", paragraph.text
        )
        if match and not re.search("经[^，。]{2,12}同意", galley.text):
            yield galley.mark(paragraph, *match.span())


@judges("K11")
def request_without_asking(galley: Galley) -> Iterator[Mark]:
    """A 请示 ends by asking."""
    if kind(galley) == "请示" and official(galley) and not _REQUEST.search(galley.text) and (last := _last(galley)):
        yield galley.mark(last)


@judges("K12")
def request_without_contact(galley: Galley) -> Iterator[Mark]:
    """A 请示 names whom to ask."""
    place = on_title(galley)
    if place and kind(galley) == "请示" and has_head(galley) and "联系" not in galley.text:
        yield galley.mark(place)


@judges("K13")
def reply_cites(galley: Galley) -> Iterator[Mark]:
    """A 批复 cites what it replies to."""
    if kind(galley) == "批复" and official(galley) and not _CITED.search(galley.text) and (body := galley.prose[:1]):
        yield galley.mark(body[0])


@judges("K14")
def reply_decides(galley: Galley) -> Iterator[Mark]:
    """A 批复 says yes or no."""
    decided = kind(galley) != "批复" or re.search("同意|批准|不予|暂缓|原则", _prose(galley))
    if not decided and official(galley) and galley.prose:
        yield galley.mark(galley.prose[0])


@judges("K15")
def letter_orders(galley: Galley) -> Iterator[Mark]:
    """A 函 consults."""
    if kind(galley) == "函" and official(galley):
        for paragraph in galley.prose:
            text = _QUOTED.sub(lambda match: "□" * len(match[0]), paragraph.text)
            if match := _ORDERS.search(text):
                yield galley.mark(paragraph, *match.span())


@judges("K16")
def answer_cites(galley: Galley) -> Iterator[Mark]:
    """A 复函 cites the letter."""
    if (
        re.search("(?:复函|的复函)$", bare_title(galley))
        and not _CITED.search(galley.text)
        and (body := galley.prose[:1])
    ):
        yield galley.mark(body[0])


@judges("K17")
def closing_words(galley: Galley) -> Iterator[Mark]:
    """特此…… names the paper's own kind."""
    wrong = _ENDINGS.get(kind(galley))
    if wrong:
        for paragraph in galley.of(Role.BODY):
            if len(paragraph.text) < 12 and (match := re.match(f"[\\s\u3000]*({wrong})", paragraph.text)):
                yield galley.mark(paragraph, *match.span(1))


@judges("K18")
def closed_twice(galley: Galley) -> Iterator[Mark]:
    """通知如下 and 特此通知."""
    last = _last(galley) if kind(galley) == "通知" else None
    if last and last.text.strip().rstrip("。") == "特此通知" and "通知如下" in galley.text:
        yield galley.mark(last)


@judges("K19")
def asked_after(galley: Galley) -> Iterator[Mark]:
    """A 请示 before the deed."""
    if kind(galley) == "请示" and (
        match := re.search(
            "(?:我[局校]|本[局校])已(?:经)?(?:完成了?|实施|购置|组织实施|建成)[^，。\n]{0,20}[，。][^。\n]{0,40}(?:予以追认|补办|备案)",
            galley.text,
        )
    ):
        yield Mark(*match.span())


@judges("K20")
def meeting_particulars(galley: Galley) -> Iterator[Mark]:
    """A call to a meeting says when, where, who."""
    place = on_title(galley)
    if not place or kind(galley) != "通知" or not re.search("关于(?:召开|举行)[^《》]*会(?:议)?的", title(galley)):
        return
    needed = {
        "时间": "时间|\\d时|\\d:\\d\\d|[上下]午",
        "地点": "地点|会议室|礼堂|报告厅|在[^，。]{2,20}(?:召开|举行)",
        "参加人员": "参会|参加|出席|与会",
    }
    lacking = [what for what, words in needed.items() if not re.search(words, galley.text)]
    if lacking:
        yield galley.mark(place, detail=f"缺{'、'.join(lacking)}")


_DEMAND = re.compile(
    "[将请应须要报上](?:(?<=将)[^，。；\n]{0,24}(?:报送|上报|报|提交)(?:至|到|送)?[^，。；\n]{0,6}局"
    "|(?<=[请应须要])[^，。；\n]{0,20}(?:报送|上报|报|提交)(?:至|到|送)?[^，。；\n]{0,12}(?:县|市|区)?(?:教育)?局"
    "|(?:(?<=报)送|(?<=上)报)(?:至|到)?(?:我局|县教育局|市教育局|区教育局))"
)


@lru_cache(maxsize=2)
def _demand(galley: Galley) -> re.Match[str] | None:
    """Where a 通知 first asks for a report."""
    return _DEMAND.search(galley.text) if kind(galley) == "通知" else None


@judges("K21")
def demand_without_day(galley: Galley) -> Iterator[Mark]:
    """Reports are asked for, and no day is named anywhere."""
    match = _demand(galley)
    if match and not re.search(r"\d月|\d+[日天]|每[周月]|工作日|小时|时限|期限|【待补", galley.at(match.start()).text):
        yield Mark(*match.span())


@judges("D11")
def demand_without_contact(galley: Galley) -> Iterator[Mark]:
    """Reports are asked for, and nobody is named to send them to."""
    match = _demand(galley)
    if match and not re.search("联系|电话|邮箱|【待补|[\\w.]+@", galley.text):
        yield Mark(*match.span())


@judges("K22")
def public_notice(galley: Galley) -> Iterator[Mark]:
    """通告 and 公告 say from when and by whom."""
    place = on_title(galley)
    if (
        place
        and kind(galley) in ("公告", "通告")
        and official(galley)
        and not galley.of(Role.SIGNATORY, Role.SIGNED, Role.MARK)
    ):
        yield galley.mark(place)


@judges("K23")
def minutes_words(galley: Galley) -> Iterator[Mark]:
    """Minutes speak for the meeting."""
    place = on_title(galley)
    if (
        place
        and kind(galley) == "纪要"
        and not re.search("会议(?:认为|指出|强调|决定|要求|听取|议定|明确|研究|确定|审议|讨论|原则|同意)", galley.text)
    ):
        yield galley.mark(place)


@judges("K24")
def rank_of_addressees(galley: Galley) -> Iterator[Mark]:
    """Higher before lower."""
    for paragraph in galley.of(Role.ADDRESSEES):
        highest = 0
        for name in names_of(paragraph.text):
            rank = next((place for place, words in enumerate(_RANKS) if words.search(name)), None)
            if rank is not None and rank < highest and kind(galley) not in UPWARD:
                yield galley.mark(paragraph, detail=f"“{name}”应当在前")
                break
            highest = max(highest, rank or 0)


@judges("K27")
def begging_notice(galley: Galley) -> Iterator[Mark]:
    """A 通知 commands; who asks writes a 请示 or 函."""
    last = _last(galley) if kind(galley) == "通知" else None
    if last and (
        match := re.search("(?:妥否|当否)，?请|恳请[^，。]{0,10}(?:支持|批准|协助)|请予(?:批准|批复|函复)", last.text)
    ):
        yield galley.mark(last, *match.span())


@judges("D18")
def forms_of_address(galley: Galley) -> Iterator[Mark]:
    """你局 goes down, 贵局 to equals; never upwards, never both."""
    if kind(galley) in UPWARD:
        pattern = "你[局校委]|贵[局校委]|请遵照执行|请认真贯彻执行"
    elif kind(galley) == "函":
        pattern = "你[局校](?!于)"
    elif kind(galley) in ("通知", "通报", "批复"):
        pattern = "贵[局校委园]"
    else:
        return
    if re.search(pattern, galley.text) and (match := re.search(pattern, _prose(galley))):
        place = galley.text.find(match[0])
        yield Mark(place, place + len(match[0]), detail=f"{kind(galley)}里用了“{match[0]}”")

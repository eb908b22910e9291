"""Names (人名、地名、单位名): spelt in two ways, or left over from another place's plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges
from model.proofing import Role

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许"
    "傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文陶严"
)
_POSTS = "局长|副局长|校长|副校长|书记|副书记|主任|副主任|园长|股长|科长|组长|副组长|县长|副县长|主席|处长|厅长|部长|所长|队长|大队长"
_PERSON = re.compile(
    rf"([{_SURNAMES}](?<![\u4e00-\u9fff].)[\u4e00-\u9fff]{{1,2}})(?=（[^（）\n]{{0,30}}(?:{_POSTS})[^（）\n]{{0,8}}）|任[\u4e00-\u9fff]{{0,10}}(?:{_POSTS})|同志)"
)
_BESIDE = re.compile(r"(?:（[^（）\n]{0,30}|任[^，。\n]{0,16})?")
_NAMED = re.compile(
    rf"(?:{_POSTS}|联系人|签发人|负责人|责任人|召集人)[：:]?\s?([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
)
_PLACE = re.compile("[县市区](?=教育局|教体局|教育和体育局|人民政府|政府|公安局|中小学|学校|教育系统)")
_NAME = re.compile(
    r"(?:[\n，。；：、“（]|根据|按照|经|由|向|和|与|在|请)"
    "(?P<place>(?!覆盖|涉及|包括|会同|配合|支持|组织|报送|提请|对照|联合|协助|指导|监督|督促|通过|有关|相关|所在|其他)"
    r"[^\W\da-zA-Z_日前向请由经在对和与及的各全本我该县市区]{2,3}[县市区])$"
)
_ORGAN = re.compile(r"[县市区](?<=[\u4e00-\u9fff]{3})[\u4e00-\u9fff]{2,8}?(?:小学|中学|幼儿园|学校)")
_WIDE = re.compile("国家|全国|中国|中华|本[县市区]|全[县市区]|各[县市区]|我[县市区]|该[县市区]|当地")


def people(galley: Galley) -> Counter[str]:
    """Names of persons that stand before or after a post, with how often."""
    found = Counter(match[1] for match in _PERSON.finditer(galley.text))
    found.update(match[1] for match in _NAMED.finditer(galley.text))
    return found


@judges("D07")
def people_in_two_ways(galley: Galley) -> Iterator[Mark]:
    """Two names of three characters that differ in one which looks or sounds alike: 沈怀远 and 沈怀元 with the same post beside them."""
    counted = people(galley)
    for one, other in combinations(sorted(counted), 2):
        if (
            len(one) == len(other) == 3
            and sum(a != b for a, b in zip(one, other, strict=True)) == 1
            and one[0] == other[0]
        ):
            rare = min((one, other), key=lambda name: counted[name])
            common = other if rare == one else one
            if _posts(galley, one) & _posts(galley, other):
                place = galley.text.find(rare)
                yield Mark(place, place + 3, detail=f"“{rare}”还是“{common}”")


def _posts(galley: Galley, name: str) -> set[str]:
    """The posts that stand beside a name."""
    near = (
        f"{galley.text[max(0, match.start() - 6) : match.start()]}|{_BESIDE.match(galley.text, match.end())[0]}"  # type: ignore[index]
        for match in re.finditer(name, galley.text)
    )
    return {post for text in near for post in re.findall(_POSTS, text.split("\n")[-1])}


@judges("C07")
def places_left_over(galley: Galley) -> Iterator[Mark]:
    """A county, city or district in an organ's name that is not the issuer's and stands there once or twice only."""
    own = "、".join(
        (*galley.document.document.issuers, *galley.document.document.signatories, galley.document.document.mark)
    )
    home = re.search(r"([\u4e00-\u9fff]{2,3}[县市区])", own)
    if not home:
        return
    for end in _PLACE.finditer(galley.text):
        match = _NAME.search(galley.text, max(0, end.start() - 6), end.end())
        place = match["place"] if match else home[1]
        if match and place not in own and not _WIDE.search(place) and not _elsewhere(galley, match):
            yield Mark(*match.span("place"), detail=f"“{place}”，发文机关在“{home[1]}”")


def _elsewhere(galley: Galley, match: re.Match[str]) -> bool:
    """Whether another place is meant: addressed, copied, quoted, or the issuer's own superior."""
    paragraph = galley.at(match.start())
    if paragraph.role in (Role.ADDRESSEES, Role.COPIES, Role.MARK, Role.CELL, Role.TITLE):
        return True
    addressed = "".join(each.text for each in galley.of(Role.ADDRESSEES, Role.COPIES, Role.TITLE))
    return match["place"] in addressed or match["place"].endswith("市") or galley.quoted(*match.span("place"))


@judges("C09")
def organs_in_two_ways(galley: Galley) -> Iterator[Mark]:
    """Two names of schools that differ in one character which is no number and no direction."""
    counted = Counter(galley.text[match.start() - 2 : match.end()] for match in _ORGAN.finditer(galley.text))
    names = sorted(counted)
    for one, other in combinations(names[:60], 2):
        if len(one) != len(other) or one[-2:] != other[-2:]:
            continue
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if (
            len(pairs) == 1
            and max(counted[one], counted[other]) >= 2 > min(counted[one], counted[other])
            and _alike(*pairs[0])
        ):
            rare = min((one, other), key=lambda name: counted[name])
            place = galley.text.find(rare)
            yield Mark(place, place + len(rare), detail=f"“{one}”还是“{other}”")


_ALIKE = (
    "清青情晴",
    "岚岗崗",
    "阳杨扬羊",
    "兴新星",
    "华花",
    "明民名",
    "永勇",
    "安按",
    "和河合禾",
    "远元园源",
    "东冬",
    "城成诚",
    "平坪苹",
    "山三杉",
    "林临琳",
)


def _alike(one: str, other: str) -> bool:
    """Whether two characters are easily taken for each other."""
    return any(one in group and other in group for group in _ALIKE)


@judges("C14")
def campaigns_in_two_ways(galley: Galley) -> Iterator[Mark]:
    """“三查三保” and “三查三报” in one paper."""
    counted = Counter(re.findall(r"“([一二三四五六七八九十两双百千万][\u4e00-\u9fff]{1,5})”", galley.text))
    for one, other in combinations(sorted(counted), 2):
        if len(one) != len(other) or len(one) < 3:
            continue
        differing = sum(a != b for a, b in zip(one, other, strict=True))
        most, least = max(counted[one], counted[other]), min(counted[one], counted[other])
        if differing == 1 and most >= 3 > least == 1:
            rare = one if counted[one] == least else other
            place = galley.text.find(f"“{rare}”") + 1
            yield Mark(place, place + len(rare), detail=f"“{one}”还是“{other}”")


@judges("C15")
def telephones(galley: Galley) -> Iterator[Mark]:
    """A mobile number that has not eleven figures."""
    for match in re.finditer(r"(?:手机|电话|联系方式)[号码]{0,2}[：:为]?\s?(1[3-9]\d{5,12})(?![\d-])", galley.text):
        if len(match[1]) != 11:
            yield Mark(*match.span(1), detail=f"共{len(match[1])}位")

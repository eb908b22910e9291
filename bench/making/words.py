"""The words that the files are made of, and how many of them came out again; our own writing."""

from collections import Counter
from collections.abc import Iterable

BODY = (
    "各乡镇中心学校，各县属中小学、幼儿园，各校外培训机构：",
    "为压实学校安全主体责任，防范化解校园安全风险，县教育局决定从三月起在全县教育系统开展学校安全专项整治。现将有关事项通知如下。",
    "一、整治重点",
    "（一）消防安全。重点检查疏散通道、安全出口是否畅通，灭火器材是否在有效期内，宿舍、食堂、实验室用电是否规范。",
    "（二）食品安全。重点检查进货查验、留样、消毒记录是否齐全，从业人员健康证是否有效，后厨视频是否接入。",
    "（三）校车安全。重点检查车辆检验、驾驶人资格、线路审批、随车照管人员配备，坚决杜绝超员超速。",
    "（四）房屋安全。重点检查围墙、护栏、运动器材和在建工程，对裂缝、漏雨、松动部位逐一登记。",
    "二、工作步骤",
    "自查自纠从3月6日至3月20日，各校对照检查表逐项检查，建立问题台账，做到问题、措施、责任人、时限四落实。",
    "督导检查从3月21日至4月15日，县教育局组成5个检查组，对23所学校和41家培训机构随机检查，检查比例不低于60%。",
    "巩固提升从4月16日至5月10日，各校总结经验，补齐短板，形成长效机制，整改完成率须达到100%。",
    "三、工作要求",
    "要加强领导，校长是第一责任人，分管副校长具体抓；要如实登记，不得瞒报漏报；要限期整改，销号必须有复查意见和佐证照片。",
    "联系人：陈喆，电话：0750-5550101，邮箱：anquan@example.cn。",
)
TITLE = ("青山县教育局关于开展", "学校安全专项整治的通知")
ROWS = (
    ("序号", "单位", "问题", "责任人", "期限", "是否销号"),
    ("1", "第一小学", "东侧疏散通道堆放桌椅", "王珺", "2026-03-20", "☑"),
    ("2", "", "灭火器压力不足3具", "李旻", "2026-03-22", "□"),
    ("3", "实验中学", "食堂留样记录缺3月2日", "赵堃", "2026-03-25", "□"),
)


def han(text: str) -> Counter[str]:
    """The Han characters of a text, each as often as it stands."""
    return Counter(character for character in text if "\u4e00" <= character <= "\u9fff")


def recall(wanted: str, got: str) -> float:
    """The share of the wanted Han characters, each as often as it stands, that were got."""
    known = han(wanted)
    return sum((known & han(got)).values()) / sum(known.values())


def wrapped(lines: Iterable[str], width: int = 28) -> list[str]:
    """Lines broken as on a page."""
    return [line[start : start + width] for line in lines for start in range(0, len(line), width)]

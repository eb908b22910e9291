"""四性检测 (DA/T 70-2018): every item of the standard on what lies in a package or in the archive, each with what it looked at.

Pure: whoever read the package says what is there (`model.packages.Packed`); an item gives its faults, none is a pass, and what
needs an outside tool, or has no object here, is not applicable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from archive.inspection import authenticity, completeness, usability
from archive.inspection.looking import Check
from model.packages import Inspection, Outcome, Packed, Result

_OUTSIDE = "要用外部工具检测，本系统不代为判断"


def inspect(packed: Packed, *, at: datetime, who: str) -> Inspection:
    """Every item on one package or on the archive."""
    outcomes = tuple(_outcome(packed, *item) for item in ITEMS)
    return Inspection(stage=packed.stage, subject=packed.subject, at=at, who=who, outcomes=outcomes)


def _outcome(packed: Packed, number: str, group: str, name: str, check: Check | str, only: str) -> Outcome:
    full = f"{packed.stage.value}{number}"
    elsewhere = {"package": not packed.is_package, "archive": packed.is_package}.get(only, False)
    if isinstance(check, str) or elsewhere:
        why = check if isinstance(check, str) else "这里没有信息包" if only == "package" else "在档案系统里检测"
        return Outcome(number=full, group=group, name=name, result=Result.NOT_APPLICABLE, looked_at=why)
    looked, found = check(packed)
    faults = tuple(found)
    result = Result.FAIL if faults else Result.PASS
    return Outcome(number=full, group=group, name=name, result=result, looked_at=looked, faults=faults)


def _extra(packed: Packed) -> tuple[str, Iterable[str]]:
    return "全部文件与清单", (f"{path}：清单上没有" for path in packed.extra)


ITEMS: tuple[tuple[str, str, str, Check | str, str], ...] = (
    ("1-1", "真实性·来源", "固化信息有效性检测", f"没有电子签名、电子印章、时间戳；{_OUTSIDE}", ""),
    ("1-2", "真实性·元数据准确性", "元数据项数据长度检测", authenticity.lengths, ""),
    ("1-3", "真实性·元数据准确性", "元数据项数据类型、格式检测", authenticity.types, ""),
    ("1-4", "真实性·元数据准确性", "设定值域的元数据项值域符合度检测", authenticity.ranges, ""),
    ("1-5", "真实性·元数据准确性", "元数据项数据值合理性检测", authenticity.sense, ""),
    ("1-6", "真实性·元数据准确性", "元数据项数据包含特殊字符检测", authenticity.characters, ""),
    ("1-7", "真实性·元数据准确性", "档号规范性检测", authenticity.codes, ""),
    ("1-8", "真实性·元数据准确性", "元数据项数据重复性检测", authenticity.doubles, ""),
    ("1-9", "真实性·内容真实性", "内容数据的电子属性一致性检测", authenticity.sizes, ""),
    ("1-10", "真实性·关联", "元数据是否关联内容数据检测", authenticity.linked, ""),
    (
        "1-11",
        "真实性·信息包",
        "说明文件和目录文件规范性检测",
        lambda p: ("说明文件、移交清单", p.description),
        "package",
    ),
    (
        "1-12",
        "真实性·信息包",
        "信息包目录结构规范性检测",
        lambda p: ("BagIt 结构，每件一个文件夹", p.structure),
        "package",
    ),
    ("1-13", "真实性·信息包", "信息包一致性检测", lambda p: (f"{p.digested} 个文件的 SHA-256", p.digests), ""),
    ("2-1", "完整性·数据总量", "总件数相符性检测", completeness.total_items, ""),
    ("2-2", "完整性·数据总量", "总字节数相符性检测", completeness.total_bytes, ""),
    ("2-3", "完整性·元数据", "元数据项完整性检测", completeness.elements, ""),
    ("2-4", "完整性·元数据", "元数据必填著录项目检测", completeness.required, ""),
    ("2-5", "完整性·元数据", "过程信息完整性检测", completeness.steps, ""),
    ("2-6", "完整性·元数据", "连续性元数据项检测", completeness.gaps, ""),
    ("2-7", "完整性·内容", "内容数据完整性检测", completeness.contents, ""),
    ("2-8", "完整性·内容", "附件数据完整性检测", completeness.annexes, ""),
    ("2-9", "完整性·信息包", "元数据与内容数据齐全性检测", completeness.together, "package"),
    ("3-1", "可用性·元数据", "元数据可读性检测", usability.metadata, ""),
    ("3-2", "可用性·元数据", "目标数据库中元数据可访问性检测", "要在接收方的系统里检测", ""),
    ("3-3", "可用性·内容", "内容数据格式检测", usability.formats, ""),
    ("3-4", "可用性·内容", "内容数据可读性检测", usability.opens, ""),
    ("3-5", "可用性·软硬件", "软硬件环境合规性检测", _OUTSIDE, ""),
    ("3-6", "可用性·信息包", "信息包中内容数据格式合规性检测", "与 3-3 同一对象，已在 3-3 检测", ""),
    ("3-7", "可用性·信息包", "无非公开压缩、加密、口令检测", usability.closed, ""),
    ("4-1", "安全性·病毒", "系统环境是否安装杀毒软件检测", _OUTSIDE, ""),
    ("4-2", "安全性·病毒", "病毒感染检测", _OUTSIDE, ""),
    ("4-3", "安全性·载体", "载体中多余文件检测", _extra, ""),
    ("4-4", "安全性·载体", "载体读取速度检测", _OUTSIDE, ""),
    ("4-5", "安全性·载体", "载体外观检测", "由人查看", ""),
    ("4-6", "安全性·载体", "光盘合格性检测", _OUTSIDE, ""),
    ("4-7", "安全性·过程", "操作过程安全性检测", lambda p: ("业务行为的哈希链", p.process), "archive"),
)
"""Number, group, name, how it is judged or why it is not, and where alone it can be judged (DA/T 70-2018; serials but three are GK)."""


def summary(inspection: Inspection) -> str:
    """How many passed, failed, do not apply: 通过 24 项，不通过 0 项，不适用 10 项."""
    held = Counter(outcome.result for outcome in inspection.outcomes)
    return "，".join(f"{result.chinese} {held[result]} 项" for result in Result)

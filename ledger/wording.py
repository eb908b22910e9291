"""The wording of the ledger's rules, by number (台账规则)."""

from __future__ import annotations

from model.findings import Finding, Severity

RULES: dict[str, tuple[Severity, str, str]] = {
    "L01": (Severity.ERROR, "单位“{value}”不在本次行动的单位名单里", "{hint}"),
    "L02": (Severity.WARNING, "单位写作“{value}”，按别名认作“{name}”", "请改用全称"),
    "L03": (Severity.WARNING, "{column}“{value}”的写法不统一，认作 {day}", "请写成 {day}"),
    "L04": (Severity.ERROR, "{column}“{value}”看不出是哪一天", "请写成 2026-03-05 的形式"),
    "L05": (Severity.ERROR, "{column}没有填写", "请补上{column}"),
    "L06": (Severity.ERROR, "重大问题缺少“五落实”中的{value}", "请补上{value}；确实没有的写明“无”"),
    "L07": (Severity.ERROR, "已销号但没有复查记录", "销号要先复查：请补上复查日期和复查人，或改回未销号"),
    "L08": (Severity.ERROR, "已销号但没有销号日期", "请补上销号日期"),
    "L09": (Severity.ERROR, "{later}早于{earlier}", "请核对这两个日期"),
    "L10": (Severity.ERROR, "“{value}”不是本次行动规定的{column}", "{hint}"),
    "L11": (Severity.ERROR, "序号 {value} 重复，前面已有一行用了这个序号", "请给后一行另编序号；本次只收下前一行"),
    "L12": (Severity.ERROR, "提到的“原第{value}号”台账里没有", "请核对原序号"),
    "L13": (Severity.ERROR, "填了销号日期，状态却是“{value}”", "请核对：未销号的删去销号日期，已销号的改状态"),
    "L14": (Severity.ERROR, "重大问题未销号，状态却不是挂牌督办", "请改为挂牌督办，或核对等级"),
    "L15": (Severity.ERROR, "序号“{value}”不是数字", "请写成 1、2、3；本行未收下"),
    "L16": (Severity.WARNING, "复查人就是整改责任人（{value}）", "请由责任人以外的人复查"),
    "L17": (Severity.ERROR, "状态是“复查退回”，却没有复查记录", "请补上复查日期和复查人"),
}


def finding(rule: str, number: int | None, file: str, line: int, key: str, **values: str) -> Finding:
    """The finding of a rule about a row: its line in the file, its column, and the problem's number."""
    severity, message, fix = RULES[rule]
    return Finding(
        rule=rule,
        severity=severity,
        message=message.format(**values),
        fix=fix.format(**values),
        file=file,
        line=line,
        key=key,
        subject=f"第{number}号" if number is not None else None,
    )

"""The wording of readiness rules, by number (迎检准备规则)."""

from __future__ import annotations

from model.findings import Finding, Severity

RULES: dict[str, tuple[Severity, str, str | None]] = {
    "R01": (Severity.ERROR, "缺“{name}”，已逾期 {days} 天：{who}", "收到后用 juanzong archive add 归档"),
    "R02": (Severity.WARNING, "缺“{name}”（没有规定期限）：{who}", "收到后用 juanzong archive add 归档"),
    "R03": (Severity.WARNING, "“{name}”还有 {days} 天到期（{due}）：{who}", "请提前催办"),
    "R04": (Severity.INFO, "“{name}”尚未到期（{due}）：{who}", None),
    "R05": (Severity.INFO, "没有“{name}”（可有可无）：{who}", None),
    "R06": (Severity.INFO, "有 {count} 件材料没有对应的要求，装包时放在最后一卷", None),
}


def finding(rule: str, subject: str | None, **values: str) -> Finding:
    """The finding of a rule; `subject` is the requirement's code."""
    severity, message, fix = RULES[rule]
    return Finding(rule=rule, severity=severity, message=message.format(**values), fix=fix, subject=subject)

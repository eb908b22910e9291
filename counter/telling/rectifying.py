"""Chinese lines about the problem ledger."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import count_of, findings, lines
from desk.answers import rectifying as a
from model.wording import chinese_date


@lines.register
def _(answer: a.LedgerImported) -> Iterator[str]:
    yield from findings(answer.findings)
    told = f"台账收入 {answer.rows} 行：新增 {answer.new}，更新 {answer.changed}"
    yield f"{told}；{count_of(answer.findings)}。" + ("有毛病的行已照原样收下，请核对。" if answer.findings else "")


@lines.register
def _(answer: a.Problems) -> Iterator[str]:
    yield from map(_line, answer.problems)
    yield f"共 {len(answer.problems)} 条（按 {chinese_date(answer.on)} 计）。"


def _line(row: a.ProblemLine) -> str:
    late = f"　逾期 {row.overdue} 天" if row.overdue > 0 else ""
    deadline = f"，{chinese_date(row.deadline)}前整改" if row.deadline else "，未定时限"
    return f"{row.number}　{row.unit}　{row.text}（{row.grade or '等级不详'}，{row.state}{deadline}）{late}"


_NEXT = {
    "下达整改": "整改通知书",
    "复查合格": "复查意见书",
    "复查退回": "复查意见书",
    "挂牌督办": "挂牌督办通知书",
    "解除挂牌": "解除挂牌督办通知书",
}
"""The paper that goes with a step."""


@lines.register
def _(answer: a.Stepped) -> Iterator[str]:
    yield from map(_line, answer.problems)
    yield f"已办理{answer.act}：{len(answer.problems)} 个问题。"
    if answer.act in _NEXT:
        which = " ".join(f"--problem {row.number}" for row in answer.problems)
        yield f"下一步：juanzong draft {answer.campaign} {_NEXT[answer.act]} {which}"


_ROW = {
    "检查人": "found_by",
    "类别": "category",
    "等级": "grade",
    "整改措施": "measure",
    "责任人": "person",
    "责任单位": "office",
    "整改资金": "funds",
    "应急预案": "contingency",
}


@lines.register
def _(answer: a.ProblemShown) -> Iterator[str]:
    row = answer.problem
    yield f"第{row.number}号　{answer.unit}　{row.text}"
    yield f"  检查日期：{chinese_date(row.found) if row.found else '不详'}"
    yield from (f"  {name}：{getattr(row, field) or '（空）'}" for name, field in _ROW.items())
    yield f"  整改时限：{chinese_date(row.deadline) if row.deadline else '未定'}"
    yield f"  状态：{row.state_text or '不详'}"
    yield "经过："
    for change in answer.history:
        day = chinese_date(change.day) if change.day else f"{change.at:%Y-%m-%d} 登记"
        said = "；".join(
            filter(
                None,
                (
                    change.text,
                    f"时限 {chinese_date(change.deadline)}" if change.deadline else "",
                    f"审批人 {change.approver}" if change.approver else "",
                ),
            )
        )
        yield f"  {day}　{change.act}　{change.who or change.entered_by}{f'（{said}）' if said else ''}　→ {change.state}"


@lines.register
def _(answer: a.LedgerReport) -> Iterator[str]:
    yield f"{answer.campaign}问题整改统计（截至 {chinese_date(answer.on)}）"
    for name, rows in (("单位", answer.by_unit), ("类别", answer.by_category), ("等级", answer.by_grade)):
        yield f"按{name}："
        yield from map(_figures, rows)
    yield _figures(answer.total).strip()
    since = (
        f"{chinese_date(answer.start)}至{chinese_date(answer.end)}" if answer.start else f"到{chinese_date(answer.end)}"
    )
    yield f"{since}：发现 {answer.new} 个，销号 {answer.struck_off} 个。"


def _figures(row: a.FigureLine) -> str:
    told = f"发现 {row.found}，销号 {row.closed}，未整改 {row.remaining}（逾期 {row.overdue}，挂牌 {row.listed}）"
    return f"  {row.name}　{told}，整改率 {row.rate}"


@lines.register
def _(answer: a.LedgerExported) -> Iterator[str]:
    yield f"已导出 {answer.rows} 行：{answer.path}"

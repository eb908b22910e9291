"""Chinese lines about the problem ledger."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import count_of, findings, lines
from desk import answers as a
from model.wording import chinese_date


@lines.register
def _(answer: a.LedgerImported) -> Iterator[str]:
    yield from findings(answer.findings)
    told = f"台账收入 {answer.rows} 行：新增 {answer.new}，更新 {answer.changed}"
    yield f"{told}；{count_of(answer.findings)}。" + ("有毛病的行已照原样收下，请核对。" if answer.findings else "")


@lines.register
def _(answer: a.Problems) -> Iterator[str]:
    for row in answer.problems:
        late = f"　逾期 {row.overdue} 天" if row.overdue > 0 else ""
        deadline = f"，{chinese_date(row.deadline)}前整改" if row.deadline else "，未定时限"
        yield f"{row.number}　{row.unit}　{row.text}（{row.grade or '等级不详'}，{row.state}{deadline}）{late}"
    yield f"共 {len(answer.problems)} 条（按 {chinese_date(answer.on)} 计）。"

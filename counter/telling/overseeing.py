"""Chinese lines about what is due, the machine and the demonstration."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import count_of, findings, lines
from desk.answers import overseeing as a
from model.wording import chinese_date


@lines.register
def _(answer: a.Status) -> Iterator[str]:
    for thing in answer.due:
        told = (
            f"逾期 {thing.late} 天" if thing.late > 0 else ("今天到期" if thing.late == 0 else f"还有 {-thing.late} 天")
        )
        yield f"{told}　{chinese_date(thing.due)}　{thing.what}（{thing.who}）"
    late = sum(thing.late > 0 for thing in answer.due)
    yield f"截至 {chinese_date(answer.on)}：逾期 {late} 项，近期到期 {len(answer.due) - late} 项。"


@lines.register
def _(answer: a.Examined) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"检查完毕：{count_of(answer.findings)}。"


@lines.register
def _(answer: a.Demonstrated) -> Iterator[str]:
    yield f"演示完成：{answer.path}"
    yield f"  起草公文 {answer.papers} 份，归档 {answer.records} 件，迎检材料还缺 {answer.missing} 项。"
    for search in answer.searches:
        yield f"  检索“{search.which}”：{search.why}"
    yield f"  材料包：{answer.pack}（核验无误，指纹 {answer.fingerprint[:16]}…）"
    yield "可以这样看："
    for look in answer.look:
        yield f"  {look}"

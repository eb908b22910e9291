"""Hand-over and inspection told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from counter.telling.base import lines
from desk.answers import handing_over as a
from model.packages import Inspection, Result


def _inspection(found: Inspection) -> Iterator[str]:
    for outcome in found.outcomes:
        if outcome.result is Result.FAIL:
            yield f"  {outcome.number} {outcome.name}：不通过（{outcome.looked_at}）"
            yield from (f"      {fault}" for fault in outcome.faults[:10])
            if len(outcome.faults) > 10:
                yield f"      等 {len(outcome.faults)} 处"
    held = Counter(outcome.result for outcome in found.outcomes)
    told = "，".join(f"{result.chinese} {held[result]} 项" for result in Result)
    yield f"四性检测（{found.stage.chinese}）{'合格' if found.passed else '不合格'}：{told}。"


@lines.register
def _(answer: a.PackageMade) -> Iterator[str]:
    yield f"移交包已做好：{answer.path}（{answer.items} 件，{answer.size} 字节，指纹 {answer.fingerprint[:16]}…）"
    yield from _inspection(answer.inspection)
    yield from (f"已写出　{path}" for path in answer.paths)
    if answer.inspection.passed:
        yield f"交出并由对方签收后：juanzong handover confirm {answer.path} --receiver 档案馆名称"


@lines.register
def _(answer: a.Inspected) -> Iterator[str]:
    yield from _inspection(answer.inspection)
    yield from (f"已写出　{path}" for path in answer.paths)


@lines.register
def _(answer: a.HandedOver) -> Iterator[str]:
    yield f"已登记移交 {answer.items} 件给{answer.receiver}；登记表 {answer.form} 请双方签章。"

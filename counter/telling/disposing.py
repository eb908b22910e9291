"""Appraisal and disposal told."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import lines
from desk.answers import disposing as a
from model.disposals import DisposalState
from model.wording import chinese_date


@lines.register
def _(answer: a.PeriodsOver) -> Iterator[str]:
    for record in answer.records:
        yield f"期满　{record.code}　{record.title}（{record.retention}）"
    for record in answer.held:
        yield f"期满但已冻结　{record.code}　{record.title}"
    yield f"截至 {chinese_date(answer.on)}：期满 {len(answer.records)} 件，冻结 {len(answer.held)} 件。"
    if answer.records:
        yield "要鉴定的：juanzong disposal propose --due --reason 原因"


@lines.register
def _(answer: a.DisposalsShown) -> Iterator[str]:
    for each in answer.disposals:
        yield f"{each.number}　{each.state.value}　{len(each.records)} 件　{each.reason}（{each.proposed_by}提出）"
        if each.state is DisposalState.PROPOSED:
            yield f"        打印清册鉴定后：juanzong disposal approve {each.number} --approver 姓名 --basis 批准文号"
        elif each.state is DisposalState.APPROVED:
            told = f"juanzong disposal carry-out {each.number} --witness 甲 --witness 乙"
            yield f"        {each.approved_by}批准（{each.basis}）；销毁后不能恢复：{told}"
        elif each.state is DisposalState.DONE:
            yield f"        {'、'.join(each.witnesses)}监销；镜像和别处的副本请一并处理：juanzong archive mirror"
    if answer.path:
        yield f"已写出　{answer.path}"
    if not answer.disposals:
        yield "没有鉴定销毁的记录。"

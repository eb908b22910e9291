"""Chinese lines about records."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import lines
from desk import answers as a
from model.records import Record
from model.wording import chinese_date


def _versions(record: Record) -> Iterator[str]:
    for version in record.versions:
        yield f"  第 {version.number} 版　{version.created:%Y-%m-%d %H:%M}　{version.who}　{version.reason}"
        for file in version.files:
            yield f"    {file.part}　{file.name}（{file.size} 字节，SHA-256 {file.sha256[:16]}…）"


def _record_line(record: a.RecordLine) -> str:
    dated = chinese_date(record.date) if record.date else "日期不详"
    return f"{record.code}　{record.title}（{record.issuer or '责任者不详'}，{dated}，{record.retention}）"


@lines.register
def _(answer: a.Filed) -> Iterator[str]:
    verb = "将归档" if answer.dry_run else "已归档"
    for paper in answer.filed:
        yield f"{verb}　{paper.code}　{paper.title}{f'（{paper.remark}）' if paper.remark else ''}"
    for copy in answer.duplicates:
        yield f"已有同一文件　{copy.path.name} 与 {copy.of}《{copy.title}》逐字节相同，未再归档"
    for refused in answer.refused:
        yield f"未归档　{refused.path}：{refused.why}"
    yield f"共{verb} {len(answer.filed)} 件，重复 {len(answer.duplicates)} 件，未归 {len(answer.refused)} 件。"


@lines.register
def _(answer: a.Records) -> Iterator[str]:
    for record in answer.records:
        yield _record_line(record)
    yield f"共 {len(answer.records)} 件。" if answer.records else "没有符合条件的件。"


@lines.register
def _(answer: a.RecordShown) -> Iterator[str]:
    for line in answer.records:
        yield _record_line(line)
    yield from _versions(answer.record)
    yield "经过："
    for event in answer.events:
        reason = f"（{event.reason}）" if event.reason else ""
        yield f"  {event.at:%Y-%m-%d %H:%M}　{event.who}　{event.action}{reason}"


@lines.register
def _(answer: a.Fetched) -> Iterator[str]:
    for path in answer.paths:
        yield f"已取出　{path}"
    yield f"{answer.code} 的文件与归档时逐字节相同。"

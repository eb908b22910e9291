"""Chinese lines about records."""

from __future__ import annotations

from collections.abc import Iterator

from counter.telling.base import findings, lines
from desk.answers import filing as a
from model.records import Record
from model.wording import chinese_date


def _versions(record: Record) -> Iterator[str]:
    for version in record.versions:
        yield f"  第 {version.number} 版　{version.created:%Y-%m-%d %H:%M}　{version.who}　{version.reason}"
        for file in version.files:
            yield f"    {file.part}　{file.name}（{file.size} 字节，SHA-256 {file.sha256[:16]}…）"


def _record_line(record: a.RecordLine) -> str:
    dated = chinese_date(record.date) if record.date else "日期不详"
    return f"{record.code}　{record.title}（{record.issuer or '责任者不详'}，{dated}，{record.retention}）" + (
        f"　已销毁（{record.disposed}）" if record.disposed else ""
    )


@lines.register
def _(answer: a.Filed) -> Iterator[str]:
    verb = "将归档" if answer.dry_run else "已归档"
    for paper in answer.filed:
        origin = "" if paper.title == paper.path.stem else f"　← {paper.path.name}"
        yield f"{verb}　{paper.code}　{paper.title}{origin}{f'（{paper.remark}）' if paper.remark else ''}"
    for paper in answer.earlier:
        yield f"上次已归档　{paper.code}　{paper.path}"
    for copy in answer.duplicates:
        yield f"已有同一文件　{copy.path} 与 {copy.of}《{copy.title}》逐字节相同，未再归档"
    for held in answer.held:
        yield f"存疑未归　{held.path}：{held.why}"
    for refused in answer.refused:
        yield f"未归档　{refused.path}：{refused.why}"
    for passed in answer.passed:
        yield f"略过　{passed.path}：{passed.why}"
    told = (
        (f"共{verb}", answer.filed), ("上次已归", answer.earlier), ("重复", answer.duplicates), ("存疑", answer.held),
        ("未归", answer.refused), ("略过", answer.passed),
    )  # fmt: skip
    yield (
        "，".join(f"{what} {len(lines)} 件" for what, lines in told if lines or what.startswith(("共", "重复", "未归")))
        + "。"
    )


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
    for former in answer.record.former:
        yield f"  原档号 {former.code}（{former.why}）"
    if answer.record.description.hold:
        yield f"  冻结：{answer.record.description.hold}"
    for relation in answer.relations:
        told = f"{relation.code}《{relation.title}》"
        yield f"  关系：本件{relation.kind} {told}" if relation.own else f"  关系：{told} {relation.kind}本件"
    yield "经过："
    for event in answer.events:
        reason = f"（{event.reason}）" if event.reason else ""
        yield f"  {event.at:%Y-%m-%d %H:%M}　{event.who}　{event.action}{reason}"


@lines.register
def _(answer: a.Fetched) -> Iterator[str]:
    for path in answer.paths:
        yield f"已取出　{path}"
    yield f"{answer.code} 的文件与归档时逐字节相同。"


@lines.register
def _(answer: a.Described) -> Iterator[str]:
    for record in answer.records:
        yield _record_line(record)
    for field in answer.fields:
        waiting = "" if field.confirmed else "（待核）"
        read = f"　←　文中读出“{field.read}”（{field.confidence}）" if field.read and field.read != field.value else ""
        if field.value or read:
            yield f"  {field.name}：{field.value or '不详'}{waiting}{read}"
    yield f"  期限依据：{answer.retention_reason or '没有记'}"
    for code in answer.former:
        yield f"  原档号：{code}"
    if any(not field.confirmed for field in answer.fields):
        yield "核对无误后：juanzong archive describe 档号 --confirm"


@lines.register
def _(answer: a.Previewed) -> Iterator[str]:
    for path in answer.paths:
        yield f"已做成　{path}"
    yield from findings(answer.findings)
    for failure in answer.failed:
        yield f"没有做成　{failure.which}：{failure.why}"

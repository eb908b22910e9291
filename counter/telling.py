"""Answers and errors told as Chinese lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from desk import answers as a
from model.campaigns import Campaign, Due
from model.errors import FaultyInput, JuanzongError
from model.findings import Finding, Severity
from model.records import Damage, Record
from model.wording import chinese_date, chinese_period


@singledispatch
def lines(answer: a.Answer) -> Iterator[str]:
    """The lines a clerk reads."""
    raise TypeError(type(answer))


def error_lines(error: JuanzongError) -> Iterator[str]:
    """One line that says what, which, why and what to do next; the findings of a faulty input before it."""
    if isinstance(error, FaultyInput):
        yield from findings(f for f in error.findings if isinstance(f, Finding))
    yield f"{error}"


def findings(found: Iterable[Finding]) -> Iterator[str]:
    """Findings, a line each, with what would be right below."""
    for finding in found:
        where = "".join(
            (
                f"{finding.file}：" if finding.file else "",
                f"第{finding.line}行" if finding.line else "",
                f"（{finding.key}）" if finding.key else "",
            )
        )
        subject = f"【{finding.subject}】" if finding.subject else ""
        yield f"  {finding.severity.chinese}  {where}{'　' if where else ''}{subject}{finding.message}"
        if finding.fix:
            yield f"        改法：{finding.fix}"


def count_of(found: Iterable[Finding]) -> str:
    """How many errors, warnings and remarks: 2 处错误、1 处提醒."""
    found = tuple(found)
    told = [
        f"{number} 处{severity.chinese}"
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in found))
    ]
    return "、".join(told) or "没有发现问题"


@lines.register
def _(answer: a.OfficeMade) -> Iterator[str]:
    yield f"已建立“{answer.name}”的单位文件夹：{answer.path}"
    yield f"下一步：{answer.next}"


@lines.register
def _(answer: a.Checked) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"检查完毕：{count_of(answer.findings)}。" + (
        "" if answer.exit == 0 else "有错误的定义不能使用，请改正后再查。"
    )


@lines.register
def _(answer: a.CampaignAdded) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"已收入：{answer.campaign.name}（{answer.campaign.id}）"
    yield f"下一步：juanzong draft {answer.campaign.id} --all 起草全部材料"


@lines.register
def _(answer: a.Recovered) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"已还原成行动定义的草稿：{answer.path}。请逐项核对，特别是 assumed 里列出的各项。"
    yield f"下一步：改好后运行 juanzong campaign check {answer.path}"


@lines.register
def _(answer: a.Campaigns) -> Iterator[str]:
    if not answer.campaigns:
        yield "还没有行动。用 juanzong campaign add 定义文件 收入一个。"
    for line in answer.campaigns:
        yield f"{line.id}　{line.name}（{line.kind}，{chinese_period(line.start, line.end)}，{line.units} 个单位）"
    yield from findings(answer.findings)


@lines.register
def _(answer: a.CampaignShown) -> Iterator[str]:
    yield from _campaign_lines(answer.campaign)
    yield from _due_lines(answer.due)


def _campaign_lines(campaign: Campaign) -> Iterator[str]:
    yield f"{campaign.name}（{campaign.id}）"
    yield f"  类别：{campaign.kind}　发文机关：{campaign.issuer.name}"
    yield f"  时间：{chinese_period(campaign.period.start, campaign.period.end)}"
    yield f"  检查领域 {len(campaign.areas)} 个，检查项 {sum(len(area.items) for area in campaign.areas)} 个；" + (
        f"单位 {len(campaign.units)} 个；要求材料 {len(campaign.documents)} 种"
    )
    for stage in campaign.stages:
        yield f"  {stage.name}：{stage.raw or chinese_period(stage.start, stage.end)}"


def _due_lines(due: Iterable[Due]) -> Iterator[str]:
    due = tuple(due)
    if due:
        yield "到期事项："
    for thing in due:
        yield f"  {chinese_date(thing.due)}　{thing.what}（{thing.who}）{'　已过期' if thing.late else ''}"


@lines.register
def _(answer: a.FieldsListed) -> Iterator[str]:
    yield f"{answer.kind}用到的字段："
    for field in answer.fields:
        example = f"，如 {field.example}" if field.example else ""
        yield f"  {field.name}（{field.type}）　取自 {field.source}{example}"


@lines.register
def _(answer: a.PaperExplained) -> Iterator[str]:
    for line in answer.explained:
        yield line.text
        parts = [f"{line.form} 第{line.line}行"]
        parts += [f"字段 {'、'.join(line.facts)}"] if line.facts else []
        parts += [f"段落库 {'、'.join(line.wordings)}"] if line.wordings else []
        parts += [f"缺 {'、'.join(line.missing)}"] if line.missing else []
        yield f"    ← {'；'.join(parts)}"


@lines.register
def _(answer: a.Drafted) -> Iterator[str]:
    for paper in answer.papers:
        yield f"已写成　{paper.title}{f'（{paper.unit}）' if paper.unit else ''}"
        yield f"        {paper.path}"
        if paper.kept:
            yield f"        原有的 {paper.kept.name} 被改过，保留未动"
    yield from findings(answer.findings)
    lacking = [(fact, paper) for paper in answer.papers for fact in paper.missing]
    if lacking:
        yield "待补的内容："
        for fact in dict.fromkeys(fact for fact, _ in lacking):
            where = [paper.unit or paper.title for lack, paper in lacking if lack == fact]
            yield f"  {fact}（{where[0]}{f' 等 {len(where)} 份' if len(where) > 1 else ''}）"
    for failure in answer.failed:
        yield f"没有写成　{failure.which}：{failure.why}"
    if answer.unknown:
        yield f"这一版还不会写：{'、'.join(answer.unknown)}"
    yield f"共写成 {len(answer.papers)} 份。"


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


def _record_line(record: a.RecordLine) -> str:
    dated = chinese_date(record.date) if record.date else "日期不详"
    return f"{record.code}　{record.title}（{record.issuer or '责任者不详'}，{dated}，{record.retention}）"


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


def _versions(record: Record) -> Iterator[str]:
    for version in record.versions:
        yield f"  第 {version.number} 版　{version.created:%Y-%m-%d %H:%M}　{version.who}　{version.reason}"
        for file in version.files:
            yield f"    {file.part}　{file.name}（{file.size} 字节，SHA-256 {file.sha256[:16]}…）"


@lines.register
def _(answer: a.Fetched) -> Iterator[str]:
    for path in answer.paths:
        yield f"已取出　{path}"
    yield f"{answer.code} 的文件与归档时逐字节相同。"


def _damage(damaged: Iterable[Damage]) -> Iterator[str]:
    for damage in damaged:
        yield f"受损！　{damage.record}　{damage.path}：{damage.why}"


@lines.register
def _(answer: a.Verified) -> Iterator[str]:
    yield from _damage(answer.damaged)
    yield from findings(answer.findings)
    if answer.damaged:
        yield f"核验了 {answer.checked} 个文件，{len(answer.damaged)} 处受损。请不要改动档案文件夹，先用备份核对上面列出的文件。"
    else:
        yield f"核验了 {answer.checked} 个文件，全部完好。"


@lines.register
def _(answer: a.Mirrored) -> Iterator[str]:
    yield from _damage(answer.damaged)
    yield f"镜像在 {answer.path}：新抄 {answer.copied} 件，原有 {answer.kept} 件核对无误。"
    if answer.damaged:
        yield "受损的没有抄过去，镜像里原有的没有动。请运行 juanzong archive repair。"


@lines.register
def _(answer: a.Repaired) -> Iterator[str]:
    yield from _damage(answer.damaged)
    yield f"由镜像修复了 {len(answer.mended)} 件，还有 {len(answer.damaged)} 处没有修好。"


@lines.register
def _(answer: a.Rebuilt) -> Iterator[str]:
    yield from _damage(answer.damaged)
    yield f"由库房重建了目录：{answer.records} 件，{answer.events} 条业务行为，台账{'已恢复' if answer.ledger else '原来就没有'}。"


@lines.register
def _(answer: a.Found) -> Iterator[str]:
    hits = answer.answer
    if hits.relaxed:
        yield hits.relaxed
    for number, hit in enumerate(hits.hits, 1):
        page = f"　{hit.page}" if hit.page else ""
        yield f"{number}. {hit.title}　{hit.code}{page}"
        if hit.snippet:
            yield f"   {hit.snippet.replace('⟦', '【').replace('⟧', '】')}"
    if not hits.hits:
        yield f"没有找到“{answer.words}”。可以换一个词，或者少写几个词再试。"
    else:
        more = "" if hits.exact else "以上"
        yield f"共找到 {hits.total} 件{more}，列出 {len(hits.hits)} 件。"


@lines.register
def _(answer: a.IndexState) -> Iterator[str]:
    if answer.rebuilt:
        yield "索引已重建。"
    yield f"检索引擎 {answer.engine}（分词第 {answer.tokenizer} 版），已收 {answer.indexed} 件，档案共 {answer.records} 件。"
    for failure in answer.lacking:
        yield f"  没有正文可检索　{failure.which}：{failure.why}"


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


@lines.register
def _(answer: a.Ready) -> Iterator[str]:
    yield from findings(answer.findings)
    yield f"截至 {chinese_date(answer.on)}：要求 {answer.asked} 项，已有 {answer.met} 项，还缺 {answer.asked - answer.met} 项。"


@lines.register
def _(answer: a.Packed) -> Iterator[str]:
    yield f"材料包已做好：{answer.path}（{answer.files} 个文件，指纹 {answer.fingerprint[:16]}…）"
    if answer.missing:
        yield f"还有 {answer.missing} 项没有材料，目录中已标明。"
    yield f"打开 {answer.path / 'index.html'} 查看；juanzong pack verify {answer.path} 核验。"


@lines.register
def _(answer: a.PackVerified) -> Iterator[str]:
    yield from _damage(answer.damaged)
    if answer.damaged:
        yield f"材料包有 {len(answer.damaged)} 处不对，不要交出，请重新做包。"
    else:
        yield f"材料包完好：{answer.files} 个文件与清单一致，指纹 {answer.fingerprint[:16]}…"


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

"""Handing over: 移交包, 移交清单, 四性检测 at every stage, and the record that it took place."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from archive import cataloguing, inspecting, packaging
from archive.bagging import TAGS
from archive.events import Act, chain_damage
from archive.kept import Change
from archive.numbers import NO_FONDS
from desk import rooms
from desk.answers.base import to_json
from desk.answers.handing_over import HandedOver, Inspected, PackageMade
from desk.books import layout_of
from desk.cataloguing import Which, chosen
from desk.offices import Workspace, open_workspace, operator
from generators.pages.sheets import write_pages, write_workbook
from indexer.texts.readers import Readers
from model.errors import NotFound, Refused
from model.packages import History, Inspection, Packed, PackedItem, Stage
from model.records import Record, by_sequence
from model.sheets import Column, Sheet
from model.texts import TextState
from storage.files import digest_of, replace_file
from storage.ocfl import json_bytes

Progress = Callable[[int, int], None]
PACKAGE = "移交包"
REPORT = "四性检测报告"
_UNREADABLE = (TextState.UNREADABLE, TextState.CRASHED)


def make(folder: Path, which: Which, output: Path, *, progress: Progress) -> PackageMade:
    """Make a hand-over package of the records that fit, inspect it as the receiver would, and write lists and report beside it."""
    workspace = open_workspace(folder)
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Refused("没有做移交包", str(output), "这里已经有别的文件", "请用 -o 指定一个新的文件夹")
    with rooms.reading(workspace) as opened, Readers(ocr=False) as readers:
        records = [record for record in chosen(workspace, opened, which) if not record.disposed]
        lists = _lists(workspace, records)
        packaging.make(
            output / PACKAGE,
            (history(opened, record) for record in records),
            workspace.office,
            content=opened.strongroom.blocks,
            lists=lists,
            void=[(f"{packaging.class_name(register)}-{item:04d}", why) for register, item, why in _void(opened)],
            now=opened.now,
            progress=lambda done: progress(done, 2 * len(records)),
        )
        packed = packaging.read(output / PACKAGE, _probe(readers))
        progress(2 * len(records), 2 * len(records))
    found = inspecting.inspect(packed, at=opened.now, who=opened.who)
    for name, content in lists.items():
        replace_file(output / name, content)
    paths = write_report(workspace, found, output)
    size = sum(file.size for record in records for file in record.files)
    fingerprint = digest_of(output / PACKAGE / TAGS).sha256
    return PackageMade(
        path=output / PACKAGE, items=len(records), size=size, fingerprint=fingerprint, inspection=found, paths=paths
    )


def history(opened: rooms.Rooms, record: Record) -> History:
    """A record with its events, those of its registration included."""
    entry = record.description.registration
    events = (*opened.strongroom.events(record.id), *(opened.strongroom.events(entry) if entry else ()))
    return History(record, by_sequence(events))


def _void(opened: rooms.Rooms) -> Iterator[tuple[str, int, str]]:
    """件号 without a 件, and why: those of records that moved to another class, and of those that were destroyed."""
    for record in opened.strongroom.records():
        yield from ((former.register, former.item, former.why) for former in record.former)
        if record.disposed:
            yield record.register, record.item, f"已销毁（{record.disposed}）"


def _lists(workspace: Workspace, records: Sequence[Record]) -> dict[str, bytes]:
    """移交清单 in both forms."""
    office = workspace.office
    size = sum(file.size for record in records for file in record.files)
    above = (
        f"移交单位：{office.name}　全宗号：{office.fonds or NO_FONDS}",
        f"共 {len(records)} 件，{sum(len(record.files) for record in records)} 个文件，{size} 字节（{size / 1e9:.3f} GB）",
    )
    below = ("移交人：　　　　　　　接收人：　　　　　　　日期：　　　　年　月　日",)
    sheet = cataloguing.transfer(records, office, "移交清单", above, below)
    return {"移交清单.docx": write_pages(sheet, layout_of(workspace)), "移交清单.xlsx": write_workbook((sheet,))}


def _probe(readers: Readers) -> packaging.Probe:
    """Whether a file can be opened, by reading it as the finding aid does, but without recognising scans: that would take hours."""

    def probe(path: Path) -> tuple[str, bool]:
        text = readers.read(path)
        return (text.why or text.state.chinese) if text.state in _UNREADABLE else "", text.state is TextState.ENCRYPTED

    return probe


def check(package: Path, output: Path | None, *, progress: Progress) -> Inspected:
    """Inspect a package as a receiver does; needs no office. Raises NotFound where there is none."""
    if not (package / "data").is_dir():
        raise NotFound("没有检测", str(package), "这里没有移交包", "请指定 handover make 做出的“移交包”文件夹")
    with Readers(ocr=False) as readers:
        packed = packaging.read(package, _probe(readers))
    progress(1, 1)
    found = inspecting.inspect(packed, at=datetime.now(), who=operator())
    paths = write_report(None, found, output) if output else ()
    return Inspected(inspection=found, paths=paths)


def inspect(folder: Path, which: Which, stage: Stage, output: Path | None, *, progress: Progress) -> Inspected:
    """Inspect records of the archive itself, at filing or in long-term keeping."""
    workspace = open_workspace(folder)
    with rooms.reading(workspace) as opened, Readers(ocr=False) as readers:
        records = [record for record in chosen(workspace, opened, which) if not record.disposed]
        verified = opened.strongroom.verify(lambda done, total: progress(done, 2 * total))
        probe = _probe(readers)
        items: list[PackedItem] = []
        for record in records:
            items.append(packaging.item_of(history(opened, record), workspace.office, opened.strongroom.path, probe))
            progress(len(records) + len(items), 2 * len(records))
        broken = chain_damage(opened.db)
        packed = Packed(
            stage=stage,
            subject=workspace.office.name,
            items=tuple(items),
            declared_items=len(records),
            declared_bytes=sum(file.size for record in records for file in record.files),
            actual_bytes=sum(f.actual_size or 0 for item in items for f in item.files),
            digests=tuple(f"{damage.record} {damage.path}：{damage.why}" for damage in verified.damaged),
            digested=verified.checked,
            extra=tuple(verified.remarks),
            process=(f"{broken.path}：{broken.why}",) if broken else (),
            void=tuple((packaging.class_name(register), item) for register, item, _ in _void(opened)),
            code_pattern=packaging.code_pattern(workspace.office),
            is_package=False,
        )
    found = inspecting.inspect(packed, at=opened.now, who=opened.who)
    return Inspected(inspection=found, paths=write_report(workspace, found, output) if output else ())


def write_report(workspace: Workspace | None, found: Inspection, output: Path) -> tuple[Path, ...]:
    """四性检测报告 into a folder, as .docx, .xlsx and JSON; reports that stand there are left alone."""
    paths = tuple(output / f"{REPORT}（{found.stage.chinese}）.{ending}" for ending in ("docx", "xlsx", "json"))
    if taken := next((path for path in paths if path.exists()), None):
        raise Refused("没有写报告", str(taken), "已经有同名的文件", "请换一个文件夹")
    output.mkdir(parents=True, exist_ok=True)
    sheet = report(found)
    told = json.dumps(to_json(found), ensure_ascii=False, indent=1).encode()
    made = (write_pages(sheet, layout_of(workspace)), write_workbook((sheet,)), told)
    for path, content in zip(paths, made, strict=True):
        replace_file(path, content)
    return paths


def report(found: Inspection) -> Sheet:
    """The report as a table: every item with its result and what it looked at."""
    columns = (
        Column("编号", 5, "中"), Column("类别", 9), Column("检测项目", 15), Column("结果", 4, "中"),
        Column("检测对象", 18), Column("说明", 22),
    )  # fmt: skip
    rows = tuple((o.number, o.group, o.name, o.result.chinese, o.looked_at, _told(o.faults)) for o in found.outcomes)
    above = (
        f"环节：{found.stage.chinese}　对象：{Path(found.subject).name}",
        f"检测时间：{found.at:%Y-%m-%d %H:%M}　检测人：{found.who}　工具：卷宗",
        f"结论：{'合格' if found.passed else '不合格'}（{inspecting.summary(found)}）",
    )
    return Sheet(title="电子档案四性检测报告", columns=columns, rows=rows, above=above)


def _told(faults: Sequence[str]) -> str:
    more = f"；等 {len(faults)} 处" if len(faults) > 20 else ""
    return "；".join(faults[:20]) + more


def confirm(folder: Path, package: Path, receiver: str, reason: str, *, on: date) -> HandedOver:
    """Record that a package was handed over: an event for each 件, and 移交与接收登记表 beside the package.

    Raises Refused when the package does not pass the inspection or holds what this archive does not.
    """
    workspace = open_workspace(folder)
    if not receiver.strip():
        raise Refused("没有登记移交", "--receiver", "没有写接收单位", "请写明接收的档案馆")
    with rooms.writing(workspace) as opened, Readers(ocr=False) as readers:
        packed = packaging.read(package, _probe(readers))
        found = inspecting.inspect(packed, at=opened.now, who=opened.who)
        if not found.passed:
            raise Refused(
                "没有登记移交", str(package), "移交包没有通过四性检测", "请先运行 juanzong handover check 查明"
            )
        records = [opened.strongroom.record(item.value("档号值")) for item in packed.items]
        fingerprint = digest_of(package / TAGS).sha256
        detail = json.dumps({"接收单位": receiver, "日期": on.isoformat(), "指纹": fingerprint}, ensure_ascii=False)
        acts = tuple(
            Act(at=opened.now, who=opened.who, action="移交", subject=r.id, reason=reason, detail=detail)
            for r in records
        )
        told = {
            "receiver": receiver,
            "on": on.isoformat(),
            "fingerprint": fingerprint,
            "records": [r.id for r in records],
        }
        opened.strongroom.keep(
            f"handover-{uuid.uuid4().hex}", lambda: Change({"handover.json": json_bytes(told)}, acts)
        )
    form = package.parent / "移交与接收登记表.docx"
    if not form.exists():
        replace_file(form, write_pages(_form(workspace, packed, receiver, on, opened.who), layout_of(workspace)))
    return HandedOver(path=package, items=len(records), receiver=receiver, form=form)


def _form(workspace: Workspace, packed: Packed, receiver: str, on: date, who: str) -> Sheet:
    codes = sorted(item.value("档号值") for item in packed.items)
    rows = (
        ("交接工作名称", f"{workspace.office.name}电子档案移交"),
        ("内容描述", f"文书档案 {codes[0]} 至 {codes[-1]}" if codes else ""),
        ("移交电子档案数量", f"{len(packed.items)} 件"),
        ("移交数据量", f"{packed.actual_bytes / 1e9:.3f} GB"),
        ("载体起止顺序号", ""),
        ("移交载体类型、规格", ""),
        ("准确性检验", "合格（四性检测报告 1-1 至 1-13）"),
        ("完整性检验", "合格（2-1 至 2-9）"),
        ("可用性检验", "合格（3-1 至 3-7）"),
        ("安全性检验", "病毒、载体由双方另行检验"),
        ("载体外观检验", ""),
        ("数字摘要检验", f"SHA-256，{packed.digested} 个文件一致"),
        ("移交单位", f"{workspace.office.name}（签章）　　填表人：{who}　　审核人："),
        ("接收单位", f"{receiver}（签章）　　填表人：　　　　审核人："),
        ("移交日期", on.isoformat()),
    )
    return Sheet(title="电子档案移交与接收登记表", columns=(Column("项目", 10), Column("内容", 40)), rows=rows)

"""A ledger as a bureau keeps it (问题台账, .csv) becomes problems; faulty rows are kept and every fault is listed."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from ledger.checking import check
from ledger.wording import finding
from model.campaigns import Campaign
from model.errors import NotFound, Refused, reason
from model.findings import Finding
from model.problems import Problem, Round, State

COLUMNS = (
    "序号", "单位", "检查日期", "检查人", "问题描述", "类别", "风险等级", "整改措施", "责任人", "责任单位", "整改资金",
    "整改时限", "应急预案", "整改情况", "复查日期", "复查人", "销号日期", "状态",
)  # fmt: skip
_ALSO = {
    "编号": "序号",
    "学校": "单位",
    "学校名称": "单位",
    "单位名称": "单位",
    "发现日期": "检查日期",
    "检查时间": "检查日期",
    "存在问题": "问题描述",
    "问题": "问题描述",
    "隐患描述": "问题描述",
    "问题类别": "类别",
    "等级": "风险等级",
    "隐患等级": "风险等级",
    "整改期限": "整改时限",
    "完成时限": "整改时限",
    "整改责任人": "责任人",
    "资金": "整改资金",
    "整改进展": "整改情况",
    "复查时间": "复查日期",
    "销号时间": "销号日期",
    "整改状态": "状态",
}
_LARGEST = 50 << 20
_DAY = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_GUARDED = re.compile(r"'+[=+\-@]")  # as our own export guards a cell against being taken for a formula
_EARLIER = re.compile(r"原第\s*(\d+)\s*号")


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """What a file held: its problems in order, and what is wrong with them."""

    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]


def read_ledger(path: Path, campaign: Campaign) -> LedgerSheet:
    """Read a .csv in the usual columns. Raises NotFound or Refused when the file cannot be taken for a ledger at all."""
    what = "没有导入台账"
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(what, str(path), "文件太大，不像是台账", "请检查是否选错了文件")
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(what, str(path), reason(error), "请检查路径和权限") from None
    text = _decode(content)
    if text is None or "\0" in text:
        hint = "请在表格软件里另存为 CSV 再导入"
        raise Refused(what, str(path), "不是 CSV 文本" if content[:2] != b"PK" else "这是 Excel 文件", hint)
    return parse_ledger(text, campaign, str(path))


def _decode(content: bytes) -> str | None:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def parse_ledger(text: str, campaign: Campaign, file: str) -> LedgerSheet:
    """As `read_ledger`, for a text already read."""
    first = text.partition("\n")[0]
    delimiter = max(",\t;，", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [_cell(name) for name in next(rows, [])]
        places = _places(header, file)
        numbered = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refused("没有导入台账", file, f"表格读不下去：{error}", "请在表格软件里重新另存为 CSV") from None
    problems: dict[int, Problem] = {}
    lines: dict[int, int] = {}
    found: list[Finding] = []
    for line, row in numbered:
        cells = {name: _cell(row[place]) if place < len(row) else "" for name, place in places.items()}
        problem = _problem(cells, line, campaign, file, found)
        if problem is None:
            continue
        if problem.number in problems:
            found.append(finding("L11", problem.number, file, line, "序号", value=str(problem.number)))
            continue
        problems[problem.number], lines[problem.number] = problem, line
    for problem in problems.values():
        found += check(problem, campaign, set(problems), file, lines[problem.number])
    ordered = sorted(found, key=lambda f: (f.line or 0, f.key or "", f.rule))
    return LedgerSheet(tuple(problems.values()), tuple(ordered))


def _places(header: list[str], file: str) -> dict[str, int]:
    """Where each column stands. Raises Refused with every column that is lacking, near names offered."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(_ALSO.get(name, name), place)
    lacking = [name for name in COLUMNS if name not in places]
    if lacking:
        near = [
            f"“{name}”是不是写成了“{close[0]}”"
            for name in lacking
            if (close := difflib.get_close_matches(name, [h for h in header if h not in COLUMNS], 1, 0.5))
        ]
        remedy = "；".join(near) or "第一行应当是列名，请照 docs/ledger.md 的列名补上"
        raise Refused("没有导入台账", file, f"缺少这些列：{'、'.join(lacking)}", remedy)
    return {name: places[name] for name in COLUMNS}


def _cell(text: str) -> str:
    told = unicodedata.normalize("NFC", text).strip().strip("\u3000")
    return told[1:] if _GUARDED.match(told) else told


def _problem(cells: dict[str, str], line: int, campaign: Campaign, file: str, found: list[Finding]) -> Problem | None:
    told = unicodedata.normalize("NFKC", cells["序号"]).strip()
    if not (told.isascii() and told.isdigit()) or len(told) > 9:
        found.append(finding("L15", None, file, line, "序号", value=cells["序号"]))
        return None
    number = int(told)
    days = {
        column: _day(cells[column], column, number, campaign, file, line, found)
        for column in ("检查日期", "整改时限", "复查日期", "销号日期")
    }
    found += _unit_findings(cells["单位"], number, campaign, file, line)
    unit = campaign.unit(cells["单位"])
    earlier = _EARLIER.search(cells["问题描述"])
    state = next((state for state in State if state.value == cells["状态"]), None)
    return Problem(
        number=number,
        campaign=campaign.id,
        unit=unit.id if unit else None,
        unit_text=cells["单位"],
        found=days["检查日期"],
        found_by=cells["检查人"],
        text=cells["问题描述"],
        category=cells["类别"],
        grade=cells["风险等级"],
        measure=cells["整改措施"],
        person=cells["责任人"],
        office=cells["责任单位"],
        funds=cells["整改资金"],
        deadline=days["整改时限"],
        contingency=cells["应急预案"],
        state=state,
        rounds=_rounds(cells, days["复查日期"], state),
        closed=days["销号日期"],
        earlier=int(earlier[1]) if earlier else None,
        state_text=cells["状态"],
    )


def _rounds(cells: dict[str, str], checked: date | None, state: State | None) -> tuple[Round, ...]:
    if not (cells["整改情况"] or checked or cells["复查人"]):
        return ()
    outcome = {State.CLOSED: "合格", State.SENT_BACK: "退回"}.get(state, "") if state and checked else ""
    return (Round(number=1, progress=cells["整改情况"], checked=checked, checked_by=cells["复查人"], outcome=outcome),)


def _unit_findings(name: str, number: int, campaign: Campaign, file: str, line: int) -> Iterator[Finding]:
    if not name:
        yield finding("L05", number, file, line, "单位", column="单位")
        return
    unit = campaign.unit(name)
    if unit is None:
        near = difflib.get_close_matches(name, [unit.name for unit in campaign.units], 1, 0.5)
        hint = f"是不是“{near[0]}”？请改用全称，或在定义里写上别名" if near else "请核对单位，或补进行动定义的 units"
        yield finding("L01", number, file, line, "单位", value=name, hint=hint)
    elif name not in (unit.name, unit.id):
        yield finding("L02", number, file, line, "单位", value=name, name=unit.name)


def _day(
    text: str, column: str, number: int, campaign: Campaign, file: str, line: int, found: list[Finding]
) -> date | None:
    """The day that is meant; a year that is not written is the campaign's, and that is said."""
    if not text or text in ("无", "/", "—", "-"):
        return None
    plain = unicodedata.normalize("NFKC", text)
    match = _SOLID.match(plain) or _DAY.match(plain)
    year = (match and match[1]) or campaign.year
    try:
        day = date(int(year), int(match[2]), int(match[3])) if match and year else None
    except ValueError:
        day = None
    if day is None:
        found.append(finding("L04", number, file, line, column, column=column, value=text))
    elif text != day.isoformat():
        found.append(finding("L03", number, file, line, column, column=column, value=text, day=day.isoformat()))
    return day

"""Sums (数字核对): parts and totals in sentences and tables, shares, and what text and table say of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from generators.proofing.galley import Galley, Mark
from generators.proofing.registry import judges
from model.proofing import ProofCell, ProofTable

_UNITS = "所|名|人|个|处|项|次|件|条|家|座|辆|台|套|起|份|户|班|间|册|万元|元|亩|吨|公里|平方米|张"
_TOTAL = re.compile(
    rf"(?P<total>[0-9]\d{{0,8}}(?:\.\d+)?)(?P<unit>{_UNITS})[\u4e00-\u9fff]{{0,6}}(?:，|（|：)其中[，：:]?(?P<parts>[^。；（）\n]{{4,160}})"
)
_PART = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z“”0-9级]{{1,16}}?)(?P<count>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<unit>{_UNITS})"
)
_SHARE = re.compile(
    rf"(?P<whole>[0-9]\d{{0,8}})(?P<u1>{_UNITS})[^\d。；\n]{{1,16}}?(?P<part>\d{{1,9}})(?P<u2>{_UNITS})[^\d。；\n]{{0,14}}?(?:率|占比?)(?:为|达到?|是)?(?P<share>\d+(?:\.\d+)?)[%％]"
)
_SUM_ROW = re.compile(r"合\s*计|总\s*计|共\s*计")
_FIGURE = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


@judges("U13")
def parts_and_total(galley: Galley) -> Iterator[Mark]:
    """共100所，其中小学60所、初中30所: told only where every part has the total's unit and nothing hides in 等 or 还有."""
    if "其中" not in galley.text:
        return
    for match in _TOTAL.finditer(galley.text):
        parts = match["parts"]
        found = list(_PART.finditer(parts))
        if (
            len(found) < 2
            or any(part["unit"] != match["unit"] for part in found)
            or _PART.sub("", parts).strip("、，,和及") != ""
        ):
            continue
        total = sum(Decimal(part["count"]) for part in found)
        if total != Decimal(match["total"]) and not re.search(
            "等|主要|不含|另|新增|重点|较|比|女|男(?!女)|党员|少数民族", parts
        ):
            yield Mark(match.start("total"), match.end("parts"), detail=f"总数{match['total']}，分项之和{total}")


@judges("C04")
def shares(galley: Galley) -> Iterator[Mark]:
    """发现问题120个，已整改90个，整改率80%: a share that is neither the quotient nor its rounding."""
    for match in _SHARE.finditer(galley.text):
        whole, part, share = int(match["whole"]), int(match["part"]), Decimal(match["share"])
        if match["u1"] != match["u2"] or not 0 < part <= whole:
            continue
        places = Decimal(1).scaleb(share.as_tuple().exponent if isinstance(share.as_tuple().exponent, int) else 0)  # type: ignore[arg-type]
        right = Decimal(part * 100) / whole
        if abs(right - share) > places:
            yield Mark(*match.span(), detail=f"{part}/{whole}是{right:.1f}%")


def _figure(text: str) -> Decimal | None:
    """A cell's figure; None for what is none. A percentage is no figure to add up."""
    plain = text.strip()
    if not _FIGURE.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None


def columns(table: ProofTable) -> dict[int, list[tuple[int, ProofCell]]]:
    """The cells of each column with their row, spanning ones left out."""
    found: dict[int, list[tuple[int, ProofCell]]] = {}
    for row in table.rows:
        for cell in row:
            if cell.columns == 1 and cell.rows == 1:
                found.setdefault(cell.column, []).append((cell.row, cell))
    return found


def total_row(table: ProofTable) -> int:
    """The row of 合计, if it is the last or the first with figures; 0 for none."""
    for row in table.rows:
        if row and _SUM_ROW.fullmatch(row[0].text.strip()):
            return row[0].row
    return 0


def column_sums(table: ProofTable) -> Iterator[tuple[ProofCell, Decimal, Decimal]]:
    """For each column of figures: the cell of the total, what it says, and what the rows add up to."""
    last = total_row(table)
    for cells in columns(table).values():
        total = next((cell for row, cell in cells if row == last), None)
        said = _figure(total.text) if total else None
        others = [cell.text for row, cell in cells if row != last and cell.text.strip()]
        figures = [_figure(text) for text in others]
        known = [figure for figure in figures if figure is not None]
        if (
            total
            and said is not None
            and len(known) > 1
            and len(figures) - len(known) <= 2
            and _no_figure_below(figures)
        ):
            yield total, said, sum(known, Decimal(0))


def _no_figure_below(figures: list[Decimal | None]) -> bool:
    """Whether what is no figure stands above all figures: the head."""
    first = next((place for place, figure in enumerate(figures) if figure is not None), 0)
    return all(figure is not None for figure in figures[first:])


@judges("C03")
def table_totals(galley: Galley) -> Iterator[Mark]:
    """The row 合计 of a table."""
    for table in galley.document.tables:
        if not total_row(table) or any(re.search("小计", cell.text) for row in table.rows for cell in row):
            continue
        for cell, said, total in column_sums(table):
            if said != total and cell.paragraphs:
                paragraph = galley.document.paragraph(cell.paragraphs[0])
                yield galley.mark(paragraph, detail=f"表中是{said}，各行之和是{total}")


@judges("C05")
def text_and_table(galley: Galley) -> Iterator[Mark]:
    """共检查学校48所 in the text, 学校数 with the total 46 in the table: the same noun and unit, another figure."""
    for table in galley.document.tables:
        last = total_row(table)
        if not last:
            continue
        for cells in columns(table).values():
            head = next((cell.text.strip() for row, cell in cells if row < last and _figure(cell.text) is None), "")
            total = next((cell.text for row, cell in cells if row == last), "")
            said = _figure(total)
            noun = re.sub(r"数量?$|（.*?）|\(.*?\)", "", head)
            if said is None or len(noun) < 2:
                continue
            pattern = rf"(?:共|总计|合计|累计)[\u4e00-\u9fff]{{0,6}}?{re.escape(noun)}(?P<count>\d+)(?:{_UNITS})(?!以)"
            for match in re.finditer(pattern, galley.text):
                if Decimal(match["count"]) != said:
                    yield Mark(*match.span(), detail=f"表格“{head}”合计是{said}")

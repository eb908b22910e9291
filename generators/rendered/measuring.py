"""Rendered pages under the ruler: what GB/T 9704-2012 says in millimetres, read off the PDF, in every format."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from generators.pages.layout import Layout, load_layout
from generators.rendered.inking import Ink
from generators.rendered.measuring_faces import asked_by, asked_by_layout, find_substitutes
from generators.rendered.measuring_head import format_of, measure_head
from generators.rendered.measuring_pages import measure_grid, measure_imprint, measure_number
from generators.rendered.measuring_sheets import Sheet, read_sheet
from generators.rendered.measuring_signature import measure_signature
from generators.rendered.rendering import to_pdf
from model.documents import Format
from model.errors import Refused
from model.findings import Finding, Severity
from templates import files

FIRST, LAST = 60, 20
"""Of a longer paper only so many pages at the beginning and at the end are measured: each takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measurement: which (`templates/layout/measures.toml`), on which page, wanted and got in the measure's unit."""

    key: str
    page: int
    wanted: float
    got: float

    @property
    def clause(self) -> str:
        """The clause that it is by."""
        return str(_known()[self.key]["clause"])

    @property
    def what(self) -> str:
        """What was measured, in Chinese."""
        return str(_known()[self.key]["what"])

    @property
    def unit(self) -> str:
        """毫米, 行, 字, 磅, or 是 for yes and no."""
        return str(_known()[self.key]["unit"])

    @property
    def holds(self) -> bool:
        """Whether it is within the tolerance."""
        return abs(self.got - self.wanted) <= float(_known()[self.key]["tolerance"]) + 1e-6

    @property
    def finding(self) -> Finding:
        """What to say where it does not hold."""
        told = _known()[self.key]
        severity = Severity(told.get("severity", "error"))
        if told["unit"] == "是":
            message = f"应当是：{told['what'].partition('（')[0]}，实际不是（GB/T 9704—2012 {told['clause']}）"
        else:
            wanted, got = f"{self.wanted:.4g}", f"{self.got:.4g}"
            message = f"{told['what']}应为 {wanted} {told['unit']}，量得 {got}（GB/T 9704—2012 {told['clause']}）"
        return Finding(rule=f"render-{self.key}", severity=severity, message=message, page=self.page, fix=told["fix"])


@cache
def _known() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files.path("layout", "measures.toml").read_text(encoding="utf-8"))


def measure(
    path: Path, layout: Layout | None = None, fonts: Sequence[Path] = (), pdf: Path | None = None
) -> tuple[Finding, ...]:
    """What is wrong with the pages of a .docx, which is rendered first, or of a PDF: distances off, faces replaced.

    `layout` is the profile the paper should keep (the standard's); `fonts` are folders with an office's own fonts;
    `pdf` is the .docx where it was rendered already.
    Raises MissingTool without LibreOffice, Fault when it fails, Refused for a file that cannot be read.
    """
    layout = layout or load_layout()
    if path.suffix.lower() == ".pdf":
        return _findings(path, layout, asked_by_layout(layout))
    asked = asked_by(path)
    if pdf is not None:
        return _findings(pdf, layout, asked)
    with tempfile.TemporaryDirectory(prefix="juanzong-") as folder:
        (made,) = to_pdf((path,), Path(folder), fonts)
        return _findings(made, layout, asked)


def _findings(pdf: Path, layout: Layout, asked: Sequence[str]) -> tuple[Finding, ...]:
    sheets, pages = read_sheets(pdf)
    found = list(_told(one for one in _measures(pdf, sheets, layout) if not one.holds))
    found += find_substitutes(asked, sheets)
    if not any(sheet.signs for sheet in sheets):
        told = "页面上没有文字，量不了版面（可能是扫描件）"
        found = [Finding(rule="render-empty", severity=Severity.WARNING, message=told, fix="请用 .docx 或文字版 PDF")]
    if len(sheets) < pages:
        told = f"共 {pages} 页，量了前 {FIRST} 页和后 {LAST} 页"
        found.append(Finding(rule="render-sampled", severity=Severity.INFO, message=told))
    return tuple(sorted(found, key=lambda finding: finding.page or 0))


def _told(failing: Iterable[Measure]) -> Iterator[Finding]:
    """One finding for the same fault on many pages."""
    grouped: dict[str, list[Finding]] = {}
    for finding in (one.finding for one in failing):
        grouped.setdefault(finding.message, []).append(finding)
    for first, *others in grouped.values():
        pages = "、".join(str(page) for page in dict.fromkeys(other.page for other in others) if page != first.page)
        yield replace(first, message=f"{first.message}；第{pages}页也是") if pages else first


def measures(pdf: Path, layout: Layout | None = None) -> tuple[Measure, ...]:
    """All measurements of a PDF, those that hold too; what a page does not have is not measured."""
    return tuple(_measures(pdf, read_sheets(pdf)[0], layout or load_layout()))


def read_sheets(pdf: Path) -> tuple[tuple[Sheet, ...], int]:
    """The pages that are measured, and how many there are. Raises Refused for what is no sound PDF."""
    import pdfplumber

    try:
        with pdfplumber.open(pdf) as opened:
            pages = len(opened.pages)
            told = []
            for page in opened.pages:
                if page.page_number <= FIRST or page.page_number > pages - LAST:
                    told.append(read_sheet(page))
                page.close()
            return tuple(told), pages
    except Exception:  # pdfminer raises whatever a broken file makes it stumble over
        raise Refused("量不了版面", str(pdf), "不是完好的 PDF", "请重新导出 PDF，或直接用 .docx") from None


def _measures(pdf: Path, sheets: Sequence[Sheet], layout: Layout) -> Iterator[Measure]:
    if not sheets:
        return
    with Ink(pdf) as ink:
        kind = format_of(sheets[0])
        for key, wanted, got in measure_head(sheets[0], layout, kind, ink):
            yield Measure(key, 1, wanted, got)
        for page, key, wanted, got in (*measure_grid(sheets, layout), *measure_signature(sheets, layout)):
            yield Measure(key, page, wanted, got)
        for sheet in sheets:
            told = tuple(measure_number(sheet, layout, ink))
            if sheet.number == 1 and kind is Format.LETTER:
                yield Measure("unnumbered", 1, 1.0, float(not told))
                continue
            for key, wanted, got in told:
                yield Measure(key, sheet.number, wanted, got)
        for key, wanted, got in measure_imprint(sheets[-1], layout, kind):
            yield Measure(key, sheets[-1].number, wanted, got)

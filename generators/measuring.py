"""Rendered pages under the ruler: what GB/T 9704-2012 says in millimetres, read off the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.layout import Layout
from generators.widths import ems

_MM = 72 / 25.4
_RED = ((1, 0, 0), (1.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measurement: what, by which clause, wanted, got and tolerance in the same unit (mm unless the name says so)."""

    what: str
    clause: str
    wanted: float
    got: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether it is within the tolerance."""
        return abs(self.got - self.wanted) <= self.tolerance


def measure(pdf: Path, layout: Layout) -> tuple[Measure, ...]:
    """Measure a document in 公文 format; what a page does not have is not measured."""
    import pdfplumber

    found: list[Measure] = []
    with pdfplumber.open(pdf) as opened:
        pages = list(opened.pages)
        found += _head(pages[0], layout)
        found += _grid(pages, layout)
        found += _footers(pages, layout)
        found += _imprint(pages[-1], layout)
    return tuple(found)


def _head(page: Any, layout: Layout) -> list[Measure]:
    red = [char for char in page.chars if char["non_stroking_color"] in _RED]
    rules = [rule for rule in _rules(page) if rule["red"]]
    found = []
    if red:
        top = layout.number("page", "top") + layout.number("head", "mark_below")
        found.append(Measure("发文机关标志上边缘", "7.2.4", top, min(map(_em_top, red)) / _MM, 1.0))
    if red and rules:
        rule = rules[0]
        above = [char["bottom"] for char in page.chars if char["bottom"] <= rule["top"] + 1 and char not in red]
        width = layout.number("page", "text_width")
        found.append(Measure("红色分隔线长", "7.2.7", width, (rule["x1"] - rule["x0"]) / _MM, 1.0))
        if above:
            below = layout.number("head", "rule_below_number")
            found.append(Measure("红色分隔线在发文字号之下", "7.2.7", below, (rule["top"] - max(above)) / _MM, 1.3))
    return found


def _em_top(char: Any) -> float:
    """The upper edge of a Han character's em box, 0.88 em above its baseline whatever the face calls its ascent."""
    height: float = char["top"] + char["y1"]
    top: float = height - char["matrix"][5] - 0.88 * char["size"]
    return top


def _rules(page: Any) -> list[dict[str, Any]]:
    """Level lines, however they are drawn, from top to bottom."""
    found = []
    for shape in (*page.rects, *page.lines):
        if shape["x1"] - shape["x0"] > 100 * _MM and shape["bottom"] - shape["top"] < 4:
            colours = (shape.get("stroking_color"), shape.get("non_stroking_color"))
            red = any(colour in _RED for colour in colours)
            found.append(
                {"x0": shape["x0"], "x1": shape["x1"], "top": shape["top"], "bottom": shape["bottom"], "red": red}
            )
    return sorted(found, key=lambda rule: rule["top"])


def _lines(page: Any, layout: Layout) -> dict[int, list[Any]]:
    """Body characters by line (their baseline in tenths of a point), footers left out."""
    foot = (layout.number("page", "top") + layout.number("page", "text_height")) * _MM + 3
    size = layout.number("sizes", "body")
    lines: dict[int, list[Any]] = {}
    for char in page.chars:
        if char["bottom"] < foot and abs(char["size"] - size) < 0.2:
            lines.setdefault(round(char["bottom"]), []).append(char)
    return lines


def _grid(pages: list[Any], layout: Layout) -> list[Measure]:
    """Lines on the fullest page and characters on the fullest line."""
    counted = [lines for lines in (_lines(page, layout) for page in pages) if lines]
    if not counted:
        return []
    fullest = max(counted, key=len)
    found = []
    if len(fullest) >= layout.number("grid", "lines") - 1:
        found.append(Measure("每页行数（行）", "5.2.3", layout.number("grid", "lines"), len(fullest), 0))
    edge = (layout.number("page", "left") + layout.number("page", "text_width")) * _MM
    whole = [
        len(line)
        for lines in counted
        for line in lines.values()
        if max(char["x1"] for char in line) > edge - 12 and all(ems(char["text"]) == 1.0 for char in line)
    ]
    if whole:
        found.append(Measure("每行字数（字）", "5.2.3", layout.number("grid", "characters"), max(whole), 0))
    return found


def _footers(pages: list[Any], layout: Layout) -> list[Measure]:
    """The dash of each page number, 7 mm below the type area; odd pages right, even pages left."""
    area = layout.number("page", "top") + layout.number("page", "text_height")
    middle = layout.number("page", "width") / 2 * _MM
    found = []
    for number, page in enumerate(pages, 1):
        dashes = [char for char in page.chars if char["text"] in "—–" and char["top"] > area * _MM]
        if dashes:
            centre = (dashes[0]["top"] + dashes[0]["bottom"]) / 2 / _MM - area
            found.append(Measure(f"第{number}页一字线在版心之下", "7.5", 7.0, centre, 1.0))
            right = dashes[0]["x0"] > middle
            found.append(Measure(f"第{number}页页码在外侧（1 是）", "7.5", 1, float(right == bool(number % 2)), 0))
    return found


def _imprint(page: Any, layout: Layout) -> list[Measure]:
    """The last rule of the 版记 on the lower edge of the type area."""
    rules = [rule for rule in _rules(page) if not rule["red"]]
    if not rules or not any(char["text"] == "印" for char in page.chars):
        return []
    last = rules[-1]
    edge = layout.number("page", "top") + layout.number("page", "text_height")
    return [Measure("版记末条分隔线", "7.4.1", edge, (last["top"] + last["bottom"]) / 2 / _MM, 1.0)]

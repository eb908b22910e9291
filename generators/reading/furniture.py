"""What stands round the text: a section's paper and margins, and what there is to say about the file itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generators.reading.lines import Sheet
from generators.reading.package import Package
from generators.reading.styles import W, child, number, on

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEASURES = ((f"{W}pgSz", ("w", "h")), (f"{W}pgMar", ("top", "bottom", "left", "right", "footer")))


def section_of(element: _Element | None, after: int) -> Sheet:
    """The measures of a section that ends before line `after`; without a w:sectPr it has none."""
    sheet = Sheet(after)
    if element is None:
        return sheet
    for tag, names in _MEASURES:
        found = child(element, tag)
        for name in names if found is not None else ():
            value = found.get(f"{W}{name}") if found is not None else None
            sheet.measures[name] = abs(number(value)) * 25.4 / 1440
    size, grid, title = (child(element, f"{W}{name}") for name in ("pgSz", "docGrid", "titlePg"))
    sheet.landscape = size is not None and size.get(f"{W}orient") == "landscape"
    sheet.title_page = title is not None and on(title)
    if grid is not None:
        sheet.grid = str(grid.get(f"{W}type") or "")
        sheet.grid_pitch = number(grid.get(f"{W}linePitch")) / 20
    return sheet


def remarks(package: Package, seen: Counter[str], root: _Element, comments: int) -> Iterator[tuple[str, str]]:
    """Rule and message of what a clerk should know of the file."""
    if seen["changes"]:
        yield "file-changes", f"有 {seen['changes']} 处修订没有定稿，已按“接受修订”来核"
    if seen["hidden"]:
        yield "file-hidden", f"有 {seen['hidden']} 处隐藏文字，打印不出来，没有核"
    if comments:
        yield "file-comments", f"有 {comments} 条批注没有处理"
    if seen["pictures"]:
        yield "file-pictures", f"有 {seen['pictures']} 处图片，图片里的文字没有核"
    if any(name.endswith("vbaProject.bin") for name in package.names()):
        yield "file-macros", "文件带有宏，没有运行；报送前请另存为不带宏的 .docx"
    if next(root.iter(f"{W}altChunk"), None) is not None:
        yield "file-chunks", "文件里嵌着另一个文件，没有核那一部分"

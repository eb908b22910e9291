"""Sections (节): upright pages and landscape ones, each with the type area and the page number where clause 8 wants them.

A landscape page is an upright one turned a quarter: its upper edge is the upright page's left edge, on odd pages the
binding side and on even pages the cut side, and its page number stands at the upright page's foot.
"""

from __future__ import annotations

from dataclasses import dataclass

from generators.pages.drawing import box
from generators.pages.layout import Layout
from generators.pages.wordml import NAMESPACES, Format, paragraph, points, twips

_OUT_OF_THE_WAY = 5.0
"""Millimetres from the edge to a landscape page's own footer line, which is empty."""


@dataclass(frozen=True, slots=True)
class Area:
    """The type area (版心) of a page, millimetres: the paper, the margins, and what is left for text."""

    paper: tuple[float, float]
    top: float
    left: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The margin right of the text."""
        return self.paper[0] - self.left - self.width

    @property
    def bottom(self) -> float:
        """The margin below the text."""
        return self.paper[1] - self.top - self.height


def area(layout: Layout, wide: bool = False) -> Area:
    """The type area of an upright page, or of one turned a quarter to the right (`wide`)."""
    page = layout.section("page")
    upright = Area((page["width"], page["height"]), page["top"], page["left"], page["text_width"], page["text_height"])
    if not wide:
        return upright
    return Area(upright.paper[::-1], upright.left, upright.bottom, upright.height, upright.width)


def section_properties(layout: Layout, footers: tuple[str, str], *, wide: bool, first_apart: bool = False) -> str:
    """The properties of a section; `footers` are the ids for odd and even pages, `first_apart`: page 1 has no number."""
    here = area(layout, wide)
    width, height = here.paper
    turned = ' w:orient="landscape"' if wide else ""
    distance = _OUT_OF_THE_WAY if wide else layout.number("footer", "distance")
    odd, even = footers
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        # Rounded so that 22 lines of 579 twips fit between the margins: 12738 of 12758.
        f'<w:pgMar w:top="{twips(here.top)}" w:right="{twips(here.right)}" w:bottom="{twips(here.bottom)}"'
        f' w:left="{twips(here.left)}" w:header="851" w:footer="{twips(distance)}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first_apart else ''}</w:sectPr>"
    )


def section_end(properties: str) -> str:
    """A paragraph half a point high that ends a section; the next begins on a new page."""
    return paragraph("", Format(line=10), properties)


def wide_number(layout: Layout, side: str) -> str:
    """A run with the page number of a landscape page in a box that reads downwards along the paper's left edge.

    The box begins in the paper's corner, because LibreOffice forgets the place of boxes in footers, and is as wide and
    high as brings the number to its place; `side` is where the number stands on an upright page.
    """
    upright = area(layout)
    # From the upright page's foot to the upper edge of its footer line.
    above = layout.number("footer", "distance") + layout.number("footer", "line") / 72 * 25.4
    size = points(layout.number("sizes", "number") * layout.number("footer", "indent"))
    indent = size if side == "right" else size + twips(upright.left)
    left, right = (0, indent) if side == "right" else (indent, 0)
    form = Format(style="公文页码", line=points(layout.number("footer", "line")), align=side, left=left, right=right)
    field = "".join(f"<w:r>{part}</w:r>" for part in _PAGE)
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    content = paragraph(text.format("— ") + field + text.format(" —"), form)
    width, height = twips(above), twips(upright.left + upright.width)
    number = 31 if side == "right" else 32
    run = box(number, "页码", content, left=0, top=0, width=width, height=height, downwards=True)
    return run.replace("<w:r>", f"<w:r {NAMESPACES}>", 1)


_PAGE = (
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText>PAGE</w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>1</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)

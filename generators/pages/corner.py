"""份号、密级和保密期限、紧急程度 in the upper left corner of page 1 (7.2.1 to 7.2.3, 10.1)."""

from __future__ import annotations

from generators.pages.layout import Layout
from generators.pages.wordml import Face, points, run
from model.documents import Document


def corner(document: Document, layout: Layout) -> list[str]:
    """The elements that are there, as runs, one a line; two characters are set a character apart as in figures 4 and 11.

    Beside a period (机密★1年) they stay together, as in figures 2 and 3.
    """
    lines = [run(document.copy_number)] if document.copy_number else []
    labels = [label for label in (document.secrecy, document.urgency) if label]
    apart = all(len(label) == 2 for label in labels)
    return lines + [_label(label, layout, apart) for label in labels]


def _label(label: str, layout: Layout, apart: bool) -> str:
    font, latin = layout.text("fonts", "level1"), layout.text("fonts", "latin")
    black = Face(font=font, latin=latin)
    if not apart:
        return run(label, black)
    em = points(layout.number("sizes", "body") + 2 * layout.number("grid", "character_spacing"))
    return run(label[0], Face(font=font, latin=latin, spacing=em)) + run(label[1], black)

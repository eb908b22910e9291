"""Archive boxes (档案盒) and what is printed for them (DA/T 22-2015 5.4 to 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lowest class, which a box never mixes: 年度, 保管期限 and, where it is used, 机构（问题）."""

    year: int
    retention: str
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box: running number for the shelf only, its class, first and last 件号, thickness in mm, and the 备考表's words.

    note: 盒内文件情况说明 (missing, damaged, added, moved, destroyed); arranged and checked: by whom and when.
    """

    number: int
    shelf: Shelf
    first: int
    last: int
    thickness: int
    note: str = ""
    arranged_by: str = ""
    arranged_on: date | None = None
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spine:
    """盒脊: what stands on a box's back; texts as printed, thickness in mm (20, 30, 40 or 50)."""

    fonds: str
    year: str
    retention: str
    department: str
    items: str
    number: str
    thickness: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """归档章 (5.4.4): six cells of 45 mm × 16 mm together; department may be empty, the others may not."""

    fonds: str
    year: str
    item: str
    department: str
    retention: str
    pages: str

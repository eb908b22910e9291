"""档号 by DA/T 22-2015 and DA/T 13-2022, and the registers (登记簿) that every number comes from: no gap, no number twice.

A number is taken inside the transaction that uses it: it is given only if that commits, and the one writer's lock
(`storage.lock`) keeps two processes from asking at once.
"""

from __future__ import annotations

import re
import sqlite3

from model.offices import Office
from model.records import Description

CODE = re.compile(
    r"^[A-Z0-9]{4}-WS·\d{4}-(Y|D30|D10)(-[A-Z0-9]{3})?-\d{4,}$|^[A-Z0-9]{4}-WS·\d{4}(-[A-Z0-9]{3})?-(Y|D30|D10)-\d{4,}$"
)
"""The shapes a 档号 can have; DA/T 22-2015 5.4.2 puts 保管期限 before 机构, an office may have chosen the other order."""

NO_FONDS = "0000"
"""Stands for the 全宗号 while the archive authority has not given one."""

CATEGORY = "WS"
"""档案门类代码 of 文书档案 (DA/T 13-2022)."""


def prefix(office: Office, description: Description) -> str:
    """全宗号-WS·年度-保管期限-机构 in the office's order: what names the register that counts the 件 below it."""
    department = _department(office, description)
    parts = {"年度": "", "机构": department, "保管期限": description.retention.value}
    ordered = [parts[name] for name in office.classification if parts[name]]
    if office.classification == ("年度", "机构", "保管期限"):
        # The standard's own 档号 keeps 保管期限 before 机构 whatever the order of classification (5.4.2 a).
        ordered = [part for part in (parts["保管期限"], parts["机构"]) if part]
    return "-".join((office.fonds or NO_FONDS, f"{CATEGORY}·{description.year}", *ordered))


def render(office: Office, description: Description, item: int) -> str:
    """The 档号 of a 件: by the office's own pattern, else the standard's; four digits, more when a year outgrows them."""
    if not office.code_pattern:
        return f"{prefix(office, description)}-{item:04d}"
    parts = {
        "全宗号": office.fonds or NO_FONDS,
        "门类": CATEGORY,
        "年度": str(description.year),
        "保管期限": description.retention.value,
        "机构": _department(office, description),
        "件号": f"{item:04d}",
    }
    # A level that is not used is left out with the mark before it.
    pattern = office.code_pattern if parts["机构"] else re.sub(r"[-·.]?\{机构\}", "", office.code_pattern)
    return re.sub(r"\{(.+?)\}", lambda name: parts[name[1]], pattern)


def _department(office: Office, description: Description) -> str:
    """The 机构（问题）代码 of a 件; none where the office's pattern has no place for it."""
    if office.code_pattern and "{机构}" not in office.code_pattern:
        return ""
    return description.department or office.department or ""


def take(db: sqlite3.Connection, register: str) -> int:
    """The next number of a register, inside the caller's transaction."""
    db.execute(
        "INSERT INTO registers (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1", (register,)
    )
    return last(db, register)


def last(db: sqlite3.Connection, register: str) -> int:
    """The highest number given so far; 0 before the first."""
    row = db.execute("SELECT last FROM registers WHERE name = ?", (register,)).fetchone()
    return int(row["last"]) if row else 0


def register_of(office: Office, description: Description) -> str:
    """The name of the register that a 件's number comes from."""
    return f"档号/{prefix(office, description)}"

"""档号 by DA/T 22-2015 and DA/T 13-2022, from registers that never skip or reuse a number."""

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


def prefix(office: Office, description: Description) -> str:
    """The 档号 up to the 件号: 全宗号-WS·年度-保管期限-机构 in the office's order; its register counts the 件 below it."""
    parts = {"年度": "", "机构": office.department or "", "保管期限": description.retention.value}
    ordered = [parts[name] for name in office.classification if parts[name]]
    if office.classification == ("年度", "机构", "保管期限"):
        # The standard's own 档号 keeps 保管期限 before 机构 whatever the order of classification (5.4.2 a).
        ordered = [part for part in (parts["保管期限"], parts["机构"]) if part]
    return "-".join((office.fonds or NO_FONDS, f"WS·{description.year}", *ordered))


def take(db: sqlite3.Connection, register: str) -> int:
    """The next number of a register, inside the caller's transaction: it is given only if that commits."""
    db.execute(
        "INSERT INTO registers (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1", (register,)
    )
    (number,) = db.execute("SELECT last FROM registers WHERE name = ?", (register,)).fetchone()
    return int(number)


def next_code(db: sqlite3.Connection, office: Office, description: Description) -> str:
    """Take the next 件号 and render the 档号; four digits, more when a year outgrows them."""
    head = prefix(office, description)
    return f"{head}-{take(db, f'档号/{head}'):04d}"

"""Is every stored thing what it was: every object against its inventory and the catalogue, the catalogue against the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from archive import comparing, kept, rows
from archive.checks import Checked
from model.records import Damage, Record, Verification
from storage.checking import Fault
from storage.files import Digest
from storage.ocfl import ObjectStore


def verify(
    db: sqlite3.Connection,
    store: ObjectStore,
    names: Sequence[str],
    progress: Callable[[int, int], None],
    on_checked: Callable[[Checked], None],
) -> Verification:
    """Read these objects whole and compare the catalogue with the store; damage is named, harmless leftovers become remarks.

    `on_checked` hears of each object as soon as it is done. A catalogue that cannot be read is damage like any other.
    """
    damaged: list[Damage] = list(comparing.catalogue_damage(db))
    unread = bool(damaged)
    damaged += [Damage(record="库房", path=fault.path, why=fault.why) for fault in store.root_faults()]
    files = 0
    for done, name in enumerate(names, 1):
        checked = check(db, store, name, unread=unread)
        if checked.damaged:  # unless another process was just changing it
            checked = check(db, store, name, unread=unread)
        if checked.damaged and name in store.pending():
            continue
        files += checked.files
        damaged += checked.damaged
        on_checked(checked)
        progress(done, len(names))
    try:
        damaged += comparing.disagreements(db, store)
        strangers = comparing.strangers(db, store)
    except sqlite3.DatabaseError as error:
        damaged.append(comparing.unreadable(error))
        strangers = []
    damaged += [comparing.unknown(name) for name in strangers if comparing.is_record(store, name)]
    strays = list(store.strays())
    remarks = tuple(f"库房里的 {stray} 不在目录中，不影响已归档的件" for stray in (*strangers, *strays))
    return Verification(checked=files, damaged=tuple(dict.fromkeys(damaged)), remarks=remarks)


def check(db: sqlite3.Connection, store: ObjectStore, name: str, *, unread: bool = False) -> Checked:
    """Read one object whole; a record also against the catalogue, unless that is `unread`able as a whole."""
    digests: list[Digest] = []
    faults: list[Fault] = []
    for outcome in store.faults(name):
        if isinstance(outcome, Fault):
            faults.append(outcome)
        else:
            digests.append(outcome)
    try:
        record = None if kept.kind_of(name) else rows.find(db, name)
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        record = None
        if not unread:
            return Checked(name, len(digests), (comparing.unreadable(error),))
    told = record.code if record else kept.called(name)
    damaged = [Damage(record=told, path=fault.path, why=fault.why) for fault in faults]
    if record:
        damaged += _unlisted(record, digests, faults)
    if not faults and not unread:
        damaged += comparing.contradictions(db, store, record) if record else comparing.lost_changes(db, store, name)
    return Checked(name, len(digests), tuple(damaged))


def _unlisted(record: Record, digests: list[Digest], faults: list[Fault]) -> Iterator[Damage]:
    """Files that the catalogue knows and the store's inventory does not."""
    held = {digest.sha512 for digest in digests}
    broken = {fault.path for fault in faults}
    for version in record.versions:
        for file in version.files:
            if file.sha512 not in held and file.path not in broken and "inventory.json" not in broken:
                yield Damage(record=record.code, path=file.path, why="目录与库房的清单对不上")

"""A second copy on another disk (镜像), itself verified; and mending from it, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.checks import Checked
from archive.events import Act
from archive.strongroom import Strongroom
from model.errors import Damaged, JuanzongError
from model.records import Damage
from storage.checking import Fault
from storage.files import FILES, Files, digest_of
from storage.ocfl import ObjectStore


@dataclass(frozen=True, slots=True)
class Mirrored:
    """Objects copied now, objects that were there already and proved sound, and what is damaged on our side and so not copied."""

    copied: int
    kept: int
    damaged: tuple[Damage, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """Objects mended, by id, and every damage that the mirror could not mend."""

    mended: tuple[str, ...]
    left: tuple[Damage, ...]


def mirror_store(folder: Path, files: Files = FILES) -> ObjectStore:
    """The mirror in a folder: an OCFL storage root of its own in `store/`."""
    return ObjectStore(folder / "store", files)


def mirror(
    store: ObjectStore,
    copy: ObjectStore,
    progress: Callable[[int, int], None],
    disposed: frozenset[str] = frozenset(),
) -> Mirrored:
    """Bring the mirror up to date. Every object ends verified there; a damaged one of ours never replaces a sound copy.

    disposed: records that were destroyed after appraisal; they leave the mirror too.
    """
    copy.create(mend=True)
    copy.settle({})
    for name in disposed:
        copy.remove(name)
    here, pending = set(store.object_ids()), store.pending()
    ids = sorted(here - pending)
    copied = kept = 0
    gone = sorted(set(copy.object_ids()) - here - pending)
    damaged = [Damage(record=name, path=name, why="库房里不见了，镜像里还有") for name in gone]
    for done, name in enumerate(ids, 1):
        if _same(store, copy, name) and not faults(copy, name):
            kept += 1
        elif hurt := faults(store, name):
            damaged += hurt
        else:
            try:
                copy.adopt(name, store)
                copied += 1
            except Damaged as error:  # it was sound a moment ago: this disk or the other one fails
                damaged.append(Damage(record=name, path=error.which, why=f"抄过去的不一样：{error.why}"))
        progress(done, len(ids))
    return Mirrored(copied, kept, tuple(damaged))


def repair(room: Strongroom, store: ObjectStore, copy: ObjectStore, *, who: str, now: datetime) -> Repaired:
    """Mend every damaged object from the mirror; each mending is an event. What the mirror cannot give is named."""
    store.create(mend=True)
    codes, heads = {record.id: record.code for record in room.records()}, room.heads()
    mended: list[Act] = []
    left: list[Damage] = []
    known = set(heads) | set(store.object_ids()) | set(copy.object_ids())
    for name in sorted(known - room.disposed()):  # what was destroyed after appraisal is not brought back
        hurt = faults(store, name)
        if not hurt:
            continue
        try:
            _check_version(copy, name, heads.get(name))
            store.adopt(name, copy)
        except (JuanzongError, OSError):
            left += hurt
            continue
        reason = f"{codes.get(name, name)}：{hurt[0].path} {hurt[0].why}"
        mended.append(Act(at=now, who=who, action="由镜像修复", subject=name, reason=reason))
    room.record_repairs(mended)
    room.note_checks([Checked(act.subject, 0, ()) for act in mended], now)
    return Repaired(tuple(act.subject for act in mended), tuple(left))


def restore(store: ObjectStore, copy: ObjectStore) -> Repaired:
    """Fill a store without a catalogue from a mirror, after a disk was lost; the catalogue is to be rebuilt from it.

    What is sound stays; a version that only we still have, damaged as it may be, does not give way to an older one.
    Broken off, it is done again.
    """
    store.create(mend=True)
    taken: list[str] = []
    left: list[Damage] = []
    for name in copy.object_ids():
        try:
            if hurt := faults(store, name):
                if any(store.object_path(name).glob(f"v{copy.head(name) + 1}*")):
                    left += hurt
                    continue
                store.adopt(name, copy)
                taken.append(name)
        except (JuanzongError, OSError):
            left += faults(copy, name)
    return Repaired(tuple(taken), tuple(left))


def faults(store: ObjectStore, name: str) -> list[Damage]:
    """What is wrong with one object; an absent one is one damage."""
    if not store.object_path(name).is_dir():
        return [Damage(record=name, path=name, why="库房里不见了")]
    return [Damage(record=name, path=f.path, why=f.why) for f in store.faults(name) if isinstance(f, Fault)]


def _check_version(copy: ObjectStore, name: str, wanted: int | None) -> None:
    """An older or newer copy than the catalogue knows mends nothing."""
    head = int(copy.inventory(name)["head"][1:])
    if wanted is not None and head != wanted:
        raise Damaged("镜像里的不是这一版", name, f"镜像是第 {head} 版，目录是第 {wanted} 版", "请换一份镜像")


def _same(store: ObjectStore, copy: ObjectStore, name: str) -> bool:
    ours, theirs = (place.object_path(name) / "inventory.json" for place in (store, copy))
    return ours.is_file() and theirs.is_file() and digest_of(ours) == digest_of(theirs)

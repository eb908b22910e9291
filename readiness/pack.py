"""The inspection pack (迎检材料包): built aside, flushed, renamed into place; proved by its manifest alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from model.errors import NotFound, Refused
from model.naming import safe_name, split_ending
from model.readiness import InspectionPack, PackEntry, Readiness
from model.records import Damage, Record, StoredFile

MANIFEST = "manifest-sha256.txt"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
Blocks = Callable[[Record, StoredFile], Iterator[bytes]]
"""A stored file's bytes; raises Damaged when they are not what was filed."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be packed: where it goes and what it is."""

    path: str
    volume: str
    record: Record
    file: StoredFile


def plan(
    readiness: Readiness, records: Mapping[str, Record], volumes: Mapping[str, str], *, private: bool
) -> tuple[Source, ...]:
    """Where each file goes: 卷 / requirement / file, each record once, no two files under one name (case and all).

    `volumes` are 卷号 and name. Records that serve only private requirements are left out unless `private`.
    """
    taken: set[str] = set()
    sources: list[Source] = []
    done: set[str] = set()
    for held in readiness.evidence:
        wanted = held.requirement
        if wanted.private and not private:
            done |= set(held.records)
            continue
        code = wanted.volume or "99"
        volume = safe_name(f"{code} {volumes.get(code, '其他材料')}", 40)
        folder = f"{volume}/{safe_name(f'{wanted.code} {wanted.name}', 40)}"
        sources += _files(folder, volume, held.records, records, done, taken, wanted.unit_name if wanted.unit else "")
    volume = safe_name("99 其他材料")
    sources += _files(volume, volume, readiness.unplaced, records, done, taken, "")
    return tuple(sources)


def _files(
    folder: str,
    volume: str,
    ids: Iterable[str],
    records: Mapping[str, Record],
    done: set[str],
    taken: set[str],
    unit: str,
) -> Iterator[Source]:
    for id_ in ids:
        if id_ in done:
            continue
        done.add(id_)
        record = records[id_]
        for file in record.files:
            stem, ending = split_ending(file.name)
            wanted = safe_name(f"{unit} {stem}".strip(), 60)
            for number in range(1, 100_000):
                path = f"{folder}/{wanted}{f'（{number}）' if number > 1 else ''}{ending}"
                if path.lower() not in taken:
                    break
            taken.add(path.lower())
            yield Source(path, volume, record, file)


def build(
    sources: tuple[Source, ...],
    blocks: Blocks,
    target: Path,
    extras: Callable[[tuple[PackEntry, ...]], Mapping[str, bytes]],
    progress: Callable[[int, int], None],
) -> InspectionPack:
    """Make the pack. `extras` gives the index page, the directory and the like, once the entries are known.

    Raises Refused when the target exists, Damaged when a stored file is not what was filed; then nothing is left behind.
    """
    if target.exists() or target.is_symlink():
        raise Refused("没有做材料包", str(target), "这个文件夹已经存在", "请用 -o 换一个名字")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        entries = tuple(_write_sources(sources, blocks, aside, progress))
        digests = {entry.path: entry.sha256 for entry in entries}
        for name, content in extras(entries).items():
            digests[name] = _write(aside / name, iter((content,)))[0]
        manifest = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()
        fingerprint, _ = _write(aside / MANIFEST, iter((manifest,)))
        _flush_folders(aside)
        aside.rename(target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return InspectionPack(path=target, entries=entries, fingerprint=fingerprint)


def _write_sources(
    sources: tuple[Source, ...], blocks: Blocks, aside: Path, progress: Callable[[int, int], None]
) -> Iterator[PackEntry]:
    for done, source in enumerate(sources, 1):
        digest, size = _write(aside / source.path, blocks(source.record, source.file))
        progress(done, len(sources))
        yield PackEntry(
            path=source.path,
            title=source.record.description.title,
            record=source.record.id,
            code=source.record.code,
            volume=source.volume,
            sha256=digest,
            size=size,
        )


def _write(path: Path, content: Iterator[bytes]) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for block in content:
            file.write(block)
            digest.update(block)
            size += len(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _flush_folders(root: Path) -> None:
    if os.name != "posix":
        return
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class PackCheck:
    """The outcome of checking a pack."""

    files: int
    fingerprint: str
    damaged: tuple[Damage, ...]


def verify(folder: Path) -> PackCheck:
    """Compare every file with the manifest. Raises NotFound when there is no pack. A path that leaves the folder is damage."""
    manifest = folder / MANIFEST
    if not manifest.is_file() or manifest.is_symlink():
        raise NotFound("这里不是材料包", str(folder), f"没有 {MANIFEST}", "请指向做好的材料包文件夹")
    content = manifest.read_bytes()
    told: dict[str, str] = {}
    damaged: list[Damage] = []
    for number, line in enumerate(content.decode("utf-8", "replace").removesuffix("\n").split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None or not _inside(match[2]):
            damaged.append(Damage(record="清单", path=MANIFEST, why=f"第 {number} 行的写法不对"))
        else:
            told[match[2]] = match[1]
    damaged += [damage for path, digest in sorted(told.items()) if (damage := _check(folder, path, digest))]
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    damaged += [
        Damage(record="材料包", path=path, why="清单上没有的文件") for path in sorted(held - set(told) - {MANIFEST})
    ]
    return PackCheck(len(told), hashlib.sha256(content).hexdigest(), tuple(damaged))


def _inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and ":" not in path


def _check(folder: Path, path: str, wanted: str) -> Damage | None:
    target = folder / path
    if any(part.is_symlink() for part in (target, *target.parents) if part != folder and folder in part.parents):
        return Damage(record="材料包", path=path, why="是链接，不是文件本身")
    if not target.is_file():
        return Damage(record="材料包", path=path, why="文件不见了")
    digest = hashlib.sha256()
    with target.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return None if digest.hexdigest() == wanted else Damage(record="材料包", path=path, why="内容被改动过")

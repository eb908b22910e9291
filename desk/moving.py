"""Moving house: the whole office into one bag that proves itself, and out of it again with equal ids, bytes and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from archive import bagging
from archive.bagging import TAGS, BagWriter
from desk import keeping, rooms
from desk.answers.moving import OfficeExported, OfficeImported
from desk.offices import open_workspace
from model.errors import NotFound, Refused
from storage.files import FILES, digest_of, source_blocks
from storage.lock import NAME

Progress = Callable[[int, int], None]
KIND = "卷宗单位导出"
_DERIVED = ("archive/catalogue", "archive/words", "archive/staging/", "archive/.", NAME)
"""What is made anew from the rest: the catalogue comes back from the store (`archive rebuild`)."""


def export(folder: Path, output: Path, *, progress: Progress) -> OfficeExported:
    """Everything of an office into a new BagIt bag outside it. Links are left out and named."""
    workspace = open_workspace(folder)
    what = "没有导出"
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Refused(what, str(output), "这里已经有别的文件", "请用 -o 指定一个新的文件夹")
    if output.resolve().is_relative_to(workspace.root.resolve()):
        raise Refused(what, str(output), "它就在本单位文件夹里", "请指定别处的文件夹")
    with rooms.writing(workspace) as opened:
        paths = list(_kept(workspace.root))
        writer = BagWriter(output)
        left = []
        for done, path in enumerate(paths, 1):
            name = path.relative_to(workspace.root).as_posix()
            if path.is_symlink():
                left.append(name)
            else:
                writer.write(name, source_blocks(path))
            progress(done, len(paths))
        writer.close(
            {
                "Source-Organization": workspace.office.name,
                "External-Description": KIND,
                "Bagging-Date": f"{opened.now:%Y-%m-%d}",
            }
        )
        records = opened.strongroom.count()
    fingerprint = digest_of(output / TAGS).sha256
    return OfficeExported(
        path=output, files=len(paths) - len(left), records=records, fingerprint=fingerprint, left_out=tuple(left)
    )


def _kept(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if (path.is_file() or path.is_symlink()) and not name.startswith(_DERIVED):
            yield path


def take_over(source: Path, folder: Path, *, progress: Progress) -> OfficeImported:
    """An exported office into a new folder: every digest checked first, then copied, then the catalogue rebuilt from the store.

    Raises Refused, with nothing made, for a bag that is not to the byte what was exported.
    """
    what = "没有导入"
    if not (source / "bagit.txt").is_file():
        raise NotFound(what, str(source), "这里没有导出的单位", "请指定 juanzong archive export 做出的文件夹")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(what, str(folder), "这里已经有别的文件", "请指定一个新的文件夹")
    bag = bagging.read(source)
    if bag.info.get("External-Description") != KIND or "office.toml" not in bag.payload:
        raise Refused(what, str(source), "这不是单位的导出包", "请指定 juanzong archive export 做出的文件夹")
    faults = (*bag.structure, *bag.digests, *(f"{path}：清单上没有" for path in bag.extra))
    if faults:
        raise Refused(what, str(source), f"与导出时不同，共 {len(faults)} 处，如 {faults[0]}", "请用完好的一份再导入")
    for done, name in enumerate(sorted(bag.payload), 1):
        target = folder / name
        FILES.make_folder(target.parent)
        FILES.write(target, source_blocks(source / "data" / name))
        progress(done, len(bag.payload))
    FILES.make_folder(folder / "archive")
    for path in (folder / "campaigns", folder / "templates", folder / "drafts", folder / "packs"):
        FILES.make_folder(path)
    rebuilt = keeping.rebuild(folder)
    return OfficeImported(
        path=folder, files=len(bag.payload), records=rebuilt.records, events=rebuilt.events, damaged=rebuilt.damaged
    )

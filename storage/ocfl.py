"""The store: an OCFL 1.1 storage root (https://ocfl.io/1.1/spec/), one object per record, SHA-512 inventories, readable without us.

A version is built aside in `staging/` (beside the root, on the same disk), flushed, and renamed into place. While it is being put
in place a marker stands in `staging/`; whoever opens the store next settles what a crash left half done, by what the catalogue says.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from model.errors import Damaged, NotFound
from storage.checking import DECLARATION, TYPE, Fault, check, sidecar
from storage.files import FILES, Digest, Files, replace_file, source_blocks

LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_LAYOUT_CONFIG = {"extensionName": LAYOUT, "digestAlgorithm": "sha256", "tupleSize": 3, "numberOfTuples": 1}
_SHELF = re.compile(r"[0-9a-f]{3}")
_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file written into staging; `path` is its logical path inside the version."""

    path: str
    digest: Digest


def json_bytes(value: object) -> bytes:
    """JSON as it is kept: UTF-8, sorted keys, one line feed at the end; the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


_ROOT = {
    "0=ocfl_1.1": b"ocfl_1.1\n",
    "ocfl_layout.json": json_bytes(
        {"extension": LAYOUT, "description": "record id under the first three hex digits of its SHA-256"}
    ),
    f"extensions/{LAYOUT}/config.json": json_bytes(_LAYOUT_CONFIG),
}
"""The root's own files. Written from the last to the first: a root that is declared is complete."""


class Staging:
    """A new version of one object being built aside. Nothing of it is flushed before `ObjectStore.install` does so for many at once."""

    def __init__(self, folder: Path, object_id: str, number: int, files: Files) -> None:
        self.folder, self.object_id, self.number = folder, object_id, number
        self.version = folder / f"v{number}"
        self.staged: list[StagedFile] = []
        self.forwarded: list[tuple[str, str]] = []
        self.paths: list[Path] = []
        self.folders: list[Path] = []
        self._files = files
        self._make_folder(self.version / "content")

    def write(self, path: str, blocks: Iterable[bytes]) -> Digest:
        """Write one content file of the version; `path` is relative, with `/`."""
        target = self.version / "content" / path
        self._make_folder(target.parent)
        digest = self.put(target, iter(blocks))
        self.staged.append(StagedFile(path, digest))
        return digest

    def forward(self, path: str, sha512: str) -> None:
        """Say that the version holds a file of an earlier one unchanged, by its digest; nothing is copied."""
        self.forwarded.append((path, sha512))

    def put(self, target: Path, blocks: Iterator[bytes]) -> Digest:
        """Write a file that is no content."""
        digest = self._files.write(target, blocks, flush=False)
        self.paths.append(target)
        return digest

    def _make_folder(self, folder: Path) -> None:
        if folder not in self.folders:
            self.folders += self._files.make_folder(folder, flush=False)

    def discard(self) -> None:
        """Forget the version: nothing of it has reached the store."""
        shutil.rmtree(self.folder, ignore_errors=True)


class ObjectStore:
    """The storage root `root` with its `staging/` beside it."""

    def __init__(self, root: Path, files: Files = FILES) -> None:
        self.root, self.staging, self._files = root, root.parent / "staging", files

    def create(self, *, mend: bool = False) -> None:
        """Make the root if it is not there yet; `mend`: write its own files anew where they are not what they must be."""
        self._files.make_folder(self.staging)
        self._files.make_folder(self.root / "extensions" / LAYOUT)
        for name, content in reversed(_ROOT.items()):
            path = self.root / name
            if mend and path.is_dir():
                self._files.rename(path, path.with_name(f"{path.name}~"))
            if not path.exists() or (mend and path.read_bytes() != content):
                replace_file(path, content, self._files)

    def root_faults(self) -> Iterator[Fault]:
        """What is wrong with the root's own files, which are the same in every office."""
        for name, content in _ROOT.items():
            path = self.root / name
            if not path.is_file() or path.read_bytes() != content:
                yield Fault(name, "内容被改动过" if path.is_file() else "不见了")

    def strays(self) -> Iterator[str]:
        """What lies in the root and is no object in its place: renamed, moved or put there by somebody; paths inside the root."""
        for top in sorted(self.root.iterdir()):
            if top.name in ("extensions", *_ROOT):
                continue
            if not (top.is_dir() and _SHELF.fullmatch(top.name)):
                yield top.name
                continue
            yield from (f"{top.name}/{path.name}" for path in sorted(top.iterdir()) if not self._in_place(path))

    def _in_place(self, path: Path) -> bool:
        return bool(_ID.fullmatch(path.name)) and path.is_dir() and self.object_path(path.name) == path

    def object_path(self, object_id: str) -> Path:
        """Where an object lies; ids are ours: lower-case letters, digits and hyphens."""
        if not _ID.fullmatch(object_id):
            raise NotFound("档案中没有这一件", object_id, "编号的写法不对", "请用 juanzong archive list 查看")
        return self.root / hashlib.sha256(object_id.encode()).hexdigest()[:3] / object_id

    def object_ids(self) -> Iterator[str]:
        """The ids of all objects that lie in their place, in the order of those."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f][0-9a-f]")):
            yield from (path.name for path in sorted(folder.iterdir()) if self._in_place(path))

    def stage(self, object_id: str, number: int) -> Staging:
        """Begin version `number` (1 for a new object) aside."""
        folder = self.staging / f"{object_id}.v{number}"
        shutil.rmtree(folder, ignore_errors=True)
        return Staging(folder, object_id, number, self._files)

    def install(self, stagings: Sequence[Staging], *, created: datetime, who: str, reason: str) -> None:
        """Complete staged versions with their inventories and put them in place, durably, sharing their flushes.

        The caller has set the marker. Every byte and every name inside is on disk before the first version gets its place.
        """
        inventories = [self._complete(staging, created, who, reason) for staging in stagings]
        self._files.flush(
            [self.staging, *(path for staging in stagings for path in (*staging.paths, *staging.folders))]
        )
        self._make_shelves(stagings)
        new = [staging for staging in stagings if staging.number == 1]
        self._files.rename_all([(staging.folder, self.object_path(staging.object_id)) for staging in new])
        for staging, inventory in zip(stagings, inventories, strict=True):
            if staging.number > 1:
                self._add_version(staging, inventory)

    def _complete(self, staging: Staging, created: datetime, who: str, reason: str) -> bytes:
        """Write what stands beside the content; gives the inventory."""
        content = json_bytes(self._next_inventory(staging, created, who, reason))
        for place in (staging.version, staging.folder) if staging.number == 1 else (staging.version,):
            staging.put(place / "inventory.json", iter((content,)))
            staging.put(place / "inventory.json.sha512", iter((sidecar(content),)))
        if staging.number == 1:
            staging.put(staging.folder / DECLARATION, iter((b"ocfl_object_1.1\n",)))
        return content

    def _make_shelves(self, stagings: Sequence[Staging]) -> None:
        """The folders that the objects will lie in."""
        made = [
            self._files.make_folder(self.object_path(staging.object_id).parent, flush=False) for staging in stagings
        ]
        if any(made):
            self._files.flush_folder(self.root)

    def _add_version(self, staging: Staging, inventory: bytes) -> None:
        target = self.object_path(staging.object_id)
        self._files.rename(staging.version, target / staging.version.name)
        replace_file(target / "inventory.json", inventory, self._files)
        replace_file(target / "inventory.json.sha512", sidecar(inventory), self._files)
        staging.discard()

    def mark(self, pending: Iterable[Staging]) -> Path:
        """Say durably which objects are about to change; removed by `unmark` when the catalogue has committed."""
        ids = sorted({staging.object_id for staging in pending})
        marker = self.staging / f"{ids[0]}.pending"
        replace_file(marker, json_bytes(ids), self._files)
        return marker

    def unmark(self, marker: Path) -> None:
        """The catalogue has spoken; nothing is pending."""
        self._files.remove(marker)

    def settle(self, acknowledged: Mapping[str, int]) -> tuple[str, ...]:
        """Undo what a crash left: every pending object goes back to the version the catalogue knows (absent: none).

        Returns the ids that were put right. Nothing acknowledged is touched; what was never acknowledged leaves the store.
        """
        settled = []
        for marker in sorted(self.staging.glob("*.pending")):
            for object_id in json.loads(marker.read_bytes()):
                if self._settle_one(object_id, acknowledged.get(object_id, 0)):
                    settled.append(object_id)
            self._files.remove(marker)
        for left in self.staging.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            elif not left.name.endswith(".pending"):
                left.unlink()
        return tuple(settled)

    def _settle_one(self, object_id: str, head: int) -> bool:
        target = self.object_path(object_id)
        if not target.exists():
            return False
        if head == 0:
            aside = self.staging / f"{object_id}.never"
            shutil.rmtree(aside, ignore_errors=True)
            self._files.rename(target, aside)
            return True
        changed = False
        for part in target.glob(".*.part"):  # an inventory that was being replaced
            self._files.remove(part)
            changed = True
        for folder in sorted(target.glob("v[0-9]*")):
            if int(folder.name[1:]) > head:
                self._files.rename(folder, self.staging / f"{object_id}.{folder.name}.never")
                changed = True
        for name in ("inventory.json", "inventory.json.sha512"):
            wanted = (target / f"v{head}" / name).read_bytes()
            if not (target / name).exists() or (target / name).read_bytes() != wanted:
                replace_file(target / name, wanted, self._files)
                changed = True
        return changed

    def remove(self, object_id: str) -> None:
        """Destroy an object: out of the root in one rename, then its files. Absent already: nothing is done.

        Only for what was destroyed after appraisal (`archive.disposal`), when the catalogue has said so durably.
        """
        target = self.object_path(object_id)
        if not target.exists():
            return
        aside = self.staging / f"{object_id}.destroyed"
        shutil.rmtree(aside, ignore_errors=True)
        self._files.rename(target, aside)
        shutil.rmtree(aside)
        with suppress(OSError):  # others lie there too
            target.parent.rmdir()  # a storage root holds no empty folders

    def inventory(self, object_id: str) -> dict[str, Any]:
        """The object's inventory. Raises NotFound without the object, Damaged when it does not match its sidecar."""
        path = self.object_path(object_id) / "inventory.json"
        try:
            content = path.read_bytes()
            told = path.with_name("inventory.json.sha512").read_bytes()
        except FileNotFoundError:
            raise NotFound("档案中没有这一件", object_id, "库房里找不到它", "请运行 juanzong archive verify") from None
        except OSError as error:
            raise Damaged("清单读不出来", str(path), str(error), "请运行 juanzong archive verify") from None
        if told != sidecar(content):
            raise Damaged("清单与校验值不符", str(path), "清单被改动过", "请运行 juanzong archive verify")
        inventory: dict[str, Any] = json.loads(content)
        return inventory

    def head(self, object_id: str) -> int:
        """The number of the object's newest version. Raises NotFound, Damaged."""
        return int(self.inventory(object_id)["head"][1:])

    def newest(self, object_id: str, path: str) -> bytes:
        """A file that the object's newest version wrote, by its logical path. Raises NotFound, Damaged, OSError."""
        return self.content_path(object_id, f"v{self.head(object_id)}/content/{path}").read_bytes()

    def content_path(self, object_id: str, path: str) -> Path:
        """A content file by its path inside the object (`v1/content/…`), which must stay inside."""
        base = self.object_path(object_id)
        target = base / path
        if ".." in Path(path).parts or Path(path).is_absolute():
            raise Damaged("文件路径越出了档案", path, "", "请运行 juanzong archive verify")
        return target

    def faults(self, object_id: str) -> Iterator[Fault | Digest]:
        """Check one object whole: yields a Digest for every sound content file and a Fault for everything wrong."""
        yield from check(self.object_path(object_id), object_id)

    def pending(self) -> frozenset[str]:
        """The ids that a running or broken-off change has marked."""
        return frozenset(name for marker in self.staging.glob("*.pending") for name in json.loads(marker.read_bytes()))

    def adopt(self, object_id: str, source: ObjectStore) -> None:
        """Take an object whole from another store, in place of ours if we have one: copied aside, checked, then renamed.

        Raises Damaged, with ours as it was, when the copy is not sound. A crash while renaming can leave us without the
        object, never with half of it: the other store still has it, and doing it again completes it.
        """
        aside, origin = self.staging / f"{object_id}.adopted", source.object_path(object_id)
        shutil.rmtree(aside, ignore_errors=True)
        self._files.make_folder(aside)
        for path in sorted(origin.rglob("*")):
            target = aside / path.relative_to(origin)
            if path.is_dir() and not path.is_symlink():
                self._files.make_folder(target)
                continue
            self._files.write(target, source_blocks(path))
        self._flush_tree(aside)
        if fault := next((found for found in check(aside, object_id) if isinstance(found, Fault)), None):
            shutil.rmtree(aside)
            raise Damaged("另一份也不完好", f"{object_id} {fault.path}", fault.why, "请换一份镜像")
        self._exchange(aside, self.object_path(object_id))

    def _exchange(self, aside: Path, target: Path) -> None:
        self._files.make_folder(target.parent)
        old = aside.with_suffix(".replaced")
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            self._files.rename(target, old)
        self._files.rename(aside, target)
        shutil.rmtree(old, ignore_errors=True)

    def _next_inventory(self, staging: Staging, created: datetime, who: str, reason: str) -> dict[str, Any]:
        """The inventory after this version; unchanged files are forwarded by their digest, never copied."""
        versions: dict[str, Any] = {}
        manifest: dict[str, list[str]] = {}
        if staging.number > 1:
            before = self.inventory(staging.object_id)
            versions, manifest = before["versions"], before["manifest"]
        state: dict[str, list[str]] = {}
        for file in staging.staged:
            digest = file.digest.sha512
            manifest.setdefault(digest, []).append(f"v{staging.number}/content/{file.path}")
            state.setdefault(digest, []).append(file.path)
        for path, digest in staging.forwarded:
            state.setdefault(digest, []).append(path)
        stamp = created.astimezone().isoformat(timespec="seconds")
        version = {"created": stamp, "message": reason, "state": state, "user": {"name": who}}
        return {
            "id": staging.object_id,
            "type": TYPE,
            "digestAlgorithm": "sha512",
            "head": f"v{staging.number}",
            "manifest": manifest,
            "versions": versions | {f"v{staging.number}": version},
        }

    def _flush_tree(self, folder: Path) -> None:
        for path in (*(place for place in folder.rglob("*") if place.is_dir()), folder, folder.parent):
            self._files.flush_folder(path)

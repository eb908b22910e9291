"""移交包 as a BagIt 1.0 bag (RFC 8493): written durably, every file in a manifest; read back for inspection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.files import FILES, Files, digest_of

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAGS, INFO = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"


class BagWriter:
    """A bag being written into a new folder; `close` completes it, before that it is no bag."""

    def __init__(self, folder: Path, files: Files = FILES) -> None:
        self.folder, self._files = folder, files
        self._manifest: dict[str, str] = {}
        self.size = 0
        files.make_folder(folder / "data")

    def write(self, path: str, blocks: Iterator[bytes]) -> int:
        """Write a payload file; `path` below `data/`, with `/`. Gives its size."""
        target = self.folder / "data" / path
        self._files.make_folder(target.parent)
        digest = self._files.write(target, blocks)
        self._manifest[f"data/{path}"] = digest.sha256
        self.size += digest.size
        return digest.size

    def close(self, info: Mapping[str, str]) -> None:
        """Write manifests and `bag-info.txt`, its Payload-Oxum computed."""
        told = dict(info) | {"Payload-Oxum": f"{self.size}.{len(self._manifest)}"}
        tags = {
            "bagit.txt": DECLARATION,
            INFO: "".join(f"{name}: {value}\n" for name, value in told.items()),
            MANIFEST: manifest(self._manifest),
        }
        for name, text in tags.items():
            self._files.write(self.folder / name, iter((text.encode(),)))
        told_tags = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
        self._files.write(self.folder / TAGS, iter((manifest(told_tags).encode(),)))
        self._files.flush_folder(self.folder)


def manifest(digests: Mapping[str, str]) -> str:
    """The lines of a manifest; LF, CR and % in a path are percent-encoded (RFC 8493 2.1.3)."""
    return "".join(f"{digest}  {_encoded(path)}\n" for path, digest in sorted(digests.items()))


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _decoded(path: str) -> str:
    return path.replace("%0A", "\n").replace("%0a", "\n").replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag as it was found: payload paths and sizes, tag values, and what is wrong with structure, digests, extra files."""

    folder: Path
    payload: dict[str, int]
    info: dict[str, str]
    structure: tuple[str, ...]
    digests: tuple[str, ...]
    digested: int
    extra: tuple[str, ...]


def read(folder: Path) -> Bag:
    """Read a bag and check all its digests. Nothing raises: what is wrong stands in the bag."""
    structure = [f"没有 {name}" for name in ("bagit.txt", MANIFEST, "data") if not (folder / name).exists()]
    if not structure and (folder / "bagit.txt").read_bytes() != DECLARATION.encode():
        structure.append("bagit.txt 的内容不合 RFC 8493")
    listed = _listed(folder / MANIFEST, structure)
    tagged = _listed(folder / TAGS, structure) if (folder / TAGS).is_file() else {}
    held = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() or path.is_symlink()
    }
    digests = [
        *(_fault(folder, path, wanted) for path, wanted in listed.items()),
        *(_fault(folder, path, wanted) for path, wanted in tagged.items()),
    ]
    known = {*listed, *tagged, TAGS, MANIFEST, "bagit.txt", INFO}
    payload = {
        path.removeprefix("data/"): file.stat().st_size
        for path, file in held.items()
        if path.startswith("data/") and file.is_file()
    }
    return Bag(
        folder=folder,
        payload=payload,
        info=_info(folder / INFO),
        structure=tuple(structure),
        digests=tuple(fault for fault in digests if fault),
        digested=len(digests),
        extra=tuple(path for path in held if path not in known),
    )


def _listed(path: Path, faults: list[str]) -> dict[str, str]:
    if not path.is_file():
        return {}
    told: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition(" ")
        name = _decoded(name.strip())
        if name.startswith("/") or ".." in name.split("/") or len(digest) != 64:
            faults.append(f"{path.name} 里有一行不合规范：{line[:60]}")
            continue
        told[name] = digest
    return told


def _fault(folder: Path, path: str, wanted: str) -> str:
    target = folder / path
    if target.is_symlink() or not target.is_file():
        return f"{path}：清单上有，包里没有"
    return "" if digest_of(target).sha256 == wanted.lower() else f"{path}：内容与清单的数字摘要不符"


def _info(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: value.strip() for name, colon, value in (line.partition(":") for line in lines) if colon}

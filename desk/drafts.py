"""The drafts folder (drafts/): safe names, and a memory of what was written there, so that a person's edits are never lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from storage.files import replace_file

MEMORY = "起草记录.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """What is known of one draft: `digest` is the SHA-256 of the bytes as we wrote them."""

    digest: str
    kind: str
    title: str
    campaign: str | None = None
    stage: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    issuer: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a draft was put; `kept` is an edited file of the wanted name that was left alone; `same`: it was there already."""

    path: Path
    kept: Path | None
    same: bool = False


class DraftFolder:
    """A folder of drafts with its memory; call `remember` at the end of a batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries = _read_memory(folder / MEMORY)

    def put(self, relative: str, content: bytes, entry: DraftEntry) -> Placed:
        """Write a draft durably; a file there that a person changed, or that is not ours, is kept and another name taken."""
        wanted = self.folder / relative
        for number in range(1, 10_000):
            path = wanted if number == 1 else wanted.with_name(f"{wanted.stem}（新稿{number}）{wanted.suffix}")
            same = path.is_file() and not path.is_symlink() and path.read_bytes() == content
            if same or self._may_write(path):  # the very bytes: ours, though a run that was cut off forgot it
                if not same:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    replace_file(path, content)
                self._entries[path.relative_to(self.folder).as_posix()] = entry
                return Placed(path, wanted if number > 1 else None, same)
        raise OSError(0, "同名的文件太多", str(wanted))

    def remember(self) -> None:
        """Write the memory durably."""
        told = {name: asdict(entry) for name, entry in sorted(self._entries.items())}
        self.folder.mkdir(parents=True, exist_ok=True)
        replace_file(self.folder / MEMORY, json.dumps(told, ensure_ascii=False, indent=1).encode())

    def entry(self, path: Path) -> DraftEntry | None:
        """What is known of a file, None when it is none of ours."""
        try:
            relative = path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return None
        return self._entries.get(relative)

    def _may_write(self, path: Path) -> bool:
        if not path.exists() and not path.is_symlink():
            return True
        entry = self._entries.get(path.relative_to(self.folder).as_posix())
        return entry is not None and path.is_file() and sha256(path.read_bytes()).hexdigest() == entry.digest


def _read_memory(path: Path) -> dict[str, DraftEntry]:
    """The memory; a lost or damaged one only means that every file there counts as a person's own."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {name: _entry(values) for name, values in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _entry(values: Mapping[str, object]) -> DraftEntry:
    known: dict[str, object] = dict(values)
    missing = known.pop("missing", ())
    lacking = tuple(str(fact) for fact in missing) if isinstance(missing, list) else ()
    return DraftEntry(**known, missing=lacking)  # type: ignore[arg-type]  # TypeError is caught: an unknown memory is none

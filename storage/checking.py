"""Is an object of the store what it says: its inventory by the rules of OCFL 1.1, every file by its digest, nothing else there.

Stricter than the specification where our own writer is: SHA-512 in lower case, sidecars to the byte, an inventory with each version,
nothing but versions in the object. The numbers (E…) are those of https://ocfl.io/1.1/spec/validation-codes.html.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.files import Digest, digest_of

DECLARATION = "0=ocfl_object_1.1"
TYPE = "https://ocfl.io/1.1/spec/#inventory"
_DIGEST = re.compile(r"[0-9a-f]{128}")
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_KEYS = {"id", "type", "digestAlgorithm", "head", "manifest", "versions"}
_MORE_KEYS = {"contentDirectory", "fixity"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in an object: the path inside it and what is wrong, in Chinese."""

    path: str
    why: str


def sidecar(inventory: bytes) -> bytes:
    """What stands beside an inventory, to the byte: digest, blank, name, line feed."""
    return f"{hashlib.sha512(inventory).hexdigest()} inventory.json\n".encode()


def check(base: Path, object_id: str) -> Iterator[Fault | Digest]:
    """Check one object whole: yields a Digest for every sound content file and a Fault for everything wrong."""
    root, inventory = _read(base / "inventory.json")
    if isinstance(inventory, str):
        yield Fault("inventory.json", inventory)
        return
    wrong = [Fault("inventory.json", why) for why in inventory_faults(inventory, object_id)]
    yield from wrong
    if wrong:
        return
    manifest = _paths(inventory["manifest"])
    for path, wanted in sorted(manifest.items()):
        yield _check_file(base, path, wanted)
    head = int(inventory["head"][1:])
    for number in range(1, head + 1):
        yield from _version_faults(base, number, inventory, root if number == head else None)
    yield from _fixity_damage(base, inventory)
    yield from _strays(base, set(manifest), head)


def _fixity_damage(base: Path, inventory: dict[str, Any]) -> Iterator[Fault]:
    """Second digests that somebody else's writer left, as far as this Python can work them out (E093)."""
    for algorithm, block in inventory.get("fixity", {}).items():
        for path, wanted in _paths(block).items() if algorithm in hashlib.algorithms_guaranteed else ():
            if not (base / path).is_file():
                continue  # named already
            with (base / path).open("rb") as file:
                held = hashlib.file_digest(file, algorithm)
            if held.digest_size and held.hexdigest() != wanted.lower():
                yield Fault(path, f"与另一种校验值（{algorithm}）不符（E093）")


def _read(path: Path) -> tuple[bytes, dict[str, Any] | str]:
    """An inventory and its bytes, or why it cannot be believed."""
    try:
        content = path.read_bytes()
        told = path.with_name("inventory.json.sha512").read_bytes()
    except FileNotFoundError:
        return b"", "不见了"
    except OSError as error:
        return b"", f"读不出来：{error.strerror}"
    if told != sidecar(content):
        return content, "与校验值不符"
    try:
        inventory = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return content, "不成样子"
    return content, inventory if isinstance(inventory, dict) else "不成样子"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """No key stands twice (E096)."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("twice")
    return made


def _paths(block: dict[str, list[str]]) -> dict[str, str]:
    """Path to digest, of a manifest or a state."""
    return {path: digest for digest, paths in block.items() for path in paths}


def inventory_faults(inventory: dict[str, Any], object_id: str) -> Iterator[str]:
    """What is wrong in an inventory by itself, in Chinese."""
    try:
        if not _KEYS <= inventory.keys() <= _KEYS | _MORE_KEYS:
            yield "缺少或多出了条目（E036、E041、E102）"
            return
        if inventory["id"] != object_id:
            yield "说的是另一件（E037）"
        if inventory["type"] != TYPE or inventory["digestAlgorithm"] != "sha512":
            yield "版式或校验算法不对（E025、E038）"
        numbers = [f"v{number}" for number in range(1, len(inventory["versions"]) + 1)]
        if not numbers or (
            sorted(inventory["versions"], key=len) != numbers and set(inventory["versions"]) != set(numbers)
        ):
            yield "版本号不连续（E008、E010、E046）"
            return
        if inventory["head"] != numbers[-1]:
            yield "最新版本号不对（E040）"
            return
        yield from _block_faults(inventory["manifest"], "文件清单", _content_prefixes(inventory))
        for number in numbers:
            yield from _state_faults(number, inventory["versions"][number], set(inventory["manifest"]))
        used = {digest for version in inventory["versions"].values() for digest in version["state"]}
        if used != set(inventory["manifest"]):
            yield "文件清单与各版本的内容对不上（E050、E107）"
        yield from _fixity_faults(inventory)
    except (KeyError, TypeError, AttributeError, ValueError):
        yield "内容不成样子"


def _content_prefixes(inventory: dict[str, Any]) -> tuple[str, ...]:
    folder = inventory.get("contentDirectory", "content")
    if not isinstance(folder, str) or "/" in folder or folder in ("", ".", ".."):
        raise ValueError(folder)  # E017, E018
    return tuple(f"{number}/{folder}/" for number in inventory["versions"])


def _block_faults(block: dict[str, list[str]], name: str, prefixes: tuple[str, ...] = ("",)) -> Iterator[str]:
    """Digests in shape; paths that stay inside, stand once, and are not at once file and folder (E095, E099 to E101)."""
    paths = [path for listed in block.values() for path in listed]
    if not all(_DIGEST.fullmatch(digest) for digest in block) or not all(block.values()):
        yield f"{name}里的校验值写法不对（E025、E050）"
    if any(set(path.split("/")) & {"", ".", ".."} or not path.startswith(prefixes) for path in paths):
        yield f"{name}里有越界的路径（E052、E053、E099、E100）"
    folders = {path[:place] for path in paths for place, letter in enumerate(path) if letter == "/"}
    if len(set(paths)) != len(paths) or folders & set(paths):
        yield f"{name}里的路径重复或互相冲突（E095、E101）"


def _state_faults(number: str, version: dict[str, Any], manifest: set[str]) -> Iterator[str]:
    if not isinstance(version["created"], str) or not _CREATED.fullmatch(version["created"]):
        yield f"{number} 的时间写法不对（E049）"
    user = version.get("user")
    if not isinstance(version.get("message", ""), str) or (user is not None and not isinstance(user["name"], str)):
        yield f"{number} 的说明或经办人不成样子（E054、E094）"
    if user is not None and not user["name"]:
        yield f"{number} 没有经办人的名字（E054）"
    yield from _block_faults(version["state"], number)
    if not set(version["state"]) <= manifest:
        yield f"{number} 提到了文件清单里没有的内容（E050）"


def _fixity_faults(inventory: dict[str, Any]) -> Iterator[str]:
    """Our writer keeps no second digests; where there are some, they name files of the manifest, once each (E097, E111)."""
    known = set(_paths(inventory["manifest"]))
    for algorithm, block in inventory.get("fixity", {}).items():
        paths = [path for listed in block.values() for path in listed]
        lowered = {digest.lower() for digest in block}
        if not set(paths) <= known or len(set(paths)) != len(paths) or len(lowered) != len(block):
            yield f"另一种校验值（{algorithm}）与文件清单对不上（E057、E097、E100）"


def _check_file(base: Path, path: str, wanted: str) -> Fault | Digest:
    target = base / path
    if target.is_symlink() or not target.is_file():
        return Fault(path, "文件不见了")
    try:
        digest = digest_of(target)
    except OSError as error:
        return Fault(path, f"读不出来：{error.strerror}")
    return digest if digest.sha512 == wanted else Fault(path, "内容被改动过")


def _version_faults(base: Path, number: int, newest: dict[str, Any], root: bytes | None) -> Iterator[Fault]:
    """The inventory of one version: the newest is that of the object (`root`), to the byte; an older one tells the same past."""
    path = f"v{number}/inventory.json"
    content, told = _read(base / path)
    if isinstance(told, str):
        yield Fault(path, told)
    elif root is not None:
        if content != root:
            yield Fault(path, "与这一件的清单不同（E064）")
    elif next(inventory_faults(told, newest["id"]), None) or not _same_past(told, newest, number):
        yield Fault(path, "与后来的清单说的不一样（E066）")


def _same_past(older: dict[str, Any], newest: dict[str, Any], number: int) -> bool:
    if older["head"] != f"v{number}":
        return False
    now = _paths(newest["manifest"])
    states = all(
        _paths(older["versions"][version]["state"]) == _paths(newest["versions"][version]["state"])
        for version in older["versions"]
    )
    then = {path: digest for path, digest in now.items() if int(path.split("/")[0][1:]) <= number}
    return states and _paths(older["manifest"]) == then


def _strays(base: Path, known: set[str], head: int) -> Iterator[Fault]:
    """What is missing of the object's own files, and what belongs to nothing, empty folders too (E001, E015, E023, E024)."""
    own = {f"{place}inventory.json{ending}" for place in _places(head) for ending in ("", ".sha512")} | {DECLARATION}
    known = known | own
    declared = base / DECLARATION
    if not declared.is_file() or declared.read_bytes() != b"ocfl_object_1.1\n":
        yield Fault(DECLARATION, "内容被改动过" if declared.is_file() else "不见了")
    for target in sorted(base.rglob("*")):
        path = target.relative_to(base).as_posix()
        if target.is_symlink() or not target.is_dir():
            if path not in known:
                yield Fault(path, "清单上没有的文件")
        elif not any(target.iterdir()):
            yield Fault(path, "清单上没有的空文件夹")


def _places(head: int) -> tuple[str, ...]:
    return ("", *(f"v{number}/" for number in range(1, head + 1)))

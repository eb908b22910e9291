"""What kind of place a folder lies in: a disk of this machine, or a network share, whose locks and flushes promise less."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_REMOTE = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "smb2",
    "afs",
    "afpfs",
    "ncpfs",
    "9p",
    "webdav",
    "davfs",
    "ceph",
    "glusterfs",
}
_REMOTE_FUSE = {"sshfs", "davfs2", "rclone", "gvfsd-fuse", "s3fs", "smbnetfs"}
_DRIVE_REMOTE = 4


def network_share(path: Path, mounts: str | None = None) -> str | None:
    """The kind of network share that the path lies on (`nfs4`, `cifs`, …), None for a disk of this machine or where nobody can tell.

    `mounts` is the text of `/proc/self/mounts`, read when not given.
    """
    if sys.platform == "win32":  # pragma: no cover - Windows
        return _windows_share(path)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    kind = _mounted_on(path.resolve(), mounts)
    family, _, member = kind.partition(".")
    return kind if kind in _REMOTE or (family == "fuse" and member in _REMOTE_FUSE) else None


def _mounted_on(path: Path, mounts: str) -> str:
    """The file system's name at the longest mount point above the path; of two at the same point the later one."""
    found, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(
            fields[1].encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
        )
        if path.is_relative_to(point) and len(point.parts) >= len(found.parts):
            found, kind = point, fields[2]
    return kind


def _windows_share(path: Path) -> str | None:  # pragma: no cover - Windows
    full = str(path.resolve())
    if full.startswith("\\\\"):
        return "UNC"
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent from other systems' stubs
    return "mapped drive" if kernel.GetDriveTypeW(os.path.splitdrive(full)[0] + "\\") == _DRIVE_REMOTE else None

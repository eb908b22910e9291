"""可用性: what lies here can be opened, and by a receiver too."""

from __future__ import annotations

from collections.abc import Iterable

from archive.inspection.looking import count, files, words
from model.packages import Packed, PackedFile

FORMATS = words(
    "docx doc wps xlsx xls et pptx ppt dps pdf ofd rtf txt csv "
    "html htm xml json md eml jpg jpeg png tif tiff bmp gif mp3 "
    "wav mp4 avi zip "
)
"""Formats that are kept as they are or converted in time; another one is named."""

COMPRESSED = frozenset({"rar", "7z", "gz", "bz2", "xz", "tar", "arj"})
"""Packed in ways that a receiver need not be able to open."""


def metadata(packed: Packed) -> tuple[str, Iterable[str]]:
    """Metadata can be read."""
    return f"{len(packed.items)} 件的元数据", (
        f"{item.where}：{item.unreadable}" for item in packed.items if item.unreadable
    )


def formats(packed: Packed) -> tuple[str, Iterable[str]]:
    """Formats are those that are kept, or converted in time."""

    def fault(file: PackedFile) -> str:
        return (
            ""
            if file.format in FORMATS or file.format in COMPRESSED
            else f"格式“{file.format or '不详'}”不在保存格式之列"
        )

    return f"{count(packed)}的格式", files(packed, fault)


def opens(packed: Packed) -> tuple[str, Iterable[str]]:
    """Files open."""
    return f"{count(packed)}，逐个打开", files(
        packed, lambda file: "" if file.encrypted or file.format in COMPRESSED else file.why
    )


def closed(packed: Packed) -> tuple[str, Iterable[str]]:
    """Nothing is encrypted or packed in a way that a receiver need not know."""

    def fault(file: PackedFile) -> str:
        if file.encrypted:
            return "有密码或加密"
        return f"是 {file.format} 压缩包" if file.format in COMPRESSED else ""

    return f"{count(packed)}是否加密、压缩", files(packed, fault)

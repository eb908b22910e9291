"""File names that every system takes (Windows, macOS, Linux), made of titles and of what people call their files."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff<>:"/\\|?*]')
"""What Windows takes for no name, and what would hide a name, turn it round or break a line."""

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


def safe_name(text: str, longest: int = 80) -> str:
    """A name for a file or folder: never empty, reserved or climbing; at most `longest` characters (80 are 240 bytes)."""
    name = _FORBIDDEN.sub("", unicodedata.normalize("NFC", text)).strip(" .")[:longest].strip(" .")
    if not name:
        return "材料"
    return f"{name}_" if name.split(".")[0].strip().upper() in _RESERVED else name


def split_ending(name: str) -> tuple[str, str]:
    """A file's name and its ending with the dot (`.docx`); what is longer than ten characters is no ending."""
    stem, dot, ending = name.rpartition(".")
    safe = _FORBIDDEN.sub("", ending).strip()
    return (stem, f".{safe}") if dot and stem and 0 < len(safe) <= 10 else (name, "")

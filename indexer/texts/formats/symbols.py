"""Ticks and boxes that Word draws in a symbol face (Wingdings, Wingdings 2), as the characters that they look like.

A checklist would lose its answers without them. Codes are the faces' own, in the private area from U+F000.
"""

from __future__ import annotations

_WINGDINGS = {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0x52: "☑"}
_WINGDINGS_2 = {0x52: "☑", 0x53: "☒", 0x54: "☒", 0x51: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□", 0x30: "□", 0x2A: "□"}
_MORE = {0x6C: "●", 0x6E: "■", 0x75: "◆", 0x9F: "•", 0xA7: "▪", 0xB7: "•", 0xD8: "➢", 0xE8: "➔", 0x76: "❖"}
_ANY = {0xF000 + code: face for code, face in (_MORE | _WINGDINGS_2 | _WINGDINGS).items()}


def symbol(face: str, code: str) -> str:
    """The character of a `w:sym`: its face and its code in hexadecimal."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    own = _WINGDINGS_2 if face == "Wingdings 2" else _WINGDINGS if face == "Wingdings" else {}
    return own.get(number & 0xFF) or _ANY.get(number | 0xF000 if number < 0x100 else number) or _plain(number)


def _plain(number: int) -> str:
    return "" if 0xE000 <= number <= 0xF8FF or number > 0x10FFFF else chr(number)


def plain(text: str) -> str:
    """A text with the private characters of the symbol faces put right."""
    return text.translate(_ANY) if any("\uf000" <= character <= "\uf0ff" for character in text) else text

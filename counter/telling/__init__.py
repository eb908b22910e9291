"""Answers and errors told as Chinese lines for a terminal, a file per trade as in `desk/answers/`."""

from counter.telling.base import count_of, damage, error_lines, findings, lines

__all__ = ["count_of", "damage", "error_lines", "findings", "lines"]

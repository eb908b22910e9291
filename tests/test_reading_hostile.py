"""Hostile length: lines of which a paper has one, a thousand times over, cost time in proportion and not its square."""

from __future__ import annotations

import time

import pytest
from test_reading_strangers import TABLE, Stranger

from generators.reading.reading import read_docx

LINES = (
    "附件1：检查表", "附件", "附件：1.检查表", "2.汇总表", "2026年3月5日", "青岚县教育局", "抄送：县政府",
    "青岚县教育局办公室　　2026年3月5日印发", "主题词：安全", "一、检查", "（一）检查；", "表1 检查表", "|表|",
    "浏览次数：1", "编号：1", "各学校：", "（附注）", "出席：李明", "青岚县教育局文件",
)  # fmt: skip
FEW, MANY = 500, 2000


def spent(lines: list[str], times: int) -> float:
    """CPU seconds of reading a file that has the lines over and over."""
    paper = Stranger()
    for line in lines * times:
        if line == "|表|":
            paper.raw(TABLE)
        else:
            paper.add(line)
    content = paper.bytes()
    start = time.process_time()
    read_docx(content)
    return time.process_time() - start


@pytest.mark.parametrize("line", LINES)
def test_no_line_is_slow_a_thousand_times_over(line: str) -> None:
    """Four times as many lines: the square would be sixteen times as long, and seconds, on any machine that others use too."""
    lines = [line, "青岚县教育局"]
    many = spent(lines, MANY)
    assert many < 1.5 or min(many, spent(lines, MANY)) < 12 * min(spent(lines, FEW) for _ in range(2)), many

"""A batch of 300 units through the errand: self-check reports and orders, a first run and a second, beside the bare template.

The floor is the same form rendered by plain Jinja2 and thrown away: no document, no comparison of what was written, no file.
"""

from __future__ import annotations

import re
import tempfile
import time
from datetime import date
from pathlib import Path

from jinja2 import Environment, Template, Undefined

from campaigns import library
from desk import drafting as errand
from desk import rooms
from desk.drafting import Wanted
from desk.offices import init_office, open_workspace
from desk.rectifying import import_ledger
from generators.papers import drafting
from generators.papers.brief import Brief
from generators.papers.facts import told_all
from generators.papers.forms import Forms, body_of
from generators.papers.formtools import FILTERS, as_text
from generators.papers.wordings import choose
from templates import files

UNITS = 300
ON = date(2026, 6, 12)
CAMPAIGN = "san-cha-san-bao-2026"


def main() -> None:
    """Print CPU milliseconds a paper for each kind, both runs, and the floor."""
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder) / "单位")
        for kind in ("自查报告", "整改通知书"):
            first, papers = _run(office, kind)
            second, same = _run(office, kind)
            floor = _floor(office, kind)
            print(
                f"{kind:8} {papers} papers {first:5.2f} s CPU, {first / papers * 1000:5.2f} ms a paper; "
                f"again {second:5.2f} s ({same} the same); bare Jinja2 {floor:5.2f} ms a paper, {first / papers * 1000 / floor:4.1f} times"
            )


def _office(folder: Path) -> Path:
    """An office with the example's campaign, 300 units and two problems each."""
    init_office(folder, name="青岚县教育局", short="县教育局", fonds=None)
    text = files.path("example", "campaign.yaml").read_text(encoding="utf-8")
    own = len(re.findall(r"^  - \{id: U\d", text, re.MULTILINE))
    more = "".join(
        f"  - {{id: U{n}, name: 青岚县第{n}小学, kind: 小学, head: 校长 甲某}}\n" for n in range(100, 100 + UNITS - own)
    )
    (folder / "campaigns" / "三查三保.yaml").write_text(text.replace("\ndeliverables:", f"{more}\ndeliverables:"))
    units = library.find(folder / "campaigns", CAMPAIGN).units
    head = "序号,单位,检查日期,检查人,问题描述,类别,风险等级,整改措施,责任人,责任单位,整改资金,"
    head += "整改时限,应急预案,整改情况,复查日期,复查人,销号日期,状态"
    rest = "校舍消防,一般,清理通道,总务主任,总务处,无,2026-06-30,无,,,,,整改中"
    rows = [
        f"{2 * place + each},{unit.name},2026-05-11,{who},疏散通道堆放课桌{each}张,{rest}"
        for place, unit in enumerate(units)
        for each, who in ((1, "第一检查组"), (2, "学校自查"))
    ]
    (folder / "台账.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    import_ledger(folder, folder / "台账.csv", CAMPAIGN)
    return folder


def _run(office: Path, kind: str) -> tuple[float, int]:
    """CPU seconds of a batch, and how many papers: all of a first run, those found unchanged in a second."""
    start = time.process_time()
    made = errand.draft(office, CAMPAIGN, Wanted(kinds=(kind,)), on=ON, output=None, progress=lambda _done, _all: None)
    same = sum(paper.same for paper in made.papers)
    return time.process_time() - start, same or len(made.papers)


def _floor(office: Path, kind: str) -> float:
    """CPU milliseconds of the form's body rendered by an environment without sandbox and escaping, for every unit."""
    workspace = open_workspace(office)
    campaign = library.find(workspace.campaigns, CAMPAIGN)
    forms = Forms((files.path("forms"),))
    with rooms.reading(workspace) as opened:
        problems = opened.book.problems(CAMPAIGN)
    plain = Environment(
        finalize=lambda value: value if isinstance(value, Undefined) else as_text(value),
        comment_start_string="<#",
        comment_end_string="#>",
    )  # no HTML
    plain.filters.update(FILTERS)
    plain.tests["含"] = lambda value, word: word in as_text(value)
    source, _ = body_of(forms.source(kind))
    template = plain.from_string(source)
    paragraphs: dict[str, Template] = {}

    def wording(name: str) -> str:
        chosen = choose(name, told["行动"])
        if chosen and chosen.text not in paragraphs:
            paragraphs[chosen.text] = plain.from_string(chosen.text)
        return paragraphs[chosen.text].render(told) if chosen else ""

    plain.globals["措辞"] = wording
    used = 0.0
    for unit in campaign.units:
        own = tuple(problem for problem in problems if problem.unit == unit.id)
        found = next(each for each in drafting.shipped_kinds() if each.name == kind)
        facts = drafting.paper_facts(found, Brief(kind, campaign, workspace.office, ON, unit, own), forms)
        told = told_all(facts, forms.contract.names)
        start = time.process_time()
        template.render(told)
        used += time.process_time() - start
    return used / len(campaign.units) * 1000

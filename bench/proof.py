"""Proof-reading papers of ten pages: reading a .docx back, judging it by all rules, beside what reading costs at least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
from lxml import etree

from bench.timing import call_ms
from campaigns.reading import read_definition
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.papers.brief import Brief
from generators.papers.drafting import draft, shipped_kinds
from generators.papers.forms import Forms
from generators.proofing.checking import check
from generators.proofing.correcting import corrections
from generators.proofing.rulebook import load_rules
from generators.reading.reading import read_docx
from generators.reading.relaying import relay
from model.documents import Block, Document, Table
from model.offices import Office
from templates import files

_TEN_PAGES = 10 * 22 * 28
"""Characters on ten full pages (5.2.3)."""
_PAPERS = 12
PROMISED = 40
"""Papers of ten pages a CPU-second, read and judged."""


def papers() -> Iterator[Document]:
    """Papers of ten pages put together from the bodies of the shipped forms, each from another place on."""
    campaign = read_definition(files.path("example", "campaign.yaml"))
    forms, office = Forms([files.path("forms")]), Office(name=campaign.issuer.name, short=campaign.issuer.name)
    blocks: list[Block] = []
    for kind in shipped_kinds():
        made = draft(Brief(kind.name, campaign, office, on=date(2026, 6, 1), unit=campaign.units[0]), forms)
        blocks += (block for block in made.document.body if not isinstance(block, Table))
    head = Document(
        title=f"{campaign.issuer.name}关于开展{campaign.name}的通知",
        issuers=(campaign.issuer.name,),
        number="青岚教发〔2026〕12号",
        addressees="各中小学校、幼儿园",
        dated=date(2026, 6, 1),
    )
    for number in range(_PAPERS):
        start = number * len(blocks) // _PAPERS
        yield replace(head, body=tuple(_fill(blocks[start:] + blocks[:start])))


def _fill(blocks: list[Block]) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if count < _TEN_PAGES:
            yield block
            count += len(str(getattr(block, "text", ""))) + sum(len(run.text) for run in getattr(block, "run_in", ()))


def by_python_docx(contents: list[bytes]) -> int:
    """The texts of all paragraphs by python-docx: no looks, no roles, no rules."""
    return sum(len(each.text) for content in contents for each in docx.Document(BytesIO(content)).paragraphs)


def by_lxml(contents: list[bytes]) -> int:
    """The floor: the document's XML unpacked and parsed, nothing else."""
    return sum(len(etree.fromstring(ZipFile(BytesIO(each)).read("word/document.xml"))) for each in contents)


def main() -> None:
    """Print milliseconds a paper, and papers a CPU-second."""
    layout, rules = load_layout(), load_rules()
    contents = [write(paper, layout) for paper in papers()]
    read = [read_docx(content) for content in contents]
    count = len(contents)
    told = {
        "floor: unzip and parse": call_ms(lambda: by_lxml(contents), 3) / count,
        "python-docx, texts only": call_ms(lambda: by_python_docx(contents), 1) / count,
        "reading": call_ms(lambda: [read_docx(content) for content in contents], 1) / count,
        f"judging by {len(rules.active)} rules": call_ms(lambda: [check(each, rules) for each in read], 1) / count,
        "reading and judging": call_ms(lambda: [check(read_docx(each), rules) for each in contents], 1) / count,
        "corrections": call_ms(lambda: [corrections(each, rules) for each in read], 1) / count,
        "laying out anew, compared": call_ms(lambda: [relay(each, layout) for each in read], 1) / count,
    }
    for name, spent in told.items():
        print(f"{name:28} {spent:7.2f} ms a paper of ten pages   {1000 / spent:8.1f} papers a CPU-second")
    print(f"promised: {PROMISED} papers a CPU-second read and judged")

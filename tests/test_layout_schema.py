"""Every part of what is written has its elements in the order of the schema: Word repairs or refuses a file that has not."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from wml_order import ORDER

from generators.marking.markup import parse
from generators.pages.layout import load_layout
from generators.pages.writer import write
from model.documents import Annex, Cell, Document, Heading, Item, Paragraph, RedHead, Run, Seal, Table

LAYOUT = load_layout()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPECIMENS = sorted((Path(__file__).resolve().parent.parent / "docs" / "specimens").glob("*.md"))
GRID = Table(
    header=((Cell("序号"), Cell("任务", columns=2)), (Cell("甲"), Cell("乙"), Cell("丙"))),
    rows=((Cell("1", rows=2), Cell("查"), Cell("改")), (Cell("保"), Cell("回头看"))),
    caption="任务分工表",
)
EVERYTHING = Document(
    title="青岚县教育局关于校园安全的通知",
    issuers=("青岚县教育局", "青岚县公安局", "青岚县卫生健康局"),
    copy_number="000012",
    secrecy="秘密★5年",
    urgency="特急",
    number="青岚教发〔2026〕12号",
    addressees="各中小学校、幼儿园",
    body=(
        Heading(1, "目标"),
        Heading(2, "责任", (Run("各校"), Run("负责", bold=True))),
        Paragraph((Run("“引号”——破折号……2026年\t制表"),)),
        Item(3, (Run("逐条"),)),
        GRID,
    ),
    annexes=(Annex("名单", (GRID,), landscape=True), Annex("说明", (Paragraph((Run("说明。"),)),))),
    seal=Seal.SEALED,
    dated=date(2026, 3, 5),
    note="此件公开发布",
    copies_to=("县人民政府办公室",),
    printed_by="青岚县教育局办公室",
    printed_on=date(2026, 3, 6),
)


def parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
                yield name, etree.fromstring(package.read(name))


def disorders(root: etree._Element) -> Iterator[str]:
    """Children that stand too early, too often in a mixed place, or that the schema does not know there."""
    for element in root.iter(*(f"{W}{name}" for name in ORDER)):
        name = etree.QName(element).localname
        groups = [set(group.split("|")) for group in ORDER[name].split()]
        place, heads = 0, set().union(*groups)
        for child in element:
            told = etree.QName(child).localname if etree.QName(child).namespace == W[1:-1] else "foreign"
            while place < len(groups) and told not in groups[place] and (groups[place] != {"*"} or told in heads):
                place += 1
            if place == len(groups):
                yield f"{name}: {told} out of place among {[etree.QName(each).localname for each in element]}"
                break


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_a_specimen_has_its_elements_in_order(path: Path) -> None:
    document, _ = parse(path.read_text(encoding="utf-8"), path.name)
    for name, root in parts(write(document, LAYOUT)):
        assert list(disorders(root)) == [], name


@pytest.mark.parametrize("red_head", RedHead)
@pytest.mark.parametrize("seal", Seal)
def test_a_paper_with_everything_has_its_elements_in_order(seal: Seal, red_head: RedHead) -> None:
    document = replace(EVERYTHING, seal=seal, red_head=red_head, signatory_posts=("局长",) * 3)
    for name, root in parts(write(document, LAYOUT)):
        assert list(disorders(root)) == [], name


def test_disorder_is_seen() -> None:
    def order(inner: str) -> list[str]:
        return list(disorders(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{inner}</w:p>')))

    assert order("<w:pPr><w:keepNext/><w:jc/></w:pPr>") == []
    assert order("<w:pPr><w:jc/><w:keepNext/></w:pPr>")
    assert order("<w:pPr><w:colour/></w:pPr>")
    assert order("<w:tbl><w:tblPr/><w:tblGrid/><w:tr/></w:tbl>") == []
    assert order("<w:tbl><w:tblGrid/><w:tblPr/><w:tr/></w:tbl>")

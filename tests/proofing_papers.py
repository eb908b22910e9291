"""Clean papers for the tests of proof-reading, and the ways to put one fault into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.reading.reading import read_docx
from model.documents import Annex, Attendance, Cell, Direction, Document, Format, Heading, Item, Paragraph, Run, Table
from model.proofing import ProofDocument

LAYOUT = load_layout()


def para(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def table(*rows: str, header: int = 1) -> Table:
    """A table of rows written with | between the cells."""
    cells = tuple(tuple(Cell(text) for text in row.split("|")) for row in rows)
    return Table(header=cells[:header], rows=cells[header:])


OPENING = para("为做好全县校园消防安全工作，保障师生生命安全，根据有关规定，现将有关事项通知如下。")
NOTICE = Document(
    title="青岚县教育局关于开展校园消防检查的通知",
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕12号",
    addressees="各乡镇中心学校，县直各学校、幼儿园",
    body=(
        OPENING,
        Heading(1, "检查范围"),
        para("全县各级各类学校和幼儿园，检查内容见附件1和附件2。"),
        Heading(1, "检查要求"),
        Heading(2, "认真自查。", (Run("各单位要逐项对照，发现问题立即整改，把责任落实到人。"),)),
        Heading(
            2,
            "按时报送。",
            (Run("请各单位于2026年4月17日（星期五）前将自查表报送县教育局，联系人：陶知秋，电话：0000-6612345。"),),
        ),
    ),
    annexes=(
        Annex("消防检查表", (table("序号|项目|结果", "1|疏散通道|", "2|灭火器|", "3|消火栓|"),)),
        Annex("检查安排表", (table("单位|人数", "第一小学|12", "第二小学|8", "合计|20"),)),
    ),
    dated=date(2026, 3, 5),
    copies_to=("县消防救援大队",),
    printed_by="青岚县教育局办公室",
    printed_on=date(2026, 3, 6),
)
REQUEST = Document(
    title="青岚县教育局关于拨付校舍维修经费的请示",
    direction=Direction.UP,
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕13号",
    signers=("沈怀远",),
    addressees="青岚县人民政府",
    body=(
        para("我县第一小学教学楼建成三十年，屋面渗漏，经检测需要维修，概算经费120万元。"),
        para("为保障师生安全，拟在暑假期间组织维修，恳请安排专项经费120万元。"),
        para("妥否，请批示。"),
    ),
    dated=date(2026, 3, 5),
    note="联系人：陶知秋，电话：0000-6612345",
)
REPORT = Document(
    title="青岚县教育局关于校园消防检查情况的报告",
    direction=Direction.UP,
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕14号",
    signers=("沈怀远",),
    addressees="青岚县人民政府",
    body=(
        para("2026年3月，我局组织检查组对全县学校进行了消防检查，现将情况报告如下。"),
        para("各检查组实地查看了疏散通道和消防设施，发现的问题均已登记造册，正在逐项整改。"),
        para("特此报告。"),
    ),
    dated=date(2026, 3, 31),
)
LETTER = Document(
    title="青岚县教育局关于商请协助检查校园消防设施的函",
    format=Format.LETTER,
    direction=Direction.LEVEL,
    issuers=("青岚县教育局",),
    number="青岚教函〔2026〕3号",
    addressees="县消防救援大队",
    body=(
        para("为做好校园消防安全工作，我局定于2026年4月组织检查，商请贵单位派员指导。"),
        para("专此函达，请予支持。"),
    ),
    dated=date(2026, 3, 5),
)
REPLY = Document(
    title="青岚县教育局关于同意第一小学改建食堂的批复",
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕15号",
    addressees="青岚县第一小学",
    body=(
        para("你校《关于改建食堂的请示》（青岚一小〔2026〕2号）收悉。经研究，同意你校改建食堂。"),
        para("此复。"),
    ),
    dated=date(2026, 3, 5),
)
MINUTES = Document(
    title="校园安全工作会议纪要",
    format=Format.MINUTES,
    mark="青岚县教育局会议纪要",
    body=(
        para("2026年3月5日，沈怀远同志主持召开校园安全工作会议。会议听取了消防检查情况的汇报，研究了整改工作。"),
        para("会议决定，由安全股牵头，逐校核对整改结果。"),
    ),
    attendance=Attendance(present=("沈怀远", "陶知秋")),
)
ANNOUNCEMENT = Document(
    title="青岚县教育局关于校园周边交通管理的通告",
    issuers=("青岚县教育局",),
    number="青岚教发〔2026〕16号",
    body=(para("为保障学生上下学安全，自2026年3月9日起，校门口实行错峰接送，请社会各界予以配合。"),),
    dated=date(2026, 3, 5),
)
PAPERS = (NOTICE, REQUEST, REPORT, LETTER, REPLY, MINUTES, ANNOUNCEMENT)


@cache
def _written(document: Document) -> bytes:
    return write(document, LAYOUT)


@dataclass(frozen=True)
class Defect:
    """A clean paper with changed elements, or with a stretch of the XML of one of its parts exchanged."""

    paper: Document
    part: str = ""
    old: str = ""
    new: str = ""
    times: int = 1
    also: tuple[tuple[str, str], ...] = ()
    change: Callable[[ProofDocument], ProofDocument] | None = None

    def content(self) -> bytes:
        """The .docx file."""
        content = _written(self.paper)
        for old, new in ((self.old, self.new), *self.also) if self.part else ():
            content = swapped(content, self.part, old, new, self.times)
        return content

    def read(self) -> ProofDocument:
        """The file as understood."""
        document = read_docx(self.content(), "稿.docx")
        return self.change(document) if self.change else document


def swapped(content: bytes, part: str, old: str, new: str, times: int = 1) -> bytes:
    """A .docx with a stretch of text exchanged in the parts whose names begin so; `times` 0 is everywhere."""
    target = BytesIO()
    done = False
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith(part):
                text = data.decode()
                done = done or old in text
                data = (text.replace(old, new, times) if times else text.replace(old, new)).encode()
            made.writestr(name, data)
    assert done, f"{old!r} is not in {part}"
    return target.getvalue()


def said(*texts: str, paper: Document = NOTICE, **changes: Any) -> Defect:
    """A paper with paragraphs added at the end of its body."""
    return Defect(replace(paper, body=(*paper.body, *map(para, texts)), **changes))


def told(paper: Document, **changes: Any) -> Defect:
    """A paper with other elements."""
    return Defect(replace(paper, **changes))


def body(*blocks: Any, paper: Document = NOTICE) -> Defect:
    """A paper with another body."""
    return Defect(replace(paper, body=tuple(para(block) if isinstance(block, str) else block for block in blocks)))


def xml(
    old: str,
    new: str,
    paper: Document = NOTICE,
    part: str = "word/document.xml",
    times: int = 1,
    also: tuple[tuple[str, str], ...] = (),
) -> Defect:
    """A paper with something exchanged in the file."""
    return Defect(paper, part, old, new, times, also)


__all__ = ["Defect", "Heading", "Item", "body", "para", "said", "table", "told", "xml"]

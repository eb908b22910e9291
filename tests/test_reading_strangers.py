"""Strangers' documents understood: Word, WPS, converters and pasted web pages, each in its own way, give the same elements."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.pages.layout import load_layout
from generators.reading.annotating import annotate
from generators.reading.reading import read_docx
from generators.reading.relaying import relay
from model.documents import Direction, Document, Format, Heading, Item, Paragraph, RedHead, Run, Table
from model.errors import FaultyInput, Refused
from model.findings import Finding, Severity
from model.proofing import ProofDocument, Role, Source, Where

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE = "青岚县教育局关于开展校园安全隐患排查整治工作的通知"


@dataclass
class Stranger:
    """A .docx put together by hand: paragraphs as XML, and parts beside the document."""

    body: list[str] = field(default_factory=list)
    styles: str = ""
    numbering: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    def add(self, text: str = "", *, pPr: str = "", rPr: str = "") -> Stranger:  # noqa: N803 - the format's own names
        self.body.append(para(text, pPr, rPr))
        return self

    def raw(self, xml: str) -> Stranger:
        self.body.append(xml)
        return self

    def bytes(self) -> bytes:
        """The file."""
        document = f'<w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>{"".join(self.body)}</w:body></w:document>'
        parts = {
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(
                {kind: f"{kind}.xml" for kind, xml in (("styles", self.styles), ("numbering", self.numbering)) if xml}
            ),
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{self.styles}</w:styles>',
            "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{self.numbering}</w:numbering>',
        } | self.parts
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            for name, xml in parts.items():
                package.writestr(name, xml)
        return target.getvalue()

    def read(self) -> ProofDocument:
        return read_docx(self.bytes(), "来文.docx")

    def document(self) -> Document:
        return self.read().document


def _relations(kinds: dict[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(kinds.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def run(text: str, rPr: str = "") -> str:  # noqa: N803
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{rPr}</w:rPr>' if rPr else ''}{pieces}</w:r>"


def para(text: str, pPr: str = "", rPr: str = "") -> str:  # noqa: N803
    return f"<w:p>{f'<w:pPr>{pPr}</w:pPr>' if pPr else ''}{run(text, rPr) if text else ''}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    told = "".join(f"<w:tr>{''.join(f'<w:tc>{para(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{told}</w:tbl>"


BODY = (
    "为深入排查整治校园安全隐患，现就有关事项通知如下。",
    "一、工作目标",
    "到2026年12月底，各学校隐患整改率达到100%，确保师生安全。",
    "二、重点任务",
    "（一）消防安全",
    "检查疏散通道、消防器材和用电线路，发现问题立即整改。",
    "（二）落实责任。各校校长为第一责任人，要亲自部署、亲自检查。",
    "1.建立台账，逐项登记；",
    "2.销号管理，逐项复查。",
)
CENTRE = '<w:jc w:val="center"/>'
RIGHT = '<w:jc w:val="right"/>'
INDENT = '<w:ind w:firstLineChars="200"/>'
TABLE = table(("序号", "任务", "科室"), ("1", "消防检查", "安全科"))


def word() -> Stranger:
    """As a clerk writes it in Word: sizes and alignments set by hand, blank lines between."""
    paper = Stranger()
    paper.add("000012").add("特急")
    paper.add("青岚县教育局文件", pPr=CENTRE, rPr='<w:color w:val="FF0000"/><w:sz w:val="72"/>').add()
    paper.add("青岚教发〔2026〕12号", pPr=CENTRE).add().add(TITLE, pPr=CENTRE, rPr='<w:sz w:val="44"/>').add()
    paper.add("各中小学校、幼儿园：")
    for text in BODY:
        paper.add(text, pPr=INDENT)
    paper.add().add("附件：任务分工表", pPr=INDENT).add().add("青岚县教育局", pPr=RIGHT).add("2026年3月5日", pPr=RIGHT)
    paper.add("（联系人：甘霖，电话：0000-1234567）", pPr=INDENT)
    paper.add("附件", pPr="<w:pageBreakBefore/>").add("任务分工表", pPr=CENTRE).raw(TABLE)
    paper.add("抄送：县人民政府办公室。").add("青岚县教育局办公室　　　2026年3月5日印发")
    return paper


def wps() -> Stranger:
    """As WPS saves a paper whose indents are spaces, whose mark is spaced out and whose 版记 is a table."""
    paper = Stranger()
    paper.add("000012").add("特急").add("青 岚 县 教 育 局 文 件").add("青岚教发〔2026〕 12 号").add("")
    paper.add("青岚县教育局关于开展").add("校园安全隐患排查整治工作的").add("通　知").add("各中小学校、幼儿园：")
    for text in BODY:
        paper.add(f"　　{text}")
    paper.add("　　附件：任务分工表").add("　　　　　　　　　　　青岚县教育局").add(
        "　　　　　　　　　　　2026年3月5日"
    )
    paper.add("　　（联系人：甘霖，电话：0000-1234567）").add("附件").add("任务分工表").raw(TABLE)
    return paper.raw(table(("抄送：县人民政府办公室。",), ("青岚县教育局办公室　　　2026年3月5日印发",)))


def converted() -> Stranger:
    """As a converter leaves it: no style, no alignment, signature on one line, the label with the annex's name."""
    paper = Stranger()
    paper.add("000012").add("特急").add("青岚县教育局文件").add("青岚教发〔2026〕12号").add(TITLE[:13]).add(TITLE[13:])
    paper.add("各中小学校、").add("幼儿园：")
    for text in BODY:
        paper.add(text)
    paper.add("附件：任务分工表").add("青岚县教育局   2026年3月5日").add("（联系人：甘霖，电话：0000-1234567）")
    paper.add("附件：任务分工表").raw(TABLE).add("抄送：县人民政府办公室。")
    return paper.add("青岚县教育局办公室").add("2026年3月5日印发")


def controlled() -> Stranger:
    """Every element in a content control, numbers of headings in Word's own heading styles."""
    paper = word()
    paper.body = [
        f"<w:sdt><w:sdtContent>{each}</w:sdtContent></w:sdt>" if each.startswith("<w:p>") else each
        for each in paper.body
    ]
    return paper


def framed() -> Stranger:
    """Everything in the one cell of a table, as pages copied from a site come."""
    paper = word()
    inner, last = paper.body[:], paper.body.index(TABLE)
    paper.body = [f"<w:tbl><w:tr><w:tc>{''.join(inner[: last - 2])}</w:tc></w:tr></w:tbl>", *inner[last - 2 :]]
    return paper


def tracked() -> Stranger:
    """With changes not settled: what was put in counts, what was struck out does not."""
    paper = word()
    place = next(n for n, xml in enumerate(paper.body) if "到2026年12月底" in xml)
    deleted = "<w:del><w:r><w:delText>十一月底</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('到2026年12月底，')}</w:ins>"
    paper.body[place] = f"<w:p>{deleted}{inserted}{run('各学校隐患整改率达到100%，确保师生安全。')}</w:p>"
    gone = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + run("检查疏散通道、消防器材") + "</w:p>"
    place = next(n for n, xml in enumerate(paper.body) if "检查疏散通道" in xml)
    paper.body[place : place + 1] = [gone, para("和用电线路，发现问题立即整改。")]
    return paper


def numbered() -> Stranger:
    """Numbers by Word's automatic numbering: none of them is among the characters."""
    paper = word()
    forms = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )
    paper.numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    for place, xml in enumerate(paper.body):
        for level, marks in enumerate((("一、", "二、"), ("（一）", "（二）"), (">1.", ">2."))):
            for mark in marks:
                if mark.lstrip(">") in xml and (level != 2 or mark in xml) and "2026" not in mark:
                    bare = xml.replace(mark, ">" if level == 2 else "", 1)
                    number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
                    paper.body[place] = bare.replace(f"<w:pPr>{INDENT}</w:pPr>", number)
    return paper


STYLES = [word, wps, converted, controlled, framed, tracked, numbered]


@pytest.mark.parametrize("made", STYLES, ids=lambda made: made.__name__)
def test_a_paper_is_understood_in_every_style(made: Callable[[], Stranger]) -> None:
    found = made().read()
    paper = found.document
    assert found.source is Source.STRANGER
    assert (paper.title, paper.number, paper.copy_number, paper.urgency) == (
        TITLE,
        "青岚教发〔2026〕12号",
        "000012",
        "特急",
    )
    assert (paper.issuers, paper.mark, paper.red_head) == (("青岚县教育局",), "", RedHead.DRAWN)
    assert paper.addressees == "各中小学校、幼儿园"
    assert outline(paper) == [
        "为深入排查整治校园安全隐患，现就有关事项通知如下。", (1, "工作目标"), BODY[2], (1, "重点任务"), (2, "消防安全"), BODY[5],
        (2, "落实责任。"), [3, "建立台账，逐项登记；"], [3, "销号管理，逐项复查。"],
    ]  # fmt: skip
    assert (paper.signatories, paper.dated) == (("青岚县教育局",), date(2026, 3, 5))
    assert paper.note == "联系人：甘霖，电话：0000-1234567"
    assert [annex.title for annex in paper.annexes] == ["任务分工表"]
    assert isinstance((paper.annexes[0].body or ())[0], Table)
    assert (paper.copies_to, paper.printed_by, paper.printed_on) == (
        ("县人民政府办公室",),
        "青岚县教育局办公室",
        date(2026, 3, 5),
    )
    assert not found.unplaced


def outline(paper: Document) -> list[object]:
    """Headings as (level, text), items as [level, text], paragraphs as text."""
    told: list[object] = []
    for block in paper.body:
        if isinstance(block, Heading):
            told.append((block.level, block.text))
        elif isinstance(block, Item):
            told.append([block.level, "".join(each.text for each in block.runs)])
        elif isinstance(block, Paragraph):
            told.append(block.text)
    return told


def test_a_pasted_web_page_is_understood() -> None:
    """One paragraph with line breaks, half-width signs, the number below the title, no head."""
    paper = Stranger().add(
        "关于开展校园安全检查的通知\n青教发[2026]12号\n各中小学校,幼儿园:\n　　现将有关事项通知如下:\n　　一、检查时间\n"
        "　　2026年3月至4月,分两批进行,具体安排另行通知.\n　　二、检查内容\n　　(一)消防安全\n　　消防器材,疏散通道等是否符合要求.\n"
        "　　特此通知.\n青岚县教育局\n二〇二六年三月五日"
    )
    found = paper.document()
    assert (found.title, found.number, found.addressees) == (
        "关于开展校园安全检查的通知",
        "青教发[2026]12号",
        "各中小学校,幼儿园",
    )
    assert [each for each in outline(found) if isinstance(each, tuple)] == [
        (1, "检查时间"),
        (1, "检查内容"),
        (2, "消防安全"),
    ]
    assert (found.signatories, found.dated) == (("青岚县教育局",), date(2026, 3, 5))


def test_an_upward_paper_has_its_signers() -> None:
    paper = Stranger().add("青岚县教育局文件").add("青岚教发〔2026〕9号          签发人：李　明  王建国")
    paper.add("青岚县教育局关于校园安全工作情况的报告").add("县人民政府：").add("现将有关情况报告如下。").add(
        "青岚县教育局"
    ).add("2026年3月5日")
    found = paper.document()
    assert (found.direction, found.signers) == (Direction.UP, ("李明", "王建国"))


def test_a_joint_paper_has_its_organs() -> None:
    paper = (
        Stranger()
        .add("青岚县教育局")
        .add("青岚县公安局文件")
        .add("青岚教发〔2026〕9号")
        .add("关于加强护学岗工作的通知")
        .add("各学校：")
    )
    paper.add("现通知如下，请认真执行。").add("青岚县教育局").add("青岚县公安局").add("2026年3月5日")
    found = paper.document()
    assert found.issuers == found.signatories == ("青岚县教育局", "青岚县公安局")


def test_minutes_and_orders_are_known_by_their_marks() -> None:
    minutes = (
        Stranger()
        .add("青岚县教育局局长办公会议纪要")
        .add("〔2026〕3号")
        .add("研究校园安全工作")
        .add("会议听取了汇报。会议强调了责任。")
    )
    minutes.add("出席：李明、王建国").add("列席：赵亮")
    found = minutes.document()
    assert found.format is Format.MINUTES
    assert (found.attendance.present, found.attendance.observing) == (("李明", "王建国"), ("赵亮",))
    order = (
        Stranger()
        .add("青岚县人民政府令", rPr='<w:color w:val="FF0000"/>')
        .add("第3号")
        .add("青岚县校园安全管理办法")
        .add("现予公布，自公布之日起施行。")
    )
    assert (order.document().format, order.document().number) == (Format.ORDER, "第3号")


def test_a_bare_plan_has_title_and_levels() -> None:
    paper = (
        Stranger()
        .add("青岚县校园安全隐患排查整治实施方案")
        .add("为确保安全，制定本方案。")
        .add("一、工作目标")
        .add("不漏一处。")
    )
    found = paper.document()
    assert (found.title, found.red_head) == ("青岚县校园安全隐患排查整治实施方案", RedHead.NONE)
    assert outline(found) == ["为确保安全，制定本方案。", (1, "工作目标"), "不漏一处。"]


def test_numbers_that_do_not_follow_on_stay_as_written() -> None:
    found = Stranger().add("工作要点").add("工作如下。").add("一、甲事").add("要办好。").add("三、乙事").read()
    assert outline(found.document) == ["工作如下。", (1, "甲事"), "要办好。", "三、乙事"]
    assert [remark.paragraph for remark in found.remarks] == [5]


def test_headings_change_their_face_where_text_runs_in() -> None:
    paper = (
        Stranger()
        .add("工作要点")
        .add("工作如下。")
        .raw(f"<w:p>{run('一、加强领导', '<w:b/>')}{run(' 各校要成立专班，明确分工，压实责任。')}</w:p>")
    )
    (_, heading) = paper.document().body
    assert isinstance(heading, Heading)
    assert (heading.level, heading.text) == (1, "加强领导")


def test_an_enumeration_is_no_ordinal() -> None:
    found = (
        Stranger()
        .add("工作要点")
        .add("工作如下。")
        .add("一、二年级不留书面作业。")
        .add("3.5米以内不得堆物。")
        .document()
    )
    assert outline(found) == ["工作如下。", "一、二年级不留书面作业。", "3.5米以内不得堆物。"]


def test_several_annexes_are_told_apart() -> None:
    paper = (
        Stranger()
        .add("关于开展检查的通知")
        .add("各学校：")
        .add("现通知如下。")
        .add("附件：1.检查表")
        .add("      2.汇总表")
    )
    paper.add("青岚县教育局").add("2026年3月5日").add("附件1").add("检查表").raw(TABLE).add("附件2：汇总表").raw(TABLE)
    found = paper.document()
    assert [(annex.title, len(annex.body or ())) for annex in found.annexes] == [("检查表", 1), ("汇总表", 1)]


def test_text_boxes_headers_and_footnotes_are_read() -> None:
    inner = f"<v:textbox><w:txbxContent>{para('内部资料')}</w:txbxContent></v:textbox>"
    box = f'<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:pict></w:r>'
    paper = Stranger().add("工作要点").raw(f"<w:p>{run('工作如下。')}{box}</w:p>")
    paper.raw('<w:sectPr><w:footerReference w:type="default" r:id="r0"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    page = f"{begin}<w:r><w:instrText> PAGE </w:instrText></w:r>{separate}{run('12')}{end}"
    paper.parts["word/footer1.xml"] = f'<w:ftr xmlns:w="{W}"><w:p>{run("- ")}{page}{run(" -")}</w:p></w:ftr>'
    paper.parts["word/_rels/document.xml.rels"] = _relations({"footer": "footer1.xml"})
    found = paper.read()
    assert [each.text for each in found.paragraphs if each.place.where is Where.TEXT_BOX] == ["内部资料"]
    assert found.sections[0].footers[0].text == "- {PAGE} -"
    assert found.of(Role.FOOTER)[0].place.part == "word/footer1.xml"


def test_hidden_words_are_left_out_and_changes_are_told() -> None:
    found = Stranger().add("工作要点").raw(f"<w:p>{run('工作如下。')}{run('删去', '<w:vanish/>')}</w:p>").read()
    assert outline(found.document) == ["工作如下。"]
    assert [remark.rule for remark in found.remarks] == ["file-hidden"]


# 来历不明的文件


def test_a_file_without_a_single_word_is_told() -> None:
    (told,) = read_docx(Stranger().add().bytes()).remarks
    assert (told.rule, told.severity) == ("file-empty", Severity.WARNING)
    assert "扫描" in (told.fix or "")


def test_a_bomb_is_refused_by_its_declared_size() -> None:
    paper = Stranger().add("工作要点")
    paper.parts["word/document.xml"] = f'<w:document xmlns:w="{W}"><w:body>{" " * (20 << 20)}</w:body></w:document>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in {"_rels/.rels": _relations({"officeDocument": "word/document.xml"}), **paper.parts}.items():
            package.writestr(name, xml)
    with pytest.raises(Refused, match="太大"):
        read_docx(target.getvalue(), "来文.docx")


LAUGHS = '<!DOCTYPE l [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (f'{LAUGHS}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>', "文档类型定义"),
        (f'{OUTSIDE}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>', "文档类型定义"),
        (f'<w:document xmlns:w="{W}"><w:body>' + "<w:sdt><w:sdtContent>" * 400, "套得太深"),
        (f'<w:document xmlns:w="{W}"><w:body><w:p>', "不是完整的 XML"),
        (f'<w:document xmlns:w="{W}"/>', "没有正文"),
    ],
)  # fmt: skip
def test_a_harmful_or_broken_document_is_refused(xml: str, why: str) -> None:
    paper = Stranger()
    paper.parts["word/document.xml"] = xml
    with pytest.raises(Refused, match=why):
        paper.read()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04" + b"\0" * 40, "不是 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        (Stranger().add("字").bytes()[:-30], "不是 .docx"),
    ],
)
def test_what_is_no_docx_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_docx(content, "来文.docx")


def test_a_nest_of_tables_and_boxes_is_read_or_refused_but_never_breaks() -> None:
    nested = para("最里面")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    found = Stranger().raw(nested).read()
    assert any(each.text == "最里面" for each in found.paragraphs)


# 重新排版

LAYOUT = load_layout()


def characters(text: str) -> Counter[str]:
    """The characters that count: no white space, no marks of ordinals and labels."""
    return Counter(char for char in text if not char.isspace() and char not in "、.．（）()：:")


@pytest.mark.parametrize("made", STYLES, ids=lambda made: made.__name__)
def test_a_paper_of_any_style_is_laid_out_anew_with_the_same_words(made: Callable[[], Stranger]) -> None:
    before = made().read()
    laid = relay(before, LAYOUT)
    after = read_docx(laid.content)
    assert after.source is Source.OURS
    assert on_page_texts(after) == on_page_texts(before)
    assert not [found for found in laid.findings if found.severity is not Severity.INFO]


def on_page_texts(read: ProofDocument) -> Counter[str]:
    return characters("".join(each.shown for each in read.paragraphs if each.role not in (Role.FOOTER, Role.HEADER)))


LINES = """各学校要落实责任，确保安全。|一、工作目标|二、重点任务|（一）消防安全|(二)食品安全|1、逐项登记；|2.逐项复查。|（1）宿舍
附件：任务分工表
附件1|任务分工表|青岚县教育局|2026年3月5日|二〇二六年三月五日|抄送：县政府办公室。|青岚县教育局办公室　2026年3月5日印发
各学校：|关于开展检查的通知
青岚教发〔2026〕12号|青岚县教育局文件|签发人：李明|（此件公开发布）|主题词：教育　安全　通知|第一条　为了安全。|3.5米以内
　　一、二年级不考试。||
特急|出席：李明、王强|序号：1|表1　情况汇总|三、加强领导。各校要成立专班。""".replace("\n", "|").split("|")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.just("|表|"), max_size=14))
def test_no_character_is_lost_whatever_the_order_of_lines(lines: list[str]) -> None:
    paper = Stranger()
    for line in lines:
        if line == "|表|":
            paper.raw(TABLE)
        else:
            paper.add(line)
    before = paper.read()
    try:
        laid = relay(before, LAYOUT)
    except FaultyInput:  # it said what it cannot place, and laid out nothing
        return
    had, has = on_page_texts(before), on_page_texts(read_docx(laid.content))
    lost = had - has
    assert set(lost) <= set("附件0123456789〇二三五六年月日《》。；"), lost


def test_a_draft_that_ends_with_its_signature_is_read() -> None:
    paper = Stranger().add("青岚县教育局文件").add("各学校要落实责任，确保安全。").add("青岚县教育局").read()
    assert paper.document.signatories == ("青岚县教育局",)
    assert paper.document.dated is None


def test_words_without_an_element_stay_and_are_named() -> None:
    paper = (
        Stranger().add("关于开展检查的通知").add("各学校：").add("现通知如下。").add("青岚县教育局").add("2026年3月5日")
    )
    paper.add("抄送：县政府。").add("主题词：教育　安全")
    laid = relay(paper.read(), LAYOUT)
    assert laid.document.body[-1] == Paragraph((Run("主题词：教育　安全"),))
    assert [found.message for found in laid.findings if found.severity is Severity.WARNING] == [
        "版记其他“主题词：教育　安全”不是公文的要素，放在了正文末尾，请决定去留"
    ]


def test_an_annex_under_two_names_is_not_laid_out() -> None:
    paper = (
        Stranger().add("关于开展检查的通知").add("各学校：").add("现通知如下。").add("附件：检查表").add("青岚县教育局")
    )
    paper.add("2026年3月5日").add("附件").add("汇总表").raw(TABLE)
    with pytest.raises(FaultyInput) as refused:
        relay(paper.read(), LAYOUT)
    assert any("汇总" in str(found) for found in refused.value.findings)


# 批注


def test_comments_stand_at_their_words_and_the_text_is_unchanged() -> None:
    content = word().bytes()
    before = read_docx(content)
    (place,) = (each.index for each in before.paragraphs if each.text == BODY[5])
    found = (
        Finding(
            rule="P01", severity=Severity.WARNING, message="甲", paragraph=place, excerpt="…消防器材和用电…", fix="乙"
        ),
        Finding(rule="F01", severity=Severity.ERROR, message="页边距不对"),
    )
    noted = annotate(content, before, found, datetime(2026, 3, 5, 9, 30))
    after = read_docx(noted)
    assert [each.text for each in after.paragraphs] == [each.text for each in before.paragraphs]
    with zipfile.ZipFile(BytesIO(noted)) as package:
        body = package.read("word/document.xml").decode()
        comments = package.read("word/comments.xml").decode()
    inside = body.partition('<w:commentRangeStart w:id="0"/>')[2].partition('<w:commentRangeEnd w:id="0"/>')[0]
    assert re.sub("<[^>]*>", "", inside) == "消防器材和用电"
    assert "提醒（P01）：甲" in comments
    assert "改法：乙" in comments


def test_comments_that_were_there_stay() -> None:
    content = word().bytes()
    once = annotate(
        content,
        read_docx(content),
        (Finding(rule="A", severity=Severity.INFO, message="头一条"),),
        datetime(2026, 3, 5),
    )
    twice = annotate(
        once, read_docx(once), (Finding(rule="B", severity=Severity.INFO, message="第二条"),), datetime(2026, 3, 6)
    )
    with zipfile.ZipFile(BytesIO(twice)) as package:
        assert len(package.namelist()) == len(set(package.namelist()))
        comments = package.read("word/comments.xml").decode()
    assert "头一条" in comments
    assert re.findall(r'w:id="(\d+)"', comments) == ["0", "1"]


def test_lines_that_a_converter_broke_are_one_paragraph_again() -> None:
    paper = Stranger().add("校园安全工作方案")
    text = "为深入排查整治校园安全隐患，压实各级各类学校安全管理责任，防范和遏制重特大安全事故发生，确保师生生命安全，现制定本方案。"
    for begin in ("", "一、坚持原则。"):
        whole = begin + text * 2
        for place in range(0, len(whole), 28):
            paper.add(whole[place : place + 28])
    found = paper.document()
    assert [type(block) for block in found.body] == [Paragraph, Heading]
    first, second = found.body
    assert isinstance(first, Paragraph)
    assert isinstance(second, Heading)
    assert first.text == text * 2
    assert "".join(each.text for each in second.run_in) == text * 2


def test_a_joint_mark_in_a_table_is_a_mark() -> None:
    paper = Stranger().raw(
        f"<w:tbl><w:tr><w:tc>{para('青岚县教育局')}{para('青岚县公安局')}</w:tc><w:tc>{para('文件')}</w:tc></w:tr></w:tbl>"
    )
    paper.add("青岚教发〔2026〕9号").add("关于加强护学岗工作的通知（试行）").add("各学校：").add(
        "现通知如下，请认真执行。"
    )
    found = paper.add("青岚县教育局  青岚县公安局").add("2026年3月5日").document()
    assert found.issuers == found.signatories == ("青岚县教育局", "青岚县公安局")
    assert found.title == "关于加强护学岗工作的通知（试行）"


def test_an_annex_without_its_label_is_an_annex() -> None:
    paper = (
        Stranger()
        .add("关于印发实施方案的通知")
        .add("各学校：")
        .add("现印发给你们，请认真执行。")
        .add("青岚县教育局")
        .add("2026年3月5日")
    )
    found = (
        paper.add("校园安全隐患排查实施方案")
        .add("为确保安全，制定本方案。")
        .add("一、目标")
        .add("不漏一处。")
        .document()
    )
    assert [(annex.title, len(annex.body or ())) for annex in found.annexes] == [("校园安全隐患排查实施方案", 3)]


def rich() -> Stranger:
    """A paper with everything whose attributes are numbers."""
    paper = numbered()
    paper.styles = (
        '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="正文"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    )
    paper.add(
        "段", pPr='<w:ind w:left="480" w:firstLineChars="200" w:hanging="20"/><w:spacing w:before="120" w:after="60"/>'
    )
    cell = '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>'
    paper.raw(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{cell}{para("格")}</w:tc></w:tr></w:tbl>')
    return paper.raw('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:docGrid w:linePitch="579"/></w:sectPr>')


ODD = ("", "-1", "0", "nan", "inf", "-inf", "1e308", "999999999999", "甲", "12cm", "0x10", " ")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.sampled_from(ODD))
def test_odd_numbers_in_a_file_never_break_the_reader(place: int, odd: str) -> None:
    paper = rich()
    for name in ("body", "styles", "numbering"):
        held = getattr(paper, name)
        xml = "\x00".join(held) if isinstance(held, list) else held
        values = list(re.finditer(r'"(\d+)"', xml))
        if values:
            match = values[place % len(values)]
            xml = f'{xml[: match.start()]}"{odd}"{xml[match.end() :]}'
        setattr(paper, name, xml.split("\x00") if isinstance(held, list) else xml)
    read = paper.read()
    assert read.document.title == TITLE


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mangled_file_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    paper = rich()
    xml = "".join(paper.body)
    tags = list(re.finditer(r"</?w:\w+[^>]*>", xml))
    for match in sorted(data.draw(st.lists(st.sampled_from(tags), max_size=4, unique=True)), key=lambda m: -m.start()):
        xml = (
            xml[: match.start()]
            + data.draw(st.sampled_from(("", match[0] * 2, "<w:p>", "</w:tc>")))
            + xml[match.end() :]
        )
    paper.body = [xml]
    try:
        paper.read()
    except Refused as error:
        assert "不是完整的 XML" in str(error)  # noqa: PT017 - most mangled files are refused, some are read


def test_the_last_of_several_signers_stands_beside_the_number() -> None:
    paper = Stranger().add("青岚县教育局文件").add("签发人：李　明　王建国").add("青岚教发〔2026〕9号            赵亮")
    paper.add("青岚县教育局关于校园安全工作情况的报告").add("县人民政府：").add("现将有关情况报告如下。").add(
        "青岚县教育局"
    ).add("2026年3月5日")
    read = paper.read()
    assert read.document.number == "青岚教发〔2026〕9号"
    assert read.document.signers == ("李明", "王建国", "赵亮")
    assert read_docx(relay(read, LAYOUT).content).document.signers == read.document.signers


def test_what_stands_beside_the_text_is_named_when_it_does_not_come_along() -> None:
    paper = Stranger().add("工作要点").add("工作如下，请认真执行。")
    paper.raw('<w:sectPr><w:headerReference w:type="default" r:id="r0"/></w:sectPr>')
    paper.parts["word/header1.xml"] = f'<w:hdr xmlns:w="{W}">{para("内部资料")}</w:hdr>'
    paper.parts["word/_rels/document.xml.rels"] = _relations({"header": "header1.xml"})
    told = [found.message for found in relay(paper.read(), LAYOUT).findings if found.severity is Severity.WARNING]
    assert told == ["页眉“内部资料”没有带过来：公文没有页眉，页脚只有页码"]

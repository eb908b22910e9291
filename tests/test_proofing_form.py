"""Rules about elements, kinds and layout: each has one paper that breaks it, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from proofing_papers import (
    ANNOUNCEMENT,
    LETTER,
    MINUTES,
    NOTICE,
    PAPERS,
    REPLY,
    REPORT,
    REQUEST,
    Defect,
    Heading,
    body,
    para,
    said,
    table,
    told,
    xml,
)

from generators.proofing.checking import check
from generators.proofing.rulebook import load_rules
from model.documents import Annex, Attendance, Direction, Document, RedHead
from model.proofing import ProofDocument, Role, Source

BOOK = load_rules()


def ends(*texts: str, paper: Document) -> Defect:
    """A paper whose last paragraph is another."""
    return Defect(replace(paper, body=(*paper.body[:-1], *map(para, texts))))


def on_page(index: int, page: int) -> Defect:
    """A rendered paper whose body begins on that page."""

    def change(document: ProofDocument) -> ProofDocument:
        paragraphs = (p._replace(page=page if p.index >= index else 1) for p in document.paragraphs)
        return replace(document, paragraphs=tuple(paragraphs))

    return Defect(NOTICE, change=change)


def stranger(document: ProofDocument) -> ProofDocument:
    return replace(document, source=Source.STRANGER)


LONG = replace(NOTICE, title="青岚县教育局关于进一步加强全县各级各类学校和幼儿园校园消防安全管理工作的通知")
ELEMENTS = {
    "E00": Defect(
        Document(title="春游", red_head=RedHead.NONE, body=(para("春天到了，大家去看花。"),)), change=stranger
    ),
    "E02": told(NOTICE, title="青岚县教育局关于开展校园消防检查的事"),
    "E03": told(NOTICE, title="青岚县教育局全县校园消防检查工作通知"),
    "E04": told(NOTICE, title="青岚县教育局关于转发关于开展校园消防检查的通知"),
    "E05": told(NOTICE, title="青岚县教育局关于转发开展校园消防检查的通知的通知"),
    "E06": told(NOTICE, title="青岚县教育局关于开展校园消防检查的通知。"),
    "E07": told(NOTICE, title="青岚县教育局关于开展校园消防检查，做好整改的通知"),
    "E08": told(NOTICE, title="青岚县教育局关于贯彻青岚教发〔2026〕5号文件的通知"),
    "E09": told(NOTICE, title="青岚县教育局关于开展校园消防检查的紧急通知"),
    "E10": told(NOTICE, title="青岚县教育局关于开展校园消防检查通知"),
    "E11": told(NOTICE, title=f"青岚县教育局关于开展{'中小学校和幼儿园' * 8}校园消防安全检查工作的通知"),
    "E12": told(NOTICE, addressees=""),
    "E13": told(ANNOUNCEMENT, addressees="各学校"),
    "F06": xml("幼儿园：", "幼儿园"),
    "E14": xml("幼儿园：", "幼儿园，："),
    "E15": told(NOTICE, addressees="各乡镇中心学校，县直各学校、幼儿园，县直各学校"),
    "E19": told(NOTICE, signatories=("青岚县民政和社会福利局",), title="关于开展校园消防检查的通知"),
    "F04": told(NOTICE, number="青岚教发〔2026〕号"),
    "E20": xml("青岚教发〔2026〕12号", ""),
    "E21": told(NOTICE, number="青岚教发〔2025〕12号"),
    "F10": xml("签发人：", "", paper=REQUEST, also=(("沈怀远", ""),)),
    "E22": told(NOTICE, direction=Direction.UP, signers=("沈怀远",)),
    "E23": xml("沈怀远", "沈怀远、陶知秋", paper=REQUEST),
    "E24": told(NOTICE, copy_number="000001", secrecy="秘密1年"),
    "E25": told(NOTICE, secrecy="秘密★1年"),
    "E26": told(NOTICE, copy_number="0001"),
    "E27": told(NOTICE, urgency="急件"),
    "F05": xml("2026年3月5日<", "2026年03月05日<"),
    "E17": xml(">青岚县教育局<", "><"),
    "E18": xml("2026年3月5日<", "<"),
    "D04": xml("1.消防检查表", "1.《消防检查表》"),
    "E28": xml("2.检查安排表<", "2.检查安排表；<"),
    "E29": xml("附件：消", "附件：1.消", paper=replace(NOTICE, body=NOTICE.body[:1], annexes=NOTICE.annexes[:1])),
    "E31": xml("附件：1", "附件1"),
    "F09": xml(">消防检查表<", ">消防登记表<"),
    "E33": xml(">附件1<", ">附件一<"),
    "E34": xml(">附件2<", ">附件3<"),
    "D05": said("报送格式见附件5。"),
    "F11": xml("县消防救援大队。", "县消防救援大队"),
    "E36": told(NOTICE, copies_to=("各乡镇中心学校",)),
    "E37": xml("3月6日印发", "3月6日"),
    "E38": xml("2026年3月6日印发", "2026年03月06日印发"),
    "E39": told(NOTICE, printed_on=date(2026, 3, 4)),
    "E41": told(MINUTES, attendance=Attendance()),
    "E01": xml("青岚县教育局关于开展校园消防检查的通知", ""),
    "E16": told(ANNOUNCEMENT, body=()),
    "E30": xml("2.检查安排表", "3.检查安排表"),
    "E32": xml("2.检查安排表", ""),
    "E35": told(NOTICE, body=NOTICE.body[:1]),
    "F13": told(LETTER, mark="青岚县教育局文件"),
    "E42": told(NOTICE, title="西川县教育局关于开展校园消防检查的通知"),
}
KINDS = {
    "K01": told(REQUEST, addressees="青岚县人民政府、青岚县财政局"),
    "K02": told(REQUEST, title="青岚县教育局关于维修校舍、购置课桌等事项的请示"),
    "K03": said("恳请县政府拨付整改经费50万元。", "特此报告。", paper=replace(REPORT, body=REPORT.body[:-1])),
    "K25": ends("以上报告妥否，请批示。", paper=REPORT),
    "K04": told(REQUEST, title="青岚县教育局关于拨付校舍维修经费的请示报告"),
    "K05": told(REQUEST, title="青岚县教育局关于拨付校舍维修经费的申请"),
    "K06": told(NOTICE, title="青岚县教育局校园消防检查方案"),
    "K07": told(REQUEST, addressees="王县长"),
    "K08": told(REQUEST, copies_to=("各中心学校",)),
    "K09": told(NOTICE, title="关于开展校园消防检查的通知", signatories=("青岚县教育局安全股",)),
    "K10": told(NOTICE, addressees="各乡镇人民政府"),
    "K11": body(*REQUEST.body[:1], "为保障师生安全，拟在暑假期间组织维修。", paper=REQUEST),
    "K12": told(REQUEST, note=""),
    "K13": body("你校关于改建食堂的请示收悉。经研究，同意你校改建食堂。", "此复。", paper=REPLY),
    "K14": body("你校《关于改建食堂的请示》（青岚一小〔2026〕2号）收悉。改建食堂一事正在研究。", "此复。", paper=REPLY),
    "K15": said("你单位必须于4月到校检查。", paper=LETTER),
    "K16": told(LETTER, title="青岚县教育局关于协助检查校园消防设施的复函"),
    "K17": ends("特此通知。", paper=REPORT),
    "K18": said("特此通知。"),
    "K19": said("我局已完成屋面维修，费用80万元，请予补办手续。", paper=REQUEST),
    "K20": told(NOTICE, title="青岚县教育局关于召开校园消防工作会议的通知"),
    "K22": told(ANNOUNCEMENT, red_head=RedHead.NONE, signatories=(), issuers=()),
    "K23": body("沈怀远同志主持召开校园安全工作会议，大家听了消防检查情况的汇报。", paper=MINUTES),
    "K24": told(NOTICE, addressees="县直各学校，各乡镇教育局"),
    "K21": body("请各单位认真自查，并将自查表报县教育局，联系人：陶知秋。", paper=replace(NOTICE, annexes=())),
    "D11": body("请各单位认真自查，并于2026年4月17日前将自查表报县教育局。", paper=replace(NOTICE, annexes=())),
    "K27": said("恳请各单位支持。"),
}
OPENING = '<w:t xml:space="preserve">为做好全县'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="630"/><w:jc w:val="both"/></w:pPr><w:r>'
RUN = f"{INDENT}{OPENING}"
STYLE = (
    '<w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia='
)
BLANK = "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>"
END = "</w:t></w:r></w:p>"


def run(properties: str) -> Defect:
    """A notice whose first paragraph has another look."""
    return xml(f"<w:r>{OPENING}", f"<w:r><w:rPr>{properties}</w:rPr>{OPENING}")


def style(old: str, new: str) -> Defect:
    """A notice with something exchanged in its styles."""
    return xml(old, new, part="word/styles.xml")


def footer(old: str, new: str) -> Defect:
    return xml(old, new, part="word/footer", times=0)


def headed(document: ProofDocument) -> ProofDocument:
    """With a running head."""
    last = document.paragraphs[-1]
    head = last._replace(index=last.index + 1, role=Role.HEADER, text="青岚县教育局", runs=())
    return replace(document, paragraphs=(*document.paragraphs, head))


THREE = body(
    para("为做好校园消防安全工作，现将有关事项通知如下，检查内容见附件1和附件2。"),
    *(
        Heading(level, f"{name}检查{level}")
        for level, name in ((1, "校舍"), (2, "楼道"), (3, "灭火器"), (3, "消火栓"), (2, "电气"), (1, "食堂"))
    ),
)
LAYOUT = {
    "F01": xml('w:top="2098"', 'w:top="1440"'),
    "F16": xml('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'),
    "F02": style('w:eastAsia="仿宋_GB2312"', 'w:eastAsia="宋体"'),
    "F17": style('<w:sz w:val="32"/>', '<w:sz w:val="28"/>'),
    "F18": style('w:line="579"', 'w:line="400"'),
    "F19": run('<w:sz w:val="28"/>'),
    "F20": run('<w:rFonts w:eastAsia="宋体"/>'),
    "F03": style('w:eastAsia="方正小标宋简体"', 'w:eastAsia="黑体"'),
    "F21": style('<w:sz w:val="44"/>', '<w:sz w:val="36"/>'),
    "F22": xml('<w:keepLines/><w:jc w:val="center"/>', '<w:keepLines/><w:jc w:val="left"/>'),
    "F14": xml(
        "青岚县教育局关于开展校园消防检查的通知",
        "青岚县教育局</w:t><w:br/><w:t>关于</w:t><w:br/><w:t>开展校园消防检查的通知",
    ),
    "F23": xml(RUN, f'<w:jc w:val="both"/></w:pPr><w:r>{OPENING}'),
    "F24": xml("为做好全县", "　　为做好全县"),
    "F08": style('w:eastAsia="黑体"', 'w:eastAsia="楷体_GB2312"'),
    "F25": xml('w:eastAsia="楷体_GB2312"', 'w:eastAsia="仿宋_GB2312"', times=0),
    "F26": xml(
        '<w:t xml:space="preserve">1.灭火器',
        '<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr><w:t xml:space="preserve">1.灭火器',
        paper=THREE.paper,
    ),
    "F27": xml('<w:t xml:space="preserve">一、', '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">一、'),
    "F28": run("<w:i/>"),
    "F29": run('<w:color w:val="0000FF"/>'),
    "F30": xml(
        '<w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">各乡镇',
        '<w:ind w:firstLine="630"/><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">各乡镇',
    ),
    "F31": xml(
        '<w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">青岚教发',
        '<w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">青岚教发',
    ),
    "F32": xml('<w:color w:val="FF0000"/>', '<w:color w:val="000000"/>'),
    "F33": footer("<w:instrText>PAGE</w:instrText>", "<w:instrText>DATE</w:instrText>"),
    "F12": footer("— </w:t>", "第</w:t>"),
    "F34": style(
        'w:cs="宋体"/><w:spacing w:val="0"/><w:sz w:val="28"/>', 'w:cs="宋体"/><w:spacing w:val="0"/><w:sz w:val="21"/>'
    ),
    "F35": xml('<w:footerReference w:type="even" r:id="rId2"/>', ""),
    "F36": xml(
        '<w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">2026年3月5日',
        '<w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">2026年3月5日',
    ),
    "F37": xml(RUN, f'<w:spacing w:before="120" w:line="579" w:lineRule="exact"/>{RUN}'),
    "F38": xml(f"通知如下。{END}", f"通知如下。{END}<w:p/>"),
    "F39": style('<w:spacing w:val="0"/><w:sz w:val="28"/>', '<w:spacing w:val="0"/><w:sz w:val="32"/>'),
    "F40": style(f'<w:name w:val="公文附件"/>{STYLE}"黑体"', f'<w:name w:val="公文附件"/>{STYLE}"仿宋_GB2312"'),
    "F41": xml("<w:pageBreakBefore/>", ""),
    "F42": xml(
        '<w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">消防检查表',
        '<w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">消防检查表',
    ),
    "F43": Defect(NOTICE, change=headed),
    "F44": xml('<w:ind w:left="1890" w:hanging="1260"/>', ""),
    "F45": style('<w:sz w:val="24"/>', '<w:sz w:val="14"/>'),
    "F46": xml('w:space="7" w:color="FF0000"', 'w:space="7" w:color="000000"'),
    "F07": on_page(13, 2),
    "F47": xml(f"检查的通知{END}{BLANK}", f"检查的通知{END}"),
    "F48": xml(f"6612345。{END}{BLANK}", f"6612345。{END}"),
    "F49": xml("</w:sectPr>", '<w:docGrid w:type="linesAndChars" w:linePitch="579"/></w:sectPr>'),
}
CASES = {**ELEMENTS, **KINDS, **LAYOUT}
_ = (Annex, Heading, table)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_a_clean_paper_breaks_no_rule(paper: Document) -> None:
    assert check(Defect(paper).read(), BOOK) == ()


@pytest.mark.parametrize("number", CASES)
def test_a_defective_paper_breaks_its_rule_and_no_other(number: str) -> None:
    found = check(CASES[number].read(), BOOK)
    assert {finding.rule for finding in found} == {number}, [(f.rule, f.message, f.excerpt) for f in found]

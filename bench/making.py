"""Files of every format made from known words, and hostile ones; our own writing throughout."""

import random
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from io import BytesIO
from xml.sax.saxutils import escape

import openpyxl
import xlwt

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOC_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

BODY = (
    "各乡镇中心学校，各县属中小学、幼儿园，各校外培训机构：",
    "为压实学校安全主体责任，防范化解校园安全风险，县教育局决定从三月起在全县教育系统开展学校安全专项整治。现将有关事项通知如下。",
    "一、整治重点",
    "（一）消防安全。重点检查疏散通道、安全出口是否畅通，灭火器材是否在有效期内，宿舍、食堂、实验室用电是否规范。",
    "（二）食品安全。重点检查进货查验、留样、消毒记录是否齐全，从业人员健康证是否有效，后厨视频是否接入。",
    "（三）校车安全。重点检查车辆检验、驾驶人资格、线路审批、随车照管人员配备，坚决杜绝超员超速。",
    "（四）房屋安全。重点检查围墙、护栏、运动器材和在建工程，对裂缝、漏雨、松动部位逐一登记。",
    "二、工作步骤",
    "自查自纠从3月6日至3月20日，各校对照检查表逐项检查，建立问题台账，做到问题、措施、责任人、时限四落实。",
    "督导检查从3月21日至4月15日，县教育局组成5个检查组，对23所学校和41家培训机构随机检查，检查比例不低于60%。",
    "巩固提升从4月16日至5月10日，各校总结经验，补齐短板，形成长效机制，整改完成率须达到100%。",
    "三、工作要求",
    "要加强领导，校长是第一责任人，分管副校长具体抓；要如实登记，不得瞒报漏报；要限期整改，销号必须有复查意见和佐证照片。",
    "联系人：陈喆，电话：0750-5550101，邮箱：anquan@example.cn。",
)
TITLE = ("青山县教育局关于开展", "学校安全专项整治的通知")
ROWS = (
    ("序号", "单位", "问题", "责任人", "期限", "是否销号"),
    ("1", "第一小学", "东侧疏散通道堆放桌椅", "王珺", "2026-03-20", "☑"),
    ("2", "", "灭火器压力不足3具", "李旻", "2026-03-22", "□"),
    ("3", "实验中学", "食堂留样记录缺3月2日", "赵堃", "2026-03-25", "□"),
)


def han(text: str) -> Counter[str]:
    """The Han characters of a text, each as often as it stands."""
    return Counter(character for character in text if "\u4e00" <= character <= "\u9fff")


def recall(wanted: str, got: str) -> float:
    """The share of the wanted Han characters, each as often as it stands, that were got."""
    known = han(wanted)
    return sum((known & han(got)).values()) / sum(known.values())


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip package of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def p(text: str, before: str = "") -> str:
    """A paragraph of WordprocessingML."""
    return f'<w:p>{before}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def box(*lines: str) -> str:
    """A text box as Word writes it: once drawn, once as a fallback for older readers."""
    inside = f"<w:txbxContent>{''.join(map(p, lines))}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose second column is merged downwards where a cell is empty; ticks stand in Wingdings."""
    ticks = {"☑": "F0FE", "□": "F0A8"}
    told = ""
    for row in rows:
        told += "<w:tr>"
        for place, cell in enumerate(row):
            merged = "<w:tcPr><w:vMerge/></w:tcPr>" if place == 1 and not cell else ""
            sign = f'<w:p><w:r><w:sym w:font="Wingdings" w:char="{ticks.get(cell)}"/></w:r></w:p>'
            told += f"<w:tc>{merged}{sign if cell in ticks else p(cell)}</w:tc>"
        told += "</w:tr>"
    return f"<w:tbl>{told}</w:tbl>"


def word(body: str, extra: dict[str, str | bytes] | None = None, related: str = "") -> bytes:
    """A .docx of this body, with more parts and relationships."""
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{related}</Relationships>',
            "word/document.xml": f"<w:document {_DOC_NAMES}><w:body>{body}</w:body></w:document>",
            **(extra or {}),
        }
    )


def bureau_docx() -> bytes:
    """A bureau's notice: header and 版记 in text boxes, content control, tracked changes, table, footnote, annexes, two pages."""
    turned = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        f"<w:p>{box('青山县教育局文件', '青教发〔2026〕5号')}</w:p>"
        + "".join(map(p, TITLE))
        + "".join(map(p, BODY[:8]))
        + f"<w:sdt><w:sdtContent>{p(BODY[8])}</w:sdtContent></w:sdt>"
        + p(BODY[9], before=turned)
        + f"<w:p><w:ins w:id='1'><w:r><w:t>{BODY[10]}</w:t></w:r></w:ins>"
        + "<w:del w:id='2'><w:r><w:delText>作废的话</w:delText></w:r></w:del></w:p>"
        + "".join(map(p, BODY[11:]))
        + p("附件：1.问题台账（样表）")
        + p("青山县教育局")
        + p("2026年3月5日")
        + p("附件1")
        + p("问题台账（样表）")
        + table(ROWS)
        + f"<w:p>{box('抄送：县人民政府办公室', '青山县教育局办公室　2026年3月6日印发')}</w:p>"
    )
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>' + (
        f'<w:footnote w:id="2">{p("本通知所称学校含幼儿园。")}</w:footnote></w:footnotes>'
    )
    head = f'<w:hdr xmlns:w="{W}">{p("青山县教育局办公室")}</w:hdr>'
    related = (
        f'<Relationship Id="r2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/header" Target="header1.xml"/>'
    )
    return word(body, {"word/footnotes.xml": note, "word/header1.xml": head}, related)


BUREAU_WORDS = "".join(
    (
        "青山县教育局文件青教发〔2026〕5号",
        *TITLE,
        *BODY,
        "附件：1.问题台账（样表）青山县教育局2026年3月5日附件1问题台账（样表）",
        *("".join(row) for row in ROWS),
        "抄送：县人民政府办公室青山县教育局办公室2026年3月6日印发本通知所称学校含幼儿园。青山县教育局办公室",
    )
)


def flat_docx(lines: Iterable[str], rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A plain paper that LibreOffice can turn into other formats."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    made = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(made.rows, rows, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            cell.text = value
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def xlsx(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A ledger with a merged cell and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "问题台账"
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("B2:B3")
    hidden = book.create_sheet("旧表")
    hidden.append(["去年的问题"])
    hidden.sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def xls(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """The binary format, which Kingsoft .et is too."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("问题台账")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if (number, place) not in ((1, 1), (2, 1)):
                sheet.write(number, place, cell)
    sheet.write_merge(1, 2, 1, 1, rows[1][1])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def pptx(slides: Sequence[Sequence[str]]) -> bytes:
    """Slides whose parts are numbered the other way round than they are shown."""
    a, pml = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r" Type="{OFFICE}/officeDocument"'
        ' Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{pml}" xmlns:r="{OFFICE}"><p:sldIdLst>'
        + "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(len(slides)))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{rels}">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/slide" Target="slides/slide{9 - n}.xml"/>'
            for n in range(len(slides))
        )
        + "</Relationships>",
    }
    for n, lines in enumerate(slides):
        told = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        parts[f"ppt/slides/slide{9 - n}.xml"] = (
            f'<p:sld xmlns:p="{pml}" xmlns:a="{a}"><p:txBody>{told}</p:txBody></p:sld>'
        )
    return package(parts)


def ofd(pages: Sequence[Sequence[str]]) -> bytes:
    """Runs stand from the bottom up and half a line at a time, as real writers leave them; the last page uses a composite."""
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {ns}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {ns}><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Res.xml": f'<ofd:Res {ns}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="900">'
        '<ofd:Content><ofd:TextObject Boundary="0 0 80 5" Size="5"><ofd:TextCode X="0" Y="5">版记</ofd:TextCode>'
        "</ofd:TextObject></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
    }
    for n, lines in enumerate(pages):
        runs = []
        for row, line in enumerate(lines):
            half = len(line) // 2
            for text, x in ((line[half:], 20 + half * 5), (line[:half], 20)):
                if text:
                    runs.append(
                        f'<ofd:TextObject Boundary="{x} {20 + row * 8} 180 6" Size="5"><ofd:TextCode X="0" Y="5"'
                        f' DeltaX="g {max(1, len(text) - 1)} 5">{escape(text)}</ofd:TextCode></ofd:TextObject>'
                    )
        last = '<ofd:CompositeObject Boundary="20 260 100 10" ResourceID="900"/>' if n == len(pages) - 1 else ""
        told = "".join(reversed(runs)) + last
        parts[f"Doc_0/Pages/P{n}.xml"] = (
            f"<ofd:Page {ns}><ofd:Content><ofd:Layer>{told}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return package(parts)


def wrapped(lines: Iterable[str], width: int = 28) -> list[str]:
    """Lines broken as on a page."""
    return [line[start : start + width] for line in lines for start in range(0, len(line), width)]


def pdf(pages: Sequence[Sequence[str]], *, vertical: bool = False, extra: Sequence[bytes] = ()) -> bytes:
    """Pages of lines in a face that is not in the file, by a predefined table of characters, as many office programs write them."""
    table_name = "UniGB-UCS2-V" if vertical else "UniGB-UCS2-H"
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%s/DescendantFonts[4 0 R]>>" % table_name.encode(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/FontDescriptor 5 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 700/StemV 80>>",
    ]
    for n, lines in enumerate(pages):
        told = b"BT /F1 16 Tf\n"
        for row, line in enumerate(lines):
            place = b"1 0 0 1 %d 780 Tm" % (520 - 30 * row) if vertical else b"1 0 0 1 60 %d Tm" % (780 - 26 * row)
            told += place + b" <" + line.encode("utf-16-be").hex().encode() + b"> Tj\n"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (7 + 2 * n)
        )
        objects.append(stream(told + b"ET"))
    return assembled([*objects, *extra])


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A compressed stream of a PDF."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), about, packed)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, trailer, len(made),
    )  # fmt: skip


def mail() -> bytes:
    """A mail with a subject in GB2312, a sender in raw GBK bytes, a body in GBK and three attachments with Chinese names."""
    message = EmailMessage()
    message["Subject"] = "SUBJECT"
    message["From"] = "FROM"
    message["To"] = "bangongshi@example.cn"
    message["Date"] = "Thu, 5 Mar 2026 09:00:00 +0800"
    message.set_content("请查收附件中的自查报告和台账。\n第一小学", charset="gbk")
    message.add_attachment(bureau_docx(), maintype="application", subtype="octet-stream", filename="自查报告.docx")
    message.add_attachment(zipped({"台账.xls": xls()}), maintype="application", subtype="zip", filename="佐证.zip")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="坏.dat")
    coded = "=?GB2312?B?udjT2taysOw=?="  # 关于植办
    return (
        message.as_bytes().replace(b"SUBJECT", coded.encode()).replace(b"FROM", "第一小学 <a@example.cn>".encode("gbk"))
    )


def zipped(members: dict[str, bytes], encoding: str = "utf-8", *, flagged: bool = True) -> bytes:
    """An archive whose names are in some encoding, with or without the flag that says UTF-8."""
    made, directory = b"", b""
    for told, content in members.items():
        name, packer = told.encode(encoding), zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        about = struct.pack("<HHHHH", 20, 0x800 if flagged else 0, 8, 0, 0x5A21)
        about += struct.pack("<IIIHH", zlib.crc32(content), len(packed), len(content), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + about
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(made)) + name
        made += b"PK\x03\x04" + about + name + packed
    count = len(members)
    return made + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(made), 0)


def hostile() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Every hostile file of the reference, by what it is: its bytes, and the states its reading may end in."""
    drawn = random.Random(9704)
    deep = "<w:tbl><w:tr><w:tc>" * 400 + p("里") + "</w:tc></w:tr></w:tbl>" * 400
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sparse = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    book = (
        f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    unread = ("unreadable", "limit", "crashed", "empty")
    inner = zipped({"0.txt": bytes(50 << 20)})
    return {
        "a form that calls itself": (_calling([b"/X Do /X Do"]), (*unread, "ok")),
        "a thousand million nested forms": (_calling([b"/X%d Do " % n * 10 for n in range(9)]), (*unread, "ok")),
        "a stream of 400 MB": (_bomb(), (*unread, "ok")),
        "a PDF cut off": (pdf([BODY] * 20)[:3000], unread),
        "a PDF with a password": (assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>",
            b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)],
            b"/Encrypt 3 0 R/ID[<00><00>]"), ("encrypted",)),
        "an entity that reads a file": (package({"word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'}), ("empty", "unreadable")),
        "a thousand million laughs": (package({"word/document.xml": f'<!DOCTYPE d [<!ENTITY e0 "啊">{laughs}]><d>&e9;</d>'}),
            ("empty", "unreadable", "limit")),
        "20,000 elements deep": (word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), ("unreadable",)),
        "400 nested tables": (word(deep), ("unreadable",)),
        "a part of one gigabyte": (_grown("word/document.xml", 1 << 30), ("limit",)),
        "a part that lies about its size": (_lying(), ("limit", "unreadable")),
        "two cells at the corners": (package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sparse}), ("limit",)),
        "an OFD with an entity": (package({"OFD.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            "<OFD><DocBody><DocRoot>&x;</DocRoot></DocBody></OFD>"}), ("empty", "unreadable")),
        "nothing": (b"", ("empty",)),
        "random bytes": (drawn.randbytes(50_000), ("unreadable",)),
        "random bytes behind an OLE head": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + drawn.randbytes(50_000), ("unreadable",)),
        "a lock file of Word": (b"\x05admin" + bytes(156), ("unreadable",)),
        "bombs in bombs": (zipped({f"{n}.zip": inner for n in range(20)}), ("limit",)),
        "a box in a box": (_boxed(zipped({"字.txt": "好".encode()}), 8), ("limit",)),
        "an archive with a password": (_locked(), ("encrypted",)),
    }  # fmt: skip


def _calling(forms: Sequence[bytes]) -> bytes:
    """A page whose forms call the next ten times, the last itself."""
    named = len(forms) > 1
    first = 5
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X%s 5 0 R>>>>>>"
        % (b"0" if named else b""),
        stream(b"/X0 Do" if named else b"/X Do"),
    ]
    for n, content in enumerate(forms):
        follows = first + n + 1 if n + 1 < len(forms) else first + n
        name = b"X%d" % (n + 1) if named and n + 1 < len(forms) else (b"X%d" % n if named else b"X")
        told = content if not named else b"/%s Do " % name * 10
        objects.append(
            stream(
                told,
                b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</%s %d 0 R>>>>" % (name, follows),
            )
        )
    return assembled(objects)


def _bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(400)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    return assembled(objects)


def _grown(name: str, size: int) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made, made.open(name, "w", force_zip64=True) as part:
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return target.getvalue()


def _lying() -> bytes:
    """A part whose directory entry says ten bytes."""
    raw = _grown("word/document.xml", 300 << 20)
    place = raw.rindex(b"PK\x01\x02")
    return raw[: place + 24] + struct.pack("<I", 10) + raw[place + 28 :]


def _boxed(content: bytes, times: int) -> bytes:
    for number in range(times):
        content = zipped({f"{number}.zip": content})
    return content


def _locked() -> bytes:
    raw = bytearray(zipped({"密.txt": b"x" * 40}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)

"""Word files (.docx) as offices write them: text boxes, merged cells, tracked changes, notes; and a plain one."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from bench.making.packages import OFFICE, package
from bench.making.words import BODY, ROWS, TITLE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOC_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


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

"""A .docx, ours or a stranger's, becomes a `ProofDocument`: walked within limits, its lines recognised, its elements built."""

from __future__ import annotations

from dataclasses import replace

from generators.reading.building import build
from generators.reading.lines import Grid, Sheet, Walked
from generators.reading.package import Package
from generators.reading.recognising import recognise
from generators.reading.stream import Recognised
from generators.reading.walking import walk
from model.errors import Refused
from model.findings import Finding, Severity
from model.proofing import ProofCell, ProofDocument, ProofParagraph, ProofSection, ProofTable, Role, Source


def read_docx(content: bytes, file: str = "") -> ProofDocument:
    """The document in these bytes; `file` names it in findings.

    Raises Refused for what is no .docx, is encrypted, damaged, too large, or was made to harm.
    """
    try:
        walked = walk(Package(content, file))
    except RecursionError:
        raise Refused("没有核这份文件", file, "里面套了太多层", "请核对来源；确是公文就另存一份再核") from None
    recognised = recognise(walked)
    built = build(walked, recognised)
    remarks = [
        Finding(rule=rule, severity=Severity.INFO, message=message, file=file or None) for rule, message in walked.notes
    ]
    if not any(line.text.strip() for line in walked.lines):
        remarks.append(_empty(file))
    return ProofDocument(
        file=file,
        source=Source.OURS if walked.ours else Source.STRANGER,
        paragraphs=_paragraphs(walked, recognised),
        document=built.document,
        tables=tuple(_table(grid, walked, recognised) for grid in walked.grids),
        sections=tuple(_section(sheet, walked) for sheet in walked.sheets),
        unplaced=tuple(place + 1 for place in built.unplaced),
        remarks=(*remarks, *(_remark(place, message, walked, file) for place, message in built.remarks)),
    )


def _empty(file: str) -> Finding:
    return Finding(
        rule="file-empty",
        severity=Severity.WARNING,
        message="文件里一个字也没有，什么也没有核",
        file=file or None,
        fix="如果是扫描的图片，请核原来的文字稿；否则请核对传来的文件是不是完整",
    )


def _remark(place: int, message: str, walked: Walked, file: str) -> Finding:
    excerpt = (walked.lines[place].auto + walked.lines[place].text)[:30]
    return Finding(
        rule="reading", severity=Severity.INFO, message=message, file=file or None, paragraph=place + 1, excerpt=excerpt
    )


def _paragraphs(walked: Walked, recognised: Recognised) -> tuple[ProofParagraph, ...]:
    return tuple(
        ProofParagraph(
            index, line.text, told.role, line.place, line.runs, line.look, line.auto, told.level, told.head, told.sure
        )
        for index, (line, told) in enumerate(zip(walked.lines, recognised.told, strict=True), 1)
    )


def _table(grid: Grid, walked: Walked, recognised: Recognised) -> ProofTable:
    rows = tuple(
        tuple(
            ProofCell(
                row=cell.row,
                column=cell.column,
                columns=cell.columns,
                rows=cell.rows,
                text="\n".join(walked.lines[place].text for place in cell.lines).strip("\n"),
                paragraphs=tuple(place + 1 for place in cell.lines),
            )
            for cell in row
        )
        for row in grid.rows
    )
    told = recognised.told
    above = next((place for place in range(grid.first - 1, -1, -1) if told[place].role is not Role.BLANK), None)
    caption = above + 1 if above is not None and told[above].role is Role.CAPTION else 0
    return ProofTable(
        index=grid.number,
        rows=rows,
        header=grid.header,
        caption=caption,
        annex=told[above].annex if above is not None else 0,
        imprint=grid.number in recognised.imprint,
    )


def _section(sheet: Sheet, walked: Walked) -> ProofSection:
    get = sheet.measures.get
    return ProofSection(
        first=sheet.first + 1,
        width=get("w", 0.0),
        height=get("h", 0.0),
        top=get("top", 0.0),
        bottom=get("bottom", 0.0),
        left=get("left", 0.0),
        right=get("right", 0.0),
        footer_distance=get("footer", 0.0),
        landscape=sheet.landscape,
        title_page=sheet.title_page,
        odd_even=walked.odd_even,
        grid=sheet.grid,
        grid_pitch=sheet.grid_pitch,
        footers=tuple(replace(footer, paragraphs=tuple(line + 1 for line in lines)) for footer, lines in sheet.footers),
    )

"""Proof-reading (核稿): papers read as the strictest clerk would, findings by weight, and what was asked for beside them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desk.answers.base import Failure
from desk.answers.proofing import OffRule, Proofed, ProofedPaper
from desk.offices import open_workspace
from desk.proof_copies import Desk, Sheet, written
from generators.pages.layout import Layout, load_layout
from generators.pages.writer import write
from generators.proofing.checking import check
from generators.proofing.rulebook import RuleBook, load_rules
from generators.proofing.together import check_together
from generators.reading.marked import read_markup
from generators.reading.paging import paged
from generators.reading.places import called, place_of
from generators.reading.reading import read_docx
from generators.rendered import measuring, rendering
from model.errors import CommandError, FaultyInput, JuanzongError, NotFound, Refused, reason
from model.findings import Finding, Severity

Progress = Callable[[int, int], None]
LARGEST = 200 << 20
_MARKUP = (".md", ".markdown", ".txt")
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted beside the findings: a corrected copy, pages, a copy laid out anew, comments, a report; where the copy goes."""

    fix: bool = False
    render: bool = False
    relayout: bool = False
    comments: Path | None = None
    report: Path | None = None
    output: Path | None = None


def proof(folder: Path, paths: Sequence[Path], wanted: Wanted, *, on: date, progress: Progress) -> Proofed:
    """Read papers and say what is wrong with them; inside an office by its layout profile and without the rules it switched off.

    Raises CommandError for wishes that do not go together, and what a single paper's reading raises; of several papers
    those that could not be read are named and the rest are done.
    """
    _refuse_wishes(paths, wanted)
    desk = _desk(folder, on)
    rules = load_rules(desk.layout)
    sheets: list[Sheet] = []
    faulty: list[Finding] = []
    failed: list[Failure] = []
    for done, path in enumerate(paths, 1):
        try:
            sheets.append(_proofed(path, wanted, desk, rules))
        except FaultyInput as error:
            faulty += (replace(each, file=str(path)) for each in error.findings if isinstance(each, Finding))
            failed.append(_failure(path, error))
        except JuanzongError as error:
            if len(paths) == 1:
                raise
            failed.append(_failure(path, error))
        progress(done, len(paths))
    off = tuple(OffRule(rule=rule.number, message=rule.message) for rule in rules.switched_off)
    copies = written(sheets, wanted, desk, rules, [f"{rule.rule}：{rule.message}" for rule in off])
    told = (_located(sheet, each, rules) for sheet in sheets for each in copies.told.get(sheet.path, ()))
    by_name = {sheet.read.file: sheet for sheet in sheets}
    beside = check_together([sheet.read for sheet in sheets], rules)
    return Proofed(
        papers=tuple(map(_line, sheets)),
        findings=(
            *faulty,
            *(each for sheet in sheets for each in sheet.findings),
            *(_located(by_name[each.file or ""], each, rules) for each in beside),
            *told,
        ),
        off=off,
        made=tuple(copies.made),
        changes=tuple(copies.changes),
        unchanged=tuple(copies.unchanged),
        failed=(*failed, *copies.failed),
        rules=len(rules.active),
    )


def _refuse_wishes(paths: Sequence[Path], wanted: Wanted) -> None:
    """Before anything is read: names that would fall on a file, or that one paper alone can have."""
    for option, path in (("--comments", wanted.comments), ("--report", wanted.report), ("-o", wanted.output)):
        if path is None:
            continue
        if option != "--report" and len(paths) > 1:
            raise CommandError("写不了", option, "一次核几份的时候，不知道是哪一份的", "请一份一份地核，或不写文件名")
        if any(path.resolve() == each.resolve() for each in paths):
            raise CommandError("写不了", str(path), "它就是要核的文件，原件不能改动", "请换一个文件名")
        plain = option == "-o" and not wanted.relayout and paths[0].suffix.lower() in _MARKUP
        if not plain and path.suffix.lower() != ".docx":
            raise CommandError("写不了", str(path), "只能写成 .docx", "请让文件名以 .docx 结尾")
        if path.exists():
            raise Refused("没有写出", str(path), "已经有同名的文件", "请换一个名字")
    if wanted.output and not (wanted.relayout or wanted.fix):
        raise CommandError("-o 用不上", str(wanted.output), "没有要写的副本", "请加上 --fix 或 --relayout，或去掉 -o")


def _desk(folder: Path, on: date) -> Desk:
    """The office's layout and fonts; the standard's outside an office."""
    if not (folder / "office.toml").is_file():
        return Desk(load_layout(), on)
    workspace = open_workspace(folder)
    return Desk(load_layout(workspace.office.layout, (workspace.layouts,)), on, (workspace.fonts,))


def _failure(path: Path, error: JuanzongError) -> Failure:
    return Failure(which=str(path), why=f"{error.why or error.what}{f'。{error.next}' if error.next else ''}")


def _proofed(path: Path, wanted: Wanted, desk: Desk, rules: RuleBook) -> Sheet:
    sheet = _opened(path, desk.layout)
    measured: tuple[Finding, ...] = ()
    if wanted.render:
        sheet, measured = _rendered(sheet, desk)
    found = (*check(sheet.read, rules), *measured, *sheet.read.remarks)
    located = (_located(sheet, finding, rules) for finding in found)
    return replace(sheet, findings=tuple(sorted(located, key=lambda finding: _WEIGHT[finding.severity])))


def _opened(path: Path, layout: Layout) -> Sheet:
    """Read a paper by its content; marked-up text is read as the paper that it would become."""
    content = _bytes(path)
    if path.suffix.lower() in _MARKUP:
        text = _text(path, content)
        read = read_markup(text, layout, str(path))
        return Sheet(path, read, write(read.document, layout), markup=text)
    if content.startswith(b"%PDF"):
        raise Refused("没有核这份文件", str(path), "这是 PDF，认不全也改不了", "请核它的 .docx 原稿")
    return Sheet(path, read_docx(content, str(path)), content)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise NotFound("没有核这份文件", str(path), "这是文件夹", "请写明里面的文件，如 文件夹/*.docx")
        if path.stat().st_size > LARGEST:
            raise Refused("没有核这份文件", str(path), f"文件超过 {LARGEST >> 20} MB", "请去掉里面的图片或分成几份")
        return path.read_bytes()
    except OSError as error:
        raise NotFound("没有核这份文件", str(path), reason(error), "请检查路径和权限") from None


def _text(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("读不懂文件", str(path), "不是文本文件", "请另存为 UTF-8 编码的文本")


def _rendered(sheet: Sheet, desk: Desk) -> tuple[Sheet, tuple[Finding, ...]]:
    """Put a page to every paragraph, and measure the pages."""
    with tempfile.TemporaryDirectory(prefix="juanzong-") as work:
        copy = Path(work) / "文稿.docx"
        copy.write_bytes(sheet.docx)
        (pdf,) = rendering.to_pdf((copy,), Path(work), desk.fonts)
        return replace(sheet, read=paged(sheet.read, pdf)), measuring.measure(copy, desk.layout, pdf=pdf)


def _located(sheet: Sheet, finding: Finding, rules: RuleBook) -> Finding:
    """A finding with its file, the element that it stands in, and the clause or custom that it is by."""
    subject, index, message = finding.subject, finding.paragraph, finding.message
    if subject is None and index and index <= len(sheet.read.paragraphs):
        subject = place_of(sheet.read.paragraph(index))
    rule = rules.rules.get(finding.rule)
    if rule:
        message = f"{message}（{rule.authority.value}：{rule.basis}）"
    return replace(finding, file=str(sheet.path), subject=subject, message=message)


def _line(sheet: Sheet) -> ProofedPaper:
    errors, warnings, infos = (sum(each.severity is severity for each in sheet.findings) for severity in Severity)
    return ProofedPaper(
        path=sheet.path,
        title=called(sheet.read),
        source=sheet.read.source.value,
        paragraphs=sum(bool(each.shown.strip()) for each in sheet.read.paragraphs),
        errors=errors,
        warnings=warnings,
        infos=infos,
    )

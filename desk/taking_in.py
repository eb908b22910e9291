"""Taking in what an office has: files and whole folder trees, each accounted for once, an interruption resumed by asking again.

A file that an earlier run filed from the same place is known by its bytes and its source, so nothing has to be remembered
beside the archive: asked again, it says “上次已归档” and goes on where it was broken off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from archive import intake
from campaigns import library
from desk import describing, rooms
from desk.accessions import About, Accession, Progress
from desk.answers.filing import Filed
from desk.books import write_sheet
from desk.filing import add_version, unit_of
from desk.gathering import Found, gather
from desk.judging import Knowledge, Said
from desk.offices import Workspace, open_workspace
from desk.removing import remove_sources
from indexer.texts.readers import Readers
from model.errors import CommandError, Refused
from model.sheets import Column, Sheet
from templates import files


def add(folder: Path, paths: tuple[Path, ...], about: About, *, on: date, progress: Progress) -> Filed:
    """Take files and folder trees in. A file that cannot be taken is named, the rest are filed; asked again, it goes on."""
    workspace = open_workspace(folder)
    rules = _rules(workspace)
    found = list(gather(paths, rules))
    campaign = library.find(workspace.campaigns, about.campaign) if about.campaign else None
    _check(workspace, found, about)
    if about.to:
        paths = tuple(each.path for each in found if not each.passed)
        return add_version(workspace, paths, about.to, about.reason or "", ocr=not about.no_ocr)
    unit = unit_of(workspace, campaign.id if campaign else None, about.unit) if about.unit else None
    said = Said(
        campaign=campaign, unit=unit, kind=about.kind, title=about.title, year=about.year,
        department=about.department, clear=about.not_secret,
    )  # fmt: skip
    known = Knowledge(rules, describing.retention_table(workspace), on.year)
    if about.dry_run:
        with rooms.reading(workspace) as opened, Readers(ocr=not about.no_ocr) as readers:
            answer = Accession(workspace, opened, readers, said, known, about).run(found, progress)
    else:
        with rooms.writing(workspace) as opened, Readers(ocr=not about.no_ocr) as readers:
            answer = Accession(workspace, opened, readers, said, known, about).run(found, progress)
        if about.move:
            answer = remove_sources(workspace, answer)
    if about.report:
        write_sheet(workspace, report(answer), about.report)
    return answer


def _rules(workspace: Workspace) -> intake.Rules:
    own = workspace.root / "templates" / "intake.toml"
    path = own if own.is_file() else files.path("intake.toml")
    try:
        return intake.read(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise Refused("读不懂收资料的规则", str(path), str(error), "请照原表改正") from None


def _check(workspace: Workspace, found: Sequence[Found], about: About) -> None:
    papers = [each for each in found if not each.passed]
    if about.title and len(papers) > 1 and not about.one:
        remedy = "请去掉 --title，或一次只归一个；几个文件是一件的，加 --one"
        raise CommandError("题名只能用于一个文件", about.title, f"这里有 {len(papers)} 个文件", remedy)
    known = dict(workspace.office.departments)
    if about.department and about.department not in (*known, workspace.office.department):
        told = "、".join(f"{code} {name}" for code, name in known.items()) or "还没有写"
        raise CommandError(
            "没有这个机构代码", about.department, f"office.toml 的 [archive.departments] 里{told}", "请改正"
        )
    if about.report and about.report.exists():
        raise Refused("没有归档", str(about.report), "已经有同名的报告", "请换一个名字")


def report(answer: Filed) -> Sheet:
    """What became of every file, as a table to print or to sort."""
    rows: list[tuple[str | int, ...]] = []
    told = [("将归档" if answer.dry_run else "已归档", answer.filed), ("上次已归档", answer.earlier)]
    rows += [(str(p.path), state, p.code, p.title, p.remark) for state, papers in told for p in papers]
    rows += [(str(d.path), "重复", d.of, d.title, "逐字节相同，未再归档") for d in answer.duplicates]
    groups = (("存疑未归", answer.held), ("未归", answer.refused), ("略过", answer.passed))
    rows += [(str(r.path), state, "", "", r.why) for state, files in groups for r in files]
    columns = (Column("文件", 30), Column("结果", 6, "中"), Column("档号", 14), Column("题名", 24), Column("说明", 26))
    numbered = tuple((number, *row) for number, row in enumerate(sorted(rows), 1))
    return Sheet(title="归档清点报告", columns=(Column("序号", 4, "中"), *columns), rows=numbered)

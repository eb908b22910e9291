"""Looking at papers and records without the program they were made with: as PDF, page by page as pictures."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from desk import filing
from desk.answers.base import Failure
from desk.answers.filing import Previewed
from desk.offices import Workspace, open_workspace
from generators.rendered.converting import Converter
from generators.rendered.picturing import pictures
from model.errors import JuanzongError, Refused
from model.findings import Finding, Severity
from model.naming import safe_name

Progress = Callable[[int, int], None]


def preview(folder: Path, names: tuple[str, ...], output: Path, *, drawn: bool, progress: Progress) -> Previewed:
    """Papers (by path) and records (by 档号) as PDFs in `output`, `drawn`: their pages as pictures beside them.

    One that cannot be shown is named, the rest are made; what stands there is not overwritten. Raises MissingTool.
    """
    workspace = open_workspace(folder)
    made: list[Path] = []
    findings: list[Finding] = []
    failed: list[Failure] = []
    with ExitStack() as stack:
        fetched = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="juanzong-")))
        converter = stack.enter_context(Converter((workspace.fonts,)))
        output.mkdir(parents=True, exist_ok=True)
        for done, name in enumerate(names, 1):
            try:
                for paper in _files(workspace, name, fetched / str(done)):
                    made += _shown(converter, paper, output, drawn, findings)
            except JuanzongError as error:
                failed.append(Failure(which=name, why=f"{error.what}：{error.why}"))
            progress(done, len(names))
    return Previewed(paths=tuple(made), findings=tuple(findings), failed=tuple(failed))


def _files(workspace: Workspace, name: str, folder: Path) -> Iterator[Path]:
    """The file of this path, else the files of the record of this 档号, checked while they are copied."""
    if Path(name).is_file():
        yield Path(name)
        return
    yield from filing.fetch(workspace.root, name, folder).paths


def _shown(converter: Converter, paper: Path, output: Path, drawn: bool, findings: list[Finding]) -> Iterator[Path]:
    target = output / f"{paper.stem}.pdf"
    if target.exists():
        raise Refused("没有做预览", str(target), "这里已经有同名文件", "请用 -o 指定另一个文件夹")
    if paper.suffix.lower() == ".pdf":
        shutil.copyfile(paper, target)
    elif replaced := converter.convert(paper, output).replaced:
        told = f"没有安装{'、'.join(replaced)}，预览用别的字体代替，行和页可能不同"
        findings.append(
            Finding(rule="fonts", severity=Severity.WARNING, message=told, subject=paper.name, fix="安装这些字体后再看")
        )
    yield target
    if drawn:
        pages = output / safe_name(paper.stem)
        pages.mkdir(exist_ok=True)
        yield from pictures(target, pages)

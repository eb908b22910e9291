"""Text out of files: speed beside the bare libraries, and how much of known words comes out of each format.

`JUANZONG_SAMPLES=DIR` names a folder of real files to read as well; `JUANZONG_OCR=1` recognises scanned pages (a minute or two).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from bench import making
from indexer.texts.parsers import parse
from indexer.texts.readers import Readers
from model.texts import Text

_RUNS = 2
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        office = made_by_office(folder)
        _speed(office)
        _recall(office)
        if os.environ.get("JUANZONG_OCR"):
            from bench import texts_ocr

            texts_ocr.main(folder)
        if office:
            _preview(folder)


def made_by_office(folder: Path) -> dict[str, bytes]:
    """The bureau's notice in the formats that only LibreOffice writes; nothing where it is not installed."""
    if not shutil.which("soffice"):
        return {}
    lines = [*making.TITLE, *making.BODY]
    (folder / "通知.docx").write_bytes(making.flat_docx(lines))
    (folder / "长.docx").write_bytes(making.flat_docx(lines * 12))
    made = {}
    for kind, name in (("doc:MS Word 97", "通知"), ("pdf", "通知"), ("pdf", "长"), ("rtf", "通知")):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, str(folder / f"{name}.docx")], check=True, capture_output=True, timeout=180)
        ending = kind.partition(":")[0]
        made[f"{name}.{ending}"] = (folder / f"{name}.{ending}").read_bytes()
    return made


def _speed(office: dict[str, bytes]) -> None:
    print(f"{'':44}{'ours/CPU-s':>12}{'bare':>12}{'isolation':>11}")
    pages = 0
    if office:
        long = office["长.pdf"]
        pages = len(parse(long).pages)
        _compare(f"PDF of LibreOffice, {pages} pages", [long] * 12, pages, _bare_pdf, "pages")
    thousand = making.pdf([making.wrapped(making.BODY)] * 1000)
    _compare("PDF of 1,000 pages, face not in the file", [thousand], 1000, _bare_pdf, "pages", runs=1)
    real = [path.read_bytes() for path in _samples() if path.suffix == ".pdf"]
    texts = _readable(real)
    if texts:
        count = sum(len(parse(content).pages) for content in texts)
        _compare(f"{len(texts)} real PDFs, {count} pages", texts, count / len(texts), _bare_pdf, "pages")
    bureau = making.bureau_docx()
    _compare("bureau .docx", [bureau] * 150, 1, parse, "files")
    words = _readable([path.read_bytes() for path in _samples() if path.suffix == ".docx"])
    if words:
        _compare(f"{len(words)} real .docx", words * 5, 1, parse, "files")
    flat = making.flat_docx([*making.TITLE, *making.BODY])
    start = time.process_time()
    for _ in range(20):
        _python_docx(flat)
    print(f"{'  python-docx, paragraphs and tables':44}{20 / (time.process_time() - start):12.0f} files")
    for name, content in (("ledger .xlsx", making.xlsx()), ("ledger .xls, .et", making.xls())):
        _compare(name, [content] * 150, 1, parse, "files")
    _compare("OFD of two pages", [making.ofd([making.BODY, making.BODY])] * 100, 1, parse, "files")
    _compare("mail with .docx and .zip", [making.mail()] * 60, 1, parse, "files")


def _samples() -> list[Path]:
    folder = os.environ.get("JUANZONG_SAMPLES")
    return sorted(Path(folder).iterdir()) if folder else []


def _readable(files: Sequence[bytes]) -> list[bytes]:
    """Those that a worker reads; only they may be read in this process."""
    with Readers(seconds=10, workers=1, ocr=False) as readers:
        return [content for content in files if readers.read(content).state.value == "ok"]


def _compare(
    name: str, files: Sequence[bytes], each: float, bare: Callable[[bytes], object], unit: str, runs: int = _RUNS
) -> None:
    """Units a CPU second through the pool (both sides counted) and in this process by the bare reading, the better of runs."""
    with tempfile.TemporaryDirectory() as work, Readers(seconds=120, workers=1, ocr=False) as readers:
        paths = []
        for number, content in enumerate(files):
            path = Path(work) / str(number)
            path.write_bytes(content)
            paths.append(path)
        readers.read(b"warm")
        ours, alone = 1e9, 1e9
        for _ in range(runs):
            process = readers._workers[0]._process  # noqa: SLF001 - the child whose time is counted
            assert process
            start, inside = time.process_time(), _cpu(process.pid)
            for path in paths:
                readers.read(path)
            ours = min(ours, time.process_time() - start + _cpu(process.pid) - inside)
            start = time.process_time()
            for path in paths:
                bare(path.read_bytes())
            alone = min(alone, time.process_time() - start)
    total = each * len(files)
    print(f"{name:44}{total / ours:12.0f}{total / alone:12.0f}{ours / alone:11.2f}  {unit}")


def _cpu(pid: int) -> float:
    """CPU seconds of a running process."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS


def _bare_pdf(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    count = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        read = page.get_textpage()
        count += len(read.get_text_bounded())
        read.close()
        page.close()
    document.close()
    return count


def _python_docx(content: bytes) -> int:
    import docx

    document = docx.Document(BytesIO(content))
    told = [paragraph.text for paragraph in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return sum(map(len, told))


def _recall(office: dict[str, bytes]) -> None:
    flat = "".join((*making.TITLE, *making.BODY, *map("".join, making.ROWS)))
    rows = "".join(map("".join, making.ROWS))
    body = "".join(making.BODY)
    table: list[tuple[str, str, bytes, float]] = [
        (".docx of a bureau, boxes and header", making.BUREAU_WORDS, making.bureau_docx(), 0.999),
        (".xlsx ledger, merged cells", rows, making.xlsx(), 0.999),
        (".xls, .et ledger, merged cells", rows, making.xls(), 0.999),
        (".pptx", body, making.pptx([making.BODY]), 0.999),
        (".ofd", body, making.ofd([making.BODY]), 0.999),
        (".eml, GBK, with attachments", making.BUREAU_WORDS + rows, making.mail(), 0.999),
        (".pdf, face not in the file", body, making.pdf([making.wrapped(making.BODY)]), 0.995),
        (".pdf, vertical", body, making.pdf([making.wrapped(making.BODY, 20)[:16]], vertical=True), 0.0),
    ]
    columns = "".join(making.wrapped(making.BODY, 20)[:16])
    table[-1] = (table[-1][0], columns, table[-1][2], 0.995)
    for name, content in office.items():
        if name.startswith("通知"):
            kind = name.rpartition(".")[2]
            told = ".doc, .wps of LibreOffice" if kind == "doc" else f".{kind} of LibreOffice"
            table.append((told, flat, content, 0.995 if kind == "pdf" else 0.999))
    print(f"\n{'':44}{'recall':>10}{'order':>10}{'promised':>10}")
    for name, wanted, content, promised in table:
        text = parse(content)
        print(
            f"{name:44}{making.recall(wanted, plain(text)):10.4f}{in_order(wanted, plain(text)):10.4f}{promised:10.3f}"
        )


def plain(text: Text) -> str:
    """All its words."""
    return "".join(block.text for page in text.pages for block in page.blocks)


def in_order(wanted: str, got: str) -> float:
    """The share of sequences of six Han characters that were got as they stand."""

    def sequences(text: str) -> set[str]:
        bare = "".join(character for character in text if "\u4e00" <= character <= "\u9fff")
        return {bare[place : place + 6] for place in range(len(bare) - 5)}

    known = sequences(wanted)
    return len(known & sequences(got)) / len(known)


def _preview(folder: Path) -> None:
    """CPU seconds a paper, warm and cold."""
    import resource

    from generators.rendered.converting import Converter
    from generators.rendered.rendering import to_pdf

    paper = folder / "长.docx"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    to_pdf((paper,), folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cold = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with Converter() as converter:
        converter.convert(paper, folder)
        start = _session_cpu(converter)
        for _ in range(10):
            converter.convert(paper, folder)
        warm = (_session_cpu(converter) - start) / 10
    print(f"\n.docx of 12 notices to PDF: {warm:.2f} CPU-s warm, {cold:.2f} cold")


def _session_cpu(converter: object) -> float:
    """CPU seconds of the warm office: every process of its session."""
    leader = converter._warm.pid  # type: ignore[attr-defined]  # noqa: SLF001
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == leader:
            total += (int(told[11]) + int(told[12])) / _TICKS
    return total


if __name__ == "__main__":
    main()

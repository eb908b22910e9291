"""Every real paper that the test marks secret is refused, in each format that can be read; unmarked, none is.

The real papers lie beside the project (`../shared/samples/`); what cannot be marked by itself is marked and converted.
"""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from desk.describing import is_secret, secrecy_of
from indexer.texts.readers import Readers
from model.texts import TextState

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "samples"
MARK = "机密★5年"


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(ocr=False) as opened:
        yield opened


def mark_docx(content: bytes) -> bytes:
    paper = docx.Document(BytesIO(content))
    body = paper.element.body
    body.insert(0, paper.add_paragraph(MARK)._p)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def mark_xlsx(content: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    sheet.insert_rows(1)
    sheet["A1"] = MARK
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def mark_zip(content: bytes) -> bytes:
    target = BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("另附/通知.txt", f"{MARK}\n关于某事的通知\n各校：\n请办理。\n")
    return target.getvalue()


def mark_ofd(content: bytes) -> bytes:
    """The first words of the first page become the mark, alone on their line."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        pages = sorted(name for name in old.namelist() if re.search(r"Pages/[^/]*/?Content\.xml$", name))
        for name in old.namelist():
            told = old.read(name)
            if pages and name == pages[0]:
                code = re.search(rb"<(ofd:)?TextCode[^>]*>", told)
                if code:
                    prefix = (code[1] or b"").decode()
                    one = f'<{prefix}TextCode X="0" Y="10">{MARK}</{prefix}TextCode>'.encode()
                    told = re.sub(rb"<(ofd:)?TextCode[^>]*>.*?</(ofd:)?TextCode>", one, told, count=1, flags=re.S)
                    told = re.sub(rb"(<(?:ofd:)?TextCode[^>]*>)(?!\xe6\x9c\xba)[^<]*(</)", rb"\1\2", told)
            new.writestr(name, told)
    return target.getvalue()


def mark_mail(content: bytes) -> bytes:
    mail = message_from_bytes(content, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    if body is None:
        return content
    body.set_content(f"{MARK}\n关于某事的通知\n各校：\n请办理。\n")
    return bytes(mail)


MARKED: dict[str, Callable[[bytes], bytes]] = {
    ".docx": mark_docx,
    ".xlsx": mark_xlsx,
    ".zip": mark_zip,
    ".ofd": mark_ofd,
    ".eml": mark_mail,
}


def papers() -> list[Path]:
    return sorted(path for path in SAMPLES.glob("*") if path.suffix in MARKED) if SAMPLES.is_dir() else []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real papers lie beside the project only where it is built")
def test_every_real_paper_marked_secret_is_refused_and_unmarked_it_is_not(readers: Readers, tmp_path: Path) -> None:
    marked = dict.fromkeys(MARKED, 0)
    for path in papers():
        text = readers.read(path)
        if text.state is not TextState.OK:
            continue
        assert not is_secret(secrecy_of(text)), path.name
        try:
            content = MARKED[path.suffix](path.read_bytes())
        except Exception:
            continue
        if content == path.read_bytes():
            continue
        copy = tmp_path / path.name
        copy.write_bytes(content)
        again = readers.read(copy)
        if MARK not in again.plain:  # a sample whose words stand elsewhere than where the mark was put
            continue
        mark = secrecy_of(again)
        assert is_secret(mark), path.name
        marked[path.suffix] += 1
    # The spreadsheets among them are locked; one of our own making is in test_archive_taking_in.py.
    assert all(marked[suffix] for suffix in MARKED if suffix != ".xlsx"), marked
    assert sum(marked.values()) >= 30, marked


@pytest.mark.render
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real papers lie beside the project only where it is built")
def test_real_papers_marked_and_converted_are_refused_too(readers: Readers, tmp_path: Path) -> None:
    path = SAMPLES / "005_file1.docx"
    (tmp_path / "a.docx").write_bytes(mark_docx(path.read_bytes()))
    for ending in ("pdf", "doc", "rtf", "html"):
        command = [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            ending,
        ]
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
            capture_output=True,
            check=True,
            timeout=180,
        )
        text = readers.read(tmp_path / f"a.{ending}")
        assert is_secret(secrecy_of(text)), (ending, text.plain[:200])
    shutil.copy(tmp_path / "a.doc", tmp_path / "a.wps")
    assert is_secret(secrecy_of(readers.read(tmp_path / "a.wps")))

"""Looking at papers: one warm LibreOffice makes PDFs, pages become pictures, and no file stops the next."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from generators.rendered.converting import Converter, faces_of
from generators.rendered.picturing import pictures
from model.errors import MissingTool, Refused

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def paper(folder: Path, name: str, text: str = "关于开展校园安全检查的通知") -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(folder / name))
    return folder / name


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    with Converter(seconds=60, life=3) as opened:
        yield opened


@needs_office
@pytest.mark.render
def test_papers_become_pdfs_and_the_one_process_is_kept_and_restarted_in_time(
    converter: Converter, tmp_path: Path
) -> None:
    processes = []
    for number in range(5):
        made = converter.convert(paper(tmp_path, f"--通知 {number};$(x).docx"), tmp_path)
        assert made.pdf.name == f"--通知 {number};$(x).pdf"
        assert made.pdf.read_bytes().startswith(b"%PDF-")
        assert converter._warm is not None
        processes.append(converter._warm.pid)
    assert len(set(processes[:3])) == 1
    assert processes[3] != processes[2]


@needs_office
@pytest.mark.render
def test_a_file_it_cannot_open_is_refused_and_the_next_is_converted(converter: Converter, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(Refused):
        converter.convert(tmp_path / "坏.docx", tmp_path)
    assert converter.convert(paper(tmp_path, "好.docx"), tmp_path).pdf.is_file()


@needs_office
@pytest.mark.render
def test_one_that_takes_too_long_is_ended_and_the_next_is_converted(tmp_path: Path) -> None:
    with Converter(seconds=0.01) as hurried:
        with pytest.raises(Refused, match="秒"):
            hurried.convert(paper(tmp_path, "慢.docx"), tmp_path)
        hurried._seconds = 60
        assert hurried.convert(paper(tmp_path, "好.docx"), tmp_path).pdf.is_file()


@needs_office
@pytest.mark.render
def test_the_faces_of_a_pdf_are_known_and_a_stand_in_counts_as_foreseen(converter: Converter, tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("仿宋文字")
    run.font.name = "仿宋_GB2312"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    document.save(str(tmp_path / "仿宋.docx"))
    made = converter.convert(tmp_path / "仿宋.docx", tmp_path)
    assert any("Fang" in name for name in faces_of(made.pdf))
    assert "仿宋_GB2312" not in made.replaced


@needs_office
@pytest.mark.render
def test_pages_become_pictures(converter: Converter, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第一页")
    document.add_paragraph("第二页").paragraph_format.page_break_before = True
    document.save(str(tmp_path / "两页.docx"))
    made = pictures(converter.convert(tmp_path / "两页.docx", tmp_path).pdf, tmp_path)
    assert [path.name for path in made] == ["第1页.png", "第2页.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_a_broken_pdf_gives_no_pictures_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(Refused, match="坏"):
        pictures(tmp_path / "坏.pdf", tmp_path)


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingTool, match="LibreOffice"):
        Converter()

"""Words come out of files; no file, however hostile, takes the reader down."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from indexer.texts.readers import Readers
from indexer.texts.sniffing import Kind, sniff
from model.texts import TextState


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(seconds=20, ocr=False) as opened:
        yield opened


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("关于开展校园安全检查的通知")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "第一小学", "消防通道堵塞"
    document.add_paragraph("特此通知。")
    document.sections[0].footer.paragraphs[0].text = "页脚文字"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_word_file_gives_paragraphs_table_rows_and_footer_in_order(readers: Readers) -> None:
    text = readers.read(word_file())
    assert text.state is TextState.OK
    blocks = [block.text for block in text.pages[0].blocks]
    assert blocks == ["关于开展校园安全检查的通知", "第一小学\t消防通道堵塞", "特此通知。"]
    assert text.pages[0].blocks[1].place == "表1第1行"
    assert text.pages[1].label == "页脚"


def test_a_spreadsheet_gives_its_rows_by_sheet(readers: Readers) -> None:
    book = openpyxl.Workbook()
    book.active.title = "台账"
    book.active.append(["单位", "问题"])
    book.active.append(["第一小学", "灯坏"])
    target = BytesIO()
    book.save(target)
    text = readers.read(target.getvalue())
    assert text.pages[0].label == "工作表“台账”"
    assert text.pages[0].blocks[1].text == "第一小学\t灯坏"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_every_usual_encoding(readers: Readers, encoding: str) -> None:
    text = readers.read("整改通知书\n陈喆".encode(encoding))
    assert text.plain == "整改通知书\n陈喆"


def test_a_web_page_gives_its_words_without_scripts(readers: Readers) -> None:
    text = readers.read("<html><title>通报</title><script>恶</script><p>一、总体 情况</p></html>".encode())
    assert text.plain == "通报\n一、总体 情况"


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", TextState.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), TextState.UNREADABLE),
        (b"%PDF-1.7 broken", TextState.UNREADABLE),
        (b"PK\x03\x04 broken", TextState.UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), TextState.UNREADABLE),
        (bytes(range(256)) * 40, TextState.UNREADABLE),
    ],
)
def test_what_cannot_be_read_ends_in_its_state(readers: Readers, content: bytes, state: TextState) -> None:
    text = readers.read(content)
    assert text.state is state
    assert text.why


def packed(document: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
    return target.getvalue()


def test_an_entity_bomb_does_not_explode(readers: Readers) -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE d [<!ENTITY e0 "啊">{layers}]><d>&e8;</d>'.encode()
    assert readers.read(packed(bomb)).state in (TextState.EMPTY, TextState.UNREADABLE)


def test_an_external_entity_reads_no_file(readers: Readers, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密", encoding="utf-8")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    hostile = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
        f'<w:document xmlns:w="{word}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'
    )
    assert "机密" not in readers.read(packed(hostile.encode())).plain


def test_a_bomb_of_zeros_ends_at_the_limit(readers: Readers) -> None:
    assert readers.read(packed(bytes(300 << 20))).state is TextState.LIMIT


def test_a_worker_that_hangs_is_stopped_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("好", encoding="utf-8")
    with Readers(seconds=0.0, workers=1) as impatient:
        assert impatient.read(tmp_path / "good.txt").state is TextState.LIMIT
        impatient._workers[0]._seconds = 20
        assert impatient.read(tmp_path / "good.txt").plain == "好"


def test_a_worker_that_dies_is_replaced(readers: Readers) -> None:
    assert readers.read(b"one").plain == "one"
    process = readers._workers[0]._process
    assert process is not None
    process.kill()
    process.wait()
    assert readers.read(b"two").plain == "two"


def test_the_name_is_never_believed() -> None:
    assert sniff(word_file()) is Kind.DOCX

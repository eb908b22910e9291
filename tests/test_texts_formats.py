"""Every format gives back the words it was made of, in order, with their places."""

import shutil
import stat
import struct
import subprocess
from pathlib import Path

import pytest

from bench import making
from indexer.texts.facts import read_facts
from indexer.texts.formats.pdf import _is_junk
from indexer.texts.formats.wrapped import _native, unwrapped
from indexer.texts.parsers import parse
from model.texts import PageState, Text, TextState


def told(text: Text) -> str:
    return "\n".join(block.text for page in text.pages for block in page.blocks)


def places(text: Text) -> dict[str, str]:
    return {block.text: block.place for page in text.pages for block in page.blocks}


def test_a_bureaus_word_file_comes_out_whole_with_pages_and_places() -> None:
    text = parse(making.bureau_docx())
    assert text.state is TextState.OK
    assert making.recall(making.BUREAU_WORDS, told(text)) == 1.0
    assert making.han(told(text)) == making.han(making.BUREAU_WORDS)
    first, second, head, note = text.pages
    assert [block.text for block in first.blocks[:4]] == ["青山县教育局文件", "青教发〔2026〕5号", *making.TITLE]
    assert (first.label, second.label) == ("第1页", "第2页")
    assert second.blocks[0].text == making.BODY[9]
    assert (head.label, head.beside, note.label) == ("页眉", True, "脚注")
    assert places(text)["1\t第一小学\t东侧疏散通道堆放桌椅\t王珺\t2026-03-20\t☑"] == "附件1，表1第2行"
    facts = read_facts(text)
    assert facts.title
    assert facts.title.value == "".join(making.TITLE)
    assert facts.number
    assert (facts.number.value, facts.number.block) == ("青教发〔2026〕5号", 1)
    assert facts.annexes
    assert facts.annexes.value == ("问题台账（样表）",)


def test_ticks_of_form_fields_and_content_controls_are_kept() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:t>消防</w:t></w:r>"
        '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:t>食品\uf052</w:t></w:r><w:r><w:sym w:font="Wingdings 2" w:char="00A3"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>'
    )
    assert told(parse(making.word(body))) == "☑消防□食品☑□•"


def test_a_table_row_that_was_deleted_under_tracking_is_gone() -> None:
    row = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{making.p('已删')}</w:tc></w:tr>"
    body = making.table([("甲", "乙")]).replace("</w:tbl>", row + "</w:tbl>")
    assert told(parse(making.word(body))) == "甲\t乙"


def test_a_strict_file_whose_main_part_has_another_name_is_read() -> None:
    raw = making.package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
            ' Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"'
            ' Target="word/document2.xml"/></Relationships>',
            "word/document2.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r>'
            "<w:t>严格</w:t></w:r></w:p></w:body></w:document>",
        }
    )
    assert told(parse(raw)) == "严格"


def test_a_file_wrapped_as_an_object_is_taken_out_with_its_name() -> None:
    inner = "附件里的话".encode()
    name = "佐证说明.txt".encode("gb18030")
    told = b"\x02\x00" + name + b"\x00C:\\x\x00" + b"\x00\x00\x03\x00" + struct.pack("<I", 2) + b"t\x00"
    assert _native(b"\x00\x00\x00\x00" + told + struct.pack("<I", len(inner)) + inner + b"rest") == (
        "佐证说明.txt",
        inner,
    )
    assert unwrapped(b"no object", "a.bin") is None


def test_a_file_embedded_in_a_word_file_is_a_member() -> None:
    text = parse(making.word(making.p("正文"), {"word/embeddings/台账.xlsx": making.xlsx()}))
    (member,) = text.members
    assert (member.path, member.reader, member.state) == ("台账.xlsx", "xlsx", TextState.OK)
    assert "东侧疏散通道堆放桌椅" in told(text.of_member("台账.xlsx"))


@pytest.mark.parametrize(("make", "reader"), [(making.xlsx, "xlsx"), (making.xls, "xls")])
def test_a_ledger_gives_its_rows_by_sheet_in_both_formats(make, reader: str) -> None:  # type: ignore[no-untyped-def]
    text = parse(make())
    assert text.reader == reader
    assert text.pages[0].label == "工作表“问题台账”"
    assert making.recall("".join("".join(row) for row in making.ROWS), told(text)) == 1.0
    assert places(text)["2\t\t灭火器压力不足3具\t李旻\t2026-03-22\t□"] == "第3行"


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    assert parse(making.xlsx()).pages[1].label == "工作表“旧表”（隐藏）"


def test_slides_come_in_the_order_they_are_shown() -> None:
    text = parse(making.pptx([("校园安全培训", "主讲：王珺"), ("一、消防",)]))
    assert [(page.label, page.blocks[0].text) for page in text.pages] == [
        ("第1页", "校园安全培训"),
        ("第2页", "一、消防"),
    ]


def test_an_ofd_gives_lines_in_reading_order_with_composites() -> None:
    text = parse(making.ofd([making.BODY[:8], making.BODY[8:]]))
    assert [block.text for block in text.pages[0].blocks] == list(making.BODY[:8])
    assert [page.label for page in text.pages] == ["第1页", "第2页"]
    assert text.pages[1].blocks[-1].text == "版记"


def test_a_pdf_gives_its_lines_by_page() -> None:
    text = parse(making.pdf([making.wrapped(making.BODY[:8]), making.wrapped(making.BODY[8:])]))
    assert [block.text for block in text.pages[1].blocks] == making.wrapped(making.BODY[8:])
    assert making.recall("".join(making.BODY), told(text)) == 1.0


def test_vertical_text_comes_out_column_by_column() -> None:
    lines = ("青山县教育局公告", "学校安全专项整治", "二〇二六年三月五日")
    assert told(parse(making.pdf([lines], vertical=True))).replace("\n", "") == "".join(lines)


def test_a_pdf_whose_font_does_not_say_its_characters_is_told_as_such() -> None:
    junk = making.pdf([["".join(chr(0xE000 + n) for n in range(30))]])
    text = parse(junk)
    assert (text.state, text.pages[0].state, text.pages[0].blocks) == (TextState.EMPTY, PageState.GARBLED, ())
    assert "编码" in text.why


def test_junk_is_told_from_writings_that_are_rare_here() -> None:
    glyphs = "".join(chr(0x21 + n * 7 % 1500) for n in range(600))
    assert _is_junk(glyphs)
    assert _is_junk("关于检查的通知".encode("gb18030").decode("latin-1") * 5)
    for writing in (
        "བོད་ཡིག་གི་ཡིག་ཆ་འདི་ནི་སློབ་གྲྭའི་བདེ་འཇགས་སྐོར་ཡིན།",
        "Уведомление о проверке школ района и детских садов",
        "ئۇيغۇرچە ھۆججەت مەكتەپ بىخەتەرلىكى ھەققىدە",
    ):
        assert not _is_junk(writing * 5)
    assert not _is_junk("The notice of the bureau about the inspection of schools, résumé naïve")


def test_a_page_that_is_a_picture_is_told_beside_those_that_are_text() -> None:
    pixel = making.stream(
        b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    raw = making.pdf([["正文第一页的文字足够长，不会被当成图像上的印章。"], []])
    raw = raw.replace(b"<</Font<</F1 3 0 R>>>>", b"<</Font<</F1 3 0 R>>/XObject<</I 10 0 R>>>>")
    drawn = making.stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    objects = [part.split(b"\nendobj")[0].partition(b" 0 obj\n")[2] for part in raw.split(b"\nendobj\n")[:-1]]
    objects[8] = drawn
    text = parse(making.assembled([*objects, pixel]))
    assert [page.state for page in text.pages] == [PageState.TEXT, PageState.IMAGE]
    assert (text.state, text.why) == (TextState.OK, "第2页是图像，没有识别")


def test_a_mail_gives_header_body_and_attachments_with_their_paths() -> None:
    text = parse(making.mail())
    assert (text.reader, text.state) == ("eml", TextState.OK)
    header, body = text.pages[0], text.pages[1]
    assert header.beside
    assert "发件人：第一小学 <a@example.cn>" in [block.text for block in header.blocks]
    assert header.blocks[0].text.startswith("主题：关于")
    assert [block.text for block in body.blocks] == ["请查收附件中的自查报告和台账。", "第一小学"]
    assert [member.path for member in text.members] == ["自查报告.docx", "佐证.zip", "佐证.zip/台账.xls", "坏.dat"]
    where = next(
        page.where
        for page in text.pages
        for block in page.blocks
        if "灭火器" in block.text and page.member.endswith("xls")
    )
    assert where == "佐证.zip/台账.xls，工作表“问题台账”"
    assert text.why == "包内有1个文件没有读出，如“坏.dat”：认不出是什么格式"


@pytest.mark.parametrize(("encoding", "flagged"), [("utf-8", True), ("utf-8", False), ("gb18030", False)])
def test_names_in_an_archive_are_read_as_they_were_meant(encoding: str, *, flagged: bool) -> None:
    raw = making.zipped({"报送/自查报告（定稿）.txt": "内容".encode()}, encoding, flagged=flagged)
    assert [member.path for member in parse(raw).members] == ["报送/自查报告（定稿）.txt"]


def test_names_that_climb_or_hide_are_only_data() -> None:
    names = ["../../上.txt", "/根.txt", "C:\\盘.txt", "甲\\乙.txt", "a\u202etxt.exe", "长" * 240]
    text = parse(making.zipped(dict.fromkeys(names, "好".encode())))
    assert [member.path for member in text.members] == [
        "上.txt",
        "根.txt",
        "盘.txt",
        "甲/乙.txt",
        "atxt.exe",
        "长" * 240,
    ]
    assert all(member.state is TextState.OK for member in text.members)


def test_a_link_in_an_archive_is_not_followed_and_big5_names_do_no_harm() -> None:
    raw = bytearray(making.zipped({"link": b"/etc/passwd", "好.txt": "好".encode()}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 5] = 3  # made on Unix
    raw[at + 38 : at + 42] = ((stat.S_IFLNK | 0o777) << 16).to_bytes(4, "little")
    text = parse(bytes(raw))
    assert (text.members[0].path, text.members[0].why) == ("link", "是链接，没有读")
    assert told(text) == "好"
    (member,) = parse(making.zipped({"關於檢查.txt": "好".encode()}, "big5", flagged=False)).members
    assert member.state is TextState.OK
    assert "/" not in member.path


def test_a_damaged_file_in_an_archive_leaves_the_others_readable() -> None:
    raw = bytearray(making.zipped({"a.txt": b"damaged" * 100, "好.txt": "好".encode()}))
    start = raw.index(b"a.txt") + len("a.txt")
    raw[start : start + 4] = b"\xff\xff\xff\xff"  # no block of deflate begins so
    text = parse(bytes(raw))
    assert (told(text), text.state) == ("好", TextState.OK)
    assert (text.members[0].state, text.members[0].why) == (TextState.UNREADABLE, "压缩包里的这一份损坏")


def test_lock_files_and_what_a_mac_adds_are_passed_over_in_an_archive() -> None:
    raw = making.zipped(
        {"__MACOSX/._a": b"x", "报/~$附件1.docx": b"x", "报/.DS_Store": b"x", "报/好.txt": "好".encode()}
    )
    assert [member.path for member in parse(raw).members] == ["报/好.txt"]


def test_a_web_page_that_wears_doc_and_rich_text_are_read() -> None:
    page = "<html><head><meta charset=gb2312><style>x{}</style></head><body><p>关于检查<br>的通知</p><table><tr><td>甲<td>乙</table>"
    text = parse(page.encode("gb18030"))
    assert (text.reader, told(text)) == ("html", "关于检查\n的通知\n甲\t乙")
    assert places(text)["甲\t乙"] == "表1第1行"
    rich = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'b9\'d8\'d3\'da\u23398?\par }"
    assert told(parse(rich.encode())) == "关于学"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("words", ["整改通知书 2026-03-05\n陈喆", "\n".join(making.BODY)])
def test_plain_text_is_read_exactly_in_every_encoding(encoding: str, words: str) -> None:
    assert told(parse(words.encode(encoding))) == words


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_in_the_middle_of_a_character_is_still_read(encoding: str) -> None:
    assert told(parse("关于检查的通知".encode(encoding)[:-1])) == "关于检查的通"


def test_macros_are_remarked_and_never_run() -> None:
    related = f'<Relationship Id="m" Type="{making.OFFICE}/vbaProject" Target="vbaProject.bin"/>'
    assert parse(making.word(making.p("有宏"), {"word/vbaProject.bin": b"x"}, related)).remarks == ("含宏，没有运行",)


@pytest.mark.render
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_word_file_gives_its_words_and_rows(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(making.flat_docx([*making.TITLE, *making.BODY]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "通知.docx")], check=True, capture_output=True, timeout=120)
    text = parse((tmp_path / "通知.doc").read_bytes())
    assert (text.reader, text.state) == ("doc", TextState.OK)
    assert making.recall("".join((*making.TITLE, *making.BODY, *map("".join, making.ROWS))), told(text)) == 1.0
    assert places(text)["2\t\t灭火器压力不足3具\t李旻\t2026-03-22\t□"] == "表1第3行"
    assert [block.text for block in text.pages[0].blocks[:3]] == [*making.TITLE, making.BODY[0]]

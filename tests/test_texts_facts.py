"""What a paper says of itself is read by the places and forms of GB/T 9704-2012, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.texts.facts import read_facts
from model.readings import Confidence, PaperFacts
from model.texts import Member, PageState, Text, TextBlock, TextPage, TextState

NOTICE = """\
000012
机密★5年
特急
青山县教育局文件
青教发〔2026〕5号
青山县教育局关于印发学校安全专项整治工作方案
的通知
各乡镇中心学校，各县（区）属中小学、幼儿园：
现将《学校安全专项整治工作方案》印发给你们，请按照青教发〔2025〕31号和有关秘密级文件的要求落实。
附件：1.学校安全专项整治工作方案
2.问题台账（样表）
青山县教育局
2026年3月5日
（联系人：王某，电话：5550101）
附件1
学校安全专项整治工作方案
为做好工作，制定本方案。
附件2
问题台账（样表）
青山县教育局办公室　　　　2026年3月6日印发"""


def paper(text: str, *, state: PageState = PageState.TEXT, reader: str = "docx") -> Text:
    pages = tuple(
        TextPage("", tuple(TextBlock(line) for line in page.splitlines()), state) for page in text.split("\f")
    )
    return Text(TextState.OK, pages, reader=reader)


def facts(text: str, **more: object) -> PaperFacts:
    return read_facts(paper(text, **more))  # type: ignore[arg-type]


def test_a_notice_says_all_of_itself() -> None:
    told = facts(NOTICE)
    assert told.title
    assert told.title.value == "青山县教育局关于印发学校安全专项整治工作方案的通知"
    assert (told.title.page, told.title.block, told.title.confidence) == (0, 5, Confidence.SURE)
    assert told.number
    assert told.number.value == "青教发〔2026〕5号"
    assert told.issuer
    assert told.issuer.value == "青山县教育局"
    assert told.dated
    assert (told.dated.value, told.dated.block) == (date(2026, 3, 5), 12)
    assert told.kind
    assert told.kind.value == "通知"
    assert told.secrecy
    assert (told.secrecy.value, told.secrecy.confidence) == ("机密★5年", Confidence.SURE)
    assert told.addressees
    assert told.addressees.value == ("各乡镇中心学校", "各县（区）属中小学", "幼儿园")
    assert told.annexes
    assert told.annexes.value == ("学校安全专项整治工作方案", "问题台账（样表）")
    assert told.pages is None
    assert told.language
    assert told.language.value == "zh"


@pytest.mark.parametrize(
    ("line", "value", "confidence"),
    [
        ("机密★5年", "机密★5年", "sure"),
        ("秘 密 ★ 3 年", "秘密★3年", "sure"),
        ("000001　绝密★长期　特急", "绝密★长期", "sure"),
        ("绝密★启用前", "绝密★启用前", "sure"),
        ("机密☆6个月", "机密★6个月", "sure"),
        ("秘密*１０年", "秘密★10年", "sure"),
        ("密级：秘密", "秘密", "sure"),
        ("秘密", "秘密", "likely"),
        ("机密5年", "机密★5年", "likely"),
        ("密级（打钩）：□绝密 ☑秘密 □机密", "秘密", "doubtful"),
        ("秘密件", "秘密", "doubtful"),
    ],
)
def test_a_mark_of_secrecy_is_told_with_how_sure_it_is(line: str, value: str, confidence: str) -> None:
    told = facts(f"{line}\n青山县教育局文件\n青教发〔2026〕5号\n关于开展检查的通知\n各学校：").secrecy
    assert told
    assert (told.value, told.confidence.value) == (value, confidence)


@pytest.mark.parametrize(
    "text",
    [
        "关于做好保守国家秘密工作的通知\n各学校：\n要严守机密，不得泄露秘密★以外的内容。",
        "关于机密级文件清退情况的报告\n县委办：\n共清退机密5年以上文件十份。",
        "保密知识\n绝密、机密、秘密三级的期限分别不超过30年、20年、10年。",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(text: str) -> None:
    assert facts(text).secrecy is None


def test_a_mark_on_a_later_page_is_doubtful_and_one_in_a_header_is_not() -> None:
    later = facts("关于检查的通知\n各学校：\n请检查。\f秘密★2年\n附件1\n名单").secrecy
    assert later
    assert later.confidence is Confidence.DOUBTFUL
    page = TextPage("页眉", (TextBlock("秘密★2年"),), beside=True)
    body = TextPage("", (TextBlock("关于检查的通知"),))
    head = read_facts(Text(TextState.OK, (body, page), reader="docx")).secrecy
    assert head
    assert (head.value, head.page, head.confidence) == ("秘密★2年", 1, Confidence.SURE)


def test_a_recognised_paper_is_never_quite_sure_and_a_blurred_star_is_still_a_mark() -> None:
    told = facts(NOTICE.replace("机密★5年", "机密女5年"), state=PageState.OCR, reader="image")
    assert told.secrecy
    assert (told.secrecy.value, told.secrecy.confidence) == ("机密★5年", Confidence.LIKELY)
    assert told.number
    assert told.number.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("青教发[2026]05号", "青教发〔2026〕5号"),
        ("青教函〔 2026 〕 12 号", "青教函〔2026〕12号"),
        ("青教呈〔2026〕7号　　　签发人：李某", "青教呈〔2026〕7号"),
        ("青教发（２０２６）第１２号", "青教发〔2026〕12号"),
        ("文号：青教发〔2026〕5号", "青教发〔2026〕5号"),
        ("青教发〔2026〕　号", None),
        ("根据青教发〔2026〕5号要求", None),
        ("青教发〔26〕5号", None),
    ],
)
def test_a_number_is_a_line_of_its_own(line: str, number: str | None) -> None:
    told = facts(f"青山县教育局文件\n{line}\n关于检查的通知\n各学校：\n根据要求检查。").number
    assert (told.value if told else None) == number


def test_a_number_cited_below_the_addressees_is_not_the_papers_own() -> None:
    assert facts("关于检查的通知\n各学校：\n市教发〔2026〕9号\n已经印发。").number is None


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2026年3月5日", date(2026, 3, 5)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("2026年 11 月 20 日", date(2026, 11, 20)),
        ("2026年2月30日", None),
        ("2026年3月5日印发", None),
        ("2026年3月", None),
    ],
)
def test_the_day_of_a_paper_in_both_kinds_of_numerals(day: str, value: date | None) -> None:
    told = facts(f"关于检查的通知\n各学校：\n请检查。\n青山县教育局\n{day}").dated
    assert (told.value if told else None) == value


def test_those_who_sign_together_are_all_issuers() -> None:
    told = facts(
        "关于检查的通知\n各学校：\n请检查。\n青山县教育局　　　青山县公安局\n青山县卫生健康委员会\n2026年3月5日"
    )
    assert told.issuer
    assert told.issuer.value == "青山县教育局、青山县公安局、青山县卫生健康委员会"


def test_an_unsigned_paper_has_its_issuer_from_header_or_title_and_is_less_sure() -> None:
    head = facts("青山县教育局文件\n青教发〔2026〕5号\n关于检查的通知\n各学校：\n请检查。").issuer
    assert head
    assert (head.value, head.confidence) == ("青山县教育局", Confidence.LIKELY)
    title = facts("青山县第一小学关于检查的报告\n县教育局：\n已检查。").issuer
    assert title
    assert title.value == "青山县第一小学"
    joint = facts("青山县教育局 青山县公安局关于检查的报告\n县政府：\n已检查。").issuer
    assert joint
    assert joint.value == "青山县教育局、青山县公安局"
    assert facts("检查的报告\n县教育局：\n已检查。").issuer is None


def test_a_date_below_the_title_counts_where_there_is_none_at_the_end() -> None:
    told = facts("青山县学校安全管理办法\n（2026年3月5日局务会通过）\n第一条 为了安全，制定本办法。").dated
    assert told
    assert (told.value, told.confidence) == (date(2026, 3, 5), Confidence.LIKELY)


def test_annex_names_that_wrap_in_a_pdf_are_put_together() -> None:
    told = facts(
        "关于检查的通知\n各学校：\n请检查。\n附件：1.青山县教育系统学校安全专项整治行动问题整改\n台账（样表）\n"
        "2.《联系表》\n青山县教育局\n2026年3月5日",
        reader="pdf",
    ).annexes
    assert told
    assert told.value == ("青山县教育系统学校安全专项整治行动问题整改台账（样表）", "联系表")


def test_annex_names_may_stand_below_the_word() -> None:
    told = facts(
        "关于检查的通知\n各学校：\n请检查。\n附件：\n1.检查表\n2.联系表\n青山县教育局\n2026年3月5日\n附件1\n检查表"
    )
    assert told.annexes
    assert told.annexes.value == ("检查表", "联系表")
    assert told.dated
    assert facts("关于检查的通知\n各学校：\n请检查。\n附件：").annexes is None


def test_annexes_bound_without_a_note_are_read_from_their_heads() -> None:
    told = facts("关于检查的通知\n各学校：\n请检查。\n附件1\n检查表\n一、消防\n附件2\n联系表\n姓名").annexes
    assert told
    assert (told.value, told.confidence) == (("检查表", "联系表"), Confidence.LIKELY)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于召开家长会的函", "函"),
        ("青山县学校安全应急预案（试行）", "应急预案"),
        ("关于转发《市教育局关于检查的通知》的通知", "通知"),
        ("学校安全整治实施方案3", "实施方案"),
        ("青山县第一小学的春天", None),
    ],
)
def test_the_kind_is_the_last_word_of_the_title(title: str, kind: str | None) -> None:
    told = facts(f"{title}\n各学校：\n请照办。").kind
    assert (told.value if told else None) == kind


def test_a_title_without_a_kind_is_doubtful() -> None:
    told = facts("青山县第一小学的春天\n花开了。").title
    assert told
    assert told.confidence is Confidence.DOUBTFUL


def test_a_list_that_only_ends_with_a_colon_is_no_addressee() -> None:
    assert facts("关于检查的通知\n现将有关事项通知如下：\n一、时间").addressees is None


def test_pages_and_members_are_told_apart() -> None:
    inner = TextPage("第1页", (TextBlock("秘密★5年"), TextBlock("关于选址的请示")), member="资料/请示.pdf")
    letter = TextPage("", (TextBlock("材料见附件。"),))
    whole = Text(
        TextState.OK, (letter, inner), reader="eml", members=(Member("资料/请示.pdf", TextState.OK, reader="pdf"),)
    )
    assert read_facts(whole).secrecy is None
    own = read_facts(whole.of_member("资料/请示.pdf"))
    assert own.secrecy
    assert own.kind
    assert (own.secrecy.value, own.kind.value) == ("秘密★5年", "请示")
    assert own.pages
    assert own.pages.value == 1
    with pytest.raises(KeyError):
        whole.of_member("没有.pdf")


def test_an_empty_paper_says_nothing() -> None:
    assert read_facts(Text(TextState.EMPTY)) == PaperFacts()


@given(
    st.lists(
        st.sampled_from([*NOTICE.splitlines(), "附件：", "2026年13月1日", "：", "附件2", "（", "十月"]), max_size=12
    )
)
def test_any_order_of_lines_gives_facts_whose_places_hold_their_words(lines: list[str]) -> None:
    text = paper("\n".join(lines))
    told = read_facts(text)
    assert told == read_facts(text)
    for found in (told.title, told.number, told.issuer, told.dated, told.secrecy, told.addressees, told.annexes):
        if found is not None:
            assert found.page is not None
            assert found.block is not None
            block = text.pages[found.page].blocks[found.block].text
            begun = found.excerpt.split()[0]
            assert begun[:4] in block or begun.startswith(block.strip())  # addressees may go on over several lines

"""What every engine must do: every phrase of every paper is found, and nothing else, against a plain scan."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import loosening, queries, variants
from indexer.engines import EVERYTHING, Bounds, Engine, Scope
from indexer.entries import IndexEntry
from indexer.folding import fold, fold_with_places
from indexer.fts5 import Fts5
from indexer.index import Index
from indexer.tokens import phrase, runs, tokens
from indexer.whoosh_engine import Whoosh
from model.searching import Answer, Order
from model.texts import Text, TextBlock, TextPage, TextState
from storage.database import open_catalogue, open_for_reading, transaction

# Eight papers with every awkward writing that searches have failed on.
PAPERS = {
    "1": "教育局成立扫黑除恶领导小组，张三任组长，领导小组办公室设在安全科。",
    "2": "根据深教党〔2008〕12号文件，教育局、公安局联合检查。",
    "3": "青教发〔2026〕112号；举报电话12345；二○○八年以来。",
    "4": "掃黑除惡專項鬥爭領導小組召開會議。",
    "5": "关于成立领\n导小组的通知，2018 年 6 月 30 日前加强\n领导。",
    "6": "ＷＰＳ与Ｋ１２教育，COVID-19 防控，编号12345678。",
    "7": "南京市长江大桥下，李国强买乒乓球拍。校长陈喆。",
    "8": "除恶务尽，善做善成。",
}
AWKWARD = {
    "领导小组": "145",
    "导小组": "145",
    "小组办": "1",
    "恶": "148",
    "组": "145",
    "长": "17",
    "深教党〔2008〕12号": "2",
    "深教党[2008]12号": "2",
    "〔2008〕12": "2",
    "112号": "3",
    "12号": "2",
    "12345": "3",
    "二○○八年": "3",
    "二〇〇八年": "3",
    "扫黑除恶": "14",
    "掃黑除惡": "14",
    "加强领导": "5",
    "2018年6月30日": "5",
    "K12": "6",
    "k12教育": "6",
    "COVID-19": "6",
    "WPS": "6",
    "12345678": "6",
    "教育局、公安局": "2",
    "教育局公安局": "",
    "市长": "7",
    "江大桥": "7",
    "国强": "7",
    "球拍": "7",
    "张三": "1",
    "陈喆": "7",
    "喆": "7",
}


def entry(record: str, body: str, **more: object) -> IndexEntry:
    pages = tuple(TextPage(f"第{n}页", (TextBlock(part),)) for n, part in enumerate(body.split("\f"), 1))
    values: dict[str, object] = {
        "record": record,
        "code": f"Z109-WS·2026-D10-{int(record):04d}",
        "title": f"第{record}件",
        "number": None,
        "issuer": None,
        "unit": None,
        "unit_name": None,
        "campaign": None,
        "campaign_name": None,
        "kind": None,
        "year": 2026,
        "dated": None,
        "retention": "D10",
        "texts": (("正文.docx", Text(TextState.OK, pages)),),
    }
    return IndexEntry(**(values | more))  # type: ignore[arg-type]


ENGINES = ("fts5", "whoosh")
SPANS = {"fts5": 2000, "whoosh": 300}  # Whoosh takes fifty times as long for each


def engine(name: str, db: sqlite3.Connection, folder: Path) -> Engine:
    return Fts5(db) if name == "fts5" else Whoosh(db, folder / "words")


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    db = open_catalogue(tmp_path / "catalogue.db")
    yield filled(db, engine(request.param, db, tmp_path))
    db.close()


def filled(db: sqlite3.Connection, by: Engine | None = None) -> Index:
    made = Index(db, by)
    with transaction(db):
        for record, body in PAPERS.items():
            made.put(entry(record, body))
    return made


def found(answer: Answer) -> str:
    return "".join(sorted(hit.id for hit in answer.hits))


@pytest.mark.parametrize(("words", "expected"), AWKWARD.items())
def test_awkward_strings_find_exactly_the_right_papers(index: Index, words: str, expected: str) -> None:
    answer = index.search(f"“{words}”", scope=EVERYTHING)
    assert found(answer) == expected
    assert answer.total == len(expected)


def scan(body: str, words: str) -> bool:
    """A plain scan of the folded text: the same runs side by side; letters and digits whole, Han runs cut at the ends."""
    wanted, held = list(runs(fold(words))), list(runs(fold(body)))
    last = len(wanted) - 1
    return any(
        all(
            cjk == also_cjk and (run == want or (cjk and fits(run, want, place == 0, place == last)))
            for place, ((run, cjk), (want, also_cjk)) in enumerate(zip(held[at : at + last + 1], wanted, strict=True))
        )
        for at in range(len(held) - last)
    )


def fits(run: str, want: str, first: bool, last: bool) -> bool:
    if first and last:
        return want in run
    return (first and run.endswith(want)) or (last and run.startswith(want))


def test_random_spans_of_random_papers_are_found_where_a_plain_scan_finds_them(index: Index) -> None:
    chance = random.Random(20260305)
    for _ in range(SPANS[index.status().engine]):
        body = chance.choice(list(PAPERS.values()))
        start = chance.randrange(len(body))
        span = body[start : start + chance.randint(1, 20)].replace("“", "").replace("”", "")
        if phrase(span) is None:
            continue
        expected = "".join(sorted(record for record, text in PAPERS.items() if scan(text, span)))
        answer = index.search(f"正文:“{span}”", scope=EVERYTHING)
        assert found(answer) == expected, span


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_with_places_is_the_same_fold(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.places) == len(folded.text)
    assert list(folded.places) == sorted(folded.places)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="教育局张三12aB、 \n〔〕号", min_size=1, max_size=30), st.data())
def test_every_span_of_a_text_is_a_phrase_of_its_tokens(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = text[start : data.draw(st.integers(start + 1, len(text)))]
    wanted = phrase(span)
    if wanted is None or not scan(text, span):
        return
    held = tokens(text)
    size = len(wanted.tokens)
    windows = (tuple(held[at : at + size]) for at in range(len(held) - size + 1))
    last = wanted.tokens[-1]
    assert any(
        window[:-1] == wanted.tokens[:-1] and (window[-1].startswith(last) if wanted.prefix else window[-1] == last)
        for window in windows
    )


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='扫黑-除恶 ()（）"“”|:：标题年份2018..ORNOT或不含*^', max_size=40))
def test_nothing_typed_is_an_error(words: str) -> None:
    node = queries.parse(words)
    loosening.loosened(node)


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=30))
def test_nothing_typed_makes_the_engine_fail(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    index = SHARED.get("index")
    if index is None:
        index = SHARED["index"] = filled(open_catalogue(tmp_path_factory.mktemp("any") / "catalogue.db"))
    index.search(words, scope=EVERYTHING)


SHARED: dict[str, Index] = {}


@pytest.fixture(scope="module", autouse=True)
def _close_shared() -> Iterator[None]:
    yield
    if SHARED:
        SHARED.pop("index")._db.close()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("领导小组 张三", "1"),
        ("张三 或 李国强", "17"),
        ("张三 | 李国强", "17"),
        ("领导小组 不含 张三", "45"),
        ("领导小组 -张三", "45"),
        ("不含 教育", "34578"),
        ("(张三 或 李国强) 教育局", "1"),
        ("（张三 或 李国强）教育局", "1"),
        ("标题:第3件", "3"),
        ("标题：第3件", "3"),
        ("正文:张三", "1"),
        ("年份:2026 张三", "1"),
        ("年份:2020..2025 张三", ""),
        ("年份:2026 或 张三", "12345678"),
        ("状态:已读出 张三", "1"),
        ("状态:有密码", ""),
        ("引用:深教党[2008]12号", "2"),
    ],
)
def test_the_query_language(index: Index, words: str, expected: str) -> None:
    assert found(index.search(words, scope=EVERYTHING)) == expected


def test_a_sentence_that_stands_nowhere_is_loosened_and_says_so(index: Index) -> None:
    answer = index.search("领导小组张三组长", scope=EVERYTHING)
    assert answer.relaxed is not None
    assert answer.hits[0].id == "1"


def test_a_quotation_is_never_loosened(index: Index) -> None:
    assert index.search("“领导小组张三组长”", scope=EVERYTHING).total == 0


def test_the_snippet_marks_the_words_and_names_the_page(index: Index) -> None:
    with transaction(index._db):
        index.put(entry("9", "第一页的话。\f封面之后，领\n导小组在这里。"))
    hit = next(hit for hit in index.search("领导小组", scope=EVERYTHING).hits if hit.id == "9")
    assert hit.page == "第2页"
    assert "⟦领 导小组⟧" in hit.snippet


def test_filters_narrow_and_facets_count(index: Index) -> None:
    with transaction(index._db):
        index.put(entry("9", "领导小组", year=2024, campaign="a", kind="通知", dated=date(2024, 3, 1)))
        index.put(entry("10", "领导小组", year=2025, campaign="b", kind="报告", dated=date(2025, 3, 1)))
    assert found(index.search("领导小组", scope=EVERYTHING, bounds=Bounds(year=2024))) == "9"
    assert found(index.search("领导小组", scope=EVERYTHING, bounds=Bounds(start="2025-01-01"))) == "10"
    assert found(index.search("领导小组", scope=Scope(frozenset({"a"})))) == "9"
    answer = index.search("领导小组", scope=EVERYTHING, order=Order.NEWEST)
    assert [hit.id for hit in answer.hits[:2]] == ["10", "9"]
    assert dict(answer.facets)["年度"] == (("2026", 3), ("2024", 1), ("2025", 1))


def test_a_removed_record_leaves_no_ghost(index: Index) -> None:
    with transaction(index._db):
        index.remove("1")
    assert found(index.search("张三", scope=EVERYTHING)) == ""
    assert index.status().indexed == index.status().entries == 7


def test_a_rebuilt_index_answers_the_same(index: Index) -> None:
    before = index.search("领导小组", scope=EVERYTHING)
    with transaction(index._db):
        index.rebuild()
    assert found(index.search("领导小组", scope=EVERYTHING)) == found(before)  # scores of Whoosh depend on its segments


def test_an_entry_that_is_rolled_back_was_never_there(index: Index) -> None:
    class Stop(Exception):
        pass

    def put_and_fail() -> None:
        with transaction(index._db):
            index.put(entry("9", "只此一份"))
            raise Stop

    with pytest.raises(Stop):
        put_and_fail()
    assert index.search("只此一份", scope=EVERYTHING).total == 0
    assert index.status().indexed == 8


def test_other_writings_find_one_another_unless_quoted(index: Index) -> None:
    index._variants = variants.read("# 一行一组\n张三 李国强\n扫黑除恶 除恶务尽")
    assert found(index.search("张三", scope=EVERYTHING)) == "17"
    assert found(index.search("“张三”", scope=EVERYTHING)) == "1"
    assert found(index.search("除恶务尽 不含 张三", scope=EVERYTHING)) == "48"


def test_what_stands_nowhere_is_answered_with_what_may_be_meant(index: Index) -> None:
    with transaction(index._db):
        index.put(entry("9", "无", title="关于成立消防安全领导小组的通知"))
    assert index.search("“消妨安全”", scope=EVERYTHING).meant == "消防安全"
    assert index.search("消防安全", scope=EVERYTHING).meant is None


@pytest.mark.parametrize(
    ("typed", "expected"), [("ldxz", "领导小组"), ("xfaq", "消防安全"), ("消防", "消防安全领导小组的通知")]
)
def test_suggestions_come_from_titles_by_beginning_or_initials(index: Index, typed: str, expected: str) -> None:
    with transaction(index._db):
        index.put(entry("9", "无", title="关于成立消防安全领导小组的通知", campaign="a"))
    assert expected in index.suggest(typed, scope=EVERYTHING)
    assert index.suggest(typed, scope=Scope(frozenset({"b"}))) == ()


def test_papers_like_this_one_leave_it_out(index: Index) -> None:
    with transaction(index._db):
        for record, title in (("11", "食堂卫生检查通知"), ("12", "食堂卫生整改报告"), ("13", "校车年检")):
            index.put(entry(record, "无", title=title))
    assert [hit.id for hit in index.like("11", scope=EVERYTHING).hits][:1] == ["12"]
    assert index.like("nobody", scope=EVERYTHING).hits == ()


def test_pages_follow_one_another_without_gap_or_repeat(index: Index) -> None:
    for order in Order:
        pages = [index.search("不含 无此词", scope=EVERYTHING, order=order, limit=3, offset=at) for at in (0, 3, 6)]
        ids = [hit.id for page in pages for hit in page.hits]
        assert sorted(ids) == sorted(PAPERS)
        assert {page.total for page in pages} == {8}


def test_an_index_begun_in_a_transaction_that_is_rolled_back_is_begun_again(tmp_path: Path) -> None:
    for name in ENGINES:
        db = open_catalogue(tmp_path / f"{name}.db")
        made = Index(db, engine(name, db, tmp_path / name))
        db.execute("BEGIN")
        made.put(entry("1", "消防"))
        db.execute("ROLLBACK")
        with transaction(db):
            made.put(entry("2", "消防"))
        assert found(made.search("消防", scope=EVERYTHING)) == "2"
        db.close()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("领导小组 AND 张三", "1"),
        ("张三 或者 李国强", "17"),
        ("张三｜李国强", "17"),
        ("张三 ＯＲ 李国强", "17"),
        ("领导小组　－张三", "45"),
        ("领导小组 NOT 张三", "45"),
        ("正文:(张三 或 李国强)", "17"),
        ("正文：（张三 或 李国强） 不含 教育局", "7"),
        ("标题:“第3件”", "3"),
        ("「领导小组」", "145"),
        ("＂领导小组＂ 张三", "1"),
        ("年份:２０２６年 张三", "1"),
        ("年份:2026.. 张三", "1"),
        ("年份:..2025 张三", ""),
        ("年份:2027..2020 张三", "1"),
        ("年份：2020-2026 张三", "1"),
        ("深教党(2008)12号", "2"),
        ("深教党（2008）12号", "2"),
        ("深教党【2008】12号", "2"),
        ("引用:深教党(2008)12号", "2"),
        ("状态:没有文字", ""),
        ("档号:0003", "3"),
        ("文号:Z109", "12345678"),
    ],
)
def test_the_query_language_in_every_width(index: Index, words: str, expected: str) -> None:
    assert found(index.search(words, scope=EVERYTHING)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("扫黑-除恶", "扫黑-除恶"),
        ("2018-06", "2018-06"),
        ("张三:李四", "张三:李四"),
        ("年份:去年", "年份:去年"),
        ("标题:", "标题"),
        ("或", "或"),
    ],
)
def test_what_is_no_syntax_is_searched_as_written(words: str, expected: str) -> None:
    node = queries.parse(words)
    assert isinstance(node, queries.Term)
    assert node.text == expected


def test_papers_that_rest_on_a_document_do_not_include_the_document_itself(index: Index) -> None:
    number = "青教发〔2026〕9号"
    with transaction(index._db):
        index.put(entry("9", f"{number} 关于排查的通知", number=number))
        index.put(entry("10", f"按照{number}的要求，开展排查。"))
    assert {hit.id for hit in index.search(f"引用:{number}", scope=EVERYTHING).hits} == {"10"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [("张三组长在哪些领导小组", "1"), ("教育局领导小组组长", "1"), ("陈喆买了什么", "7")],
)
def test_a_question_falls_back_and_says_so(index: Index, question: str, expected: str) -> None:
    answer = index.search(question, scope=EVERYTHING)
    assert answer.relaxed
    assert answer.hits[0].id == expected


def test_loosening_keeps_bounds_quotations_and_what_must_not_be_there(index: Index) -> None:
    with transaction(index._db):
        index.put(entry("9", "领导小组由张三任组长", year=2024))
    assert found(index.search("年份:2024 领导小组张三组长", scope=EVERYTHING)) == "9"
    assert found(index.search("领导小组张三组长 不含 扫黑除恶", scope=EVERYTHING)) == "9"
    assert found(index.search("领导小组张三组长 “无此词”", scope=EVERYTHING)) == ""


def test_names_of_a_unit_find_one_another_short_ones_only_alone(index: Index) -> None:
    index._variants = variants.of_units([["青岚县第二小学", "第二小学", "二小"]])
    with transaction(index._db):
        index.put(entry("9", "青岚县第二小学"))
        index.put(entry("10", "县直二小。"))
    assert {hit.id for hit in index.search("二小", scope=EVERYTHING).hits} == {"9", "10"}
    assert {hit.id for hit in index.search("第二小学", scope=EVERYTHING).hits} == {"9", "10"}
    assert {hit.id for hit in index.search("“二小”", scope=EVERYTHING).hits} == {"9", "10"}  # in 第二小学, and as it is
    assert "第青岚" not in str(variants.widened(queries.Term("第二小"), index._variants))


def test_a_hit_names_page_block_volume_and_places(index: Index) -> None:
    blocks = (TextBlock("封面"), TextBlock("灭火器失效", "表1第2行"), TextBlock("灭火器缺失", "表1第3行"))
    text = Text(TextState.OK, (TextPage("第1页", (TextBlock("首页"),)), TextPage("第2页", blocks)))
    with transaction(index._db):
        index.put(entry("9", "", texts=(("a.docx", text),)))
    (hit,) = index.search("灭火器", scope=EVERYTHING).hits
    assert (hit.page, hit.block, hit.volume) == ("第2页", "表1第2行", "Z109-WS·2026-D10")
    assert [(place.page, place.block) for place in hit.positions] == [("第2页", "表1第2行"), ("第2页", "表1第3行")]
    plain = "\n".join(block.text for block in blocks)
    assert {plain[place.start : place.end] for place in hit.positions} == {"灭火器"}


@pytest.mark.parametrize("words", AWKWARD)
def test_the_places_told_hold_the_words(index: Index, words: str) -> None:
    for hit in index.search(f"“{words}”", scope=EVERYTHING).hits:
        assert hit.positions
        for place in hit.positions:
            held = PAPERS[hit.id][place.start : place.end]
            assert "".join(run for run, _ in runs(fold(held))) == "".join(run for run, _ in runs(fold(words)))


def test_a_number_inside_a_longer_number_is_not_shown(index: Index) -> None:
    with transaction(index._db):
        index.put(entry("9", f"第112号，{'另有' * 40}第12号。"))
    hit = next(hit for hit in index.search("12号", scope=EVERYTHING).hits if hit.id == "9")
    assert [place.start for place in hit.positions] == [87]


def test_the_old_index_answers_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    db = open_catalogue(path)
    writer, seen = filled(db), []

    def ask(done: int, total: int) -> None:
        reader = open_for_reading(path)
        seen.append((done, total, found(Index(reader).search("领导小组", scope=EVERYTHING))))
        reader.close()

    with transaction(db):
        writer.rebuild(ask)
    db.close()
    assert seen == [(done, 8, "145") for done in range(1, 9)]

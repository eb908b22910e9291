"""Judging a file that is to be taken in: what it is, what is known of it, whether it may be taken at all. Decides, changes nothing."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive.intake import Rules, longest_named
from archive.retention import Table
from desk import describing
from desk.drafts import DraftEntry
from desk.gathering import Found
from indexer.texts.facts import read_facts
from model.campaigns import Campaign
from model.records import Description, Paper, PaperFile, Part
from model.texts import Text, TextState

_READERS = {
    ".doc": {"doc", "rtf"}, ".wps": {"doc"}, ".docx": {"docx"}, ".xls": {"xls"}, ".et": {"xls"}, ".xlsx": {"xlsx"},
    ".ppt": {"ppt"}, ".dps": {"ppt"}, ".pptx": {"pptx"}, ".pdf": {"pdf"}, ".ofd": {"ofd"}, ".rtf": {"rtf"}, ".zip": {"zip"},
    ".jpg": {"image"}, ".jpeg": {"image"}, ".png": {"image"}, ".tif": {"image"}, ".tiff": {"image"}, ".bmp": {"image"},
}  # fmt: skip
"""Ending to what its content should be; what is not listed is not judged."""

_PARTS = (
    (Part.ANNEX, ("附件", "附表")),
    (Part.DRAFT, ("定稿", "底稿", "花脸稿", "发文稿纸")),
    (Part.SLIP, ("处理单", "阅办单", "呈批单", "拟办单")),
    (Part.EVIDENCE, ("佐证", "印证", "证明材料")),
)
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".heic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person said of all these papers; None: not said. `clear`: the person has checked that doubtful ones are not secret."""

    campaign: Campaign | None = None
    unit: tuple[str | None, str] | None = None
    kind: str | None = None
    title: str | None = None
    year: int | None = None
    department: str | None = None
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the judging rests on: rules, the retention table, and the day's year."""

    rules: Rules
    table: Table
    year: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The paper to be filed with remarks on it; or why it is refused, or held back to be asked about."""

    paper: Paper | None = None
    remarks: tuple[str, ...] = ()
    refused: str = ""
    held: str = ""


def judge(found: Found, text: Text, entry: DraftEntry | None, said: Said, known: Knowledge) -> Judgement:
    """One file by itself."""
    mark = describing.secrecy_of(text)
    if describing.is_secret(mark):
        assert mark
        return Judgement(refused=f"标有密级“{mark.value}”，{describing.STATE_LAW}；请按保密规定另行保管")
    if mark and not said.clear:
        words = mark.excerpt.strip()[:30]
        return Judgement(held=f"有疑似密级的字样“{words}”，请核对；确实不涉密的，加 --not-secret 再归")
    file = PaperFile(name=found.name, source=found.path, media_type=media_type(found.name))
    about = describe(found, text, entry, said, known)
    return Judgement(Paper(files=(file,), description=about), (*found.remarks, *_remarks(found, text)))


def describe(found: Found, text: Text, entry: DraftEntry | None, said: Said, known: Knowledge) -> Description:
    """What is known of a file: what a person said, then the drafts folder, then the paper itself, then the names around it."""
    facts = read_facts(text)
    title, read = describing.titled(facts, _stem(found.name))
    drafted = entry or DraftEntry(digest="", kind="", title="")
    unit, unit_name = said.unit or (drafted.unit, drafted.unit_name)
    if unit is None and unit_name is None and said.campaign:
        unit, unit_name = _unit(said.campaign, found.names)
    given = said.title or drafted.title
    names = (given or title, *found.names)
    about = Description(
        title=given or title,
        issuer=drafted.issuer,
        kind=said.kind or drafted.kind or known.rules.kind(names),
        unit=unit,
        unit_name=unit_name,
        campaign=said.campaign.id if said.campaign else drafted.campaign,
        stage=drafted.stage,
        department=said.department or known.rules.department(found.names),
        year=known.year,
        source=found.source,
        unconfirmed=("title",) if read and not given else (),
    )
    return dated_and_kept(describing.complete(about, facts), found, said, known)


def dated_and_kept(about: Description, found: Found, said: Said, known: Knowledge) -> Description:
    """年度 by what a person said, the day of signing, the names around it, else the day's; 保管期限 by the table."""
    by_names = known.rules.year(found.names)
    year = said.year or (about.dated.year if about.dated else None) or by_names or known.year
    unsure = not (said.year or about.dated)
    note = "" if not unsure else "日期不详，年度取自名字" if by_names else "日期不详，按归档年度"
    period, why = known.table.suggest(about.kind, about.title)
    return replace(about, year=year, note=note, retention=period, retention_reason=why)


def _unit(campaign: Campaign, names: tuple[str, ...]) -> tuple[str | None, str | None]:
    candidates: Mapping[str, str] = {
        name: unit.id for unit in campaign.units for name in (unit.name, *unit.aliases) if len(name) > 1
    }
    id = longest_named(names, candidates)
    unit = campaign.unit(id) if id else None
    return (unit.id, unit.name) if unit else (None, None)


def _remarks(found: Found, text: Text) -> Iterator[str]:
    ending = "." + found.name.rpartition(".")[2].lower()
    expected = _READERS.get(ending)
    if (
        expected
        and text.reader
        and text.reader not in expected
        and text.reader not in {"empty", "unknown", "broken", "locked"}
    ):
        yield f"扩展名是 {ending}，内容其实是 {text.reader}"
    if text.state is not TextState.OK or text.why:
        yield f"正文不能检索：{text.why or text.state.chinese}" if text.state is not TextState.OK else text.why
    unread = [member for member in text.members if member.state not in (TextState.OK, TextState.EMPTY)]
    if unread:
        first = unread[0]
        yield f"包内 {len(unread)} 份没有读出（如 {first.path}：{first.why or first.state.chinese}），请自行确认不涉密"


def part_of(name: str, *, first: bool) -> Part:
    """What a file is inside its 件, by its name."""
    found = next((part for part, words in _PARTS if any(word in name for word in words)), None)
    if found:
        return found
    if name.lower().endswith(_PICTURES) and not first:
        return Part.PHOTO
    return Part.MAIN if first else Part.ANNEX


def media_type(name: str) -> str:
    """The media type that the name says."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and len(ending) <= 10 else name

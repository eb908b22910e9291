"""Registering: papers issued and received get their number from the register, their life is recorded, books are written out."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from archive import life
from archive.registry import Clerk, new_id
from archive.retention import Table
from desk import describing, rooms
from desk.answers.registering import Issued, Received, Registered
from desk.drafts import MEMORY, DraftEntry, DraftFolder
from desk.filing import campaign_names, enter
from desk.offices import Workspace, open_workspace
from generators.marking import markup
from generators.pages.checking import check_written
from generators.pages.layout import load_layout
from generators.pages.writer import write
from generators.papers import finishing
from indexer.texts.facts import read_facts
from indexer.texts.readers import Readers
from model.documents import Direction
from model.errors import CommandError, Refused, reason
from model.naming import safe_name
from model.readings import PaperFacts
from model.records import Description, Paper, PaperFile, Part, Record
from model.registers import Book, Registration, Step
from model.texts import Text
from model.wording import is_day, missing, missing_facts
from storage.files import replace_file, source_blocks

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WHAT = "没有发文"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What is known of a paper's life when it is issued: who signed it when, who drafted and checked it; None: not said."""

    signer: str
    signed: date | None = None
    code: str | None = None
    drafter: str | None = None
    section: str | None = None
    checker: str | None = None
    cosigners: tuple[str, ...] = ()
    rechecker: str | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is said of a paper that came in; None: read from the paper, or not known."""

    sender: str | None = None
    number: str | None = None
    title: str | None = None
    deadline: date | None = None
    section: str | None = None
    person: str | None = None
    copies: int | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class _Manuscript:
    """A draft as it was signed."""

    path: Path
    content: bytes
    entry: DraftEntry

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def issue(folder: Path, file: Path, signing: Signing, *, on: date) -> Issued:
    """发文: the draft gets its number, is laid out finally, filed with the draft as 定稿, and locked.

    Broken off at any moment and asked again, it keeps the number it was given. Raises Refused for a draft that lacks facts,
    bears a number already, is marked secret or was issued before; then no number is taken.
    """
    workspace = open_workspace(folder)
    signed = signing.signed or on
    if not signing.signer.strip():
        raise CommandError(_WHAT, "--signer", "没有写签发人", "请写上签发人姓名")
    draft = _manuscript(workspace, file)
    code = signing.code or workspace.office.code_for(draft.entry.kind)
    if not code:
        raise Refused(
            _WHAT, draft.entry.kind, "没有发文机关代字", "请用 --code 写明，或在 office.toml 的 [codes] 里填好"
        )
    table = describing.retention_table(workspace)
    with rooms.writing(workspace) as opened, Readers() as readers:
        text = readers.read(draft.content)
        describing.refuse_secret(_WHAT, str(file), text)
        _finished(
            workspace, draft, _trial(code, signed, signing)
        )  # whatever is lacking is said before a number is taken
        clerk = Clerk(opened.who, opened.now)
        wanted = _outgoing(draft, read_facts(text), signing, code, signed, on, opened.who)
        entry = opened.registry.register(wanted, clerk)
        if entry.record:
            held = opened.strongroom.record(entry.record)
            raise Refused(_WHAT, str(file), f"这份文稿已经发出：{entry.text}（{held.code}）", "要另发一份，请另起一稿")
        final = _finished(workspace, draft, _final(entry, signing, signed))
        paper = _issued_paper(workspace.office.name, table, draft, entry, final, readers.read(final))
        record = _file(workspace, opened, readers, paper, entry, "发文")
        path = _lock(draft, entry, final)
    filed = replace(entry, record=record.id)
    return Issued(
        number=entry.text, title=entry.title, path=path, id=record.id, code=record.code,
        findings=tuple(life.findings((filed,), on)),
    )  # fmt: skip


def _manuscript(workspace: Workspace, file: Path) -> _Manuscript:
    content = b"".join(source_blocks(file))
    if file.suffix.lower() == ".md":
        document, _ = markup.parse(_decoded(file, content), str(file))
        return _Manuscript(file, content, DraftEntry(digest="", kind=document.format.value, title=document.title))
    for parent in (file.parent, *file.parent.parents):
        if (parent / MEMORY).is_file() and (entry := DraftFolder(parent).entry(file)):
            return _Manuscript(file, content, entry)
        if parent == workspace.root:
            break
    return _Manuscript(file, content, DraftEntry(digest="", kind="", title=""))


def _decoded(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("读不懂文件", str(file), "不是 UTF-8 编码的文本", "请另存为 UTF-8") from None


def _trial(code: str, signed: date, signing: Signing) -> finishing.Final:
    number = f"{code}〔{signed.year}〕1号"
    return finishing.Final(number=number, dated=signed, signers=(signing.signer,), printed_on=signed)


def _final(entry: Registration, signing: Signing, signed: date) -> finishing.Final:
    return finishing.Final(number=entry.text, dated=signed, signers=(signing.signer,), printed_on=entry.on)


def _finished(workspace: Workspace, draft: _Manuscript, final: finishing.Final) -> bytes:
    """The final paper; a marked-up text is laid out anew, a .docx keeps what people did to it. Raises Refused."""
    layout = load_layout(workspace.office.layout, (workspace.layouts,))
    if draft.path.suffix.lower() != ".md":
        return finishing.finish(draft.content, final, layout)
    text = _decoded(draft.path, draft.content)
    document, _ = markup.parse(text, str(draft.path))
    given = {missing("发文字号"), missing("成文日期"), missing("签发人"), missing("印发日期")}
    if lacking := [fact for fact in missing_facts(text) if missing(fact) not in given]:
        raise Refused(_WHAT, str(draft.path), f"文稿里还有待补的内容：{'、'.join(lacking)}", "请补齐后再发")
    if document.number and document.number not in given:
        remedy = f"文号只能由登记簿给：请删去，或写成 {missing('发文字号')}"
        raise Refused(_WHAT, str(draft.path), f"文稿里已经写了文号“{document.number}”", remedy)
    if document.dated and document.dated != final.dated:
        raise Refused(
            _WHAT, str(draft.path), "成文日期与签发日期不同", "请删去文稿里的成文日期，或用 --signed 写明签发日期"
        )
    signers = document.signers or final.signers if document.direction is Direction.UP else document.signers
    document = replace(
        document,
        number=final.number,
        dated=final.dated,
        signers=tuple(final.signers[0] if signer == missing("签发人") else signer for signer in signers),
        printed_on=final.printed_on if document.printed_by else None,
    )
    content = write(document, layout)
    check_written(document, content)
    return content


def _outgoing(
    draft: _Manuscript, facts: PaperFacts, signing: Signing, code: str, signed: date, on: date, who: str
) -> Registration:
    """The entry of 发文登记簿, its number still to be given."""
    said = (("起草", signing.drafter), ("审核", signing.checker), *(("会签", who) for who in signing.cosigners))
    steps = [Step(name=name, who=person, on=signed) for name, person in said if person]
    steps.append(Step(name="签发", who=signing.signer, on=signed))
    steps += [Step(name="复核", who=signing.rechecker, on=on)] if signing.rechecker else []
    steps.append(Step(name="登记", who=who, on=on))
    columns = {
        "主送": "、".join(facts.addressees.value) if facts.addressees else "",
        "份数": str(signing.copies or ""),
        "拟稿人": signing.drafter or "",
        "拟稿科室": signing.section or "",
        "核稿人": signing.checker or "",
        "签发人": signing.signer,
        "附件数": str(len(facts.annexes.value)) if facts.annexes else "",
    }
    title = draft.entry.title or describing.titled(facts, draft.path.stem)[0]
    return Registration(
        id=new_id(),
        book=Book.OUTGOING,
        code=code,
        year=signed.year,
        number=0,
        text="",
        on=on,
        title=title,
        facts=tuple((name, value) for name, value in columns.items() if value),
        steps=tuple(steps),
        draft=draft.digest,
    )


def _issued_paper(
    office: str, table: Table, draft: _Manuscript, entry: Registration, final: bytes, text: Text
) -> Paper:
    known = draft.entry
    about = Description(
        title=entry.title,
        issuer=known.issuer,
        number=entry.text,
        dated=next(step.on for step in entry.steps if step.name == "签发"),
        kind=known.kind or None,
        unit=known.unit,
        unit_name=known.unit_name,
        campaign=known.campaign,
        stage=known.stage,
        year=entry.year,
        addressees=entry.fact("主送") or None,
        registration=entry.id,
    )
    # The signer has read what is sent out: nothing of it waits to be confirmed.
    about = replace(describing.complete(about, read_facts(text)), unconfirmed=())
    if about.issuer is None:
        about = replace(about, issuer=office)
    period, why = table.suggest(about.kind, about.title)
    stem = safe_name(f"{entry.text} {entry.title}")
    files = (
        PaperFile(name=f"{stem}.docx", source=final, media_type=DOCX),
        PaperFile(name=draft.path.name, source=draft.content, part=Part.DRAFT, media_type=DOCX),
    )
    return Paper(files=files, description=replace(about, retention=period, retention_reason=why))


def _file(
    workspace: Workspace, opened: rooms.Rooms, readers: Readers, paper: Paper, entry: Registration, why: str
) -> Record:
    """File a registered paper; the entry learns its record in the same transaction."""
    names = campaign_names(workspace)
    texts = tuple((file.name, readers.read(file.source)) for file in paper.files if file.part is not Part.DRAFT)

    def note(record: Record, _paper: Paper) -> None:
        enter(opened, record, names, texts)
        opened.registry.filed(entry, record.id)

    (done,) = opened.strongroom.deposit((paper,), who=opened.who, now=opened.now, reason=why, note=note)
    if done.record is None:
        raise Refused(
            f"没有归档（{entry.text} 已登记）", str(paper.files[0].name), done.refused or "库里已有同一文件", ""
        )
    return done.record


def _lock(draft: _Manuscript, entry: Registration, final: bytes) -> Path:
    """Put the final paper beside the draft, and let neither be written any more."""
    path = draft.path.with_name(f"{safe_name(f'{entry.text} {entry.title}')}.docx")
    if not path.exists():
        replace_file(path, final)
    for locked in (path, draft.path):
        try:
            locked.chmod(locked.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
        except OSError as error:  # a share or a stick may know no permissions: the archive holds the paper all the same
            if locked is path and not path.exists():
                raise Refused("没有写出定稿", str(path), reason(error), "文件已归档，可用 archive get 取出") from None
    return path


def receive(folder: Path, file: Path, arrival: Arrival, *, on: date) -> Received:
    """收文: register what came in and file it. The same bytes twice: the record is shown and no number is taken."""
    workspace = open_workspace(folder)
    with rooms.writing(workspace) as opened, Readers() as readers:
        content = b"".join(source_blocks(file))
        digest = sha256(content).hexdigest()
        text = readers.read(content)
        describing.refuse_secret("没有收文", str(file), text)
        if held := opened.strongroom.holder(digest):
            known = opened.registry.of_record(held.id)
            number = known.text if known else ""
            return Received(
                number=number, title=held.description.title, id=held.id, code=held.code, held=True, findings=()
            )
        facts = read_facts(text)
        about = _arrived(workspace, file, arrival, facts, on)
        entry = opened.registry.register(
            _incoming(about, arrival, digest, on, opened.who), Clerk(opened.who, opened.now)
        )
        paper = Paper(
            files=(PaperFile(name=file.name, source=content),),
            description=replace(about, registration=entry.id),
        )
        record = _file(workspace, opened, readers, paper, entry, f"收文 {entry.text}")
    found = tuple(life.findings((replace(entry, record=record.id),), on))
    return Received(number=entry.text, title=entry.title, id=record.id, code=record.code, held=False, findings=found)


def _arrived(workspace: Workspace, file: Path, arrival: Arrival, facts: PaperFacts, on: date) -> Description:
    title, read = describing.titled(facts, file.stem)
    about = Description(
        title=arrival.title or title,
        issuer=arrival.sender,
        number=arrival.number,
        urgency=arrival.urgency,
        year=on.year,
        source=str(file),
        unconfirmed=("title",) if read and not arrival.title else (),
    )
    about = describing.complete(about, facts)
    period, why = describing.retention_table(workspace).suggest(about.kind, about.title)
    year = describing.dated_year(about, on.year)
    return replace(about, year=year, retention=period, retention_reason=why)


def _incoming(about: Description, arrival: Arrival, digest: str, on: date, who: str) -> Registration:
    columns = {
        "来文机关": about.issuer or "",
        "来文字号": about.number or "",
        "紧急程度": about.urgency or "",
        "份数": str(arrival.copies or ""),
        "承办科室": arrival.section or "",
        "承办人": arrival.person or "",
        life.DEADLINE: arrival.deadline.isoformat() if arrival.deadline else "",
    }
    return Registration(
        id=new_id(),
        book=Book.INCOMING,
        code="收文",
        year=on.year,
        number=0,
        text="",
        on=on,
        title=about.title,
        facts=tuple((name, value) for name, value in columns.items() if value),
        steps=(Step(name="签收", who=who, on=on), Step(name="登记", who=who, on=on)),
        draft=digest,
    )


def entries(folder: Path, *, book: Book | None, year: int | None, on: date) -> Registered:
    """Entries of registers, and what is lacking in the lives of these papers."""
    with rooms.reading(open_workspace(folder)) as opened:
        found = opened.registry.entries(book, year)
    return Registered(registrations=found, findings=tuple(life.findings(found, on)))


def take(folder: Path, name: str, title: str, *, on: date) -> Registered:
    """The next running number for anything that the office numbers (督办单, 介绍信 …)."""
    if not name.strip() or not title.strip():
        raise CommandError(
            "没有编号", name, "要写明编什么号、给什么用", "例如 juanzong register take 督办单 --title 某某督办事项"
        )
    with rooms.writing(open_workspace(folder)) as opened:
        step = Step(name="登记", who=opened.who, on=on)
        wanted = Registration(
            id=new_id(), book=Book.NUMBERS, code=name.strip(), year=on.year, number=0, text="", on=on,
            title=title.strip(), steps=(step,),
        )  # fmt: skip
        return Registered(registrations=(opened.registry.register(wanted, Clerk(opened.who, opened.now)),))


def step(folder: Path, number: str, name: str, *, who: str | None, note: str, on: date) -> Registered:
    """Record a step of a paper's life."""
    with rooms.writing(open_workspace(folder)) as opened:
        done = Step(name=name, who=who or opened.who, on=on, note=note)
        entry = opened.registry.add_step(number, done, Clerk(opened.who, opened.now))
    return Registered(registrations=(entry,), findings=tuple(life.findings((entry,), on)))


def say(folder: Path, number: str, facts: Sequence[tuple[str, str]]) -> Registered:
    """Fill in or correct columns of an entry. Raises CommandError for a day that is none."""
    for name, value in facts:
        if name == life.DEADLINE and value and not is_day(value):
            raise CommandError("日期看不懂", value, "办理期限要写成 2026-03-05 这样的形式", "请改正后再试")
    with rooms.writing(open_workspace(folder)) as opened:
        return Registered(registrations=(opened.registry.say(number, facts, Clerk(opened.who, opened.now)),))


def void(folder: Path, number: str, reason: str) -> Registered:
    """Keep a number that was taken in vain as 作废."""
    with rooms.writing(open_workspace(folder)) as opened:
        return Registered(registrations=(opened.registry.void(number, reason, Clerk(opened.who, opened.now)),))


def begin(folder: Path, book: Book, code: str, year: int, last: int, reason: str) -> Registered:
    """Begin a register after the last number of the paper one."""
    with rooms.writing(open_workspace(folder)) as opened:
        opened.registry.begin(book, code, year, last, reason, Clerk(opened.who, opened.now))
    return Registered(registrations=())

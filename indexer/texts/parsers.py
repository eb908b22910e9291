"""From bytes to text: the format's reader is chosen by content, and what it found or ran into becomes a state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.texts.formats import doc, docx, html, image, mail, ofd, pdf, plain, ppt, pptx, rtf, sheets, zipped
from indexer.texts.jobs import Encrypted, Job, Recogniser, TooLarge, Unreadable
from indexer.texts.sniffing import Kind, sniff
from model.texts import PageState, Text, TextPage, TextState

_READERS: dict[Kind, Callable[[bytes, Job], Iterator[TextPage]]] = {
    Kind.DOCX: docx.read,
    Kind.DOC: doc.read,
    Kind.XLSX: sheets.read_xlsx,
    Kind.XLS: sheets.read_xls,
    Kind.PPTX: pptx.read,
    Kind.PPT: ppt.read,
    Kind.PDF: pdf.read,
    Kind.OFD: ofd.read,
    Kind.RTF: rtf.read,
    Kind.HTML: html.read,
    Kind.MAIL: mail.read,
    Kind.TEXT: plain.read,
    Kind.IMAGE: image.read,
    Kind.ZIP: zipped.read,
}
_UNREAD = {
    Kind.WORKS: "这是微软 Works 的文件，请用 LibreOffice 另存为 .docx 再试",
    Kind.ARCHIVE: "这种压缩包打不开，请先解压或改用 .zip",
    Kind.BROKEN: "文件损坏或不完整",
    Kind.UNKNOWN: "认不出是什么格式",
}
_LOST = ("password", "encrypted")


def parse(content: bytes, job: Job | None = None) -> Text:
    """The text of a file, or the state its reading ended in; pages read before something went wrong are kept."""
    job = job or Job(parse)
    kind = sniff(content)
    if kind is Kind.EMPTY:
        return Text(TextState.EMPTY, why="文件是空的")
    if kind is Kind.LOCKED:
        return Text(TextState.ENCRYPTED, why="有密码，打不开", reader=kind.value)
    if kind in _UNREAD:
        return Text(TextState.UNREADABLE, why=_UNREAD[kind], reader=kind.value)
    pages: list[TextPage] = []
    state, why = _gather(_READERS[kind], content, job, pages)
    return _judged(state, why, kind, pages, job)


def parse_with(recognise: Recogniser | None, beat: Callable[[], None]) -> Callable[[bytes], Text]:
    """A parser that recognises what has no characters of its own."""
    return lambda content: parse(content, Job(parse, recognise, beat))


def _gather(
    read: Callable[[bytes, Job], Iterator[TextPage]], content: bytes, job: Job, pages: list[TextPage]
) -> tuple[TextState, str]:
    """Read page by page; whatever a reader raises on a hostile file becomes a state."""
    try:
        for page in read(content, job):
            pages.append(page)
            if job.full:
                return TextState.LIMIT, "文字太多，后面的没有读"
    except Encrypted:
        return TextState.ENCRYPTED, "有密码，打不开"
    except TooLarge as error:
        return TextState.LIMIT, str(error)
    except MemoryError:
        return TextState.LIMIT, "文件展开后太大"
    except Unreadable as error:
        return TextState.UNREADABLE, str(error)
    except Exception as error:
        told = f"{type(error).__name__}: {error}".lower()
        if any(word in told for word in _LOST):
            return TextState.ENCRYPTED, "有密码，打不开"
        return TextState.UNREADABLE, "文件损坏或不完整"
    return TextState.OK, ""


def _judged(state: TextState, why: str, kind: Kind, pages: list[TextPage], job: Job) -> Text:
    """The state by what was found: no words at all is empty; words with pages or members lacking is ok and says what lacks."""
    found = any(page.blocks for page in pages)
    if state is TextState.OK and not found:
        state, why = _wordless(pages, job)
    elif state is TextState.OK:
        why = lacking(pages, job)
    return Text(state, tuple(pages), why, kind.value, tuple(job.members), tuple(job.remarks))


def _wordless(pages: list[TextPage], job: Job) -> tuple[TextState, str]:
    states = [member.state for member in job.members]
    for worst in (TextState.LIMIT, TextState.ENCRYPTED, TextState.UNREADABLE):
        if worst in states:
            told = next(member for member in job.members if member.state is worst)
            return worst, f"包内文件“{told.path}”：{told.why}"
    if any(page.state is PageState.GARBLED for page in pages):
        return TextState.EMPTY, "字体没有编码表，读出来的不是字；没有做文字识别"
    if any(page.state is PageState.IMAGE for page in pages):
        return TextState.EMPTY, "只有图像没有文字，可能是扫描件；没有做文字识别"
    if any(page.score is not None for page in pages):
        return TextState.EMPTY, "图像里没有识别出文字"
    return TextState.EMPTY, "里面没有文字"


def lacking(pages: list[TextPage], job: Job) -> str:
    """What a text that was read still lacks, in words."""
    told = []
    for state, why in ((PageState.IMAGE, "是图像，没有识别"), (PageState.GARBLED, "的字体没有编码表，读不出")):
        some = [page.where for page in pages if page.state is state and not page.blocks]
        if some:
            told.append(f"{'、'.join(some[:3])}{f'等{len(some)}页' if len(some) > 3 else ''}{why}")
    failed = [member for member in job.members if member.state not in (TextState.OK, TextState.EMPTY)]
    if failed:
        told.append(f"包内有{len(failed)}个文件没有读出，如“{failed[0].path}”：{failed[0].why}")
    return "；".join(told)

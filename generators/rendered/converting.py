"""Office files as PDF for looking at, by one LibreOffice kept warm: limits, no macros, nothing fetched, restarted in time.

A second LibreOffice on the same profile hands its command line to the first and waits until it is done; the first stays as long as a
document of its own is open. So a conversion costs a tenth of a cold start, without any bridge to install (docs/adr/0017-warm-office.md).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from generators.pages.faces import face, fontconfig, is_one_of
from generators.rendered.measuring_faces import asked_by
from generators.rendered.rendering import PACKAGES
from model.errors import Fault, MissingTool, Refused

SECONDS = 90.0
LIFE = 200  # conversions before it is restarted: it keeps memory of each
MEMORY = 3 << 30  # bytes of address space, most of it only reserved
_LARGEST = 500 << 20  # bytes of one file that it may write
_START = 60.0
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
_NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


@dataclass(frozen=True, slots=True)
class Converted:
    """A PDF made; `replaced` are the faces the paper asks for in whose place something unforeseen was set."""

    pdf: Path
    replaced: tuple[str, ...]


class Converter:
    """One warm LibreOffice; a context manager, started by the first conversion. Not for two threads at once.

    fonts: folders with an office's own fonts. seconds: for one conversion. Raises MissingTool where LibreOffice is not installed.
    """

    def __init__(self, fonts: Sequence[Path] = (), seconds: float = SECONDS, life: int = LIFE) -> None:
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            remedy = f"Debian、Ubuntu 上：apt-get install {PACKAGES}"
            raise MissingTool("不能转换 PDF", "LibreOffice", "这台机器没有安装", remedy)
        self._office, self._fonts, self._seconds, self._life = office, fonts, seconds, life
        self._work: tempfile.TemporaryDirectory[str] | None = None
        self._warm: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def convert(self, paper: Path, folder: Path) -> Converted:
        """`paper` (.docx, .doc, .wps, .xlsx, .pptx, …) as a PDF of the same stem in `folder`.

        Raises Refused when this file cannot be converted in time or at all; the next one can.
        """
        if self._warm is None or self._warm.poll() is not None or self._served >= self._life:
            self.stop()
            self._start()
        assert self._work
        self._served += 1
        source = Path(self._work.name) / f"{self._served}{paper.suffix.lower()}"
        shutil.copyfile(paper, source)  # under a name that no option or pattern can hide in
        made = source.with_suffix(".pdf")
        try:
            why = self._ask(source)
            if not made.is_file():
                raise Refused("没有转成 PDF", paper.name, why, "请在 Word、WPS 或 LibreOffice 里打开这份文件看看")
            target = folder / f"{paper.stem}.pdf"
            shutil.move(made, target)
        finally:
            source.unlink(missing_ok=True)
            made.unlink(missing_ok=True)
        return Converted(target, _replaced(paper, target))

    def _ask(self, source: Path) -> str:
        """Have the warm one convert; why there may be no PDF. It is ended when it takes too long."""
        command = [*self._command(), "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
        asking = subprocess.Popen(  # noqa: S603 - an argument list; names are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=self._environment(),
            start_new_session=True,
        )
        try:
            _, told = asking.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            _end(asking)
            self.stop(keep_work=True)
            return f"超过 {self._seconds:.0f} 秒"
        if self._warm is not None and self._warm.poll() is not None:
            self._warm = None
            return "转换程序中途退出"
        return told.decode("utf-8", "replace").strip()[-200:] or "LibreOffice 打不开它"

    def _start(self) -> None:
        """Start it with a document of its own open, and wait until it listens."""
        self._work = tempfile.TemporaryDirectory(prefix="juanzong-", ignore_cleanup_errors=True)
        work = Path(self._work.name)
        (work / "profile" / "user").mkdir(parents=True)
        (work / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (work / "fonts.conf").write_text(fontconfig(self._fonts), encoding="utf-8")
        (work / "open.txt").write_text("卷宗", encoding="utf-8")
        self._warm = subprocess.Popen(  # noqa: S603 - an argument list; names are ours
            [*self._command(), str(work / "open.txt")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
            start_new_session=True,
        )
        _bound(self._warm.pid)
        self._served = 0
        until = time.monotonic() + _START
        while self._warm.poll() is None and time.monotonic() < until:
            if (work / ".~lock.open.txt#").exists():  # it is open: from now on command lines are taken over
                return
            time.sleep(0.05)
        self.stop()
        raise Fault("转换 PDF 的程序没有启动", "LibreOffice", "", "请先手工运行一次 soffice 看看")

    def _command(self) -> list[str]:
        assert self._work
        profile = (Path(self._work.name) / "profile").as_uri()
        return [
            self._office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nolockcheck",
        ]

    def _environment(self) -> dict[str, str]:
        assert self._work
        work = self._work.name
        return os.environ | _NOWHERE | {"FONTCONFIG_FILE": f"{work}/fonts.conf", "HOME": work, "TMPDIR": work}

    def stop(self, *, keep_work: bool = False) -> None:
        """End it with all that it started; the next conversion starts another."""
        if self._warm is not None:
            _end(self._warm)
            self._warm = None
        if self._work is not None and not keep_work:
            self._work.cleanup()
            self._work = None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    if process.stderr:
        process.stderr.close()


def _bound(pid: int) -> None:
    """Bounds of memory and of files written, where the system knows such."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _replaced(paper: Path, pdf: Path) -> tuple[str, ...]:
    """Faces that a .docx asks for and neither they nor a known stand-in are in its PDF."""
    try:
        asked = asked_by(paper)
    except Refused:
        return ()  # no .docx: what it asks for is not known
    used = faces_of(pdf)
    wanted = (face(name) for name in asked if name)
    return tuple(
        each.asked
        for each in wanted
        if each.substitutes and not any(is_one_of(name, (*each.names, *each.substitutes)) for name in used)
    )


def faces_of(pdf: Path, pages: int = 20) -> frozenset[str]:
    """The names of the faces that the first pages of a PDF are set in."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    names: set[str] = set()
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(document), pages)):
            for thing in document[number].get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=4):
                held = raw.FPDFTextObj_GetFont(thing.raw)
                size = raw.FPDFFont_GetBaseFontName(held, None, 0)
                told = ctypes.create_string_buffer(size)
                raw.FPDFFont_GetBaseFontName(held, told, size)
                names.add(told.value.decode("utf-8", "replace"))
    finally:
        document.close()
    return frozenset(names)

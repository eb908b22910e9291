"""A .docx as PDF through LibreOffice, with stand-ins for the official faces that this machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from generators.pages.faces import fontconfig
from model.errors import Fault, MissingTool

SECONDS = 180.0
PACKAGES = "libreoffice-writer-nogui fonts-noto-cjk poppler-utils"


def to_pdf(papers: Sequence[Path], folder: Path, fonts: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Convert papers into `folder`, all in one process with a profile of its own; the PDFs in the same order.

    `fonts` are folders with an office's own fonts, which win over stand-ins.

    Raises MissingTool where LibreOffice is not installed, Fault when it fails or takes too long.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        remedy = f"Debian、Ubuntu 上：apt-get install {PACKAGES}"
        raise MissingTool("不能转换 PDF", "LibreOffice", "这台机器没有安装", remedy)
    with tempfile.TemporaryDirectory(prefix="juanzong-") as work:
        config = Path(work) / "fonts.conf"
        config.write_text(fontconfig(fonts), encoding="utf-8")
        profile = (Path(work) / "profile").as_uri()
        command = [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
        ]
        environment = os.environ | {"FONTCONFIG_FILE": str(config), "HOME": work}
        try:
            done = subprocess.run(  # noqa: S603 - an argument list; the papers are paths of our own choosing
                [*command, *map(str, papers)], capture_output=True, timeout=SECONDS, env=environment, check=False
            )
        except subprocess.TimeoutExpired:
            raise Fault("PDF 转换超时", "", f"超过 {SECONDS:.0f} 秒", "请减少一次转换的份数再试") from None
    made = tuple(folder / f"{paper.stem}.pdf" for paper in papers)
    lacking = [path.name for path in made if not path.is_file()]
    if lacking:
        told = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise Fault("PDF 转换没有成功", "、".join(lacking), told, "请在 LibreOffice 里打开这份文件看看")
    return made

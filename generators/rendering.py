"""A .docx as PDF through LibreOffice, with stand-ins for the official faces that this machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from model.errors import Fault, MissingTool
from templates import files

SECONDS = 180.0
PACKAGES = "libreoffice-writer-nogui fonts-noto-cjk poppler-utils"


def to_pdf(papers: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Convert papers into `folder`, all in one process with a profile of its own; the PDFs in the same order.

    Raises MissingTool where LibreOffice is not installed, Fault when it fails or takes too long.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        remedy = f"Debian、Ubuntu 上：apt-get install {PACKAGES}"
        raise MissingTool("不能转换 PDF", "LibreOffice", "这台机器没有安装", remedy)
    with tempfile.TemporaryDirectory(prefix="juanzong-") as work:
        config = Path(work) / "fonts.conf"
        config.write_text(fontconfig(), encoding="utf-8")
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


def fontconfig() -> str:
    """A fontconfig set-up that puts the stand-ins of `templates/fonts/substitutes.toml` behind the official names."""
    table = tomllib.loads(files.path("fonts", "substitutes.toml").read_text(encoding="utf-8"))
    blocks = []
    for name, faces in table.items():
        told = "".join(f"<string>{escape(face)}</string>" for face in faces)
        blocks.append(
            f'<match target="pattern"><test name="family" qual="any"><string>{escape(name)}</string></test>'
            f'<edit name="family" mode="prepend" binding="strong">{told}</edit></match>'
        )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{"".join(blocks)}</fontconfig>'
    )

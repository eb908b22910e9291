"""The office itself: made, opened, and the rooms it keeps its things in."""

from __future__ import annotations

import getpass
import json
import os
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.answers.planning import OfficeMade
from model.errors import FaultyInput, NotFound, Refused
from model.findings import Finding, Severity
from model.offices import Office
from templates import files

FOLDERS = ("campaigns", "templates", "drafts", "archive", "packs")
_ENGINES = ("", "fts5", "whoosh")
_PARTS = {"年度", "机构", "保管期限"}
_ARCHIVE = {"classification", "department", "departments", "code"}
_CODE_PARTS = {"全宗号", "门类", "年度", "保管期限", "机构", "件号"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """An office on disk (单位文件夹): who we are and where things lie."""

    root: Path
    office: Office

    @property
    def campaigns(self) -> Path:
        """行动定义."""
        return self.root / "campaigns"

    @property
    def forms(self) -> Path:
        """The office's own forms, which win over the shipped ones."""
        return self.root / "templates" / "forms"

    @property
    def fonts(self) -> Path:
        """The office's own font files, for rendering only."""
        return self.root / "templates" / "fonts"

    @property
    def layouts(self) -> Path:
        """The office's own layout profiles."""
        return self.root / "templates" / "layout"

    @property
    def drafts(self) -> Path:
        """Papers written and not yet filed."""
        return self.root / "drafts"

    @property
    def archive(self) -> Path:
        """The strongroom: catalogue.db and store/."""
        return self.root / "archive"

    @property
    def packs(self) -> Path:
        """What was handed out."""
        return self.root / "packs"


def init_office(folder: Path, *, name: str, short: str | None, fonds: str | None) -> OfficeMade:
    """Make an office in a folder that is new or empty; an existing office is never touched.

    Raises Refused when the folder holds anything, or a name or 全宗号 is not acceptable.
    """
    what = "没有建立单位文件夹"
    if not name.strip():
        raise Refused(what, "--name", "单位全称是空的", "请写上单位全称，如 --name 青山县教育局")
    if fonds and not (len(fonds) == 4 and fonds.isascii() and fonds.isalnum()):
        raise Refused(what, fonds, "全宗号是四位数字或字母", "请按档案馆给定的全宗号填写，还没有就不写 --fonds")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        why = "这里已经有一个单位" if (folder / "office.toml").exists() else "这里已经有别的文件"
        raise Refused(what, str(folder), why, "请换一个新的文件夹")
    values = {
        "name": name.strip(),
        "short": (short or name).strip(),
        "fonds": (fonds or "").upper(),
        "print_office": f"{name.strip()}办公室",
    }
    text = string.Template(files.path("office.toml").read_text(encoding="utf-8")).substitute(
        {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    )
    for part in FOLDERS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "office.toml").write_text(text, encoding="utf-8")
    open_workspace(folder)
    next_step = "核对 office.toml 里的各项，再用 juanzong campaign add 收入行动定义"
    return OfficeMade(path=folder, name=name.strip(), next=next_step)


def open_workspace(folder: Path) -> Workspace:
    """Read `office.toml`. Raises NotFound where there is no office, FaultyInput with every fault in the file."""
    path = folder / "office.toml"
    if not folder.is_dir():
        raise NotFound("打不开单位文件夹", str(folder), "没有这个文件夹", "请检查 -C 后面的路径")
    if not path.is_file():
        remedy = "请用 -C 指明单位文件夹，或先用 juanzong init 建立"
        raise NotFound("这里不是单位文件夹", str(folder), "没有 office.toml", remedy)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        remedy = "请照 juanzong init 生成的样子改正，文字两边用英文双引号"
        raise FaultyInput("读不懂 office.toml", str(path), str(error), remedy) from None
    faults = tuple(Finding(rule="office", severity=Severity.ERROR, message=m, file=str(path)) for m in _faults(told))
    if faults:
        raise FaultyInput("office.toml 有错误", str(path), f"共 {len(faults)} 处", "请按上面逐条改正", faults)
    return Workspace(folder, _office(told))


_TEXTS = ("name", "short", "fonds", "letterhead", "print_office", "contact", "layout")


def _faults(told: dict[str, Any]) -> Iterator[str]:
    """Every fault in what office.toml says, in Chinese."""
    for key in told.keys() - {*_TEXTS, "format", "codes", "archive", "search"}:
        yield f"不认识“{key}”这一项，请删去或改正"
    if told.get("format") != "office/1":
        yield 'format 应当是 "office/1"'
    for key in _TEXTS:
        if not isinstance(told.get(key, ""), str):
            yield f"{key} 应当是文字，两边加英文双引号"
    if not str(told.get("name") or "").strip():
        yield "name（单位全称）没有填写"
    fonds = str(told.get("fonds") or "")
    if fonds and not (len(fonds) == 4 and fonds.isascii() and fonds.isalnum()):
        yield "fonds（全宗号）应当是四位数字或字母"
    yield from _table_faults(told.get("codes", {}), told.get("archive", {}))
    search = told.get("search", {})
    if not isinstance(search, dict) or search.keys() - {"engine"} or search.get("engine", "") not in _ENGINES:
        yield '[search] 下面只有 engine 一项，写 "fts5"、"whoosh" 或留空'


def _table_faults(codes: object, archive: object) -> Iterator[str]:
    if not isinstance(codes, dict) or not all(isinstance(code, str) for code in codes.values()):
        yield '[codes] 下面每一项应当写成 文种 = "代字"'
    if not isinstance(archive, dict) or archive.keys() - _ARCHIVE:
        yield f"[archive] 下面只有 {'、'.join(sorted(_ARCHIVE))} 几项"
        return
    if sorted(archive.get("classification", _PARTS)) != sorted(_PARTS):
        yield "classification 要把年度、机构、保管期限三项各写一次"
    departments = archive.get("departments", {})
    if not isinstance(departments, dict):
        yield '[archive.departments] 下面每一项应当写成 代码 = "名称"'
        departments = {}
    for code in filter(None, (archive.get("department", ""), *departments)):
        if not re.fullmatch(r"[A-Z0-9]{3}", str(code)):
            yield f"机构（问题）代码“{code}”应当是三位大写字母或数字，如 BGS"
    yield from _pattern_faults(archive.get("code", ""))


def _pattern_faults(pattern: object) -> Iterator[str]:
    names = re.findall(r"\{(.*?)\}", pattern) if isinstance(pattern, str) else []
    if pattern and (set(names) - _CODE_PARTS or not {"年度", "保管期限", "件号"} <= set(names)):
        parts = "、".join(f"{{{name}}}" for name in sorted(_CODE_PARTS))
        yield f"archive.code（档号的写法）只用 {parts}，其中年度、保管期限、件号不可少"


def _office(told: dict[str, Any]) -> Office:
    archive = told.get("archive", {})
    return Office(
        name=told["name"].strip(),
        short=told.get("short") or told["name"].strip(),
        fonds=told.get("fonds") or None,
        letterhead=told.get("letterhead", ""),
        codes=tuple(sorted(told.get("codes", {}).items())),
        print_office=told.get("print_office", ""),
        contact=told.get("contact", ""),
        layout=told.get("layout") or "standard",
        classification=tuple(archive.get("classification", ("年度", "机构", "保管期限"))),
        department=archive.get("department") or None,
        departments=tuple(sorted(archive.get("departments", {}).items())),
        code_pattern=archive.get("code", ""),
        engine=told.get("search", {}).get("engine", ""),
    )


def operator() -> str:
    """Who is at the counter: JUANZONG_WHO, else the name this machine knows the person by (经办人)."""
    named = os.environ.get("JUANZONG_WHO", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "未署名"

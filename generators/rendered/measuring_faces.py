"""Which faces a paper asks for and which its PDF was set in: what was put in their place is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from generators.pages.faces import face, is_one_of
from generators.pages.layout import Layout
from generators.pages.rare import rare_characters
from generators.rendered.measuring_sheets import Sheet
from model.errors import Refused
from model.findings import Finding, Severity

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST = 60_000_000
"""Bytes of a part; no paper has more, a file made to fill the memory has."""


def asked_by_layout(layout: Layout) -> tuple[str, ...]:
    """The faces of a profile."""
    return tuple(dict.fromkeys(str(name) for name in layout.section("fonts").values()))


def asked_by(paper: Path) -> tuple[str, ...]:
    """The faces that a .docx sets its text in. Raises Refused when it cannot be read."""
    try:
        with ZipFile(paper) as package:
            names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
            roots = {name: _root(package, name) for name in names if name.count("/") == 1}
    except (BadZipFile, OSError, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise Refused(
            "读不懂文件", str(paper), f"不是完好的 .docx（{error}）", "请用 Word 或 WPS 另存一份再试"
        ) from None
    styles = _styles(roots.pop("word/styles.xml", None))
    used: dict[str, None] = {}
    for name, root in roots.items():
        if name.startswith(("word/document", "word/footer", "word/header")):
            used |= dict.fromkeys(_asked(root, styles))
    return tuple(used)


def _root(package: ZipFile, name: str) -> etree._Element:
    if package.getinfo(name).file_size > _MOST:
        raise BadZipFile("其中一部分大得反常")
    return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


Fonts = tuple[str, str]
"""The face of Latin signs and of Han characters; empty: not said."""


def _styles(root: etree._Element | None) -> dict[str, Fonts]:
    """The faces of each style, those of the styles it rests on included; "" is the default's."""
    if root is None:
        return {"": ("", "")}
    told: dict[str, tuple[Fonts, str]] = {}
    for style in root.iter(f"{_W}style"):
        rests = style.find(f"{_W}basedOn")
        told[str(style.get(f"{_W}styleId"))] = (_fonts(style), "" if rests is None else str(rests.get(f"{_W}val")))
        if style.get(f"{_W}default") and style.get(f"{_W}type") == "paragraph":
            told[""] = told[str(style.get(f"{_W}styleId"))]
    found: dict[str, Fonts] = {}
    for name in told:
        latin = han = ""
        at, seen = name, set[str]()
        while at in told and at not in seen:
            seen.add(at)
            latin, han, at = latin or told[at][0][0], han or told[at][0][1], told[at][1]
        found[name] = (latin, han)
    return {"": ("", ""), **found}


def _fonts(element: etree._Element) -> Fonts:
    fonts = element.find(f"{_W}rPr/{_W}rFonts")
    return ("", "") if fonts is None else (fonts.get(f"{_W}ascii") or "", fonts.get(f"{_W}eastAsia") or "")


def _asked(root: etree._Element, styles: dict[str, Fonts]) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        latin, han = styles.get("" if style is None else str(style.get(f"{_W}val")), styles[""])
        for run in paragraph.iter(f"{_W}r"):
            own = _fonts(run)
            text = "".join(node.text or "" for node in run.findall(f"{_W}t"))
            if any(ord(character) > 0x2E7F for character in text):
                yield own[1] or han
            elif text.strip():
                yield own[0] or latin


def find_substitutes(asked: Iterable[str], sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """An error for every face that something unforeseen was put in place of, a note for known stand-ins, rare characters."""
    used: dict[str, str] = defaultdict(str)
    for sheet in sheets:
        for sign in sheet.signs:
            if sign.text.strip() and len(used[sign.face]) < 2000:
                used[sign.face] += sign.text
    wanted = [face(name) for name in dict.fromkeys(asked) if name]
    lacking: list[str] = []
    standing: list[str] = []
    for each in wanted:
        if not any(is_one_of(name, each.names) for name in used):
            stand_in = next((name for name in each.substitutes if any(is_one_of(u, (name,)) for u in used)), None)
            (standing if stand_in else lacking).append(f"{each.asked}（用的是 {stand_in}）" if stand_in else each.asked)
    known = [name for each in wanted for name in (*each.names, *each.substitutes)]
    strange = {name: text for name, text in used.items() if not is_one_of(name, known)}
    rare = {name: text for name, text in strange.items() if text and all(map(rare_characters, text))}
    strange = {name: text for name, text in strange.items() if name not in rare}
    yield from _told(lacking, standing, strange, rare)


def _told(lacking: list[str], standing: list[str], strange: dict[str, str], rare: dict[str, str]) -> Iterator[Finding]:
    if strange:
        names = "、".join(f"{_bare(name)}（如“{text[:4]}”）" for name, text in strange.items())
        missing = f"，应有的 {'、'.join(lacking)} 没有用上" if lacking else ""
        yield _finding(
            Severity.ERROR, f"字体被替换了：页面上用了 {names}{missing}；量出的距离不可靠",
            "安装这些字体，或把字体文件放进单位文件夹的 templates/fonts/，再转换一次",
        )  # fmt: skip
    elif lacking:
        yield _finding(Severity.WARNING, f"页面上没有用到公文写明的字体 {'、'.join(lacking)}", "检查样式里的字体名称")
    if standing:
        yield _finding(
            Severity.INFO, f"这台机器没有 {'、'.join(standing)}，用代替字体量得；距离可信，字形以正式字体为准",
            "要看正式字形，把字体文件放进单位文件夹的 templates/fonts/",
        )  # fmt: skip
    for name, text in rare.items():
        signs = "".join(dict.fromkeys(text))[:12]
        yield _finding(Severity.WARNING, f"生僻字“{signs}”由 {_bare(name)} 补上，与正文字体不同", "打印前核对字形")


def _bare(name: str) -> str:
    return name.partition("+")[2] or name


def _finding(severity: Severity, message: str, fix: str) -> Finding:
    return Finding(rule="render-fonts", severity=severity, message=message, fix=fix)

"""The index page of a pack (目录网页): opens offline in any browser, prints well, hides nothing that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from model.readiness import Evidence, PackEntry, Readiness, Standing
from model.records import Record
from model.wording import chinese_date

_STYLE = """
:root{--ink:#222;--line:#d9d4cc;--red:#b3261e;--soft:#f7f4ef}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2rem 1.5rem 4rem;color:var(--ink);background:#fff;line-height:1.65;
font-family:"Noto Serif CJK SC","Source Han Serif SC","SimSun","Songti SC",serif}
h1{font-size:1.7rem;text-align:center;margin:.5rem 0 .2rem}
h2{font-size:1.15rem;margin:2.2rem 0 .5rem;padding-bottom:.3rem;border-bottom:2px solid var(--red)}
.who{text-align:center;margin:0 0 1.2rem;color:#555}
.sum{display:flex;gap:2.5rem;justify-content:center;background:var(--soft);border:1px solid var(--line);padding:.8rem;flex-wrap:wrap}
.sum b{font-size:1.25rem}
.sum .lack b{color:var(--red)}
input{font:inherit;width:100%;padding:.5rem .7rem;margin:1.2rem 0 0;border:1px solid var(--line)}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{border:1px solid var(--line);padding:.35rem .55rem;text-align:left;vertical-align:top}
th{background:var(--soft);font-weight:600;white-space:nowrap}
td.no{white-space:nowrap;color:#555}
tr.lack td{background:#fdf3f2}
.mark{color:var(--red);font-weight:600;white-space:nowrap}
a{color:#1a4f8b}
code{font-size:.85rem;word-break:break-all}
@media print{input{display:none}body{max-width:none;padding:0}tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
"""
_SCRIPT = """
document.getElementById('find').addEventListener('input',function(){
var w=this.value.trim().toLowerCase();
document.querySelectorAll('tbody tr').forEach(function(r){r.hidden=w!==''&&r.textContent.toLowerCase().indexOf(w)<0;});
document.querySelectorAll('section').forEach(function(s){s.hidden=w!==''&&!s.querySelector('tbody tr:not([hidden])');});
});
"""


def index_page(
    readiness: Readiness,
    records: Mapping[str, Record],
    entries: tuple[PackEntry, ...],
    volumes: Mapping[str, str],
    *,
    campaign: str,
    office: str,
) -> str:
    """The page. Links are relative, so the folder may be copied anywhere."""
    shown = [held for held in readiness.evidence if held.records or held.requirement.required]
    lacking = sum(not held.records for held in shown)
    paths: dict[str, list[PackEntry]] = {}
    for entry in entries:
        paths.setdefault(entry.record or "", []).append(entry)
    sections = "".join(_sections(shown, records, paths, volumes, readiness))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(campaign)} 迎检材料目录</title><style>{_STYLE}</style></head><body>"
        f'<h1>{escape(campaign)}迎检材料目录</h1><p class="who">{escape(office)}　{chinese_date(readiness.on)}</p>'
        f'<div class="sum"><span>应有 <b>{len(shown)}</b> 项</span><span>已有 <b>{len(shown) - lacking}</b> 项</span>'
        f'<span class="lack">缺 <b>{lacking}</b> 项</span><span>文件 <b>{len(entries)}</b> 个</span></div>'
        '<input id="find" type="search" placeholder="在目录里找：学校、材料、档号……" aria-label="在目录里找">'
        f"{sections}<h2>核对方法</h2><p>每个文件的 SHA-256 校验值列在 <code>manifest-sha256.txt</code> 中。"
        "在本文件夹里运行 <code>sha256sum -c manifest-sha256.txt</code>，或 <code>juanzong pack verify 文件夹</code>，"
        "可以核对材料是否被改动。</p>"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _sections(
    shown: list[Evidence],
    records: Mapping[str, Record],
    paths: Mapping[str, list[PackEntry]],
    volumes: Mapping[str, str],
    readiness: Readiness,
) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for held in shown:
        groups.setdefault(held.requirement.volume or "99", []).extend(_rows(held, records, paths))
    for id_ in readiness.unplaced:
        groups.setdefault("99", []).append(_row("", "", "", records[id_], paths))
    head = "<tr><th>编号</th><th>要求</th><th>责任单位</th><th>材料</th><th>档号</th></tr>"
    for code, rows in sorted(groups.items()):
        name = escape(f"{code} {volumes.get(code, '其他材料')}")
        yield f"<section><h2>{name}</h2><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table></section>"


def _rows(held: Evidence, records: Mapping[str, Record], paths: Mapping[str, list[PackEntry]]) -> Iterator[str]:
    wanted = held.requirement
    if not held.records:
        late = held.standing is Standing.LATE
        told = "缺（已逾期）" if late else f"缺（{chinese_date(wanted.due)}到期）" if wanted.due else "缺"
        yield (
            f'<tr class="lack"><td class="no">{escape(wanted.code)}</td><td>{escape(wanted.name)}</td>'
            f'<td>{escape(wanted.unit_name)}</td><td class="mark">{told}</td><td></td></tr>'
        )
    for id_ in held.records:
        yield _row(wanted.code, wanted.name, wanted.unit_name, records[id_], paths)


def _row(code: str, name: str, unit: str, record: Record, paths: Mapping[str, list[PackEntry]]) -> str:
    files = paths.get(record.id, [])
    title = escape(record.description.title)
    links = "<br>".join(f'<a href="{quote(entry.path)}">{title}</a>' for entry in files)
    number = f"<br>{escape(record.description.number)}" if record.description.number else ""
    return (
        f'<tr><td class="no">{escape(code)}</td><td>{escape(name)}</td><td>{escape(unit)}</td>'
        f'<td>{links or title + "（未装入：涉及个人信息）"}{number}</td><td class="no">{escape(record.code)}</td></tr>'
    )

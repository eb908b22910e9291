"""What a plan's text says under its headings: stages, goals, areas, the leading group, grounds, things due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from campaigns import chronology

_FIRST = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3})[、，,．.]\s*(.+)")
_SECOND = re.compile(r"^(?:[（(][一二三四五六七八九十]{1,3}[)）][、]?|\d{1,2}[、.．])\s*(.+)")
_STAGE = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)?\s*(?:第[一二三四五六七八九十]阶段[：:,，、]?)?\s*"
    r"(?P<name>[^（(：:。，,]{2,16}?阶段)(?:\s*[：:。]\s*|\s*(?=[（(])|$)(?P<rest>.*)$"
)
_CITED = re.compile(
    r"(?:(?P<by>[\u4e00-\u9fff]{2,30}))?《(?P<title>[^《》]{2,90})》(?:\s*[（(](?P<number>[^（）()]{2,24}号)[)）])?"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[［【(（]?(?:19|20)[\dx]{2}[〕\]］】)）]?\d{1,4}号|令第?\d{1,3}号")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:人民政府办公室|人民政府|教育局|教育部|国务院|委员会|政府|部门|厅|局|办公室|部|办)$"
)
_POST = re.compile(
    r"^(?:(?P<role>组长|副组长|成员)[：:])?(?P<name>[\u4e00-\u9fff]{2,4})[\s;；，,（(]+(?P<post>[\u4e00-\u9fff、（）()]{2,40}?)[)）]?$"
)
_HANDED = re.compile(
    r"(?:将|把)(?P<what>[^，,。；;将]{2,30}?)(?:书面)?(?:报送|上报|提交|报(?!告|表|名|道)|交(?!通|流|接)|发)(?:至|到|给)?(?P<to>[^，,。；;]{0,20})"
)
_MADE = re.compile(
    r"(?:形成|撰写|建立健全|建立|填写好|填写|制定|完成|写出|报送|上报|提交)(?P<what>(?!本方案|此方案)[^，,。；;、形成]{0,24}?"
    r"(?:报告|方案|台[账帐]|总结|统计表|汇总表|信息表|名单|清单|档案资料|汇报材料))(?P<to>)"
)
_TASKS = (
    "重点任务",
    "工作任务",
    "检查内容",
    "督查内容",
    "排查内容",
    "整治重点",
    "工作重点",
    "工作内容",
    "主要任务",
    "任务",
)


def headed(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Every first-level heading with the lines under it."""
    heading, under = "", list[str]()
    for line in lines:
        if match := _FIRST.match(line):
            yield heading, under
            heading, under = match[1], []
        else:
            under.append(line)
    yield heading, under


def _under(lines: list[str], *words: str) -> tuple[str, list[str]]:
    return next(((head, under) for head, under in headed(lines) if any(word in head[:16] for word in words)), ("", []))


def guiding(lines: list[str]) -> str | None:
    """指导思想."""
    head, under = _under(lines, "指导思想", "总体要求")
    tail = re.split(r"[：:。]", head, maxsplit=1)[1:]
    told = "".join([*(part for part in tail if part), *under]) if head else ""
    return told or None


def quoted_name(body: str) -> str | None:
    """The name a campaign gives itself: the phrase in quotation marks that recurs most."""
    found = [phrase for phrase in re.findall(r"“([^“”]{2,12})”", body) if not re.search(r"[，。；：,;:]", phrase)]
    best = max(dict.fromkeys(found), key=found.count, default=None)
    return best if best and found.count(best) >= 2 else None


def addressees(lines: list[str]) -> list[str]:
    """主送: a line of the head that ends in a colon."""
    for line in lines[1:5]:
        if re.fullmatch(r"[各市县局直属、，,\u4e00-\u9fff]{3,60}[：:]", line) and line.startswith(
            ("各", "局", "市", "县")
        ):
            return [part for part in re.split(r"[，,]", line.rstrip("：:")) if part]
    return []


def stages(lines: list[str], year: int | None) -> list[dict[str, Any]]:
    """阶段 with their days and what is done."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if len(found) < 20 and (match := _STAGE.match(line)):
            rest = match["rest"]
            dated = re.match(r"[（(]([^（）()]{2,40})[)）]\s*[。：:]?(.*)", rest)
            when = dated[1] if dated else rest[:30]
            read = chronology.span(when, year)
            raw = dated[1] if dated else read[2] if read else None
            actions = [part for part in re.split(r"[。；;]", dated[2] if dated else rest) if len(part) > 3]
            number = len(found) + 1
            start, end = read[:2] if read else (None, None)
            if start and end and end < start:
                start = end = None
            stage = {"id": f"S{number}", "name": match["name"].strip(), "start": start, "end": end, "raw": raw}
            found.append(stage | {"actions": actions})
        elif found and not found[-1]["actions"] and not _FIRST.match(line):
            found[-1]["actions"] = [part for part in re.split(r"[。；;]", line) if len(part) > 3]
    return found


def goals(lines: list[str], year: int | None) -> list[dict[str, Any]]:
    """工作目标, a sentence each; the share a sentence names is its figure."""
    head, under = _under(lines, "目标", "督查目的", "检查目的")
    tail = re.split(r"[：:。]", head, maxsplit=1)[1:]
    text = "".join([*tail, *under])
    found = []
    for number, part in enumerate(
        [part.strip() for part in re.split(r"[。；;]", text) if len(part.strip()) > 5][:40], 1
    ):
        goal: dict[str, Any] = {"id": f"G{number}", "text": part}
        share = re.search(
            r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?P<op>控制在|达到|达|不低于|高于|不超过)(?P<value>\d{1,3}(?:\.\d+)?)[%％]",
            part,
        )
        if share:
            op = {"控制在": "<=", "不超过": "<=", "高于": ">"}.get(share["op"], ">=")
            goal |= {"metric": share["what"], "op": op, "value": float(share["value"]), "unit": "%"}
        read = chronology.span(part, year)
        if read and read[1]:
            goal |= {"due": read[1], "raw_due": read[2]}
        found.append(goal)
    return found


def areas(lines: list[str]) -> list[dict[str, Any]]:
    """检查领域: what stands numbered under the tasks."""
    _, under = _under(lines, *_TASKS)
    found: list[dict[str, Any]] = []
    for line in under:
        if match := _SECOND.match(line):
            name = re.split(r"[。：:]", match[1], maxsplit=1)[0][:60]
            found.append({"id": f"A{len(found) + 1}", "name": name})
    return found[:40]


def basis(body: str) -> list[dict[str, Any]]:
    """依据: every document cited in 《》, with its number and who issued it."""
    found: dict[str, dict[str, Any]] = {}
    for match in _CITED.finditer(body):
        title = match["title"].strip()
        if title in found or "领导小组" in title:
            continue
        number = match["number"] if match["number"] and _NUMBER.search(match["number"]) else None
        by = re.split(r"根据|按照|依据|关于|落实|检查|贯彻|和|转发|下发", match["by"] or "")[-1]
        body_named = by if _BODY.search(by) else None
        found[title] = {"id": f"B{len(found) + 1}", "title": title, "number": number, "by": body_named}
    return list(found.values())[:60]


def leading_group(lines: list[str]) -> dict[str, Any] | None:
    """领导小组: the lists that begin with 组长：, 副组长：, 成员：, and its office."""
    part, people = "", {"leader": list[dict[str, str]](), "deputies": [], "members": []}
    seen: set[tuple[str, str]] = set()
    for line in lines:
        plain = re.sub(r"(?<=[组副成])\s+(?=[长组员])", "", line)
        plain = re.sub(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=[\s;；，,（(])", r"\1\2", plain)
        head = re.match(r"^(组长|副组长|成员)[：:]", plain)
        if head:
            part = {"组长": "leader", "副组长": "deputies", "成员": "members"}[head[1]]
        match = _POST.match(plain.strip()) if part else None
        if match and (match["name"], match["post"]) not in seen:
            seen.add((match["name"], match["post"]))
            people[part].append({"name": match["name"], "post": match["post"]})
        elif part and not head and not match:
            part = ""
    if not any(people.values()):
        return None
    body = "\n".join(lines)
    name = re.search(r"(?:成立|^)([^\n，,。：:]{2,40}?领导小组)", body, re.MULTILINE)
    place = re.search(r"办公室设在([^，,。；;\n]{2,20})", body)
    director = re.search(
        r"办公室主任由?([\u4e00-\u9fff]{2,3}?)(?:同志|兼任|担任)|([\u4e00-\u9fff]{2,3})任办公室主任", body
    )
    office: dict[str, Any] = {
        "place": place and place[1],
        "director": director and (director[1] or director[2]),
        "members": [],
    }
    told = name[1] if name else "领导小组"
    return {"name": told, **people, "office": office if place or director else None}


def deliverables(lines: list[str], year: int | None) -> list[dict[str, Any]]:
    """报送事项: clauses that say what is handed in or drawn up, with the time expression they give."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for clause in (clause for line in lines for clause in re.split("[。；;]", line)):
        read = chronology.span(clause, year)
        due, raw = (read[1], read[2]) if read else (None, None)
        for match in (*_HANDED.finditer(clause), *_MADE.finditer(clause)):
            if len(found) < 60 and match["what"] not in seen and (match["to"] or read or match.re is _MADE):
                seen.add(match["what"])
                to = [part for part in match["to"].split("、") if 2 <= len(part) <= 16]
                found.append({"id": f"D{len(found) + 1}", "what": match["what"], "to": to, "due": due, "raw_due": raw})
    return found

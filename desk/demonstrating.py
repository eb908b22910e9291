"""The whole path on the shipped example, by the same errands that the commands call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from desk import accessions, drafting, finding, inspecting, offices, planning, rectifying, taking_in
from desk.answers.base import Failure
from desk.answers.overseeing import Demonstrated
from model.errors import Refused
from templates import files

NAME, SHORT, FONDS = "青岚县教育局", "县教育局", "0386"
EARLIER = {
    "xiao-fang-zhuan-xiang-2024": date(2024, 11, 8),
    "shu-qi-fang-ni-shui-2025": date(2025, 9, 12),
}
"""Earlier campaigns and the day their papers are filed on."""

TODAY = date(2026, 6, 25)
"""The day the demonstration plays on unless it is told another: in the middle of the example's third stage."""

WORDS = ("疏散门", "防溺水", "领导小组 沈怀远", "灯")


def demonstrate(folder: Path, *, on: date | None, progress: Callable[[int, int], None]) -> Demonstrated:
    """Run it in a new folder, on the day given or the example's own. Raises Refused when the folder holds anything."""
    on = on or TODAY
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("没有开始演示", str(folder), "这里已经有文件", "请换一个新的文件夹，或删去它再试")
    example = files.path("example")
    offices.init_office(folder, name=NAME, short=SHORT, fonds=FONDS)
    records = 0
    for done, (id_, day) in enumerate(EARLIER.items(), 1):
        planning.add(folder, example / "earlier" / f"{id_}.yaml")
        _, filed = _draft_and_file(folder, id_, day)
        records += filed
        progress(done, 5)
    campaign = planning.add(folder, example / "campaign.yaml").campaign
    rectifying.import_ledger(folder, example / "problems.csv", campaign.id)
    progress(3, 5)
    papers, filed = _draft_and_file(folder, campaign.id, on)
    progress(4, 5)
    searches = tuple(_search(folder, words) for words in WORDS)
    packed = inspecting.build_pack(folder, campaign.id, on=on, output=None, private=False, progress=lambda _d, _t: None)
    checked = inspecting.verify_pack(packed.path)
    if checked.damaged:
        raise Refused("演示没有通过", str(packed.path), "材料包核验不符", "请把这一情况告诉开发者")
    progress(5, 5)
    return Demonstrated(
        path=folder,
        papers=papers,
        records=records + filed,
        searches=searches,
        missing=packed.missing,
        pack=packed.path,
        fingerprint=packed.fingerprint,
        look=(
            f"公文：打开 {folder / 'drafts' / campaign.id} 里的 .docx",
            f"材料包目录：用浏览器打开 {packed.path / 'index.html'}",
            f"再找一找：juanzong -C {folder} search 消防通道",
            f"还缺什么：juanzong -C {folder} ready {campaign.id} --on {on.isoformat()}",
            f"逾期问题：juanzong -C {folder} ledger list --overdue --on {on.isoformat()}",
        ),
    )


def _draft_and_file(folder: Path, campaign: str, day: date) -> tuple[int, int]:
    """Draft all that this version knows, and file it; how many papers, how many records."""
    wanted = drafting.Wanted(everything=True)
    drafted = drafting.draft(folder, campaign, wanted, on=day, output=None, progress=lambda _d, _t: None)
    paths = tuple(paper.path for paper in drafted.papers)
    filed = taking_in.add(folder, paths, accessions.About(), on=day, progress=lambda _d, _t: None)
    if filed.refused or drafted.failed:
        why = "；".join([f.why for f in filed.refused] + [f.why for f in drafted.failed])
        raise Refused("演示没有通过", campaign, why, "请把这一情况告诉开发者")
    return len(paths), len(filed.filed)


def _search(folder: Path, words: str) -> Failure:
    found = finding.search(folder, words).answer
    best = found.hits[0].title if found.hits else "没有找到"
    return Failure(which=words, why=f"{found.total} 件，首件《{best}》")

"""Inspecting: what is missing before the inspectors come, and the pack that is handed to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from campaigns import dues, library
from desk import rooms
from desk.answers.inspecting import Packed, PackVerified, Ready
from desk.offices import open_workspace
from generators.pages.layout import load_layout
from generators.pages.writer import write
from model.naming import safe_name
from model.readiness import PackEntry, Standing
from readiness import assessing, directory, pack, page

_README = """{campaign} 迎检材料包
制作单位：{office}    截至：{on}

打开 index.html 查看目录；目录.docx 可以打印。
核对材料是否被改动：在本文件夹里运行
    sha256sum -c manifest-sha256.txt
"""


def ready(folder: Path, name: str, *, on: date) -> Ready:
    """What the campaign asks for against what is filed."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    with rooms.reading(workspace) as opened:
        readiness = assessing.assess(campaign, opened.strongroom.records(), on, dues.debtors)
    asked = [held for held in readiness.evidence if held.requirement.required]
    met = sum(held.standing is Standing.MET for held in asked)
    return Ready(campaign=campaign.id, on=on, asked=len(asked), met=met, findings=assessing.findings(readiness))


def build_pack(
    folder: Path, name: str, *, on: date, output: Path | None, private: bool, progress: Callable[[int, int], None]
) -> Packed:
    """Make an inspection pack of a campaign in a new folder. Raises Refused when the folder exists, Damaged."""
    workspace = open_workspace(folder)
    campaign = library.find(workspace.campaigns, name)
    target = output or workspace.packs / safe_name(f"{campaign.short_name} 迎检材料 {on.isoformat()}")
    volumes = {volume.code: volume.name for volume in campaign.archive.volumes}
    with rooms.reading(workspace) as opened:
        held = opened.strongroom.records()
        records = {record.id: record for record in held}
        readiness = assessing.assess(campaign, held, on, dues.debtors)
        title = f"{campaign.name}迎检材料目录"
        layout = load_layout(workspace.office.layout, (workspace.layouts,))

        def extras(entries: tuple[PackEntry, ...]) -> Mapping[str, bytes]:
            told = directory.directory(readiness, records, entries, title=title, office=workspace.office.name)
            shown = page.index_page(
                readiness, records, entries, volumes, campaign=campaign.name, office=workspace.office.name
            )
            about = _README.format(campaign=campaign.name, office=workspace.office.name, on=on.isoformat())
            return {"index.html": shown.encode(), "目录.docx": write(told, layout), "说明.txt": about.encode()}

        sources = pack.plan(readiness, records, volumes, private=private)
        made = pack.build(sources, opened.strongroom.blocks, target, extras, progress)
    missing = sum(not e.records and e.requirement.required for e in readiness.evidence)
    return Packed(path=made.path, files=len(made.entries), fingerprint=made.fingerprint, missing=missing)


def verify_pack(folder: Path) -> PackVerified:
    """Check a pack against its manifest; needs no office."""
    checked = pack.verify(folder)
    return PackVerified(path=folder, files=checked.files, fingerprint=checked.fingerprint, damaged=checked.damaged)

"""Who we are (立档单位), as `office.toml` says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that drafts, files and answers for its papers.

    name: 全称; short: 规范化简称; fonds: 全宗号 (four characters, DA/T 13-2022, None until the archive gave one);
    letterhead: 发文机关标志; codes: 发文机关代字, kind of paper to code, `默认` for the rest;
    print_office: 印发机关; contact: 联系人及电话; layout: name of the layout profile;
    classification: 年度—机构—保管期限 order, by part names; department: 机构（问题）代码 (None: that level is unused);
    departments: 机构（问题）代码 to name; code_pattern: the office's own shape of the 档号, empty for the standard's;
    engine: which engine searches (fts5, whoosh), empty for the best that the machine has.
    """

    name: str
    short: str
    fonds: str | None = None
    letterhead: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    print_office: str = ""
    contact: str = ""
    layout: str = "standard"
    classification: tuple[str, ...] = ("年度", "机构", "保管期限")
    department: str | None = None
    departments: tuple[tuple[str, str], ...] = ()
    code_pattern: str = ""
    engine: str = ""

    def code_for(self, kind: str | None) -> str:
        """发文机关代字 for a kind of paper; empty when the office has not said one."""
        codes = dict(self.codes)
        return codes.get(kind or "") or codes.get("默认", "")

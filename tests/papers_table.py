"""The tables of docs/papers.md: `python tests/papers_table.py` prints them; tests/test_forms_docs.py holds the page to them.

A cell counts the sorts of 【待补】 that a paper leaves with the three problems of `drafted.problems_of`, and in brackets without
problems; ● marks a kind that the definition plans. Columns of definitions that are not at hand are left to the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafted import CAMPAIGNS, KINDS, paper

from generators.papers.drafting import shipped_kinds
from model.campaigns import Campaign

SIGNING = frozenset({"发文字号", "成文日期", "签发人", "印发机关", "联系人及电话"})
"""What `issue` and `office.toml` give."""


def lacking(kind: str, campaign: Campaign, *, with_problems: bool = True) -> tuple[str, ...]:
    """What stands 【待补】 in a paper, without what signing gives."""
    made = paper(kind, campaign, with_problems=with_problems)
    return tuple(fact for fact in made.missing if fact not in SIGNING)


def cell(kind: str, campaign: Campaign) -> str:
    """One cell of the table."""
    names = next({each.name, *each.aliases, each.form} for each in shipped_kinds() if each.name == kind)
    planned = "●" if names & {document.kind for document in campaign.documents} else ""
    return f"{planned}{len(lacking(kind, campaign))}（{len(lacking(kind, campaign, with_problems=False))}）"


def rows() -> Iterator[str]:
    """The table of papers and campaigns, then what the example's papers lack."""
    campaigns = CAMPAIGNS[:-1]
    yield "| 文书 | " + " | ".join(campaign.short_name for campaign in campaigns) + " |"
    yield "|---" * (len(campaigns) + 1) + "|"
    for kind in KINDS:
        yield f"| {kind} | " + " | ".join(cell(kind, campaign) for campaign in campaigns) + " |"
    yield ""
    for kind in KINDS:
        yield f"| {kind} | {'、'.join(lacking(kind, campaigns[0])) or '无'} |"


if __name__ == "__main__":
    print("\n".join(rows()))

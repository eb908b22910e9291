"""Which mechanisms a campaign switches on; the forms and the library of paragraphs ask for them by name."""

from __future__ import annotations

from model.campaigns import Campaign


def mechanisms(campaign: Campaign) -> frozenset[str]:
    """The mechanisms the definition switches on (五落实, 挂牌督办, 销号, 回头看, 四不两直, 一票否决, 黄牌警告 …)."""
    rules = campaign.problem_rules
    said = " ".join(
        [
            *campaign.supervision.forms,
            *(text for stage in campaign.stages for text in (*stage.actions, *stage.outputs)),
            *(rule for grade in rules.grades if (rule := grade.rule)),
            *(f"{sanction.consequence} {sanction.kind or ''}" for sanction in campaign.sanctions),
            *(goal.text for goal in campaign.goals),
            *(text for text in (rules.close_out, rules.reopen, rules.late) if text),
        ]
    )
    words = {
        "销号": ("销号",),
        "回头看": ("回头看",),
        "四不两直": ("四不两直",),
        "明察暗访": ("暗访",),
        "约谈": ("约谈",),
        "通报批评": ("通报批评",),
        "红黄旗": ("红旗", "黄旗"),
        "黄牌警告": ("黄牌",),
        "问责": ("问责", "追究"),
    }
    on = {name for name, signs in words.items() if any(sign in said for sign in signs)}
    switches = {
        "五落实": any(grade.five for grade in rules.grades),
        "挂牌督办": any(grade.listed for grade in rules.grades),
        "一票否决": bool(campaign.assessment and campaign.assessment.veto),
        "举报": campaign.hotline is not None,
        "抽查": campaign.supervision.sample is not None,
        "评分": any(item.points is not None for area in campaign.areas for item in area.items),
        "分级": len(rules.grades) > 1,
    }
    return frozenset(on | {name for name, switched in switches.items() if switched})

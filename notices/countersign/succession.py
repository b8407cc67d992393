"""A sheet of 会签, or its legal review, on the desk's card once its unit is closed (art. 10)."""

from markupsafe import Markup

from notices.notice import Button
from notices.succession import Left
from rules.countersign.life import obstacles_to_closing
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.succession import Review, review_left, sheet_left


def of_sheet(sheet: Countersign) -> Left:
    close = sheet.state is CountersignState.OPEN and not obstacles_to_closing(sheet)
    ends = [Button("办结", f"countersign:{sheet.id}:close")] if close else []
    going = sheet.state is CountersignState.OPEN
    return Left(
        f"countersign:{sheet.id}",
        Markup("{}").format(sheet.matter),
        "主办单位",
        sheet.lead_unit,
        "各单位仍可答复；不催办，逾期不作视为无不同意见，承接后期限顺延。" if going else "尚未送出会签。",
        (*ends, Button("撤回", f"countersign:{sheet.id}:withdraw")),
        sheet_left(sheet),
    )


def of_review(review: Review) -> Left:
    sheet = review.sheet
    going = sheet.state is CountersignState.OPEN
    return Left(
        f"review:{sheet.id}",
        Markup("{}").format(sheet.matter),
        "合法性审查单位",
        review.unit,
        "其他单位照常答复；没有合法性审查意见，不能办结。" if going else "明确以前不能送会签。",
        (),
        review_left(sheet),
    )

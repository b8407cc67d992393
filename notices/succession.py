"""What the office desk is told of a matter whose unit is closed, and its card: who takes over, or the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from notices.board_morning import Section
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.life import obstacles_to_closing
from rules.countersign.matter import Countersign, CountersignState
from rules.meeting.matter import Meeting
from rules.roster import Official, Unit
from rules.succession import ARTICLE, Review, meeting_left, review_left, sheet_left

TAKE_OVER: Final = "由其他单位承接"


@dataclass(frozen=True)
class Matter:
    """A matter as its card needs it: `subject` reads as in the audit, with the id of a topic for a topic.

    `still` says what stands still meanwhile, `ends` are the buttons that end it, `left` whether it still
    wants a unit.
    """

    subject: str
    what: Markup
    role: str
    unit: Unit
    still: str
    ends: tuple[Button, ...]
    left: bool

    @property
    def plain(self) -> str:
        """What it is, with the unit that is no more: 文稿《…》会签（主办单位住建局已撤并）."""
        return f"{self.what.unescape()}（{self.role}{self.unit.name}已撤并）"

    @property
    def card(self) -> str:
        """The name of its card at the desk."""
        return f"succession:{self.subject}"


def of_sheet(sheet: Countersign) -> Matter:
    close = sheet.state is CountersignState.OPEN and not obstacles_to_closing(sheet)
    ends = [Button("办结", f"countersign:{sheet.id}:close")] if close else []
    going = sheet.state is CountersignState.OPEN
    return Matter(
        f"countersign:{sheet.id}",
        Markup("{}").format(sheet.matter),
        "主办单位",
        sheet.lead_unit,
        "各单位仍可答复；不催办，逾期不作视为无不同意见，承接后期限顺延。" if going else "尚未送出会签。",
        (*ends, Button("撤回", f"countersign:{sheet.id}:withdraw")),
        sheet_left(sheet),
    )


def of_review(review: Review) -> Matter:
    sheet = review.sheet
    going = sheet.state is CountersignState.OPEN
    return Matter(
        f"review:{sheet.id}",
        Markup("{}").format(sheet.matter),
        "合法性审查单位",
        review.unit,
        "其他单位照常答复；没有合法性审查意见，不能办结。" if going else "明确以前不能送会签。",
        (),
        review_left(sheet),
    )


def of_meeting(meeting: Meeting) -> Matter:
    return Matter(
        f"meeting:{meeting.id}",
        Markup("“{}”").format(meeting.title),
        "召开单位",
        meeting.unit or meeting.called_by.unit,
        f"会议{meeting.state}。",
        (Button("取消会议", f"meeting:{meeting.id}:cancel"),),
        meeting_left(meeting),
    )


def text(one: Matter, outcome: Markup | str = "") -> Markup:
    """What has lost its unit, what stands still, and what the desk is asked to do; or what became of it."""
    head = Markup("<b>{}：{}{}已撤并</b>").format(one.what, one.role, one.unit.name)
    if outcome:
        return Markup("{}\n{}").format(head, outcome)
    if not one.left:
        return Markup("{}\n已办结或取消，不必再明确承接单位。").format(head)
    by = "由区政府办公室了结" if one.ends else "由主办单位撤回"
    return Markup("{}\n{}请明确由哪个单位承接；不再办理的，{}。{}").format(head, one.still, by, cite(ARTICLE))


def buttons(one: Matter) -> Rows:
    """[由其他单位承接], and below it what ends the matter."""
    if not one.left:
        return ()
    take_over = (Button(TAKE_OVER, f"succession:{one.subject}"),)
    return (take_over, one.ends) if one.ends else (take_over,)


def card(one: Matter, to: Official) -> Notice:
    """The desk's card."""
    return Notice(to, text(one), buttons(one), subject=f"{one.role}撤并", card=one.card)


def waiting(those: Sequence[Matter]) -> Section:
    """For the office's morning card."""
    return Section(
        f"单位撤并、待明确承接单位{len(those)}件",
        [Markup("{}，原{}{}").format(one.what, one.role, one.unit.name) for one in those],
    )

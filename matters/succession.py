"""What a closed unit (撤并) leaves behind, laid before the office desk (art. 10)."""

from markupsafe import Markup

from notices.invitation.words import short
from notices.notice import Button
from notices.succession import Matter, buttons, card, of_meeting, of_review, of_sheet, text
from rules.countersign.matter import Countersign
from rules.invitation.matter import Invitation
from rules.meeting.matter import Meeting
from rules.succession import ARTICLE, Review, invitation_left, topic_left
from storage.queries.succession import Left
from storage.unit_of_work import UnitOfWork


def matter_of(left: Left, work: UnitOfWork) -> Matter:
    """What stands on its card."""
    if isinstance(left, Countersign):
        return of_sheet(left)
    if isinstance(left, Review):
        return of_review(left)
    if isinstance(left, Meeting):
        return of_meeting(left)
    if isinstance(left, Invitation):
        cancel = Button("取消活动", f"invitation:{left.id}:cancel")
        return Matter(
            f"invitation:{left.id}",
            Markup("活动邀请{}").format(short(left)),
            "报送单位",
            left.unit,
            "领导的答复不受影响；单位一方暂无人联系。",
            (cancel,),
            invitation_left(left, work.now),
        )
    meeting, topic = left
    return Matter(
        f"topic:{topic.id}",
        Markup("“{}”议题《{}》").format(meeting.title, topic.title),
        "汇报单位",
        topic.unit or meeting.called_by.unit,
        "议题还在议程上，暂无单位准备和汇报。",
        (Button("变更议程", f"meeting:{meeting.id}:change"),),
        topic_left(meeting, topic),
    )


async def lay_before_desk(work: UnitOfWork, left: Left) -> bool:
    """A card for each at the desk who has none yet; gives whether nobody had one."""
    one = matter_of(left, work)
    held = await work.holders(one.card)
    if not held:
        detail = {"unit": one.unit.name, "role": one.role}
        kind = one.subject.partition(":")[0]
        await work.note(None, f"{kind}.left_behind", one.subject, article=ARTICLE, detail=detail)
    desk = (await work.roster()).desk
    await work.send(*(card(one, official) for official in desk if official.id not in held))
    return not held


async def bring_up_to_date(work: UnitOfWork, left: Left) -> None:
    """Edit the desk's copies after the matter has changed."""
    one = matter_of(left, work)
    await work.redraw(one.card, text(one), buttons(one))


async def settle(work: UnitOfWork, one: Matter, outcome: Markup) -> None:
    """A unit has taken it over: no copy at the desk has buttons any more."""
    await work.redraw(one.card, text(one, outcome))
    await work.retire(one.card)

"""Who presides once somebody's absence has changed (art. 7, 48-50), said to everybody it concerns."""

from matters.meeting.show import redraw_own
from matters.meeting.tell import ask_again
from notices.meeting.excuse import chair_passed
from notices.meeting.told import PRESIDES_NO_MORE, calendar
from rules.meeting.excusing import pass_chair
from rules.meeting.matter import Meeting
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def settle_chair(work: UnitOfWork, meeting: Meeting, official: Official) -> None:
    """This official stays away, or comes after all: who presides now hears it, the office, and every card."""
    before, roster = meeting.chair, await work.roster()
    why = pass_chair(meeting, official, roster)
    if meeting.chair is before:
        await expect_chair(work, meeting)
    if why is None:
        return
    if meeting.chair is not before:
        now = meeting.chair.titled if meeting.chair else ""
        await work.note(
            None, "meeting.chair", f"meeting:{meeting.id}", article=meeting.article, detail={"to": now}
        )
        for one in meeting.attendees:
            await redraw_own(work, meeting, one)
        await expect_chair(work, meeting)
    people = [*roster.desk, meeting.called_by, before, meeting.chair]
    told = dict.fromkeys(one for one in people if one and one is not official and one.left_at is None)
    title = "会议暂无人主持" if meeting.chair is before else "会议主持有变"
    await work.send(*chair_passed(meeting, title, why, told))


async def expect_chair(work: UnitOfWork, meeting: Meeting) -> None:
    """Who presides now is not asked whether they come; who presides no more is asked like everybody."""
    for one in meeting.expect_chair():
        if one.unasked or work.now >= meeting.reply_by:
            await redraw_own(work, meeting, one)
        else:
            await ask_again(work, meeting, one, PRESIDES_NO_MORE)
        if one.unasked and not one.in_calendar:
            await work.send(calendar(meeting, one, work.now))

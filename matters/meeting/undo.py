"""撤销 of what was decided about a meeting: the places and topics concerned are shown anew, and counted."""

from markupsafe import Markup

from matters.meeting import clearing, count, topic
from matters.meeting import excuse as excuse_matter
from matters.meeting.show import redraw_own
from matters.undo import Touched
from notices.meeting.card import titled
from notices.meeting.told import off_calendar
from rules.meeting.attendance import Reply
from rules.meeting.matter import Meeting
from storage.unit_of_work import UnitOfWork


async def put_back(work: UnitOfWork, id: int, touched: Touched) -> None:
    """Who does not come by it after all has it taken off their calendar."""
    meeting = await work.lock(Meeting, id)
    for one in meeting.attendees:
        excuses = touched.get("meeting_excuses", ())
        if one.id not in touched.get("attendees", ()) and not (one.excuse and one.excuse.id in excuses):
            continue
        await redraw_own(work, meeting, one)
        await excuse_matter.redraw(work, meeting, one)
        if one.in_calendar and one.reply is not Reply.COMING:
            line = titled(meeting, "答复已撤销") + Markup("\n点开附件可从手机日历中移除。")
            await work.send(off_calendar(meeting, one, work.now, line))
    for each in meeting.topics:
        await topic.redraw(work, meeting, each)
    await topic.set_timer(work, meeting)
    await clearing.bring_up_to_date(work, meeting)
    await count.answered(work, meeting)

"""撤销 of what was decided about a meeting: the places and topics concerned are shown anew, and counted."""

from collections.abc import Collection

from markupsafe import Markup

from matters.meeting import clearing, count, draft, tell, topic
from matters.meeting import excuse as excuse_matter
from matters.meeting.show import redraw_own
from matters.undo import Touched
from notices.meeting.card import titled
from notices.meeting.told import off_calendar
from rules.meeting.attendance import Reply
from rules.meeting.matter import Meeting
from storage.unit_of_work import UnitOfWork


async def put_back(work: UnitOfWork, id: int, touched: Touched) -> None:
    """Who does not come by it after all has it taken off their calendar.

    A meeting that was called off or changed stands as before: everybody hears that, and nothing else of it.
    """
    meeting = await work.lock(Meeting, id)
    await _places(work, meeting, touched.get("attendees", ()), touched.get("meeting_excuses", ()))
    if "version" in touched.get("meetings", {}).get(id, ()):
        await draft.redraw_draft(work, meeting)
        if meeting.live:
            await tell.as_before(work, meeting)
    for each in meeting.topics:
        await topic.redraw(work, meeting, each)
    await topic.set_timer(work, meeting)
    await clearing.bring_up_to_date(work, meeting)
    await count.answered(work, meeting)


async def _places(
    work: UnitOfWork, meeting: Meeting, places: Collection[int], excuses: Collection[int]
) -> None:
    for one in meeting.attendees:
        if one.id not in places and not (one.excuse and one.excuse.id in excuses):
            continue
        await redraw_own(work, meeting, one)
        await excuse_matter.redraw(work, meeting, one)
        if one.in_calendar and one.reply is not Reply.COMING and not one.unasked:
            line = titled(meeting, "答复已撤销") + Markup("\n点开附件可从手机日历中移除。")
            await work.send(off_calendar(meeting, one, work.now, line))

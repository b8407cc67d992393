"""发出通知: what happens when a meeting is called, by the office or once art. 58 is satisfied."""

from handlers.meeting.plan import summary
from matters.meeting import count, tell, topic
from rules.meeting.matter import Meeting
from rules.meeting.members import renew_reply_by
from rules.roster import Official
from storage.queries.meeting.life import mark_leaves, set_timers
from storage.unit_of_work import UnitOfWork


async def send_out(work: UnitOfWork, meeting: Meeting, official: Official) -> None:
    """Call it: everybody gets their card, the office its live one, and the clock its moments."""
    await mark_leaves(work, meeting)
    settings = work.office.settings
    renew_reply_by(meeting, work.now, await work.calendar(), settings.hours, settings.meeting)
    meeting.call(official, work.now)
    await work.flush()
    await work.note(
        official, "meeting.call", f"meeting:{meeting.id}", article=meeting.article, detail=summary(meeting)
    )
    await set_timers(work, meeting)
    await tell.invite(work, meeting, meeting.attendees)
    await count.called(work, meeting)
    await topic.laid(work, meeting)

"""发出通知: what happens when a meeting is called, by the office or once art. 58 is satisfied."""

from handlers.meeting_plan import summary
from notices import meeting as notices
from notices import meeting_count, meeting_topic
from rules.meeting import Meeting
from rules.roster import Official
from storage.meeting_life import mark_leaves, set_timers
from storage.work import Work


async def send_out(work: Work, meeting: Meeting, official: Official) -> None:
    """Call it: everybody gets his card, the office its live one, and the clock its moments."""
    await mark_leaves(work, meeting)
    meeting.call(official, work.now)
    await work.flush()
    await work.note(
        official, "meeting.call", f"meeting:{meeting.id}", article=meeting.article, detail=summary(meeting)
    )
    await set_timers(work, meeting)
    await notices.invite(work, meeting, meeting.attendees)
    await meeting_count.called(work, meeting)
    await meeting_topic.laid(work, meeting)

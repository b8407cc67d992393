"""What the clock does for the sign-in of a meeting: offers it, says who is there at the start, closes it."""

from matters.meeting import sign_in
from notices.meeting import sign_in as notices
from notices.meeting.count import keepers
from rules.meeting.count import signed_in
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.reminders import door_opens
from rules.meeting.sign_in import OFFER, lapse_sign_in
from storage.unit_of_work import UnitOfWork


async def offer(work: UnitOfWork, meeting_id: int) -> None:
    """Shortly before the start, where nobody has opened it: [开始签到] to those who run the meeting."""
    meeting = await work.lock(Meeting, meeting_id)
    if meeting.state is not MeetingState.CALLED or meeting.sign_in_at is not None:
        return
    due = door_opens(meeting, work.office.settings.meeting)
    if work.now < due:  # moved meanwhile
        await work.timer(OFFER, meeting.id, due)
        return
    if work.now < meeting.end:
        await work.send(*(notices.offer(meeting, one) for one in keepers(meeting, await work.roster())))


async def at_the_start(work: UnitOfWork, meeting: Meeting) -> None:
    """A 常务会议 begins: whether more than half are there (art. 49), to the office and who presides."""
    quorum = signed_in(meeting)
    if quorum is None or meeting.sign_in_at is None:
        return
    detail = {"here": quorum.certain, "expected": quorum.expected, "holds": quorum.holds}
    await work.note(None, "meeting.quorum", f"meeting:{meeting.id}", article=49, detail=detail)
    people = dict.fromkeys(
        [*keepers(meeting, await work.roster()), *([meeting.chair] if meeting.chair else [])]
    )
    await work.send(*notices.at_the_start(meeting, quorum, people))


async def close(work: UnitOfWork, meeting_id: int) -> None:
    """Some time after the end, where nobody has closed it."""
    meeting = await work.lock(Meeting, meeting_id)
    if lapse_sign_in(meeting, work.now):
        await work.note(None, "meeting.close_sign_in", f"meeting:{meeting.id}", article=meeting.article)
        await sign_in.closed(work, meeting)

"""The live count of a meeting (art. 49, 55): edited soon after an answer, however many come at once."""

from matters.engagements import engagements
from matters.meeting.sign_in import redraw_door
from notices.meeting import count as notices
from notices.meeting.office import office_buttons, office_card
from rules.meeting.count import turned
from rules.meeting.matter import Meeting
from rules.meeting.slots import next_slots, stretch
from storage.unit_of_work import UnitOfWork


async def live(work: UnitOfWork, meeting_id: int) -> None:
    """Edit the office's card to what holds now, and say where it has come to fall short, or to hold again."""
    meeting = await work.lock(Meeting, meeting_id)
    meeting.counted(work.now)
    await work.redraw(office_card(meeting), notices.office_text(meeting), office_buttons(meeting))
    if meeting.sign_in_at is not None:
        await redraw_door(work, meeting)
    if meeting.live and work.now < meeting.start:
        await _watch(work, meeting)


async def _watch(work: UnitOfWork, meeting: Meeting) -> None:
    """Over half of 应到 (art. 49): the office and the chair hear of each change once."""
    quorum = turned(meeting, work.now)
    if quorum is None:
        return
    roster = await work.roster()
    what = "short" if quorum.short else "regained"
    detail = {"expected": quorum.expected, "possible": quorum.possible}
    await work.note(None, f"meeting.{what}", f"meeting:{meeting.id}", article=49, detail=detail)
    if not quorum.short:
        await work.send(*notices.regained(meeting, quorum, roster))
        return
    calendar = await work.calendar()
    first, last = stretch(meeting, calendar)
    taken = await engagements(work, [one.official for one in meeting.members], first, last)
    slots = next_slots(meeting, taken, calendar, work.office.settings.hours)
    await work.send(*notices.short(meeting, quorum, slots, roster))

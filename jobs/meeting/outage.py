"""An RSVP deadline over which nothing could be received is put off: its last minutes were nobody's to use."""

from collections.abc import Sequence
from typing import Final

from matters.meeting.count import moved
from matters.meeting.show import redraw_own
from rules.dates.reading import moment_words
from rules.meeting.matter import Meeting
from rules.outage import Outage
from storage.queries.meeting.meetings import ended_between
from storage.queries.outage import put_off_by
from storage.unit_of_work import UnitOfWork

PUT_OFF: Final = "meeting.reply_put_off"
"""The audit's word for it."""


async def after_outage(work: UnitOfWork, outage: Outage) -> None:
    """Put off each deadline that fell into it, at once and silently; every card says the new one."""
    for found in await ended_between(work, outage.began_at, outage.ended_at):
        meeting = await work.lock(Meeting, found.id)
        before = meeting.reply_by
        later = work.office.settings.outage.put_off(before, outage)
        if not meeting.put_off_reply(later, work.now):
            continue
        detail = {"outage": outage.id, "was": before.isoformat(), "until": meeting.reply_by.isoformat()}
        await work.note(None, PUT_OFF, f"meeting:{meeting.id}", detail=detail)
        await moved(work, meeting)
        for one in meeting.attendees:
            await redraw_own(work, meeting, one)


async def tell_after_outage(work: UnitOfWork, outage: Outage) -> Sequence[str]:
    """A line for each, for the office; who is still silent is reminded before the new deadline as always."""
    lines = []
    for id in await put_off_by(work, outage, PUT_OFF):
        meeting = await work.lock(Meeting, id)
        if meeting.live:
            lines.append(f"“{meeting.title}”回执截止：顺延至{moment_words(meeting.reply_by)}")
    return lines

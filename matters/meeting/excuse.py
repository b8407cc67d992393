"""An excuse (art. 55): asked of whoever decides now, and told."""

from matters.meeting.silence import reschedule
from notices.meeting.excuse import buttons, ended, excuse_card, holders, text, told_card, told_text
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import Excuse
from rules.meeting.matter import Meeting
from storage.unit_of_work import UnitOfWork


async def redraw(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """Every copy of the card as it stands now."""
    excuse = attendee.excuse
    if excuse is None:
        return
    shown = text(meeting, attendee, excuse)
    for holder in holders(excuse):
        live = buttons(meeting, attendee, holder)
        await work.redraw(excuse_card(meeting, attendee, holder), shown, live)
    await reschedule(work, meeting)
    await work.redraw(told_card(meeting, attendee), told_text(meeting, attendee, excuse))


async def withdrawn(work: UnitOfWork, meeting: Meeting, attendee: Attendee, excuse: Excuse) -> None:
    """The excuse came to nothing: its cards say so, and a later one has cards of its own."""
    name = f"meeting:{meeting.id}:excuse:{attendee.id}"
    shown = text(meeting, attendee, excuse, ended(meeting, attendee, excuse))
    for holder in holders(excuse):
        card = name if holder is excuse.decider else f"{name}:{holder.id}"
        await work.retire(card, shown)
    told = told_card(meeting, attendee)
    await work.retire(told, told_text(meeting, attendee, excuse, ended(meeting, attendee, excuse)))

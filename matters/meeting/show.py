"""A meeting's cards: the call's card shown as it stands, and the replies'."""

from notices.meeting.card import liaison_buttons, liaison_card, liaison_text, own_buttons, own_card, own_text
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting
from storage.unit_of_work import UnitOfWork


async def redraw_own(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """Their card as it stands now, and their liaison's; nobody else's."""
    await work.redraw(
        own_card(meeting, attendee.official),
        own_text(meeting, attendee, work.now),
        own_buttons(meeting, attendee, work.now),
    )
    await redraw_liaison(work, meeting, attendee)


async def redraw_liaison(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """Their liaison's card as it stands now."""
    await work.redraw(
        liaison_card(meeting, attendee),
        liaison_text(meeting, attendee, work.now),
        liaison_buttons(meeting, attendee, work.now),
    )

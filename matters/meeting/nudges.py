"""Who has not answered yet: nudged, and the office given a list to call."""

from dataclasses import replace

from notices.meeting.excuse import text, to_decide
from notices.meeting.nudges import UNDECIDED, reminder
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting
from storage.unit_of_work import UnitOfWork


async def decide_again(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """The card of who decides once more; the earlier copy loses its buttons."""
    excuse = attendee.excuse
    if excuse is None or excuse.holder is None:
        return
    card = to_decide(meeting, attendee, excuse, excuse.holder, UNDECIDED)
    await work.redraw(card.card, text(meeting, attendee, excuse))
    await work.retire(card.card)
    await work.send(replace(card, reminds=reminder(meeting)))

"""The count of replies (art. 49): shown as it stands, and told when it tips."""

from notices.meeting.count import keepers, office_text
from notices.meeting.office import office, office_buttons, office_card
from rules.meeting.count import quorum_of
from rules.meeting.matter import Meeting
from rules.meeting.nudges import CALLS, NUDGE, before_deadline
from storage.queries.meeting.meetings import COUNT, DEADLINE, count_soon
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- what the answers set off


async def called(work: UnitOfWork, meeting: Meeting) -> None:
    """The meeting was just called: the card goes to those who keep it, the clock knows when to ask again."""
    await work.send(*(office(meeting, one) for one in keepers(meeting, await work.roster())))
    await set_timers(work, meeting)
    if quorum_of(meeting):
        await count_soon(work, meeting)


async def moved(work: UnitOfWork, meeting: Meeting) -> None:
    """Its time, its deadline or its list has changed."""
    meeting.summarise_anew(work.now)
    await set_timers(work, meeting)
    await answered(work, meeting)


async def answered(work: UnitOfWork, meeting: Meeting) -> None:
    """Somebody has answered: the card follows soon, however many answer at once."""
    await count_soon(work, meeting)


async def over(work: UnitOfWork, meeting: Meeting) -> None:
    """Cancelled or held: the card is edited once more, nobody is asked any more."""
    for kind in (COUNT, NUDGE, DEADLINE, CALLS):
        await work.drop_timers(kind, meeting.id)
    await work.redraw(office_card(meeting), office_text(meeting), office_buttons(meeting))


async def set_timers(work: UnitOfWork, meeting: Meeting) -> None:
    """When the silent are reminded, and when the deadline is."""
    if work.now >= meeting.reply_by:
        return
    await work.drop_timers(CALLS, meeting.id)
    await work.timer(DEADLINE, meeting.id, meeting.reply_by)
    due = before_deadline(meeting, await work.calendar(), work.office.settings.hours)
    await work.timer(NUDGE, meeting.id, due if due > work.now else None)

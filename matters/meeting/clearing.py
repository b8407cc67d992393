"""The office's clearance (art. 58): asked of whoever decides now, and shown as it stands."""

from matters import succession as succession_matter
from matters.meeting.silence import reschedule
from matters.todo import lay
from notices import absence
from notices.meeting.clearing import (
    asked,
    asked_text,
    asker_buttons,
    asker_card,
    step_buttons,
    step_card,
    text,
)
from notices.meeting.succession import of_meeting
from rules.meeting.clearance import Clearance
from rules.meeting.matter import Meeting
from storage.queries.meeting.meetings import BEGINS
from storage.unit_of_work import UnitOfWork


async def ask(work: UnitOfWork, meeting: Meeting) -> None:
    """Lay it before whose turn it is now: the whole desk, or the vice mayor or who stands in for them."""
    step = meeting.waiting
    if step is None:
        return
    roster = await work.roster()
    await reschedule(work, meeting)
    await work.timer(BEGINS, meeting.id, meeting.start)
    if step.approver is None:
        await work.send(*(asked(meeting, step, one) for one in roster.desk))
        return
    called = f"{meeting.title}的审批"
    stand_in = await lay(work, step, "meeting", applicant=meeting.called_by, called=called)
    why = absence.takes_over(stand_in) if stand_in and stand_in.official else ""
    await work.send(asked(meeting, step, step.stand_in or step.approver, why))


async def bring_up_to_date(work: UnitOfWork, meeting: Meeting, before: tuple[Clearance, ...] = ()) -> None:
    """Edit every copy of its cards after it has changed."""
    shown = text(meeting)
    for step in dict.fromkeys([*before, *meeting.clearances]):
        for holder in dict.fromkeys([step.approver, step.stand_in]):
            if holder is None and step.approver is not None:
                continue
            name, for_holder = step_card(meeting, step, holder), asked_text(meeting, step, holder)
            await work.redraw(name, for_holder, step_buttons(meeting, step, holder))
    await work.redraw(asker_card(meeting), shown, asker_buttons(meeting))
    if meeting.orphaned:
        await succession_matter.bring_up_to_date(work, of_meeting(meeting))

"""The office's clearance (art. 58): asked of whoever decides now, and shown as it stands."""

from dataclasses import replace

from matters import succession as succession_matter
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
from notices.notice import Reminder
from rules.leave.routes import Step as Route
from rules.leave.routes import holder as route_holder
from rules.meeting.clearance import Clearance
from rules.meeting.matter import Meeting
from rules.reminders import LADDER
from storage.queries.absence import decides_for
from storage.queries.meeting.meetings import BEGINS, CLEARING
from storage.unit_of_work import UnitOfWork


async def ask(work: UnitOfWork, meeting: Meeting) -> None:
    """Lay it before whose turn it is now: the whole desk, or the vice mayor or who stands in for him."""
    step = meeting.waiting
    if step is None:
        return
    roster = await work.roster()
    await reschedule(work, meeting)
    await work.timer(BEGINS, meeting.id, meeting.start)
    if step.approver is None:
        await work.send(*(asked(meeting, step, one) for one in roster.desk))
        return
    stand_in = await decides_for(work, step.approver, meeting.called_by, "meeting")
    step.reassign(stand_in, work.now)
    why = absence.takes_over(stand_in) if stand_in and stand_in.official else ""
    await work.send(asked(meeting, step, step.stand_in or step.approver, why))
    if stand_in and stand_in.official is None:
        await work.send(*absence.nobody(stand_in, [f"{meeting.title}的审批"], roster))


async def to_who_is_in_charge(work: UnitOfWork, meeting: Meeting) -> None:
    """The vice mayor's step goes to whoever is in charge of the department now (art. 58)."""
    step = next((one for one in meeting.clearances if one.verdict is None and one.approver is not None), None)
    if step is None or meeting.unit is None:
        return
    roster = await work.roster()
    now, _ = route_holder(Route.IN_CHARGE, roster.head_of(meeting.unit) or meeting.called_by, roster)
    if now is None or now is step.approver:
        return
    for held_by in dict.fromkeys([step.approver, step.stand_in]):
        if held_by is not None:
            await work.redraw(step_card(meeting, step, held_by), text(meeting))
            await work.retire(step_card(meeting, step, held_by))
    step.approver = now
    step.has_new_owner(work.now)
    await work.note(None, "meeting.reroute", f"meeting:{meeting.id}", article=58, detail={"to": now.titled})
    if step is meeting.waiting:
        await ask(work, meeting)
    await bring_up_to_date(work, meeting)


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
        await succession_matter.bring_up_to_date(work, meeting)


async def reschedule(work: UnitOfWork, meeting: Meeting) -> None:
    """When the clock looks at its silence next."""
    step = meeting.waiting
    due = LADDER.due(step, await work.calendar(), work.office.settings.hours) if step else None
    if due is None:
        await work.drop_timers(CLEARING, meeting.id)
    else:
        await work.timer(CLEARING, meeting.id, due)


async def ask_again(work: UnitOfWork, meeting: Meeting, step: Clearance) -> None:
    """The same card once more to whose turn it still is."""
    why = "这次会议已送审一个工作日，请办理。"
    desk = (await work.roster()).desk
    people = desk if step.approver is None else [step.stand_in or step.approver]
    reminder = Reminder("meeting.remind", f"meeting:{meeting.id}", 58)
    await work.send(*(replace(asked(meeting, step, one, why), reminds=reminder) for one in people))

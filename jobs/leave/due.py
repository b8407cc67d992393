"""What the clock does for leave (silent approvers, overdue returns), and what follows when people leave."""

from dataclasses import replace

from matters.leave.show import bring_up_to_date
from matters.leave.todo import APPROVAL
from notices.leave import change as told
from notices.leave import told as notices
from notices.leave.words import dates_of
from notices.notice import Reminder
from rules.dates.reading import say_moment
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import (
    OFFICE_FROM,
    RETURN,
    SILENT,
    awaiting_extension,
    moments,
    mornings_overdue,
    return_due,
)
from rules.leave.report import article_of, stand_ins
from rules.leave.returning import reminded_to_return
from rules.leave.trip import passed_into
from rules.refused import Refused
from rules.reminders import look_at, next_morning
from rules.roster import Official
from rules.working_days import Calendar, shanghai_day
from storage.queries.leave.leaves import ids_awaiting_approval, ids_concerning, open_ids
from storage.queries.leave.trip import own_leaves
from storage.unit_of_work import UnitOfWork


async def nudge_return(work: UnitOfWork, leave_id: int) -> None:
    """Ask the applicant to report back until they do (art. 77); from the second morning the office hears it.

    On the evening of the last day, then on working mornings; a leave that ends on a rest day is first asked
    about on the next working morning. Who has asked for a later end has answered, and is left in peace; so is
    who goes on with another leave.
    """
    leave = await work.lock(Leave, leave_id)
    if leave.state is not LeaveState.APPROVED:
        return
    calendar, settings = await work.calendar(), work.office.settings
    hours = settings.hours
    due = return_due(leave, calendar, hours, settings.leave)
    today = shanghai_day(work.now)
    if work.now < due or not calendar.is_working(today):  # dates or days have changed, or after a stop
        later = due if work.now < due else next_morning(work.now, calendar, hours)
        await work.timer(RETURN, leave.id, later)
        return
    if passed_into(leave, await own_leaves(work, leave.applicant)):  # nobody expects them back in between
        await work.timer(RETURN, leave.id, next_morning(work.now, calendar, hours))
        return
    reminded_to_return(leave, work.now)
    if not awaiting_extension(leave):
        card = notices.return_nudge(leave, over=today > leave.end)
        await work.send(
            replace(card, reminds=Reminder("leave.remind_return", f"leave:{leave.id}", article_of(leave)))
        )
    if mornings_overdue(leave, today, calendar) >= OFFICE_FROM:
        await work.send(*notices.overdue(leave, await work.roster()))
    await work.timer(RETURN, leave.id, return_due(leave, calendar, hours, settings.leave))


async def run_out(work: UnitOfWork, leave_id: int) -> None:
    """A report that was sent back and whose days are over: the applicant hears that it ends so (art. 77)."""
    leave = await work.lock(Leave, leave_id)
    if leave.run_out(work.now):
        await work.note(None, "leave.past", f"leave:{leave.id}", article=article_of(leave))
        await bring_up_to_date(work, leave)
        await work.send(notices.run_out(leave))


async def nudge_approver(work: UnitOfWork, leave_id: int) -> None:
    """Remind an approver who has been silent for a working day, then tell the office; each once.

    Never one who has decided, and never twice on a day that their applicant has nudged them. What is near, or
    over, is told to applicant, approver and desk (rules/reminders.py).
    """
    leave = await work.lock(Leave, leave_id)
    approval = leave.waiting
    if approval is None:
        return
    if approval.approver.left_at is not None:
        await _pass_on(work, leave, approval.approver)
        return
    calendar, settings = await work.calendar(), work.office.settings
    await APPROVAL.remind_and_escalate(work, leave)
    again = moments(leave, calendar, settings.hours, settings.leave)[SILENT]
    if again is not None:
        await work.timer(SILENT, leave.id, look_at(again, work.now, calendar, settings.hours))


async def recount(work: UnitOfWork, old: Calendar, new: Calendar) -> list[str]:
    """Working days have changed: the timers of open leaves that move, a line each; the applicants hear it."""
    hours, terms = work.office.settings.hours, work.office.settings.leave
    lines: list[str] = []
    for id in await open_ids(work):
        leave = await work.lock(Leave, id)
        before, after = moments(leave, old, hours, terms), moments(leave, new, hours, terms)
        moved = []
        for kind, name in _MOMENTS.items():
            was, now = before[kind], after[kind]
            if was is None or now is None or was == now:
                continue
            await work.timer(kind, leave.id, max(now, work.now))
            moved.append(f"{name}由{say_moment(was, work.now)}改为{say_moment(now, work.now)}")
        if moved:
            await work.send(told.moved(leave, moved))
            lines += [f"{leave.applicant.titled}{dates_of(leave)}请假：{line}" for line in moved]
    return lines


_MOMENTS = {SILENT: "提醒审批", RETURN: "销假提醒"}


async def on_left(work: UnitOfWork, official: Official) -> None:
    """Somebody left, moved or changed roles: what waited for them goes to their successor.

    The roster of this unit of work must already be the new one.
    """
    roster = await work.roster()
    for id in await ids_concerning(work, official):
        leave = await work.lock(Leave, id)
        if leave.applicant is official and official.left_at is not None:
            await _lapse(work, leave)
            continue
        await _pass_on(work, leave, official)
        if leave.acting is not None and leave.acting not in stand_ins(leave.applicant, roster):
            await work.send(*notices.acting_left(leave, official, roster))


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: reports go to whoever is in charge now, though nobody has left or moved."""
    for id in await ids_awaiting_approval(work):
        await _pass_on(work, await work.lock(Leave, id), None)


async def _pass_on(work: UnitOfWork, leave: Leave, cause: Official | None) -> None:
    """Ask whom the route names now; if there is nobody, the office is told, each working morning."""
    asked = leave.waiting
    if asked is None:
        return
    roster, before, change = await work.roster(), list(leave.approvals), leave.change
    try:
        route = work.office.settings.leave_routes.route(leave.applicant, roster)
    except Refused:  # nobody there: nothing has been touched
        await work.send(*notices.nobody_left(leave, cause, roster))
        calendar = await work.calendar()
        await work.timer(SILENT, leave.id, next_morning(work.now, calendar, work.office.settings.hours))
        return
    if not leave.reroute(route, work.now):
        return
    open_now = [approval.approver.titled for approval in leave.approvals if not approval.decision]
    detail = {"because_of": cause.titled if cause else "花名册", "now": "、".join(open_now)}
    await work.note(None, "leave.reroute", f"leave:{leave.id}", article=article_of(leave), detail=detail)
    await bring_up_to_date(work, leave, before)
    if leave.waiting is None and change is not None:
        await work.send(*told.in_force(change, leave, roster))
    elif leave.waiting is None:
        await work.send(*notices.approved(leave, roster))
    elif leave.waiting is not asked:
        await work.send(*notices.passed_on(leave, cause))


async def _lapse(work: UnitOfWork, leave: Leave) -> None:
    """The applicant has left: nothing more is asked of anybody."""
    before, stood = list(leave.approvals), leave.state is LeaveState.APPROVED
    asked = [approval.holder for approval in before if approval.asked_at]
    leave.lapse(work.now)
    await work.note(None, "leave.lapse", f"leave:{leave.id}", article=article_of(leave))
    await bring_up_to_date(work, leave, before)
    roster = await work.roster()
    await work.send(*notices.lapsed(leave, dict.fromkeys(asked), stood=stood, roster=roster))

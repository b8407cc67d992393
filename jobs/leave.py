"""What the clock does for leave (silent approvers, overdue returns), and what follows when people leave."""

from sqlalchemy import or_, select

from notices import leave as notices
from notices.leave_card import bring_up_to_date
from rules.leave import OPEN, Leave, LeaveState
from rules.leave_nudges import RETURN, SILENT, next_morning, return_due
from rules.leave_report import article_of, stand_ins
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.tables import approvals, leaves
from storage.work import Work


async def nudge_return(work: Work, leave_id: int) -> None:
    """Ask the applicant to report back, on the last day and then each working morning until 销假 (art. 77).

    On the last day at 16:00 (11:30 if it ends with the morning). If people rest on the last day, the
    opening of the next working day: somebody on leave over a holiday is not nudged on a rest day, and
    cannot report back before he is back.
    """
    leave = await work.get(Leave, leave_id)
    if leave.state is not LeaveState.APPROVED:
        return
    calendar, hours = await work.calendar(), work.office.settings.hours
    due = return_due(leave, calendar, hours)
    if work.now < due:  # the calendar or the dates have changed since
        await work.timer(RETURN, leave.id, due)
        return
    today = shanghai_day(work.now)
    if calendar.is_working(today):  # after a stop, it may have become a rest day
        await work.send(notices.return_nudge(leave, over=today > leave.end))
    await work.timer(RETURN, leave.id, next_morning(work.now, calendar, hours))


async def nudge_approver(work: Work, leave_id: int) -> None:
    """Remind an approver who has been silent for a working day, once; never one who has decided."""
    leave = await work.get(Leave, leave_id)
    approval = leave.waiting
    if approval is None:
        return
    if approval.approver.left_at is not None:
        await _pass_on(work, leave, approval.approver)
        return
    calendar = await work.calendar()
    if not calendar.is_working(shanghai_day(work.now)):
        await work.timer(SILENT, leave.id, next_morning(work.now, calendar, work.office.settings.hours))
        return
    approval.nudged_at = work.now
    await work.note(None, "leave.nudge", f"leave:{leave.id}", article=article_of(leave))
    await work.send(notices.asked(approval, leave, "这份请假报告已送您一个工作日，请审批："))


async def on_left(work: Work, official: Official) -> None:
    """Somebody left, moved or changed roles: what waited for him goes to his successor, nothing is dropped.

    The roster of this unit of work must already be the new one.
    """
    concerned = await work.session.scalars(
        select(Leave)
        .outerjoin(approvals, approvals.c.leave_id == leaves.c.id)
        .where(
            leaves.c.state.in_(OPEN),
            or_(
                leaves.c.applicant_id == official.id,
                leaves.c.acting_id == official.id,
                (approvals.c.approver_id == official.id) & approvals.c.decision.is_(None),
            ),
        )
        .order_by(leaves.c.id)
        .distinct()
    )
    roster = await work.roster()
    for id in [leave.id for leave in concerned]:
        leave = await work.get(Leave, id)
        if leave.applicant is official and official.left_at is not None:
            await _lapse(work, leave)
            continue
        await _pass_on(work, leave, official)
        if leave.acting is official and official not in stand_ins(leave.applicant, roster):
            await work.send(*notices.acting_left(leave, official, roster))


async def _pass_on(work: Work, leave: Leave, cause: Official) -> None:
    """Ask whom the route names now; if there is nobody, the office is told, each working morning."""
    asked = leave.waiting
    if asked is None:
        return
    roster, before = await work.roster(), list(leave.approvals)
    try:
        moved = leave.reroute(work.office.settings.leave_routes.route(leave.applicant, roster), work.now)
    except Refused:
        await work.send(*notices.nobody_left(leave, cause, roster))
        calendar = await work.calendar()
        await work.timer(SILENT, leave.id, next_morning(work.now, calendar, work.office.settings.hours))
        return
    if not moved:
        return
    open_now = [approval.approver.titled for approval in leave.approvals if not approval.decision]
    detail = {"because_of": cause.titled, "now": "、".join(open_now)}
    await work.note(None, "leave.reroute", f"leave:{leave.id}", article=article_of(leave), detail=detail)
    await bring_up_to_date(work, leave, before)
    if leave.waiting is None:
        await work.send(*notices.approved(leave, roster))
    elif leave.waiting is not asked:
        await work.send(*notices.passed_on(leave, cause))


async def _lapse(work: Work, leave: Leave) -> None:
    """The applicant himself has left: nothing more is asked of anybody."""
    before, stood = list(leave.approvals), leave.state is LeaveState.APPROVED
    asked = [approval.asked for approval in before if approval.asked_at]
    leave.lapse(work.now)
    await work.note(None, "leave.lapse", f"leave:{leave.id}", article=article_of(leave))
    await bring_up_to_date(work, leave, before)
    roster = await work.roster()
    await work.send(*notices.lapsed(leave, dict.fromkeys(asked), stood=stood, roster=roster))

"""Keeping what stands in the chats and on the clock true to the leave."""

from collections.abc import Iterable

from notices import leave as notices
from rules.leave import Approval, Leave
from rules.leave_nudges import moments
from storage.work import Work


async def bring_up_to_date(work: Work, leave: Leave, before: Iterable[Approval] = ()) -> None:
    """Edit every copy of the leave's cards and set its timers anew, after it has changed.

    `before` are the approvals as they were: who is no longer asked keeps no live button either.
    """
    text = notices.card(leave)
    for approval in dict.fromkeys([*before, *leave.approvals]):
        await work.redraw(
            notices.approver_card(approval, leave), text, notices.approver_buttons(approval, leave)
        )
    buttons = notices.own_buttons(leave, begun=leave.begun(work.now))
    await work.redraw(notices.own_card(leave), text, buttons)
    await work.redraw(notices.office_card(leave), text)
    calendar, hours = await work.calendar(), work.office.settings.hours
    for kind, due in moments(leave, calendar, hours).items():
        if due is None:
            await work.drop_timers(kind, leave.id)
        else:
            await work.timer(kind, leave.id, due)

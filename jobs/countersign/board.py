"""会签 on the office's morning card: signatures overdue, units not reached, wishes for time unanswered."""

from collections.abc import Sequence

from notices.board_morning import Section
from notices.countersign import board as notices
from rules.working_days import shanghai_day
from storage.queries.countersign.sheets import troubled
from storage.unit_of_work import UnitOfWork


async def countersigns(work: UnitOfWork) -> Sequence[Section]:
    """A section for each kind of trouble that there is."""
    waiting, today = await troubled(work), shanghai_day(work.now)
    overdue = [(sheet, one) for sheet, one in waiting if one.overdue(work.now) and not sheet.lapses(one)]
    unreached = [(sheet, one) for sheet, one in waiting if one.delivered_at is None]
    extending = [(sheet, one) for sheet, one in waiting if one.extension and one.extension.until >= today]
    return [
        section
        for cases, section in (
            (overdue, notices.overdue(overdue)),
            (unreached, notices.unreached(unreached)),
            (extending, notices.extending(extending)),
        )
        if cases
    ]

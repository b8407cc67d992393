"""What leave puts on the office's morning card: who is away, and which reports and filings wait."""

from collections.abc import Sequence

from notices import board_morning as notices
from notices.board_morning import Section
from rules.board import Absence, Whereabouts, ordered, silent
from rules.working_days import shanghai_day
from storage.queries.absence import absences as all_absences
from storage.queries.board import absences
from storage.queries.leave.leaves import pending
from storage.queries.leave.leaves import unfiled as with_filings
from storage.unit_of_work import UnitOfWork


async def away(work: UnitOfWork) -> Sequence[Section]:
    """Who is away today and who acts; whose leave is over and who has not reported back."""
    today = shanghai_day(work.now)
    everybody = ordered(await absences(work, today, today))
    gone = [one for one in everybody if one.whereabouts in (Whereabouts.AWAY, Whereabouts.COMING)]
    late = [one for one in everybody if one.whereabouts is Whereabouts.OVERDUE]
    acting = await all_absences(work)
    stand_ins = {one.official.id: found for one in gone if (found := acting.decides_for(one.official))}
    sections: list[tuple[list[Absence], Section]] = [
        (gone, notices.away(gone, stand_ins, today)),
        (late, notices.not_back(late)),
    ]
    return [section for cases, section in sections if cases]


async def silent_approvers(work: UnitOfWork) -> Sequence[Section]:
    """Reports that have lain with an approver for a working day or longer."""
    calendar, hours = await work.calendar(), work.office.settings.hours
    asked = [
        (leave, approval)
        for leave in await pending(work)
        if (approval := silent(leave, calendar, hours, work.now)) is not None and not leave.begun(work.now)
    ]
    return [notices.silent(asked)] if asked else []


async def unapproved(work: UnitOfWork) -> Sequence[Section]:
    """Reports that nobody has decided on though their days have come, or gone by (art. 77)."""
    found = [leave for leave in await pending(work) if leave.waiting and leave.begun(work.now)]
    return [notices.unapproved(found)] if found else []


async def unfiled(work: UnitOfWork) -> Sequence[Section]:
    """What the office has still to file with the district committee."""
    found = await with_filings(work)
    items = [(leave, item) for leave in found for item in leave.filings if item.open]
    return [notices.unfiled(items)] if items else []

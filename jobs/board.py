"""The office's morning card (在岗): said at 8:30 on working days, to those at the desk who are in."""

from collections.abc import Awaitable, Callable, Sequence

from jobs import succession
from jobs.countersign import board as countersign_board
from jobs.countersign import stall as countersign_stall
from jobs.invitation import due as invitation
from jobs.meeting import morning as meeting_morning
from notices import board_morning as notices
from notices.board_morning import Section
from rules.board import Absence, Standing, ordered, silent
from rules.working_days import shanghai_day
from storage.queries.absence import absences as all_absences
from storage.queries.board import absences
from storage.queries.leave.leaves import pending
from storage.queries.leave.leaves import unfiled as with_filings
from storage.queries.sent import not_yet
from storage.unit_of_work import UnitOfWork


async def away(work: UnitOfWork) -> Sequence[Section]:
    """Who is away today and who acts; whose leave is over and who has not reported back."""
    today = shanghai_day(work.now)
    everybody = ordered(await absences(work, today, today))
    gone = [one for one in everybody if one.standing in (Standing.AWAY, Standing.COMING)]
    late = [one for one in everybody if one.standing is Standing.OVERDUE]
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
        if (approval := silent(leave, calendar, hours, work.now)) is not None
    ]
    return [notices.silent(asked)] if asked else []


async def unfiled(work: UnitOfWork) -> Sequence[Section]:
    """What the office has still to file with the district committee."""
    found = await with_filings(work)
    items = [(leave, item) for leave in found for item in leave.filings if item.open]
    return [notices.unfiled(items)] if items else []


CONTRIBUTORS: tuple[Callable[[UnitOfWork], Awaitable[Sequence[Section]]], ...] = (
    away,
    silent_approvers,
    unfiled,
    countersign_board.countersigns,
    countersign_stall.morning,
    meeting_morning.meetings,
    invitation.morning,
    succession.morning,
)
"""What stands on the card, in this order: each procedure gives its own sections, or none."""


async def morning(work: UnitOfWork, _subject_id: int) -> None:
    """The card to everybody at the desk who is not away himself, once a day; none with nothing to say."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    if not calendar.is_working(today):
        return
    sections = [section for contribute in CONTRIBUTORS for section in await contribute(work)]
    if not sections:
        return
    gone = [one.official for one in await absences(work, today, today) if one.standing is Standing.AWAY]
    desk = [official for official in (await work.roster()).desk if official not in gone]
    cards = [notices.card(official, today, calendar, sections) for official in desk]
    await work.send(*await not_yet(work, cards))

"""What of other leaves falls into the days somebody wants to be away."""

from rules.dates.reading import HalfDaySpan
from rules.dates.spans import overlap
from rules.fields.times import say_span
from rules.leave.returning import days_late
from rules.roster import OFFICE_DESK, Official
from rules.working_days import shanghai_day
from storage.queries.leave.leaves import acting_during, count_unfiled, ended_before, undecided
from storage.unit_of_work import UnitOfWork


async def waiting_for_approval(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:  # noqa: ARG001
    """Reports that wait for their decision now."""
    found = await undecided(work, {official.id})
    waiting = [leave for leave in found if leave.waiting and leave.waiting.approver is official]
    return [f"有{len(waiting)}份请假报告等本人审批"] if waiting else []


async def acting_for_others(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """They are to act for somebody who is away at the same time."""
    found = await acting_during(work, official)
    today = shanghai_day(work.now)
    return [
        f"同期应代{leave.applicant.titled}主持工作：{say_span(leave.span, today)}"
        for leave in found
        if overlap(leave.span, span)
    ]


async def not_reported_back(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """An earlier leave of theirs whose return is overdue."""
    today, calendar = shanghai_day(work.acted_at), await work.calendar()
    late = (
        leave
        for leave in await ended_before(work, official, today)  # no return is due before the last day
        if days_late(leave, today, calendar) and not overlap(leave.span, span)  # not the one being extended
    )
    return [f"{say_span(leave.span, today)}的请假尚未销假" for leave in late]


async def filings_open(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:  # noqa: ARG001
    """For the office desk: what is still to be filed with the district committee."""
    if official.role not in OFFICE_DESK:
        return []
    count = await count_unfiled(work)
    return [f"办公室有{count}项区委报备待登记"] if count else []

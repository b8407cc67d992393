"""What else falls into the days somebody wants to be away: every procedure adds what it knows."""

from collections.abc import Awaitable, Callable

from rules.dates.reading import HalfDaySpan, say_day, say_moment
from rules.dates.spans import overlap
from rules.delegation import begins_at, ends_at
from rules.fields.times import say_span
from rules.leave.returning import days_late
from rules.roster import OFFICE_DESK, Official
from rules.working_days import shanghai_day
from storage.queries.countersign.sheets import count_awaiting
from storage.queries.invitation.invitations import invited
from storage.queries.leave.leaves import acting_during, count_unfiled, ended_before, undecided
from storage.queries.meeting.meetings import in_meetings
from storage.unit_of_work import UnitOfWork

Clash = Callable[[UnitOfWork, Official, HalfDaySpan], Awaitable[list[str]]]
"""Each gives one sentence for every matter that is due from the official, or awaits him, in the span.

The approvers read them as well: no 您, no full stop, and nothing that is not their business.
"""


async def waiting_for_approval(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:  # noqa: ARG001
    """Reports that wait for his decision now."""
    found = await undecided(work, {official.id})
    waiting = [leave for leave in found if leave.waiting and leave.waiting.approver is official]
    return [f"有{len(waiting)}份请假报告等本人审批"] if waiting else []


async def acting_for_others(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """He is to act for somebody who is away at the same time."""
    found = await acting_during(work, official)
    today = shanghai_day(work.now)
    return [
        f"同期应代{leave.applicant.titled}主持工作：{say_span(leave.span, today)}"
        for leave in found
        if overlap(leave.span, span)
    ]


async def not_reported_back(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """An earlier leave of his whose return is overdue."""
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


async def countersigns_open(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:  # noqa: ARG001
    """For a unit's head: sheets that wait for the unit's signature."""
    if (await work.roster()).head_of(official.unit) is not official:
        return []
    count = await count_awaiting(work, official.unit)
    return [f"有{count}件会签等{official.unit.name}答复"] if count else []


async def events(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """Events he has said he comes to, and those he is asked to."""
    start, end = begins_at(span.start, span.start_half), ends_at(span.end, span.end_half)
    today = shanghai_day(work.now)
    return [
        say_day(shanghai_day(one.start), today)
        + f"{'已答应出席' if one.firm else '受邀参加'}活动“{one.title}”"
        for one in await invited(work, [official], start, end)
    ]


async def meetings_called(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """Meetings he is called to and has not excused himself from (art. 55)."""
    start, end = begins_at(span.start, span.start_half), ends_at(span.end, span.end_half)
    return [
        f"同期有会议：{one.title}（{say_moment(one.start, work.now)}）"
        for one in await in_meetings(work, [official], start, end)
    ]


CLASHES: tuple[Clash, ...] = (
    waiting_for_approval,
    acting_for_others,
    not_reported_back,
    filings_open,
    countersigns_open,
    events,
    meetings_called,
)


async def clashes(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """Everything that every procedure found."""
    return [sentence for clash in CLASHES for sentence in await clash(work, official, span)]

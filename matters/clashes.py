"""What else falls into the days somebody wants to be away, in every procedure."""

from matters.engagements import engagements
from matters.procedures import PROCEDURES
from rules.dates.reading import HalfDaySpan, say_day, say_moment
from rules.delegation import begins_at, ends_at
from rules.engagement import Engagement, EngagementKind
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork


async def clashes(work: UnitOfWork, official: Official, span: HalfDaySpan) -> list[str]:
    """What awaits them or is due from them, then what takes up their time, the earliest first."""
    found = [
        one for each in PROCEDURES for clash in each.clashes for one in await clash(work, official, span)
    ]
    start, end = begins_at(span.start, span.start_half), ends_at(span.end, span.end_half)
    taken_up = await engagements(work, [official], start, end)
    # Other leaves have sentences of their own: one that is extended is no clash.
    return [*found, *(_said(one, work) for one in taken_up if one.kind is not EngagementKind.LEAVE)]


def _said(one: Engagement, work: UnitOfWork) -> str:
    if one.kind is EngagementKind.EVENT:
        day = say_day(shanghai_day(one.start), shanghai_day(work.now))
        return f"{day}{'已答应出席' if one.firm else '受邀参加'}活动“{one.title}”"
    return f"同期有{one.kind}：{one.title}（{say_moment(one.start, work.now)}）"

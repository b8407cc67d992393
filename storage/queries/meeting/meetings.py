"""Meetings out of the database, what they take up of people's time, and their timers."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from rules.engagement import Engagement, EngagementKind
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import BEFOREHAND, HELD, LIVE, Meeting, MeetingKind, MeetingState
from rules.refused import Refused
from rules.roster import Official, Unit
from rules.working_days import SHANGHAI
from storage.tables.meeting import attendees, meeting_clearances, meeting_excuses, meetings
from storage.unit_of_work import UnitOfWork

EVE: Final = "meeting.eve"
"""Timer of a meeting: the reminder on the working day before."""
HOUR: Final = "meeting.hour"
"""Timer of a meeting: the reminder shortly before the start."""
BEGINS: Final = "meeting.begins"
"""Timer of a meeting: its hour has come."""
ENDS: Final = "meeting.ends"
"""Timer of a meeting: it is over."""
COUNT: Final = "meeting.count"
"""Timer of a meeting: the office's live count is to be edited."""
DEADLINE: Final = "meeting.deadline"
"""Timer of a meeting: its RSVP deadline."""


def attendee_of(meeting: Meeting, id: int) -> Attendee:
    """The place on the list with that id; refused if it is not there any more."""
    found = next((one for one in meeting.attendees if one.id == id), None)
    if found is None:
        raise Refused("此人已不在这次会议的名单内。")
    return found


async def answering(work: UnitOfWork, id: int, official: Official) -> Meeting:
    """The meeting for one person's plain answer, its row locked: of the list only their own place is loaded.

    Two hundred answer within a minute, and the whole list would be read for each of them. What looks at
    others (the count, who presides) needs `work.get`.
    """
    place = selectinload(cast("Any", Meeting).attendees.and_(attendees.c.official_id == official.id))
    found = await work.session.get(
        Meeting, id, with_for_update={"of": Meeting}, populate_existing=True, options=[place]
    )
    if found is None:
        raise Refused("这件事已不存在，请从“待办”或“我的”重新打开。")
    return found


async def coming(work: UnitOfWork, official: Official) -> Sequence[Meeting]:
    """The meetings under way or to come that they are on the list of, the earliest first."""
    on_list = exists().where(attendees.c.meeting_id == meetings.c.id, attendees.c.official_id == official.id)
    return await work.find_all(
        select(Meeting)
        .where(meetings.c.state.in_(LIVE), meetings.c.end > work.now, on_list)
        .order_by(meetings.c.start, meetings.c.id)
    )


async def open_meetings(work: UnitOfWork, *states: MeetingState) -> Sequence[Meeting]:
    """All that are in one of these states, the earliest first; without any, those called and not yet over."""
    return await work.find_all(
        select(Meeting).where(meetings.c.state.in_(states or LIVE)).order_by(meetings.c.start, meetings.c.id)
    )


async def ended_between(work: UnitOfWork, since: datetime, until: datetime) -> Sequence[Meeting]:
    """The meetings called whose RSVP deadline lies between the two instants, the earliest first."""
    return await work.find_all(
        select(Meeting)
        .where(meetings.c.state.in_(LIVE), meetings.c.reply_by > since, meetings.c.reply_by <= until)
        .order_by(meetings.c.start, meetings.c.id)
    )


async def with_excuses(work: UnitOfWork, deciders: Collection[int]) -> Sequence[Meeting]:
    """Meetings with an excuse that one of these officials (ids) has to decide, the earliest first."""
    found = await work.session.scalars(
        select(Meeting)
        .join(attendees, attendees.c.meeting_id == meetings.c.id)
        .join(meeting_excuses, meeting_excuses.c.attendee_id == attendees.c.id)
        .where(*_EXCUSED, meeting_excuses.c.decider_id.in_(deciders))
        .order_by(meetings.c.start, meetings.c.id)
    )
    return found.unique().all()


async def excused_meetings(work: UnitOfWork) -> Sequence[Meeting]:
    """The meetings with an excuse that waits for anybody's decision."""
    found = await work.session.scalars(
        select(Meeting)
        .join(attendees, attendees.c.meeting_id == meetings.c.id)
        .join(meeting_excuses, meeting_excuses.c.attendee_id == attendees.c.id)
        .where(*_EXCUSED)
        .order_by(meetings.c.id)
    )
    return found.unique().all()


_EXCUSED = (meetings.c.state.in_(HELD), meeting_excuses.c.state == ExcuseState.PENDING)


async def ids_concerning(work: UnitOfWork, official: Official) -> Sequence[int]:
    """The ids of the meetings to come that the official presides over, is called to or has to clear."""
    called = exists().where(attendees.c.meeting_id == meetings.c.id, attendees.c.official_id == official.id)
    clears = exists().where(
        meeting_clearances.c.meeting_id == meetings.c.id,
        meeting_clearances.c.approver_id == official.id,
        meeting_clearances.c.verdict.is_(None),
    )
    return await work.find_all(
        select(meetings.c.id)
        .where(
            meetings.c.state.in_([*BEFOREHAND, *LIVE]),
            or_(meetings.c.chair_id == official.id, called, clears),
        )
        .order_by(meetings.c.start, meetings.c.id)
    )


async def ids_of_units(work: UnitOfWork) -> Sequence[int]:
    """The ids of the meetings to come that a department calls (art. 58), the earliest first."""
    return await work.find_all(
        select(meetings.c.id)
        .where(meetings.c.unit_id.is_not(None), meetings.c.state.in_([*BEFOREHAND, MeetingState.CALLED]))
        .order_by(meetings.c.start, meetings.c.id)
    )


async def held_in_year(
    work: UnitOfWork, kind: MeetingKind, start: datetime, *, unit: Unit | None = None, but: int | None = None
) -> int:
    """How many of the kind are called or held in the calendar year of `start`.

    With `unit` only that unit's; `but` is a meeting that is not counted: the one being called.
    """
    year = start.astimezone(SHANGHAI).year
    first, after = (datetime(y, 1, 1, tzinfo=SHANGHAI).astimezone(UTC) for y in (year, year + 1))
    query = (
        select(func.count())
        .select_from(meetings)
        .where(
            meetings.c.kind == kind,
            meetings.c.state.in_(HELD),
            meetings.c.start >= first,
            meetings.c.start < after,
        )
    )
    if unit is not None:
        query = query.where(meetings.c.unit_id == unit.id)
    if but is not None:
        query = query.where(meetings.c.id != but)
    return await work.session.scalar(query) or 0


async def last_executive(work: UnitOfWork) -> datetime | None:
    """When the last 常务会议 was, or the next is if one is called; None if there never was one."""
    found: datetime | None = await work.session.scalar(
        select(meetings.c.start)
        .where(meetings.c.kind == MeetingKind.EXECUTIVE, meetings.c.state.in_(HELD))
        .order_by(meetings.c.start.desc())
        .limit(1)
    )
    return found


async def in_meetings(
    work: UnitOfWork, people: Collection[Official], start: datetime, end: datetime
) -> list[Engagement]:
    """Meetings that they have not excused themselves from; answered 参加 or not, the time is taken."""
    found = await work.session.scalars(
        select(Meeting)
        .where(
            meetings.c.state.in_(HELD),
            meetings.c.start < end,
            meetings.c.end > start,
            exists().where(
                and_(
                    attendees.c.meeting_id == meetings.c.id,
                    attendees.c.official_id.in_([one.id for one in people]),
                )
            ),
        )
        .order_by(meetings.c.start, meetings.c.id)
    )
    wanted = {one.id for one in people}
    return [
        Engagement(
            one.official,
            EngagementKind.MEETING,
            meeting.title,
            meeting.start,
            meeting.end,
            f"meeting:{meeting.id}",
            meeting.place,
        )
        for meeting in found
        for one in meeting.attendees
        if one.official.id in wanted and one.expected
    ]


async def count_soon(work: UnitOfWork, meeting: Meeting) -> None:
    """Have the live count edited soon, but not more often than the office's pace allows."""
    due = work.now
    if meeting.counted_at is not None:
        due = max(due, meeting.counted_at + work.office.settings.meeting.count_every)
    await work.timer(COUNT, meeting.id, due)


async def waiting_for(work: UnitOfWork, official_ids: Collection[int]) -> Sequence[Meeting]:
    """The meetings of art. 58 that wait for clearance by one of these people, or by the office desk."""
    steps = meeting_clearances.c
    return await work.find_all(
        select(Meeting)
        .where(
            meetings.c.state == MeetingState.PENDING,
            exists().where(
                steps.meeting_id == meetings.c.id,
                steps.verdict.is_(None),
                steps.asked_at.is_not(None),
                or_(steps.approver_id.in_(official_ids), steps.approver_id.is_(None)),
            ),
        )
        .order_by(meetings.c.start, meetings.c.id)
    )

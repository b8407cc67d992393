"""Meetings and topics whose unit is closed (撤并)."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.meeting.topic import Topic
from rules.refused import Refused
from storage.tables import units
from storage.tables.meeting import meeting_topics, meetings
from storage.unit_of_work import UnitOfWork

_TO_COME: Final = (*BEFOREHAND, MeetingState.CALLED)


async def called_by_none(work: UnitOfWork) -> Sequence[Meeting]:
    """Meetings to come whose unit is closed, the oldest first."""
    found = await work.session.scalars(
        select(Meeting)
        .join(units, units.c.id == meetings.c.unit_id)
        .where(meetings.c.state.in_(_TO_COME), units.c.closed_at.is_not(None))
        .order_by(meetings.c.id)
    )
    return found.unique().all()


async def reported_by_none(work: UnitOfWork) -> Sequence[Meeting]:
    """Meetings to come with a topic whose unit is closed, the oldest first."""
    found = await work.session.scalars(
        select(Meeting)
        .join(meeting_topics, meeting_topics.c.meeting_id == meetings.c.id)
        .join(units, units.c.id == meeting_topics.c.unit_id)
        .where(meetings.c.state.in_(_TO_COME), units.c.closed_at.is_not(None))
        .order_by(meetings.c.id)
    )
    return found.unique().all()


async def topic_locked(work: UnitOfWork, id: int) -> tuple[Meeting, Topic]:
    """The topic with its meeting, whose row is locked; refused where it is on no agenda any more."""
    meeting_id = await work.session.scalar(
        select(meeting_topics.c.meeting_id).where(meeting_topics.c.id == id)
    )
    if meeting_id is None:
        raise Refused("这项议题已不在议程上。")
    meeting = await work.lock(Meeting, meeting_id)
    return meeting, next(topic for topic in meeting.topics if topic.id == id)

"""Meetings and topics whose unit is closed (撤并)."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.meeting.topic import Topic
from rules.refused import Refused
from storage.queries.closed_units import of_closed_units
from storage.tables.meeting import meeting_topics, meetings
from storage.unit_of_work import UnitOfWork

_TO_COME = (
    select(Meeting).where(meetings.c.state.in_((*BEFOREHAND, MeetingState.CALLED))).order_by(meetings.c.id)
)


async def called_by_none(work: UnitOfWork) -> Sequence[Meeting]:
    """Meetings to come whose unit is closed, the oldest first."""
    return await of_closed_units(work, _TO_COME, meetings.c.unit_id)


async def reported_by_none(work: UnitOfWork) -> Sequence[Meeting]:
    """Meetings to come with a topic whose unit is closed, the oldest first."""
    with_topics = _TO_COME.join(meeting_topics, meeting_topics.c.meeting_id == meetings.c.id)
    return await of_closed_units(work, with_topics, meeting_topics.c.unit_id)


async def topic_locked(work: UnitOfWork, id: int) -> tuple[Meeting, Topic]:
    """The topic with its meeting, whose row is locked; refused where it is on no agenda any more."""
    meeting_id = await work.session.scalar(
        select(meeting_topics.c.meeting_id).where(meeting_topics.c.id == id)
    )
    if meeting_id is None:
        raise Refused("这项议题已不在议程上。")
    meeting = await work.lock(Meeting, meeting_id)
    return meeting, next(topic for topic in meeting.topics if topic.id == id)

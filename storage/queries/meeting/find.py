"""Meetings that the words fit and the official may find, the newest first."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from rules.find import Words
from rules.meeting.attendance import Part
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingKind, MeetingState
from rules.roster import LEADERS, OFFICE_DESK, Official
from storage.queries.find import Searched
from storage.queries.within import overlaps
from storage.spelling import holds
from storage.tables import officials
from storage.tables.meeting import attendees, meeting_topics, meetings
from storage.unit_of_work import UnitOfWork

_MEETINGS: Final = Searched(
    select(Meeting).outerjoin(officials, officials.c.id == meetings.c.chair_id),
    newest_by=(meetings.c.created_at, meetings.c.id),
    own_words="会议通知",
    texts=(meetings.c.title, meetings.c.place, officials.c.name),
    words={meetings.c.kind: MeetingKind, meetings.c.state: MeetingState},
)


async def found_by(
    work: UnitOfWork, official: Official, people: list[Official], words: Words, limit: int
) -> Sequence[Meeting]:
    """At most `limit` of them; by topic only for who may know all topics."""
    return await _MEETINGS.newest(
        work,
        words,
        limit,
        _sees(official, people),
        *overlaps(meetings.c.start, meetings.c.end, words.time),
        besides=lambda term: [and_(_knows_topics(official, people), _topic(term))],
    )


def _sees(official: Official, people: list[Official]) -> ColumnElement[bool]:
    if official.role in OFFICE_DESK:
        return true()
    called = meetings.c.state.not_in([*BEFOREHAND, MeetingState.DECLINED])
    return or_(
        meetings.c.called_by_id == official.id,
        meetings.c.unit_id == official.unit.id,
        and_(called, true() if official.role in LEADERS else _listed(people)),
    )


def _listed(people: list[Official], *parts: Part) -> ColumnElement[bool]:
    """Whether one of them is on the list, in one of the parts or in any."""
    return exists().where(
        attendees.c.meeting_id == meetings.c.id,
        attendees.c.official_id.in_([one.id for one in people]),
        *([attendees.c.part.in_(parts)] if parts else []),
    )


def _knows_topics(official: Official, people: list[Official]) -> ColumnElement[bool]:
    if official.role in OFFICE_DESK:
        return true()
    return or_(meetings.c.called_by_id == official.id, _listed(people, Part.MEMBER, Part.ATTENDING))


def _topic(term: str) -> ColumnElement[bool]:
    return exists().where(meeting_topics.c.meeting_id == meetings.c.id, holds(meeting_topics.c.title, term))

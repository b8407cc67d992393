"""Meetings that the words fit and the official may find, the newest first."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from rules.find import Words
from rules.meeting.attendance import Part
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingKind, MeetingState
from rules.roster import LEADERS, OFFICE_DESK, Official
from rules.working_days import DAY, SHANGHAI
from storage.spelling import holds
from storage.tables import attendees, meeting_topics, meetings, officials
from storage.unit_of_work import UnitOfWork

_OWN_WORDS = "会议通知"


async def found_by(
    work: UnitOfWork, official: Official, people: list[Official], words: Words, limit: int
) -> Sequence[Meeting]:
    """At most `limit` of them."""
    conditions = [_sees(official, people), *_within(words)]
    conditions += [_holds(term, official, people) for term in words.terms]
    found = await work.session.scalars(
        select(Meeting)
        .outerjoin(officials, officials.c.id == meetings.c.chair_id)
        .where(*conditions)
        .order_by(meetings.c.created_at.desc(), meetings.c.id.desc())
        .limit(limit)
    )
    return found.unique().all()


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


def _within(words: Words) -> Iterator[ColumnElement[bool]]:
    stretch = words.stretch
    if stretch is not None and stretch.last is not None:
        yield meetings.c.start < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
    if stretch is not None and stretch.first is not None:
        yield meetings.c.end > datetime.combine(stretch.first, time(), SHANGHAI)


def _holds(term: str, official: Official, people: list[Official]) -> ColumnElement[bool]:
    if term in _OWN_WORDS:
        return true()
    kinds = [kind for kind in MeetingKind if term in kind]
    states = [state for state in MeetingState if term in state]
    topic = exists().where(
        meeting_topics.c.meeting_id == meetings.c.id,
        holds(meeting_topics.c.title, term),
    )
    knows_topics = (
        true()
        if official.role in OFFICE_DESK
        else or_(meetings.c.called_by_id == official.id, _listed(people, Part.MEMBER, Part.ATTENDING))
    )
    return or_(
        holds(meetings.c.title, term),
        holds(meetings.c.place, term),
        holds(officials.c.name, term),
        meetings.c.kind.in_(kinds) if kinds else false(),
        meetings.c.state.in_(states) if states else false(),
        and_(knows_topics, topic),
    )

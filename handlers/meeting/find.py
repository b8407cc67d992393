"""Meetings among what /find finds: by title, kind, place, state, who presides, topics and time.

The office and who called it find every one; others those they are called to, or their head; those of their
own unit; leaders every one that was called. Who is there for his topic only cannot find by the other topics.
"""

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from handlers.meeting import entry as meetings_at_hand
from notices.meeting import card as cards
from notices.meeting import count as meeting_count
from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.find import Found, Words
from rules.meeting.attendance import Part
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingKind, MeetingState
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from rules.working_days import DAY, SHANGHAI
from storage.spelling import holds
from storage.tables import attendees, meeting_topics, meetings, officials
from storage.work import Work

_OWN_WORDS = "会议通知"


async def find(work: Work, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest meetings that the words fit and the official may see."""
    people = await _people(work, official)
    conditions = [_sees(official, people), *_within(words)]
    conditions += [_holds(term, official, people) for term in words.terms]
    found = await work.session.scalars(
        select(Meeting)
        .outerjoin(officials, officials.c.id == meetings.c.chair_id)
        .where(*conditions)
        .order_by(meetings.c.created_at.desc(), meetings.c.id.desc())
        .limit(limit)
    )
    return [Found(f"meeting:{one.id}", one.created_at, _line(one)) for one in found]


async def card(work: Work, official: Official, id: int) -> Notice:
    """The meeting as this official may see it: his own live card where one is his, else how it stands."""
    meeting = await work.get(Meeting, id)
    called = meeting.state not in BEFOREHAND and meeting.state is not MeetingState.DECLINED
    at_hand = [
        *await meetings_at_hand.todo(work, official),
        *await meetings_at_hand.mine(work, official),
    ]
    live = next((one for one in at_hand if one.card.startswith(f"meeting:{id}:")), None)
    if live is not None:
        return live
    if called and meeting.manages(official):
        return meeting_count.office(meeting, official)
    place = meeting.of(official)
    if called and place is not None:
        return cards.own(meeting, place, work.now)
    people = await _people(work, official)
    heads = any(meeting.of(one) is not None for one in people)
    own_unit = meeting.unit is not None and meeting.unit is official.unit
    if meeting.manages(official) or own_unit or (called and (heads or official.role in LEADERS)):
        return Notice(official, cards.head(meeting, standing=str(meeting.state)))
    raise Refused("这次会议不在您可以查看的范围内。")


async def _people(work: Work, official: Official) -> list[Official]:
    """He himself, and for a liaison the head he answers for."""
    head = (await work.roster()).head_of(official.unit) if official.role is Role.LIAISON else None
    return [official, *([head] if head else [])]


def _line(meeting: Meeting) -> str:
    """会议：区政府常务会议 12月8日 14:30 三楼会议室 · 已通知."""
    return f"会议：{meeting.title} {moment_words(meeting.start)} {meeting.place} · {meeting.state}"


# ---------------------------------------------------------------- the same, as questions to the tables


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

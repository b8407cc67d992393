"""The topics of meetings out of the database: what waits for the mayor, and the countersigns behind them."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.meeting.matter import LIVE, Meeting
from rules.meeting.topic import LateState, Topic
from rules.roster import Unit
from storage.tables.countersign import countersigns
from storage.tables.meeting import late_topics, meeting_topics, meetings
from storage.unit_of_work import UnitOfWork

_OFFERED = 8
"""So many sheets fit on one card of buttons."""


async def with_late_topics(work: UnitOfWork) -> Sequence[Meeting]:
    """The meetings with a late topic that waits for the mayor."""
    found = await work.session.scalars(
        select(Meeting)
        .join(meeting_topics, meeting_topics.c.meeting_id == meetings.c.id)
        .join(late_topics, late_topics.c.topic_id == meeting_topics.c.id)
        .where(meetings.c.state.in_(LIVE), late_topics.c.state == LateState.PENDING)
        .order_by(meetings.c.id)
    )
    return found.unique().all()


async def resting_on(work: UnitOfWork, sheet: Countersign) -> Sequence[Meeting]:
    """The meetings called, and not yet over, with a topic that names this countersign."""
    found = await work.session.scalars(
        select(Meeting)
        .join(meeting_topics, meeting_topics.c.meeting_id == meetings.c.id)
        .where(meetings.c.state.in_(LIVE), meeting_topics.c.countersign_id == sheet.id)
        .order_by(meetings.c.id)
    )
    return found.unique().all()


async def sheet_behind(work: UnitOfWork, topic: Topic) -> Countersign | None:
    """The countersign that the topic names, if there is one; only to be looked at."""
    if topic.countersign_id is None:
        return None
    return await work.session.get(Countersign, topic.countersign_id)


async def topic_sheets(work: UnitOfWork, unit: Unit) -> Sequence[Countersign]:
    """The unit's own countersigns of type 议题, the latest first."""
    return await work.find_all(
        select(Countersign)
        .where(
            countersigns.c.lead_unit_id == unit.id,
            countersigns.c.kind == CountersignKind.TOPIC,
            countersigns.c.state != CountersignState.WITHDRAWN,
        )
        .order_by(countersigns.c.id.desc())
        .limit(_OFFERED)
    )

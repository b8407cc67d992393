"""What closed units (撤并) have left behind: matters that no unit has in hand."""

from collections.abc import Sequence

from sqlalchemy import select

from rules.countersign.kinds import OPEN
from rules.countersign.matter import Countersign
from rules.invitation.matter import OPEN as INVITED
from rules.invitation.matter import Invitation
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.meeting.topic import Topic
from rules.refused import Refused
from rules.succession import Review, invitation_left, meeting_left, review_left, sheet_left, topic_left
from storage.tables import units
from storage.tables.countersign import countersigns
from storage.tables.invitation import invitations
from storage.tables.meeting import meeting_topics, meetings
from storage.unit_of_work import UnitOfWork

Left = Countersign | Review | Meeting | Invitation | tuple[Meeting, Topic]
"""What has lost its unit: a sheet, its legal review, a meeting, an event, a topic with its meeting."""

_TO_COME = (*BEFOREHAND, MeetingState.CALLED)


async def left_behind(work: UnitOfWork) -> Sequence[Left]:
    """All of them, the oldest of each kind first."""
    sheets = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.lead_unit_id)
        .where(countersigns.c.state.in_(OPEN), units.c.closed_at.is_not(None))
        .order_by(countersigns.c.id)
    )
    reviewed = await work.session.scalars(
        select(Countersign)
        .join(units, units.c.id == countersigns.c.reviewer_id)
        .where(countersigns.c.state.in_(OPEN), units.c.closed_at.is_not(None))
        .order_by(countersigns.c.id)
    )
    called = await work.session.scalars(
        select(Meeting)
        .join(units, units.c.id == meetings.c.unit_id)
        .where(meetings.c.state.in_(_TO_COME), units.c.closed_at.is_not(None))
        .order_by(meetings.c.id)
    )
    reported = await work.session.scalars(
        select(Meeting)
        .join(meeting_topics, meeting_topics.c.meeting_id == meetings.c.id)
        .join(units, units.c.id == meeting_topics.c.unit_id)
        .where(meetings.c.state.in_(_TO_COME), units.c.closed_at.is_not(None))
        .order_by(meetings.c.id)
    )
    invited = await work.session.scalars(
        select(Invitation)
        .join(units, units.c.id == invitations.c.unit_id)
        .where(
            invitations.c.state.in_(INVITED),
            invitations.c.start > work.now,
            units.c.closed_at.is_not(None),
        )
        .order_by(invitations.c.id)
    )
    return [
        *(sheet for sheet in sheets.unique() if sheet_left(sheet)),
        *(Review(sheet) for sheet in reviewed.unique() if review_left(sheet)),
        *(meeting for meeting in called.unique() if meeting_left(meeting)),
        *(
            (meeting, topic)
            for meeting in reported.unique()
            for topic in meeting.topics
            if topic_left(meeting, topic)
        ),
        *(invitation for invitation in invited.unique() if invitation_left(invitation, work.now)),
    ]


async def locked(work: UnitOfWork, kind: str, id: int) -> Left:
    """The matter of that kind and id, its row locked; refused where there is none any more."""
    if kind == "countersign":
        return await work.lock(Countersign, id)
    if kind == "review":
        return Review(await work.lock(Countersign, id))
    if kind == "meeting":
        return await work.lock(Meeting, id)
    if kind == "invitation":
        return await work.lock(Invitation, id)
    meeting_id = await work.session.scalar(
        select(meeting_topics.c.meeting_id).where(meeting_topics.c.id == id)
    )
    if meeting_id is None:
        raise Refused("这项议题已不在议程上。")
    meeting = await work.lock(Meeting, meeting_id)
    return meeting, next(topic for topic in meeting.topics if topic.id == id)

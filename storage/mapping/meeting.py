"""A meeting with its list, topics, materials and clearances; all loaded along, since its row locks them."""

from sqlalchemy import Column
from sqlalchemy.orm import Relationship, relationship

from rules.meeting.attendance import Attendee
from rules.meeting.clearance import Clearance
from rules.meeting.excuse import Excuse
from rules.meeting.matter import Meeting, MeetingPaper
from rules.meeting.topic import Gate, LateTopic, Topic
from rules.roster import Unit
from storage.mapping.base import NAMES_MANY, mapper, official
from storage.tables.meeting import (
    attendees,
    late_topics,
    meeting_clearances,
    meeting_excuses,
    meeting_papers,
    meeting_topics,
    meetings,
    topic_gates,
)


def _unit(column: Column[int]) -> Relationship[Unit]:
    return relationship(Unit, foreign_keys=[column], lazy="selectin")


mapper.map_imperatively(
    Excuse,
    meeting_excuses,
    properties={
        "decider": official(meeting_excuses.c.decider_id),
        "stand_in": official(meeting_excuses.c.stand_in_id),
        "decided_by": official(meeting_excuses.c.decided_by_id),
    },
)
mapper.map_imperatively(
    Attendee,
    attendees,
    properties={
        "official": official(attendees.c.official_id),
        "replied_by": official(attendees.c.replied_by_id),
        "prepared_by": official(attendees.c.prepared_by_id),
        "corrected_by": official(attendees.c.corrected_by_id),
        "excuse": relationship(
            Excuse, lazy="selectin", uselist=False, cascade="all, delete-orphan", single_parent=True
        ),
    },
)
mapper.map_imperatively(
    Gate,
    topic_gates,
    properties={"done_by": official(topic_gates.c.done_by_id)},
)
mapper.map_imperatively(
    LateTopic,
    late_topics,
    properties={
        "mayor": official(late_topics.c.mayor_id),
        "stand_in": official(late_topics.c.stand_in_id),
        "decided_by": official(late_topics.c.decided_by_id),
    },
)
mapper.map_imperatively(
    Topic,
    meeting_topics,
    properties={
        "unit": _unit(meeting_topics.c.unit_id),
        "legal_by": official(meeting_topics.c.legal_by_id),
        "admission": relationship(
            LateTopic, lazy="selectin", uselist=False, cascade="all, delete-orphan", single_parent=True
        ),
        "gates": relationship(Gate, lazy="selectin", order_by=topic_gates.c.id, cascade="all, delete-orphan"),
    },
)
mapper.map_imperatively(MeetingPaper, meeting_papers)
mapper.map_imperatively(
    Clearance,
    meeting_clearances,
    properties={
        "approver": official(meeting_clearances.c.approver_id),
        "decided_by": official(meeting_clearances.c.decided_by_id),
        "stand_in": official(meeting_clearances.c.stand_in_id),
    },
)
mapper.map_imperatively(
    Meeting,
    meetings,
    properties={
        "called_by": official(meetings.c.called_by_id),
        "chair": official(meetings.c.chair_id),
        "unit": _unit(meetings.c.unit_id),
        "attendees": relationship(
            Attendee, lazy="selectin", order_by=attendees.c.position, cascade="all, delete-orphan"
        ),
        "topics": relationship(
            Topic, lazy="selectin", order_by=meeting_topics.c.number, cascade="all, delete-orphan"
        ),
        "materials": relationship(
            MeetingPaper, lazy="selectin", order_by=meeting_papers.c.id, cascade="all, delete-orphan"
        ),
        "clearances": relationship(
            Clearance,
            lazy="selectin",
            order_by=meeting_clearances.c.position,
            cascade="all, delete-orphan",
        ),
    },
)
NAMES_MANY.add(Meeting)

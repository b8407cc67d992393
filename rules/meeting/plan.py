"""A meeting as it is planned, before it exists: what its preview says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.meeting.matter import InName, MeetingKind
from rules.meeting.members import Chair, Listed
from rules.meeting.topic import TopicLine
from rules.roster import Official, Unit


@dataclass(frozen=True)
class Plan:
    """A meeting with its list, who presides, and what is to be said of it before it is called.

    `reply_why` says how the RSVP deadline came about, empty where it was chosen. `grounds` are why art. 58
    wants it approved by `approver`, beyond the office's review.
    """

    kind: MeetingKind
    title: str
    start: datetime
    end: datetime
    topics: Sequence[TopicLine]
    chair: Chair
    listed: Listed
    reply_by: datetime
    reply_why: str
    warnings: list[str] = field(default_factory=list)
    unit: Unit | None = None
    in_name: InName | None = None
    grounds: list[str] = field(default_factory=list)
    approver: Official | None = None

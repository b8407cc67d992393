"""A meeting as it is planned, before it exists: what its preview says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.meeting.matter import InName, Meeting, MeetingKind, MeetingPaper
from rules.meeting.members import Chair, Listed
from rules.meeting.topic import TopicLine, lay_agenda
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

    def enter(
        self,
        meeting: Meeting,
        now: datetime,
        *,
        place: str,
        entrance: str,
        deputies: bool,
        materials: Sequence[MeetingPaper],
    ) -> None:
        """The draft is as planned, whatever stood on it before."""
        meeting.kind, meeting.title, meeting.start, meeting.end = self.kind, self.title, self.start, self.end
        meeting.place, meeting.entrance, meeting.deputies = place, entrance, deputies
        meeting.reply_by = self.reply_by
        meeting.chair, meeting.chair_reason = self.chair.official, self.chair.reason
        meeting.unit, meeting.in_name, meeting.grounds = self.unit, self.in_name, list(self.grounds)
        meeting.remarks = list(self.warnings)
        meeting.seat(self.listed.seats)
        meeting.topics = lay_agenda(meeting.topics, self.topics, now)
        meeting.materials = list(materials)

"""What takes up an official's time, whatever the procedure it comes from: leave, meetings, events.

Used wherever a clash has to be said before somebody decides, and in the leaders' week.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.roster import Official


class EngagementKind(StrEnum):
    """What it is, in the word that people read."""

    LEAVE = "外出"
    MEETING = "会议"
    EVENT = "活动"


@dataclass(frozen=True)
class Engagement:
    """One official is taken up from `start` until before `end`, both aware UTC.

    `firm` says that it holds: an approved leave, a meeting they have not excused themselves from, an
    invitation they have accepted; what they are only asked to is not firm. `matter` reads like meeting:12.
    """

    official: Official
    kind: EngagementKind
    title: str
    start: datetime
    end: datetime
    matter: str
    place: str = ""
    firm: bool = True

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether it shares any time with that stretch."""
        return self.start < end and start < self.end

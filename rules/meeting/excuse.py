"""Asking to be excused from a meeting (会议请假, art. 55): who decides, and what has to be in writing.

Nothing here knows of chats or tables, and the time is always passed in.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.approval import acting_title
from rules.dates.reading import moment_words
from rules.roster import Official


class ExcuseState(StrEnum):
    """Where it stands, in the word that people read."""

    PENDING = "待批"
    GRANTED = "准假"
    DENIED = "不准假"


@dataclass(eq=False)
class Excuse:
    """One person's asking to stay away, of one meeting. Instants are aware UTC.

    `decider` is whom art. 55 names (None: nobody has to decide, the mayor's own or an approved leave).
    `stand_in` holds the decider's card while he is away, `unattended_at` is when the office was told that
    nobody does; who may decide is worked out at every tap. `decided_by` differs from `decider` where a
    stand-in decided (代). `written` says that a written report is required (art. 55): `report` is its text,
    `report_file_id` a file in its place; without either it stays open. `by_leave` marks one that rests on an
    approved leave and needs neither.
    """

    reason: str
    asked_at: datetime
    decider: Official | None = None
    written: bool = False
    state: ExcuseState = ExcuseState.PENDING
    report: str = ""
    report_file_id: str = ""
    report_name: str = ""
    report_photo: bool = False
    reported_at: datetime | None = None
    by_leave: bool = False
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    nudged_at: datetime | None = None
    decided_by: Official | None = None
    decided_at: datetime | None = None
    comment: str = ""
    id: int = field(init=False)
    attendee_id: int = field(init=False)

    @property
    def report_missing(self) -> bool:
        """Whether the written report of art. 55 is still to come."""
        return self.written and not self.report and not self.report_file_id

    @property
    def asked(self) -> Official | None:
        """On whose desk it is now."""
        return self.stand_in or self.decider

    @property
    def by(self) -> str:
        """Who decided, in words; a stand-in with the one he stood in for."""
        if self.decided_by is None:
            return ""
        return acting_title(self.decided_by, self.decider or self.decided_by)

    @property
    def done(self) -> str:
        """The decision told in one line: 已由区长某某于12月1日 09:30准假; empty while it waits."""
        if self.state is ExcuseState.PENDING or self.decided_at is None:
            return ""
        who = f"由{self.by}于{moment_words(self.decided_at)}" if self.decided_by else ""
        said = "答复" if self.state is ExcuseState.DENIED else ""
        return f"已{who}{said}{self.state}"

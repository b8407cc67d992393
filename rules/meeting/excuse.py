"""Asking to be excused from a meeting (会议请假, art. 55): who decides, and what has to be in writing.

Nothing here knows of chats or tables, and the time is always passed in.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from rules.roster import Official
from rules.todo import Refusals, Todo


class ExcuseState(StrEnum):
    """Where it stands, in the word that people read."""

    PENDING = "待批"
    GRANTED = "准假"
    DENIED = "不准假"
    RATIFIED = "追认"
    VOID = "作废"


AFTERWARDS: Final = frozenset({ExcuseState.RATIFIED, ExcuseState.VOID})
"""What is left once the meeting has begun and nobody had decided."""
CAME: Final = "本人已到会"
UNWRITTEN: Final = "会议已开，书面请假报告未交"
"""Why an excuse came to nothing without anybody deciding."""
MAY_STAY_AWAY: Final = frozenset({ExcuseState.GRANTED, ExcuseState.RATIFIED})


@dataclass(eq=False)
class Excuse(Todo[Official | None]):
    """One person's asking to stay away, of one meeting. Instants are aware UTC.

    `raised_at` is when the person asked, `asked_at` since when whoever decides could grant it, `decider` whom
    art. 55 names (None: nobody has to decide, the mayor's own or an approved leave). `written` says that a
    written report is required (art. 55): `report` is its text, `report_file_id` a file in its place; without
    either it stays open. `by_leave` marks one that rests on an approved leave and needs neither.
    """

    refusals: ClassVar = Refusals(
        own="本人的会议请假不能由本人审批。",
        done="{of}的会议请假{done}，不能重复办理。",
        others="这项会议请假由{whose}审批，您不能代为办理。",
        article=55,
    )

    reason: str
    raised_at: datetime
    decider: Official | None = None
    written: bool = False
    state: ExcuseState = ExcuseState.PENDING
    report: str = ""
    report_file_id: str = ""
    report_name: str = ""
    report_photo: bool = False
    reported_at: datetime | None = None
    by_leave: bool = False
    comment: str = ""
    id: int = field(init=False)
    attendee_id: int = field(init=False)

    def lapse(self, now: datetime, why: str) -> None:
        """There is nothing left to decide: they came, or it has begun without their written report."""
        self.state, self.decided_at, self.comment = ExcuseState.VOID, now, why

    def stay_open(self) -> None:
        """They did not come after all, as had been entered: who decides has to say what becomes of it.

        Without the written report it came to nothing when the meeting began.
        """
        if self.state is ExcuseState.VOID and self.comment == CAME:
            self.comment = UNWRITTEN
            if not self.report_missing:
                self.state, self.decided_at, self.comment = ExcuseState.PENDING, None, ""

    def put_to(self, decider: Official) -> None:
        """Another decides by the roster as it is now."""
        self.decider = decider

    @property
    def report_missing(self) -> bool:
        """Whether the written report of art. 55 is still to come."""
        return self.written and not self.report and not self.report_file_id

    @property
    def owner(self) -> Official | None:
        """Whom art. 55 names."""
        return self.decider

    @property
    def outcome(self) -> str:
        """准假, 答复不准假, 追认 or 作废."""
        if self.state is ExcuseState.PENDING:
            return ""
        return f"{'答复' if self.state is ExcuseState.DENIED else ''}{self.state}"

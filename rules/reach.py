"""Reaching a person at any hour (确保24小时能随时取得联系, art. 77): a request to call back, and its answer.

Any hour counts: a request goes out and runs out by night and on rest days alike. Nothing here knows of chats
or tables, and the time is always passed in.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from rules.dates.reading import moment_words
from rules.leave.matter import Leave, LeaveState
from rules.leave.report import governed
from rules.reach_terms import ReachTerms
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official

ARTICLE = 77


class Ending(StrEnum):
    """How the office itself ended a request."""

    PHONED = "已电话联系上"
    WITHDRAWN = "已撤回"
    REPEATED = "已重新发出"


@dataclass(eq=False)
class CallRequest:
    """One 请回电: the office asks an official to call back, and they have to tap that they will.

    `phone` is where they can be rung: what their leave says, else what the roster says. `leave_id` is the
    leave they were on. `overdue_at` is when the clock found no answer, `unreached_at` when Telegram would not
    take the card. `answered_at` is their own tap, late or not; `ended_at` what the office entered. Aware UTC.
    """

    asked_by: Official
    official: Official
    phone: str
    asked_at: datetime
    due_at: datetime
    leave_id: int | None = None
    answered_at: datetime | None = None
    overdue_at: datetime | None = None
    unreached_at: datetime | None = None
    ending: Ending | None = None
    ended_by: Official | None = None
    ended_at: datetime | None = None
    id: int = field(init=False)

    @property
    def open(self) -> bool:
        """Whether the office still waits for them."""
        return self.answered_at is None and self.ending is None

    @property
    def article(self) -> int | None:
        """Art. 77 speaks of those whom it has report, while they are away; others are asked without it."""
        return ARTICLE if self.leave_id is not None and governed(self.official) else None

    @property
    def missing(self) -> bool:
        """Whether it is known that the card did not do: not taken by Telegram, or not answered in time."""
        return self.open and (self.overdue_at is not None or self.unreached_at is not None)

    @property
    def late(self) -> timedelta | None:
        """By how many whole minutes their tap came after the set time; None where by less than one."""
        if self.answered_at is None:
            return None
        minutes = (self.answered_at - self.due_at) // timedelta(minutes=1)
        return timedelta(minutes=minutes) if minutes > 0 else None

    def answer(self, official: Official, now: datetime) -> None:
        """已收到，马上回电, by the one who is asked; a late one is entered as late."""
        if official is not self.official:
            raise Refused(f"这是请{self.official.titled}回电，由本人点。")
        if self.answered_at:
            raise Refused(f"您已于{moment_words(self.answered_at)}回应，请尽快回电。")
        if self.ending is Ending.PHONED:
            raise Refused("区政府办公室已与您电话联系上，不必再点。")
        if self.ending is Ending.WITHDRAWN:
            raise Refused("区政府办公室已撤回，不必再回电。")
        if self.ending is Ending.REPEATED:
            raise Refused("已重新请您回电，请点最新的一张。")
        self.answered_at = now

    def end(self, official: Official, ending: Ending, now: datetime) -> None:
        """Entered by anybody at the office desk: reached by phone, or no longer needed."""
        if official.role not in OFFICE_DESK:
            raise Refused("“请回电”由区政府办公室登记。")
        if official is self.official:
            raise Refused("请您本人回电的，由办公室其他同志登记。")
        if self.answered_at:
            raise Refused(f"{self.official.titled}已于{moment_words(self.answered_at)}回应，不必再登记。")
        if self.ending and self.ended_at:
            by = f"由{self.ended_by.titled}" if self.ended_by else ""
            raise Refused(f"{self.ending}（{moment_words(self.ended_at)}{by}登记）。")
        self.ending, self.ended_by, self.ended_at = ending, official, now

    def lapse(self, now: datetime) -> bool:
        """The person has left office: nothing more is asked of them; False if nothing was."""
        if not self.open:
            return False
        self.ending, self.ended_at = Ending.WITHDRAWN, now
        return True

    def run_out(self, now: datetime) -> bool:
        """The set time is over; True if the office has to hear that there is no answer."""
        if not self.open or self.overdue_at or now < self.due_at:
            return False
        self.overdue_at = now
        return True

    def not_delivered(self, now: datetime) -> bool:
        """Telegram would not take the card; True if that is news."""
        if not self.open or self.unreached_at:
            return False
        self.unreached_at = now
        return True


def ask(
    asked_by: Official,
    official: Official,
    *,
    leave: Leave | None,
    before: CallRequest | None,
    terms: ReachTerms,
    now: datetime,
) -> CallRequest:
    """A new request. `leave` is the one they are on; `before` the request to them that is still open, if any.

    One that is known not to have done gives way to the new one; within its time they are not asked twice.
    """
    if asked_by.role not in OFFICE_DESK:
        raise Refused("“请回电”由区政府办公室发出，请与办公室联系。")
    if official is asked_by:
        raise Refused("不能请自己回电。")
    if official.left_at is not None:
        raise Refused(f"{official.titled}已离任。")
    if before is not None and not before.missing:
        asked, due = moment_words(before.asked_at), moment_words(before.due_at)
        who = f"{before.asked_by.titled}已于{asked}请{official.name}回电"
        raise Refused(f"{who}；到{due}仍未回应的，机器人会告知办公室。")
    if before is not None:
        before.end(asked_by, Ending.REPEATED, now)
    phone = leave.phone if leave else official.phone
    return CallRequest(
        asked_by, official, phone, now, now + terms.within, leave_id=leave.id if leave else None
    )


def may_be_called_from(leave: Leave) -> bool:
    """Whether the office's copy of the report offers to ask them to call back."""
    return leave.state is LeaveState.APPROVED

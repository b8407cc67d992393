"""活动邀请 (invitation): leaders are invited through the office only, five working days ahead (art. 86, 87).

From the unit's report past the office desk to the leaders and back; nothing here knows of chats or tables,
and the time is always passed in. All instants are aware UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from rules.invitation.change import InvitationChange, InvitationChangeState
from rules.invitation.kinds import APPROVED_ONLY, InvitationKind
from rules.invitation.papers import InvitationPaper, Purpose
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from rules.invitation.terms import InvitationTerms
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Unit, desk_acts_for

MAY_INVITE: Final = frozenset({Role.UNIT_HEAD, Role.LIAISON}) | OFFICE_DESK
"""Who reports an event: a unit's head or liaison; the office enters what comes on paper or by telephone."""

AS_ARRANGED: Final = "请区政府安排"
"""Asked for where no leader is named: the office proposes one."""


class InvitationState(StrEnum):
    """Where an invitation stands, in the words that people read."""

    PERMISSION = "特殊情况，待准予受理"
    AT_DESK = "待办公室审核"
    INCOMPLETE = "待主办单位补充"
    WITH_LEADERS = "已转呈，待领导答复"
    ANSWERED = "已答复"
    SENT_BACK = "已退回"
    NOT_ADMITTED = "不予受理"
    CANCELLED = "主办单位已取消"
    LAPSED = "活动时间已到，未办结"


OPEN: Final = frozenset(
    {
        InvitationState.PERMISSION,
        InvitationState.AT_DESK,
        InvitationState.INCOMPLETE,
        InvitationState.WITH_LEADERS,
        InvitationState.ANSWERED,
    }
)
"""States in which something may still come; an answered one is over by itself once the event is."""

AWAITS_DESK: Final = frozenset(
    {InvitationState.AT_DESK, InvitationState.WITH_LEADERS, InvitationState.ANSWERED}
)
"""States in which the office may forward it, also to one more leader."""


@dataclass(frozen=True)
class InvitationFacts:
    """What the unit writes about the event; the names are those of `Invitation`."""

    event: str
    kind: InvitationKind
    start: datetime
    end: datetime | None
    place: str
    organiser: str
    asked: list[Official]
    size: str
    task: str
    speech: bool
    contact: str
    phone: str
    special_reason: str = ""
    approval_number: str = ""
    papers: list[InvitationPaper] = field(default_factory=list)


@dataclass(eq=False)
class Invitation:
    """One event to which leaders are invited (活动邀请).

    `end` is None where it was not given (see `until`). `organiser` (主办) is free text, `unit` the unit that
    reported it and is told the answer; `submitted_by` filled the form. `asked` are the leaders named, empty
    for 请区政府安排. `task` is what the leader is to do; with `speech` a draft is among the papers.
    `contact` and `phone` are the organiser's. `special_reason` is why it comes late (art. 86), `permissions`
    who allowed it; `approval_number` is that of 区委、区政府 (art. 87).

    `submitted_at` is the first report, `resubmitted_at` the latest 请补充 or what followed it. `desk_at` says
    since when it waits for the office, `comment` is what the office wrote when it gave it back; `clerk` is
    who at the desk has it in hand. `version` counts the changes of time, place and programme in force.
    `requests` has every leader ever asked, `positions` how many places were given out. `settled_at` is when
    it ended, or was answered for good; `nudged_at` when the unit last asked the office after it.
    `calendar_uid` is its name in phones' calendars, `calendar_files` counts the files sent there.
    """

    event: str
    kind: InvitationKind
    start: datetime
    end: datetime | None
    place: str
    organiser: str
    unit: Unit
    submitted_by: Official
    asked: list[Official]
    size: str
    task: str
    speech: bool
    contact: str
    phone: str
    submitted_at: datetime
    special_reason: str = ""
    approval_number: str = ""
    state: InvitationState = InvitationState.AT_DESK
    version: int = 0
    comment: str = ""
    clerk: Official | None = None
    resubmitted_at: datetime | None = None
    desk_at: datetime | None = None
    settled_at: datetime | None = None
    nudged_at: datetime | None = None
    positions: int = 0
    papers: list[InvitationPaper] = field(default_factory=list)
    permissions: list[Permission] = field(default_factory=list)
    requests: list[InvitationRequest] = field(default_factory=list)
    changes: list[InvitationChange] = field(default_factory=list)
    calendar_files: int = 0
    calendar_uid: str = field(init=False)
    id: int = field(init=False)

    # ------------------------------------------------------------ the event

    def next_calendar_file(self) -> int:
        """The number of the file that is made for phones now, above all that were made before."""
        self.calendar_files += 1
        return self.calendar_files - 1

    def until(self, terms: InvitationTerms) -> datetime:
        """When it ends, or is taken to end where that was not given."""
        return self.end or self.start + terms.usual_length

    def begun(self, now: datetime) -> bool:
        """Whether the time of the event has come."""
        return now >= self.start

    @property
    def asked_words(self) -> str:
        """The leaders as the unit named them: 区长 某某、副区长 某某, or 请区政府安排."""
        return "、".join(leader.titled for leader in self.asked) or AS_ARRANGED

    @property
    def needs_approval(self) -> bool:
        """Whether art. 87 wants the approval of 区委、区政府."""
        return self.kind in APPROVED_ONLY

    def papers_for(self, purpose: Purpose) -> list[InvitationPaper]:
        """The files of that purpose that hold now; of programmes those of the latest change in force."""
        found = [paper for paper in self.papers if paper.purpose is purpose]
        if purpose is not Purpose.PROGRAMME:
            return found
        in_force = (
            c.number for c in self.changes if c.state is InvitationChangeState.IN_FORCE and c.programme
        )
        latest = max(in_force, default=0)
        return [paper for paper in found if paper.change == latest]

    @property
    def programme(self) -> list[InvitationPaper]:
        """方案、议程 as it holds now."""
        return self.papers_for(Purpose.PROGRAMME)

    @property
    def proposed_programme(self) -> list[InvitationPaper]:
        """What came with the change that waits for the office."""
        change = self.change
        return [] if change is None else [paper for paper in self.papers if paper.change == change.number]

    @property
    def speech_drafts(self) -> list[InvitationPaper]:
        """讲话代拟稿."""
        return self.papers_for(Purpose.SPEECH)

    @property
    def approval_papers(self) -> list[InvitationPaper]:
        """The paper of the approval (art. 87)."""
        return self.papers_for(Purpose.APPROVAL)

    # ------------------------------------------------------------ who answers

    @property
    def permission(self) -> Permission | None:
        """The latest question to 办公室主任 whether it is taken up though late; None where it was in time."""
        return self.permission_for(0)

    def permission_for(self, change: int) -> Permission | None:
        """The same about the change of that number, 0 for the report."""
        return next((one for one in reversed(self.permissions) if one.change == change), None)

    @property
    def question(self) -> Permission | None:
        """What 办公室主任 has to decide now: about the report, or about the change that waits."""
        about = 0 if self.state is InvitationState.PERMISSION else None
        if about is None and self.change is not None and self.state in OPEN:
            about = self.change.number
        found = None if about is None else self.permission_for(about)
        return found if found is not None and found.granted is None else None

    @property
    def change(self) -> InvitationChange | None:
        """The change that waits for the office."""
        return next((c for c in self.changes if c.state is InvitationChangeState.PENDING), None)

    @property
    def waiting(self) -> list[InvitationRequest]:
        """The leaders whose answer is awaited now."""
        return [request for request in self.requests if request.waiting] if self.state in OPEN else []

    @property
    def attending(self) -> list[InvitationRequest]:
        """The requests by which somebody comes."""
        return [request for request in self.requests if request.attendee] if self.state in OPEN else []

    @property
    def attendees(self) -> list[Official]:
        """Who comes: leaders, and those who go in their place, each once."""
        return list(dict.fromkeys(one for request in self.attending if (one := request.attendee)))

    @property
    def awaits_desk(self) -> bool:
        """Whether the office has to act: to vet it or a change, or for a leader silent or unattended."""
        if self.state not in OPEN:
            return False
        left = any(
            r.closed_at is None and not r.final and (r.escalated_at or r.unattended_at) for r in self.requests
        )
        change = self.change is not None and self.question is None
        return self.state is InvitationState.AT_DESK or change or bool(left)

    def request(self, position: int) -> InvitationRequest:
        """The request at that position."""
        found = next((request for request in self.requests if request.position == position), None)
        if found is None:
            raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
        return found

    def require_own(self, official: Official) -> None:
        """Refuses everybody but those of the unit who may report events."""
        if official.unit is not self.unit or official.role not in MAY_INVITE:
            raise Refused(f"这是{self.unit.name}报送的邀请，由该单位办理。")

    # ------------------------------------------------------------ the unit

    def submit(self, permitter: Official | None, now: datetime) -> None:
        """Send it in; `permitter` must allow one that comes too late (art. 86), None for one in time."""
        self.comment = ""
        if permitter is None:
            self.to_desk(now)
            return
        self.state = InvitationState.PERMISSION
        self.ask_permission(permitter, now)

    def ask_permission(self, permitter: Official, now: datetime, change: int = 0) -> None:
        """Put the question to 办公室主任, in the place of an open one put to somebody who has left."""
        kept = [permission for permission in self.permissions if permission is not self.question]
        self.permissions = [*kept, Permission(permitter, change=change, asked_at=now)]

    def may_revise(self, official: Official) -> None:
        """Only the unit, and only what the office wants completed."""
        self.require_own(official)
        if self.state is not InvitationState.INCOMPLETE:
            raise Refused(f"这件邀请{self.state}，不能修改；时间、地点、议程有变的，请点「变更」。")

    def revise(self, official: Official, facts: InvitationFacts, now: datetime) -> None:
        """Put the completed facts on it; `submit` sends it in again."""
        self.may_revise(official)
        for name, value in vars(facts).items():
            setattr(self, name, value)
        self.resubmitted_at = now

    def may_cancel(self, official: Official, now: datetime) -> None:
        """Only the unit, or the office desk for one that is closed, and until the event has begun."""
        if not desk_acts_for(self.unit, official):
            self.require_own(official)
        if self.state not in OPEN:
            raise Refused(f"这件邀请{self.state}，无需取消。")
        if self.begun(now):
            raise Refused("活动时间已到，不能取消；如有变化请致电区政府办公室。")

    def cancel(self, official: Official, reason: str, now: datetime) -> None:
        """取消 by the organiser."""
        self.may_cancel(official, now)
        self.end_as(InvitationState.CANCELLED, reason, now)

    def lapse(self, now: datetime) -> bool:
        """The event begins: nobody is asked any more. Returns whether it ended without an answer."""
        if self.state not in OPEN or not self.begun(now):
            return False
        answered = bool(self.attending) or self.state is InvitationState.ANSWERED
        self.end_as(InvitationState.ANSWERED if answered else InvitationState.LAPSED, self.comment, now)
        return not answered

    # ------------------------------------------------------------ 办公室主任 and the desk

    def permit(
        self,
        official: Official,
        granted: bool,
        now: datetime,
        comment: str = "",
        stand_in: Official | None = None,
        change: int = 0,
    ) -> Permission:
        """准予受理 or 不予受理 of one that came late, or of a change into the five working days (art. 86)."""
        permission = self.permission_for(change)
        if permission is None:
            raise Refused("这件邀请按时报送，不需要准予。")
        if permission is not self.question and permission.granted is None:
            raise Refused(
                f"这件邀请{self.state}，无需再办。" if not change else "这次变更已经办理，无需再办。"
            )
        about = next((one for one in self.changes if change and one.number == change), None)
        if official is (about.proposed_by if about else self.submitted_by):
            raise Refused("本人报送的邀请不能由本人准予。")
        permission.decide(official, granted, now, comment, stand_in=stand_in)
        if about is not None:
            if not granted:
                about.settle(InvitationChangeState.REFUSED, official, now, comment)
        elif granted:
            self.to_desk(now)
        else:
            self.end_as(InvitationState.NOT_ADMITTED, comment, now)
        return permission

    def waive_permission(self, now: datetime) -> None:
        """The working days have been counted anew: the report, or the change, was in time after all."""
        if self.question is None:
            return
        self.permissions = [one for one in self.permissions if one is not self.question]
        if self.state is InvitationState.PERMISSION:
            self.to_desk(now)

    def at_desk(self, clerk: Official) -> None:
        """Refuses everybody but the office desk."""
        if clerk.role not in OFFICE_DESK:
            raise Refused("邀请区政府领导的活动一律由区政府办公室统一安排。", 86)

    def send_back(self, clerk: Official, reason: str, now: datetime) -> None:
        """退回: the office does not take it to the leaders; the end of it."""
        self.may_give_back(clerk)
        self.clerk = clerk
        self.end_as(InvitationState.SENT_BACK, reason, now)

    def ask_for_more(self, clerk: Official, what: str, now: datetime) -> None:
        """请补充: the unit gets the form back as it filled it."""
        self.may_give_back(clerk)
        self.clerk, self.comment = clerk, what
        self.state, self.desk_at, self.resubmitted_at = InvitationState.INCOMPLETE, None, now

    def may_give_back(self, clerk: Official) -> None:
        """Only the office, while it lies there, nobody comes and no change waits to be looked at."""
        self.at_desk(clerk)
        if self.state is not InvitationState.AT_DESK or self.waiting or self.attending:
            raise Refused(f"这件邀请{self.state}，不能退回。")
        if self.change is not None:
            raise Refused("主办单位报来变更尚未审核，请先办理变更。")

    # ------------------------------------------------------------ the end

    def to_desk(self, now: datetime) -> None:
        """It waits for the office."""
        self.state, self.desk_at = InvitationState.AT_DESK, now

    def end_as(self, state: InvitationState, comment: str, now: datetime) -> None:
        """It is at its end: nobody is asked any more, and an open change comes to nothing."""
        for request in self.requests:
            if not request.final:
                request.close(str(state), now)
        if self.change is not None:
            self.change.settle(InvitationChangeState.WITHDRAWN, None, now)
        self.state, self.comment, self.settled_at, self.desk_at = state, comment, now, None

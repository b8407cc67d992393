"""活动邀请 (invitation): leaders are invited through the office only, five working days ahead (art. 86, 87).

From the unit's report past the office desk to the leaders and back; nothing here knows of chats or tables,
and the time is always passed in. All instants are aware UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from rules.invitation_change import InvitationChange, InvitationChangeState
from rules.invitation_kinds import APPROVED_ONLY, InvitationKind, questions
from rules.invitation_papers import InvitationPaper, Purpose
from rules.invitation_permission import Permission
from rules.invitation_request import Answer, InvitationRequest, RequestState
from rules.invitation_terms import InvitationTerms
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Unit

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

    `submitted_at` is the first report, `resubmitted_at` the latest after 请补充. `desk_at` says since when it
    waits for the office, `comment` is what the office wrote when it gave it back; `clerk` is who at the desk
    has it in hand. `version` counts the changes of time, place and programme in force. `requests` has every
    leader ever asked, `positions` how many places were given out. `settled_at` is when it ended, or was
    answered for good.
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
    positions: int = 0
    papers: list[InvitationPaper] = field(default_factory=list)
    permissions: list[Permission] = field(default_factory=list)
    requests: list[InvitationRequest] = field(default_factory=list)
    changes: list[InvitationChange] = field(default_factory=list)
    id: int = field(init=False)

    # ------------------------------------------------------------ the event

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

    @property
    def questions(self) -> list[str]:
        """The words of art. 87 that the desk should ask about."""
        return questions(self.kind, (self.event, self.task))

    def papers_for(self, purpose: Purpose) -> list[InvitationPaper]:
        """The files of that purpose that hold now; of programmes those of the latest change with one."""
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
        return self.permissions[-1] if self.permissions else None

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
        left = any(r.waiting and (r.returned_at or r.unattended_at) for r in self.requests)
        return self.state is InvitationState.AT_DESK or self.change is not None or left

    def request(self, position: int) -> InvitationRequest:
        """The request at that position."""
        found = next((request for request in self.requests if request.position == position), None)
        if found is None:
            raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
        return found

    def own(self, official: Official) -> None:
        """Refuses everybody but those of the unit who may report events."""
        if official.unit is not self.unit or official.role not in MAY_INVITE:
            raise Refused(f"这是{self.unit.name}报送的邀请，由该单位办理。")

    # ------------------------------------------------------------ the unit

    def submit(self, permitter: Official | None, now: datetime) -> None:
        """Send it in; `permitter` must allow one that comes too late (art. 86), None for one in time."""
        self.comment = ""
        if permitter is None:
            self._to_desk(now)
            return
        self.state = InvitationState.PERMISSION
        self.permissions = [*self.permissions, Permission(permitter, now)]

    def may_revise(self, official: Official) -> None:
        """Only the unit, and only what the office wants completed."""
        self.own(official)
        if self.state is not InvitationState.INCOMPLETE:
            raise Refused(f"这件邀请{self.state}，不能修改；时间、地点、议程有变的，请点「变更」。")

    def revise(self, official: Official, facts: InvitationFacts, now: datetime) -> None:
        """Put the completed facts on it; `submit` sends it in again."""
        self.may_revise(official)
        for name, value in vars(facts).items():
            setattr(self, name, value)
        self.resubmitted_at = now

    def cancel(self, official: Official, reason: str, now: datetime) -> None:
        """取消 by the organiser, until the event has begun."""
        self.own(official)
        if self.state not in OPEN:
            raise Refused(f"这件邀请{self.state}，无需取消。")
        if self.begun(now):
            raise Refused("活动时间已到，不能取消；如有变化请致电区政府办公室。")
        self._end(InvitationState.CANCELLED, reason, now)

    def lapse(self, now: datetime) -> bool:
        """The event begins: nobody is asked any more. Returns whether it ended without an answer."""
        if self.state not in OPEN or not self.begun(now):
            return False
        answered = bool(self.attending) or self.state is InvitationState.ANSWERED
        self._end(InvitationState.ANSWERED if answered else InvitationState.LAPSED, self.comment, now)
        return not answered

    # ------------------------------------------------------------ 办公室主任 and the desk

    def permit(
        self,
        official: Official,
        granted: bool,
        now: datetime,
        comment: str = "",
        stand_in: Official | None = None,
    ) -> Permission:
        """准予受理 or 不予受理 of one that came late (art. 86)."""
        permission = self.permission
        if permission is None:
            raise Refused("这件邀请按时报送，不需要准予。")
        if self.state is not InvitationState.PERMISSION and permission.granted is None:
            raise Refused(f"这件邀请{self.state}，无需再办。")
        if official is self.submitted_by:
            raise Refused("本人报送的邀请不能由本人准予。")
        permission.decide(official, granted, now, comment, stand_in=stand_in)
        if granted:
            self._to_desk(now)
        else:
            self._end(InvitationState.NOT_ADMITTED, comment, now)
        return permission

    def waive_permission(self, now: datetime) -> None:
        """The working days have been counted anew: it was in time after all."""
        if self.state is InvitationState.PERMISSION and self.permission is not None:
            self.permissions = self.permissions[:-1]
            self._to_desk(now)

    def at_desk(self, clerk: Official) -> None:
        """Refuses everybody but the office desk."""
        if clerk.role not in OFFICE_DESK:
            raise Refused("邀请区政府领导的活动一律由区政府办公室统一安排。", 86)

    def may_forward(self, clerk: Official) -> None:
        """转呈领导, by the office: what is in order, or one leader more."""
        self.at_desk(clerk)
        if self.state not in AWAITS_DESK:
            raise Refused(f"这件邀请{self.state}，不能转呈。")
        if self.change is not None:
            raise Refused("主办单位报来变更尚未审核，请先办理变更。")
        if self.needs_approval and not (self.approval_number and self.approval_papers):
            raise Refused(f"{self.kind}须经区委、区政府批准，批准文号或文件未报齐，不能转呈。", 87)

    def forward(
        self,
        clerk: Official,
        leaders: Sequence[Official],
        now: datetime,
        *,
        advice: str = "",
        together: bool = False,
        proposal: Answer | None = None,
        proposed_delegate: Official | None = None,
    ) -> list[InvitationRequest]:
        """转呈领导: to one, to several `together`, or in their order. Returns those who are asked now.

        Whoever kept silent so far and is not asked again is asked no more.
        """
        self.may_forward(clerk)
        if self.begun(now):
            raise Refused("活动时间已到，不能转呈。")
        if not leaders or any(leader.role not in LEADERS for leader in leaders):
            raise Refused("请选择转呈哪位区政府领导。")
        for leader in leaders:
            if any(r.leader is leader and r.final and r.answer is not Answer.DECLINE for r in self.requests):
                raise Refused(f"{leader.titled}已经答复，不必再转呈。")
        for request in self.requests:
            if request.closed_at is None and (not request.final or request.leader in leaders):
                request.close("已另行转呈", now)
        line = max((request.line for request in self.requests), default=0) + 1
        for leader in leaders:
            mine = proposal if leader.role is Role.MAYOR else None
            fresh = InvitationRequest(
                self.positions,
                line,
                leader,
                clerk,
                now,
                advice,
                together,
                mine,
                proposed_delegate if mine else None,
            )
            self.requests = [*self.requests, fresh]
            self.positions += 1
        self.clerk, self.state, self.desk_at, self.comment = clerk, InvitationState.WITH_LEADERS, None, ""
        return self.move_on(now)

    def send_back(self, clerk: Official, reason: str, now: datetime) -> None:
        """退回: the office does not take it to the leaders; the end of it."""
        self._may_give_back(clerk)
        self.clerk = clerk
        self._end(InvitationState.SENT_BACK, reason, now)

    def ask_for_more(self, clerk: Official, what: str, now: datetime) -> None:
        """请补充: the unit gets the form back as it filled it."""
        self._may_give_back(clerk)
        self.clerk, self.comment = clerk, what
        self.state, self.desk_at, self.resubmitted_at = InvitationState.INCOMPLETE, None, now

    def _may_give_back(self, clerk: Official) -> None:
        self.at_desk(clerk)
        if self.state is not InvitationState.AT_DESK or self.waiting or self.attending:
            raise Refused(f"这件邀请{self.state}，不能退回。")

    # ------------------------------------------------------------ the leaders

    def may_answer(
        self, official: Official, position: int, now: datetime, stand_in: Official | None = None
    ) -> InvitationRequest:
        """The request, if it is this official's to answer; otherwise says why not."""
        request = self.request(position)
        if official not in (request.leader, stand_in):
            raise Refused(f"这件邀请由{request.whose}答复，您不能代为办理。")
        if request.closed_at is not None:
            raise Refused(f"这件邀请{request.closed_why}，不需要您答复。")
        if self.state not in OPEN:
            raise Refused(f"这件邀请{self.state}，不需要答复。")
        if self.begun(now):
            raise Refused("活动时间已到，不能再答复。")
        if request.asked_at is None:
            raise Refused("这件邀请还没有轮到您答复。")
        return request

    def answer(
        self,
        official: Official,
        position: int,
        answer: Answer,
        now: datetime,
        *,
        delegate: Official | None = None,
        stand_in: Official | None = None,
    ) -> InvitationRequest:
        """出席, 不出席 or 委托他人; whoever stands in for the leader may answer as well, marked so."""
        request = self.may_answer(official, position, now, stand_in)
        if not request.waiting:
            raise Refused(f"{request.done}；要改的，请点「改变答复」。")
        request.decide(official, answer, now, self.version, delegate=delegate)
        return request

    def enter_answer(
        self,
        clerk: Official,
        position: int,
        answer: Answer,
        source: str,
        now: datetime,
        delegate: Official | None = None,
    ) -> InvitationRequest:
        """An answer that the leader gave the office by telephone or on paper, entered with its source."""
        self.at_desk(clerk)
        request = self.may_answer(self.request(position).leader, position, now)
        if not request.waiting:
            raise Refused(f"{request.done}。")
        request.decide(request.leader, answer, now, self.version, delegate=delegate, source=source)
        return request

    def rethink(
        self, official: Official, position: int, now: datetime, stand_in: Official | None = None
    ) -> tuple[InvitationRequest, Answer]:
        """改变答复, until the event has begun: asked anew. Returns the answer that is taken back, too."""
        request = self.may_answer(official, position, now, stand_in)
        if request.answer is None:
            raise Refused("您还没有答复，请直接点选。")
        before = request.answer
        request.ask(now)
        self.state = InvitationState.WITH_LEADERS
        return request, before

    def confirm(
        self, official: Official, position: int, accepts: bool, now: datetime, reason: str = ""
    ) -> InvitationRequest:
        """A delegate 接受 or 不能参加; in the second case the leader who named him is asked again."""
        request = self.request(position)
        if self.state not in OPEN or self.begun(now):
            raise Refused("活动时间已到，或这件邀请已经办结。")
        request.confirm(official, accepts, now, reason)
        if not accepts:
            said = f"{official.titled}不能参加" + (f"：{reason}" if reason else "")
            if request.answer is Answer.DELEGATE:
                request.ask(now)
            else:
                request.release()
            request.refusal = said
        return request

    def move_on(self, now: datetime) -> list[InvitationRequest]:
        """Ask whoever's turn it is; settle what is answered. Returns those who are asked at this moment."""
        fresh: list[InvitationRequest] = []
        for line in sorted({request.line for request in self.requests}):
            queue = [r for r in self.requests if r.line == line and r.closed_at is None]
            for request in queue:
                if request.asked_at is None and (request.together or self._his_turn(request, queue)):
                    request.ask(now)
                    fresh.append(request)
        if self.state in (InvitationState.WITH_LEADERS, InvitationState.ANSWERED):
            open_ones = [r for r in self.requests if r.waiting or (r.awaits_delegate and not r.final)]
            self.state = InvitationState.WITH_LEADERS if open_ones else InvitationState.ANSWERED
            self.settled_at = None if open_ones else (self.settled_at or now)
        return fresh

    @staticmethod
    def _his_turn(request: InvitationRequest, queue: Iterable[InvitationRequest]) -> bool:
        before = [one for one in queue if one.position < request.position]
        return all(one.state is RequestState.DECLINES for one in before)

    # ------------------------------------------------------------ changes

    def may_change(self, official: Official, now: datetime) -> None:
        """变更 by the organiser, of what the office has taken up, until the event has begun."""
        self.own(official)
        if self.state not in OPEN:
            raise Refused(f"这件邀请{self.state}，不能变更。")
        if self.state is InvitationState.INCOMPLETE:
            raise Refused("办公室请您补充材料，请点「补充」，连同变更一并改好。")
        if self.change is not None:
            raise Refused("上一次变更办公室还在审核，请等审核后再报，或先撤回。")
        if self.begun(now):
            raise Refused("活动时间已到，不能变更；请致电区政府办公室。")

    def propose(
        self,
        official: Official,
        start: datetime,
        end: datetime | None,
        place: str,
        papers: Sequence[InvitationPaper],
        reason: str,
        now: datetime,
    ) -> InvitationChange:
        """The organiser wants time, place or programme changed; the old ones stand till the office agrees."""
        self.may_change(official, now)
        if (start, end, place) == (self.start, self.end, self.place) and not papers:
            raise Refused("时间、地点、议程都没有变，不必报变更。")
        number = len(self.changes) + 1
        change = InvitationChange(
            number, official, now, start, end, place, self.start, self.end, self.place, bool(papers), reason
        )
        self.changes = [*self.changes, change]
        for paper in papers:
            paper.change = number
        self.papers = [*self.papers, *papers]
        return change

    def withdraw_change(self, official: Official, now: datetime) -> InvitationChange:
        """The organiser takes the change back that the office has not looked at yet."""
        self.own(official)
        change = self._pending()
        change.settle(InvitationChangeState.WITHDRAWN, official, now)
        return change

    def refuse_change(self, clerk: Official, reason: str, now: datetime) -> InvitationChange:
        """The office leaves time, place and programme as they were."""
        self.at_desk(clerk)
        change = self._pending()
        change.settle(InvitationChangeState.REFUSED, clerk, now, reason)
        self.clerk = clerk
        return change

    def take_change(self, clerk: Official, now: datetime) -> tuple[InvitationChange, list[InvitationRequest]]:
        """The office agrees; with another time or place every leader concerned is asked anew.

        Returns the change and the requests that are asked anew. Who had declined is left in peace.
        """
        self.at_desk(clerk)
        change = self._pending()
        if change.start <= now:
            raise Refused("变更后的时间已经过去，请退回变更。")
        change.settle(InvitationChangeState.IN_FORCE, clerk, now)
        self.start, self.end, self.place = change.start, change.end, change.place
        self.version += 1
        self.clerk = clerk
        anew: list[InvitationRequest] = []
        if change.asks_anew:
            for request in self.requests:
                answered = request.answer in (Answer.ATTEND, Answer.DELEGATE)
                if request.closed_at is None and (answered or request.waiting):
                    request.ask(now)
                    anew.append(request)
        if anew:
            self.state, self.settled_at = InvitationState.WITH_LEADERS, None
        return change, anew

    def _pending(self) -> InvitationChange:
        if self.change is None or self.state not in OPEN:
            raise Refused("这次变更已经办理，请看最新的卡片。")
        return self.change

    # ------------------------------------------------------------ the end

    def _to_desk(self, now: datetime) -> None:
        self.state, self.desk_at = InvitationState.AT_DESK, now

    def _end(self, state: InvitationState, comment: str, now: datetime) -> None:
        for request in self.requests:
            if not request.final:
                request.close(str(state), now)
        if self.change is not None:
            self.change.settle(InvitationChangeState.WITHDRAWN, None, now)
        self.state, self.comment, self.settled_at, self.desk_at = state, comment, now, None

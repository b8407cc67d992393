"""Leave (请假): from the report through the approvals to the return (销假), art. 77, 7 and 9.

Nothing here knows of chats or tables, and the time is always passed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.acting import AskedToAct
from rules.approval import GOOD, Approval, Decision
from rules.dates.reading import Half, HalfDaySpan, moment_words, say_day
from rules.dates.spans import gone_by
from rules.leave.change import Change, ChangeState
from rules.leave.filing import CommitteeFiling
from rules.leave.overtaken import fitting, occasion
from rules.leave.papers import LeavePaper
from rules.leave.routes import Route
from rules.refused import Refused
from rules.reminders import Occasion
from rules.roster import Official, Role
from rules.working_days import SHANGHAI


class LeaveKind(StrEnum):
    """What art. 77 has reported: 出差（出访）、学习、离岗休假、探亲、就医等."""

    TRIP = "出差"
    VISIT_ABROAD = "出访"
    ABROAD = "出国出境"
    STUDY = "学习"
    VACATION = "离岗休假"
    FAMILY = "探亲"
    MEDICAL = "就医"
    OTHER = "其他"


OVERSEAS = frozenset({LeaveKind.VISIT_ABROAD, LeaveKind.ABROAD})
"""Kinds for which the number of the foreign affairs office's approval is asked."""


class LeaveState(StrEnum):
    """Where a leave stands, in the word that people read."""

    PENDING = "待审批"
    SENT_BACK = "退回修改"
    APPROVED = "已批准"
    DECLINED = "不同意"
    WITHDRAWN = "已撤回"
    VOID = "作废"
    RETURNED = "已销假"
    CONTINUED = "已接续下一份"
    LAPSED = "本人离任，已终止"
    PAST = "行程已过"


OPEN = frozenset({LeaveState.PENDING, LeaveState.SENT_BACK, LeaveState.APPROVED})
"""States in which something is still to come."""


@dataclass(frozen=True)
class Facts:
    """What the applicant writes on the report; the names are those of `Leave`."""

    kind: LeaveKind
    start: date
    start_half: Half
    end: date
    end_half: Half
    place: str
    reason: str
    acting: Official | None
    phone: str
    urgent_reason: str = ""
    abroad_approval: str = ""
    papers: list[LeavePaper] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Leave:
    """One leave report (请假报告). `start` and `end` are Shanghai dates, both counted.

    `approvals` keeps what was decided in earlier rounds too; of the undecided ones the first is asked.
    `submitted_at` is when the departure was first reported, `decided_at` when the report was decided on,
    `returned_at` the return (销假), which may come before the approval. `abroad_approval` is the number of
    the foreign affairs approval; `remarks` is what the checks before 提交 had to say, for the approvers too.
    `asked_to_act` has everybody who was told that they are to act, the latest last, and `filings` what the
    district committee was to be told. `changes` keeps what was changed or asked to be, the latest last;
    `reminded_at` is when the clock last asked the applicant to report back, `positions` how many places
    there have been among the approvals.
    """

    applicant: Official
    kind: LeaveKind
    start: date
    start_half: Half
    end: date
    end_half: Half
    place: str
    reason: str
    acting: Official | None
    phone: str
    submitted_at: datetime
    urgent_reason: str = ""
    state: LeaveState = LeaveState.PENDING
    decided_at: datetime | None = None
    returned_at: datetime | None = None
    approvals: list[Approval] = field(default_factory=list)
    abroad_approval: str = ""
    papers: list[LeavePaper] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    asked_to_act: list[AskedToAct] = field(default_factory=list)
    filings: list[CommitteeFiling] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    reminded_at: datetime | None = None
    positions: int = 0
    id: int = field(init=False)

    @property
    def span(self) -> HalfDaySpan:
        """From when to when."""
        return HalfDaySpan(self.start, self.start_half, self.end, self.end_half)

    @property
    def urgent(self) -> bool:
        """紧急外出: reported, or its open change asked for, later than it should be, with the reason."""
        return bool(self.urgent_reason) or (self.change is not None and self.change.urgent)

    @property
    def change(self) -> Change | None:
        """The change that waits for approval; until it is approved the old dates stand."""
        return next((change for change in self.changes if change.state is ChangeState.PENDING), None)

    @property
    def approved_too_late(self) -> bool:
        """Whether its last half day was over when it was approved: it is on record, and covers nothing."""
        return self.decided_at is not None and gone_by(self.span, self.decided_at)

    @property
    def occasion(self) -> Occasion:
        """What is asked about now, the change or the report: from when to when it takes place."""
        return occasion(self.span, self.change)

    @property
    def overtaken(self) -> bool:
        """Whether what is asked for was over when it was asked last: only 追认 or 作废 is left (art. 77)."""
        return self.waiting is not None and self.occasion.overtook(self.waiting)

    @property
    def ratified(self) -> bool:
        """Whether the report itself was approved as something past (追认)."""
        changes = {change.round for change in self.changes}
        return any(a.decision is Decision.RATIFY and a.round not in changes for a in self.approvals)

    @property
    def of_the_mayor(self) -> bool:
        """The mayor's own: nobody approves it, and someone presides (art. 7)."""
        return self.applicant.role is Role.MAYOR

    @property
    def waiting(self) -> Approval | None:
        """The approval that is now asked for."""
        if self.state is not LeaveState.PENDING and self.change is None:
            return None
        return next((approval for approval in self.approvals if approval.decision is None), None)

    def submit(self, route: Route, now: datetime) -> None:
        """Send it on its way, for the first time or after 退回修改; without approvers it stands at once."""
        self.state = LeaveState.PENDING
        self.ask(route, now)

    def ask(self, route: Route, now: datetime, about: Change | None = None) -> None:
        """Begin a round, about the report or a change of it: everybody on the route is asked, in order."""
        round_ = about.round if about else self.next_round
        self.approvals = [approval for approval in self.approvals if approval.decision]
        self.approvals += self._places(route.approvers, round_)
        self.move_on(now)

    def revise(self, official: Official, facts: Facts, now: datetime) -> None:
        """Put new facts on a report that was sent back; nothing is asked of anybody before `submit`.

        Another departure is reported now; the same one was when it first went out, however often it came.
        """
        self.may_revise(official)
        if (facts.start, facts.start_half) != (self.start, self.start_half):
            self.submitted_at = now
            self.returned_at = None
        for name, value in vars(facts).items():
            setattr(self, name, value)

    def may_revise(self, official: Official) -> None:
        """Only the applicant, and only what was sent back."""
        self.require_own(official)
        if self.state is not LeaveState.SENT_BACK:
            raise Refused(f"这份请假报告{self.state}，不能修改。")

    def may_decide(self, official: Official, position: int, stand_in: Official | None = None) -> Approval:
        """The approval waiting at `position`, if it is this official's to decide; otherwise says why not.

        `stand_in` is who now decides for the approver asked (see rules.absence). Who is away may still decide
        themselves: whoever of the two taps first has decided.
        """
        approval = next((a for a in self.approvals if a.position == position), None)
        if official is not self.applicant and self.state in (LeaveState.WITHDRAWN, LeaveState.LAPSED):
            raise Refused(f"{self.applicant.titled}的请假报告{self.state}，无需审批。")
        if approval is None:
            raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
        approval.require(official, stand_in if approval is self.waiting else None, of=self.applicant)
        approval.require_turn()
        return approval

    def decide(
        self,
        official: Official,
        position: int,
        decision: Decision,
        now: datetime,
        comment: str = "",
        *,
        stand_in: Official | None = None,
        acted_at: datetime | None = None,
    ) -> Approval:
        """Enter one approver's decision: 同意 and 追认 go on to the next, the others end it.

        `acted_at` is when they tapped, by which it was before the end; what it brings about counts from now.
        """
        approval = self.may_decide(official, position, stand_in)
        fitting(decision, self.occasion, acted_at or now)
        approval.decision = decision
        approval.decided_by = official
        approval.decided_at = now
        approval.comment = comment
        if decision in GOOD:
            self.move_on(now)
        elif self.change is not None:
            self.drop_change(ChangeState(decision), now)
        else:
            self.settle(LeaveState(decision), now)
        return approval

    def also_of(self, official: Official, agreed: Approval, stand_in: Official | None) -> Approval | None:
        """The place that is asked next, where who has just agreed would be asked again in another capacity.

        The 常务副区长 who agrees and presides for the absent mayor as well (art. 7, 9) decides once.
        """
        following = self.waiting
        if following is None or agreed.decision not in GOOD or following.round != agreed.round:
            return None
        return following if official in (following.approver, stand_in) else None

    def withdraw(self, official: Official, now: datetime) -> None:
        """撤回 by the applicant: before the decision, or after it as long as the leave has not begun."""
        self.require_own(official)
        self.not_back()
        if self.state not in OPEN:
            raise Refused(f"这份请假报告{self.state}，不能撤回。")
        if self.state is LeaveState.APPROVED and self.begun(now):
            raise Refused("假期已经开始，不能撤回；返回后请销假。")
        self.settle(LeaveState.WITHDRAWN, now)

    def lapse(self, now: datetime) -> None:
        """The applicant has left the roster: the report is at its end without anybody deciding."""
        self.settle(LeaveState.LAPSED, now)

    def run_out(self, now: datetime) -> bool:
        """Sent back and not reported again until its days were over: it ends so. Whether it does."""
        if self.state is not LeaveState.SENT_BACK or not gone_by(self.span, now):
            return False
        self.settle(LeaveState.PAST, now)
        return True

    def report_back(self, official: Official, now: datetime) -> None:
        """销假 by the applicant, also early, and also before the approval, which then closes the leave."""
        self.require_own(official)
        self.not_back()
        if self.state not in (LeaveState.APPROVED, LeaveState.PENDING):
            raise Refused(f"这份请假报告{self.state}，不需要销假。")
        if not self.begun(now):
            raise Refused(f"假期{say_day(self.start, self.start)}才开始；行程取消的，请点「撤回」。")
        self.returned_at = now
        if self.state is LeaveState.APPROVED:
            self.drop_change(ChangeState.WITHDRAWN, now)
            self.state = LeaveState.RETURNED

    def not_back(self) -> None:
        """Refuses what makes no sense after 销假."""
        if self.returned_at is not None:
            raise Refused(f"已于{moment_words(self.returned_at)}销假，无需再报。")

    def go_on(self, now: datetime) -> None:
        """Another leave goes on where this one ends: no return is asked for in between."""
        self.drop_change(ChangeState.WITHDRAWN, now)
        self.state = LeaveState.CONTINUED

    def reroute(self, route: Route, now: datetime) -> bool:
        """Ask whom the route names now, after somebody left or changed posts; returns whether that moved it.

        What was agreed in this round stays agreed: only the open end of the route is replaced. Who is asked
        and still should be keeps their card.
        """
        before = [approval for approval in self.approvals if approval.decision is None]
        if self.waiting is None:
            return False
        agreed = {approval.approver for approval in self.this_round if approval.decision}
        after = [o for o in route.approvers[-len(before) :] if o not in agreed]
        if after == [approval.approver for approval in before]:
            return False
        fresh = self._places(after, before[0].round)
        if after[:1] == [before[0].approver]:
            fresh[0] = before[0]
        self.approvals = [approval for approval in self.approvals if approval.decision] + fresh
        self.move_on(now)
        return True

    @property
    def this_round(self) -> list[Approval]:
        """The approvals of the latest round; the earlier ones spoke of other facts."""
        latest = max((approval.round for approval in self.approvals), default=0)
        return [approval for approval in self.approvals if approval.round == latest]

    @property
    def approvers(self) -> list[Official]:
        """Everybody who has decided on it, in any round, and in whose place."""
        decided = [approval for approval in self.approvals if approval.decision]
        people = (one for a in decided for one in (a.approver, a.decided_by) if one is not None)
        return list(dict.fromkeys(people))

    @property
    def next_round(self) -> int:
        """The number of the round that comes next."""
        rounds = [approval.round for approval in self.approvals] + [change.round for change in self.changes]
        return max(rounds, default=-1) + 1

    def _places(self, approvers: Iterable[Official], number: int) -> list[Approval]:
        """Places for them in that round; a position is given only once, so that no old card answers."""
        places = []
        for approver in approvers:
            places.append(Approval(self.positions, approver, round=number))
            self.positions += 1
        return places

    def begun(self, now: datetime) -> bool:
        """Whether its first day or half day has come; the afternoon starts at noon."""
        local = now.astimezone(SHANGHAI)
        if self.start_half is Half.PM and local.date() == self.start:
            return local.hour >= 12
        return local.date() >= self.start

    def require_own(self, official: Official) -> None:
        """Refuses everybody but the applicant."""
        if official is not self.applicant:
            raise Refused(f"这是{self.applicant.titled}的请假报告，只能由本人办理。")

    def move_on(self, now: datetime) -> None:
        """Ask the next approver; if there is none, what was asked for stands."""
        approval = self.waiting
        if approval is not None:
            approval.asked_at = approval.asked_at or now
        elif self.change is not None:
            self.take(self.change, now)
        else:
            self.settle(LeaveState.APPROVED, now)

    def take(self, change: Change, now: datetime) -> None:
        """The change is in force."""
        self.put(change.span, change.acting if change.of_acting else self.acting)
        change.settle(ChangeState.IN_FORCE, now)

    def put(self, span: HalfDaySpan, acting: Official | None) -> None:
        """These dates and this person hold from now on; what was reminded of spoke of the others."""
        self.start, self.start_half = span.start, span.start_half
        self.end, self.end_half = span.end, span.end_half
        self.acting = acting
        self.reminded_at = None

    def drop_change(self, state: ChangeState, now: datetime) -> None:
        """The open change comes to nothing: what stood before stands, and nobody is asked any more."""
        if self.change is not None:
            self.change.settle(state, now)
            self.approvals = [approval for approval in self.approvals if approval.decision]

    def settle(self, state: LeaveState, now: datetime) -> None:
        """Those not yet asked are asked no more, and an open change is at its end as well."""
        self.drop_change(ChangeState.WITHDRAWN, now)
        back_already = state is LeaveState.APPROVED and self.returned_at is not None
        self.state = LeaveState.RETURNED if back_already else state
        self.decided_at = now
        self.approvals = [approval for approval in self.approvals if approval.decision]

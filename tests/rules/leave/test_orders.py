"""Whatever people do with a leave and in whatever order: what must always hold, holds (art. 77)."""

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rules.approval import AFTERWARDS, GOOD, Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.change import ChangeKind, ChangeState, Wish
from rules.leave.life import propose, withdraw_change
from rules.leave.matter import OPEN, Facts, Leave, LeaveState
from rules.leave.routes import LeaveRoutes
from rules.refused import Refused
from tests.cast import THURSDAY, Cast

APPLICANTS = st.sampled_from(["head", "vice", "liaison", "mayor"])
PEOPLE = st.sampled_from(["mayor", "executive", "vice", "director", "head", "deputy", "liaison"])
DAYS = st.integers(min_value=1, max_value=9).map(lambda day: date(2026, 12, day))
PLACES = st.integers(min_value=0, max_value=30)


class LifeOfALeave(RuleBasedStateMachine):
    """People tap what they like; the clock runs on."""

    cast: Cast
    leave: Leave
    now: datetime

    @initialize(applicant=APPLICANTS)
    def submitted(self, applicant: str) -> None:
        self.cast = Cast()
        self.now = THURSDAY
        self.given: set[int] = set()
        self.leave = self.cast.report(getattr(self.cast, applicant), self.cast.deputy)

    @rule(minutes=st.sampled_from([1, 9, 11, 600, 3000, 9000]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=PEOPLE, position=PLACES, decision=st.sampled_from(Decision))
    def somebody_taps_a_card(self, who: str, position: int, decision: Decision) -> None:
        decided = {a.position for a in self.leave.approvals if a.decision}
        try:
            self.leave.decide(getattr(self.cast, who), position, decision, self.now, "意见")
        except Refused:
            return
        assert position not in decided  # a decided card never decides again

    @rule(decision=st.sampled_from(Decision))
    def the_one_asked_decides(self, decision: Decision) -> None:
        if self.leave.waiting:
            waiting, past = self.leave.waiting, self.now >= self.leave.occasion.over
            try:
                self.leave.decide(waiting.approver, waiting.position, decision, self.now, "意见")
            except Refused:
                assert past != (decision in AFTERWARDS)  # nothing past is approved as if it were to come
                return
            assert waiting.decision is decision
            assert past == (decision in AFTERWARDS)

    @rule(first=DAYS, last=DAYS, acting=PEOPLE, kind=st.sampled_from(ChangeKind))
    def the_applicant_changes(self, first: date, last: date, acting: str, kind: ChangeKind) -> None:
        before = (self.leave.state, self.leave.span, self.leave.acting)
        span = HalfDaySpan(first, Half.AM, max(first, last), Half.PM)
        wish = Wish(kind, span, getattr(self.cast, acting), "改期")
        route = LeaveRoutes().route(self.leave.applicant, self.cast.roster)
        try:
            change = propose(self.leave, self.leave.applicant, wish, route, self.now)
        except Refused:
            assert before == (self.leave.state, self.leave.span, self.leave.acting)
            return
        if change.state is ChangeState.PENDING:  # until it is approved the old stands
            assert before == (self.leave.state, self.leave.span, self.leave.acting)

    @rule()
    def the_applicant_takes_the_change_back(self) -> None:
        before = self.leave.span
        try:
            withdraw_change(self.leave, self.leave.applicant, self.now)
        except Refused:
            return
        assert (self.leave.span, self.leave.state) == (before, LeaveState.APPROVED)

    @rule()
    def the_applicant_withdraws(self) -> None:
        try:
            self.leave.withdraw(self.leave.applicant, self.now)
        except Refused:
            return
        assert self.leave.state is LeaveState.WITHDRAWN

    @rule()
    def the_applicant_returns(self) -> None:
        try:
            self.leave.report_back(self.leave.applicant, self.now)
        except Refused:
            return
        assert self.leave.returned_at == self.now

    @rule(day=DAYS)
    def the_applicant_reports_anew(self, day: date) -> None:
        leave = self.leave
        facts = Facts(
            leave.kind, day, Half.AM, day, Half.PM, leave.place, leave.reason, leave.acting, leave.phone
        )
        try:
            leave.revise(leave.applicant, facts, self.now)
        except Refused:
            return
        leave.submit(LeaveRoutes().route(leave.applicant, self.cast.roster), self.now)

    @rule(gone=st.sampled_from(["vice", "mayor", "head"]))
    def somebody_is_replaced(self, gone: str) -> None:
        leaving = getattr(self.cast, gone)
        if leaving is self.leave.applicant:
            return
        route = LeaveRoutes().route(self.leave.applicant, self.cast.without(leaving))
        self.leave.reroute(route, self.now)

    @invariant()
    def at_most_one_round_and_one_change_are_open(self) -> None:
        undecided = [a for a in self.leave.approvals if a.decision is None]
        assert len({a.round for a in undecided}) <= 1
        assert len([c for c in self.leave.changes if c.state is ChangeState.PENDING]) <= 1
        assert bool(undecided) == (self.leave.waiting is not None)

    @invariant()
    def somebody_is_asked_exactly_while_something_is_open(self) -> None:
        pending = self.leave.state is LeaveState.PENDING or self.leave.change is not None
        assert pending == (self.leave.waiting is not None)
        if self.leave.waiting:
            assert self.leave.waiting.asked_at is not None
            assert self.leave.waiting.approver is not self.leave.applicant

    @invariant()
    def a_change_is_open_only_on_a_leave_that_stands(self) -> None:
        change = self.leave.change
        if change is not None:
            assert self.leave.state is LeaveState.APPROVED
            assert self.leave.span == change.was_span
        if self.leave.state not in OPEN:
            assert change is None

    @invariant()
    def a_place_is_numbered_once(self) -> None:
        positions = [a.position for a in self.leave.approvals]
        assert positions == sorted(set(positions))
        assert all(position < self.leave.positions for position in positions)

    @invariant()
    def it_stands_only_where_nobody_asked_has_refused(self) -> None:
        if self.leave.state in (LeaveState.APPROVED, LeaveState.RETURNED):
            about_changes = {c.round for c in self.leave.changes}
            own = [a for a in self.leave.approvals if a.round not in about_changes]
            latest = [a for a in own if a.round == max(one.round for one in own)]
            assert all(a.decision in GOOD for a in latest)


LifeOfALeave.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestLifeOfALeave = LifeOfALeave.TestCase

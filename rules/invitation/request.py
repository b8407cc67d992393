"""One leader asked to an event: forwarded by the office, answered by them or whoever stands in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from rules.engagement import Engagement
from rules.refused import Refused
from rules.roster import Official
from rules.todo import Refusals, Todo, acting_title


class Answer(StrEnum):
    """What a leader may tap."""

    ATTEND = "出席"
    DECLINE = "不出席"
    DELEGATE = "委托他人"


class RequestState(StrEnum):
    """Where one leader's request stands, in the words that people read."""

    IN_LINE = "尚未征询"
    ASKED = "待答复"
    RETURNED = "未答复，已退办公室"
    ATTENDS = "出席"
    DECLINES = "不出席"
    DELEGATE_ASKED = "委托他人，待确认"
    DELEGATED = "委托他人出席"
    CLOSED = "不再征询"


@dataclass(eq=False)
class InvitationRequest(Todo[Official]):
    """One leader's place, answered or not. All instants are aware UTC.

    `line` is the number of the forwarding it belongs to; in one that is not `together` the next is asked when
    one declines. `position` is given only once within the invitation, so that no old card answers. `advice`
    is the office's line to the leader; `proposal` (with `proposed_delegate`) the answer it prepared, to be
    taken with one tap.

    `escalated_at` is when the leader's silence went back to the office, `closed_at` when they were asked no
    more (`closed_why` says why). `source` is how an answer reached the office that the office has entered
    (电话), empty where they tapped.

    `delegate` is who is to go in their place and `confirmed` whether that person has taken it (None: not yet
    said). With the answer 出席 a delegate covers for a leader who has gone on leave since: until they take it
    the leader's own word stands. `covers_leave` is the id of that leave. `refusal` is what the last delegate
    said who could not.

    `entry_with` is whose own calendar bears the event by this request. `clashes` are the firm engagements
    (meeting:12) that stood on their card, so that what came since is asked about.
    `answer_version` is the version of the event that they answered to.
    """

    refusals: ClassVar = Refusals(
        done="",  # an answer may be changed, as long as the event has not begun
        others="这件邀请由{whose}答复，您不能代为办理。",
        early="这件邀请还没有轮到您答复。",
    )

    position: int
    line: int
    leader: Official
    forwarded_by: Official
    forwarded_at: datetime
    advice: str = ""
    together: bool = False
    proposal: Answer | None = None
    proposed_delegate: Official | None = None
    closed_at: datetime | None = None
    closed_why: str = ""
    answer: Answer | None = None
    comment: str = ""
    source: str = ""
    answer_version: int = 0
    delegate: Official | None = None
    delegate_asked_at: datetime | None = None
    delegate_nudged_at: datetime | None = None
    confirmed: bool | None = None
    confirmed_at: datetime | None = None
    refusal: str = ""
    covers_leave: int | None = None
    entry_with: Official | None = None
    clashes: list[str] = field(default_factory=list)
    id: int = field(init=False)
    invitation_id: int = field(init=False)

    def stand_on_card(self, clashes: Iterable[Engagement]) -> list[Engagement]:
        """The card now says what falls into the same hours; gives back the firm ones that are new."""
        firm = [one for one in clashes if one.firm]
        fresh = [one for one in firm if one.matter not in self.clashes]
        self.clashes = [one.matter for one in firm]
        return fresh

    def delegate_reminded(self, now: datetime) -> None:
        """Who is to go in the leader's place was reminded to say whether they do."""
        self.delegate_nudged_at = now

    def lose_delegate(self, delegate: Official, now: datetime) -> None:
        """Who was to go has left office: the leader is asked anew, and reads why."""
        self.ask(now)
        self.refusal = f"{delegate.titled}已离任，请另行答复"

    def bears(self, official: Official | None) -> None:
        """Whose own calendar has the event by this request now; None: nobody's."""
        self.entry_with = official

    def told_of(self, matter: str) -> None:
        """It is known that this falls into the same hours, without the card having said it."""
        self.clashes = [*self.clashes, matter]

    # ------------------------------------------------------------ where it stands

    @property
    def state(self) -> RequestState:
        """In one word."""
        if self.closed_at is not None:
            return RequestState.CLOSED
        match self.answer:
            case Answer.ATTEND:
                return RequestState.ATTENDS if not self.covered else RequestState.DELEGATED
            case Answer.DECLINE:
                return RequestState.DECLINES
            case Answer.DELEGATE:
                return RequestState.DELEGATED if self.confirmed else RequestState.DELEGATE_ASKED
        if self.escalated_at is not None:
            return RequestState.RETURNED
        return RequestState.ASKED if self.asked_at else RequestState.IN_LINE

    @property
    def waiting(self) -> bool:
        """Whether the leader's own answer is still to come, and theirs to give."""
        return self.state in (RequestState.ASKED, RequestState.RETURNED)

    @property
    def final(self) -> bool:
        """Whether it is settled who of their side comes, or that nobody does."""
        return self.state in (RequestState.ATTENDS, RequestState.DECLINES, RequestState.DELEGATED)

    @property
    def covered(self) -> bool:
        """Whether it is accepted, and whoever stands in for the leader goes in their place."""
        return self.answer is Answer.ATTEND and self.confirmed is True

    @property
    def awaits_delegate(self) -> bool:
        """Whether a delegate, or who is to cover, has not said yet that they go."""
        return self.closed_at is None and self.delegate is not None and self.confirmed is None

    @property
    def attendee(self) -> Official | None:
        """Who comes: the leader, or who has confirmed to go in their place; as yet maybe nobody."""
        match self.state:
            case RequestState.ATTENDS:
                return self.leader
            case RequestState.DELEGATED:
                return self.delegate
        return None

    @property
    def attends(self) -> str:
        """For people: 副区长 某某（代区长 某某）, or the leader themselves."""
        return acting_title(self.attendee or self.leader, self.leader)

    @property
    def owner(self) -> Official:
        """The leader."""
        return self.leader

    @property
    def outcome(self) -> str:
        """答复出席, and how the answer came where the office has entered it."""
        if self.answer is None:
            return ""
        said = str(self.answer)
        if self.answer is Answer.DELEGATE and self.delegate:
            said = f"委托{self.delegate.titled}出席"
        source = f"（{self.source}，办公室登记）" if self.source else ""
        return f"答复{said}{source}"

    # ------------------------------------------------------------ asking

    def ask(self, now: datetime) -> None:
        """It is the leader's turn, or they are asked anew: no answer was given, the wait begins."""
        super().ask(now)
        self.answer = self.decided_by = self.decided_at = None
        self.comment = self.source = ""
        self.release()

    def release(self) -> None:
        """Nobody goes in their place any more."""
        self.delegate = self.delegate_asked_at = self.delegate_nudged_at = None
        self.confirmed = self.confirmed_at = self.covers_leave = None
        self.refusal = ""

    def close(self, why: str, now: datetime) -> None:
        """They are asked no more; an answer they gave is kept in the record."""
        if self.closed_at is None:
            self.closed_at, self.closed_why = now, why

    def give_back(self, now: datetime) -> None:
        """Silence: the office sees to it. An answer still counts until the office asks somebody else."""
        self.escalated_at = now

    # ------------------------------------------------------------ answering

    def decide(
        self,
        official: Official,
        answer: Answer,
        now: datetime,
        version: int,
        *,
        delegate: Official | None = None,
        source: str = "",
        comment: str = "",
    ) -> None:
        """Enter the answer; who may give it is `Invitation.answer`'s to say."""
        if answer is Answer.DELEGATE and delegate is None:
            raise Refused("请选择委托哪位同志出席。")
        if delegate is not None and delegate in (self.leader, official):
            raise Refused("不能委托本人，请另选一位同志。")
        self.answer, self.decided_by, self.decided_at = answer, official, now
        self.answer_version, self.source, self.comment = version, source, comment
        self.release()
        if answer is Answer.DELEGATE:
            self.ask_delegate(delegate, now)

    def ask_delegate(self, delegate: Official | None, now: datetime, leave_id: int | None = None) -> None:
        """Somebody is asked to go in their place; `leave_id` where that is because the leader goes away."""
        self.release()
        self.delegate, self.delegate_asked_at, self.covers_leave = delegate, now, leave_id

    def confirm(self, official: Official, accepts: bool, now: datetime, reason: str = "") -> None:
        """The delegate takes it, or says why they cannot: then the leader is asked again."""
        if self.closed_at is not None:
            raise Refused("这件邀请已经不需要您答复。")
        if official is not self.delegate:
            raise Refused("这件邀请没有委托您出席，或已另行委托。")
        if self.confirmed is not None:
            raise Refused("您已经答复过，如有变化请告区政府办公室。")
        self.confirmed, self.confirmed_at, self.refusal = accepts, now, reason

"""One consulted unit in one round: when it was reached, until when it answers, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from rules.countersign.answer import Answer, AnswerStatus, Opinion
from rules.countersign.due import Due
from rules.countersign.extension import Extension, ExtensionState
from rules.countersign.objection import Objection
from rules.refused import Refused
from rules.roster import Official, Unit
from rules.todo import acting_title


class Channel(StrEnum):
    """How the sheet reached the unit."""

    BOT = "机器人"
    PAPER = "书面"


@dataclass(frozen=True)
class Seat:
    """Who signs for a unit at this moment: its head, and whoever decides in their place (see rules.absence).

    With `nobody` the head is away and nobody can act for them.
    """

    head: Official | None
    stand_in: Official | None = None
    nobody: bool = False

    @property
    def signer(self) -> Official | None:
        """On whose desk it belongs now."""
        return self.stand_in or self.head

    @property
    def unattended(self) -> bool:
        """Nobody can sign: the post is vacant, or everybody who could is away."""
        return self.nobody or self.head is None

    def holds(self, official: Official) -> bool:
        """Whether they may sign: the head themselves, wherever they are, or who stands in for them."""
        return official in (self.head, self.stand_in)

    def acting_for(self, official: Official) -> Official | None:
        """The head in whose place they sign; None for the head themselves."""
        return None if official is self.head else self.head


@dataclass(frozen=True)
class Delivery:
    """Proof that the sheet reached somebody who may answer for the unit, at `at` (aware UTC).

    `message_id` is Telegram's; a delivery on paper has who recorded it and what they say of it (签收人).
    """

    at: datetime
    to: Official | None
    message_id: int | None = None
    channel: Channel = Channel.BOT
    recorded_by: Official | None = None
    note: str = ""


@dataclass(eq=False)
class Consultation:
    """A unit's place in a round.

    `head` is who is asked to sign, `stand_in` on whose desk it lies while they are away, `unattended_at` when
    nobody could. `asked_at` is when the cards went out; `waiting` says that an answer is still missing. The
    period starts with the first delivery, none without one: `delivered_at` and what follows it are its proof,
    `closes_at`, `due_label`, `due_explained` and `provisional` its end (see `Due`), `clock_at` when the clock
    looks at it next. `passed_to` drafts besides the liaison. `nudges` and `escalations` hold
    [instant, what] pairs, as JSON; a nudge has as its third when Telegram took it, empty if it reached none.
    `unreachable_at` is when the office was told that nobody could be reached.
    """

    unit: Unit
    round: int
    head: Official | None
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    asked_at: datetime | None = None
    waiting: bool = False
    delivered_at: datetime | None = None
    delivered_to: Official | None = None
    message_id: int | None = None
    channel: Channel | None = None
    delivery_recorded_by: Official | None = None
    delivery_note: str = ""
    closes_at: datetime | None = None
    due_label: str = ""
    due_explained: str = ""
    provisional: bool = False
    clock_at: datetime | None = None
    passed_to: Official | None = None
    passed_by: Official | None = None
    nudges: list[list[str]] = field(default_factory=list)
    escalations: list[list[str]] = field(default_factory=list)
    unreachable_at: datetime | None = None
    answers: list[Answer] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    objection: Objection | None = None
    id: int = field(init=False)
    countersign_id: int = field(init=False)

    def pass_to_nobody(self) -> None:
        """Who was to draft for the unit has left it: nobody drafts besides the liaison."""
        self.passed_to = self.passed_by = None

    # ------------------------------------------------------------ the clock

    def look_at(self, at: datetime | None) -> None:
        """The clock looks at it next at that moment; None: not by itself."""
        self.clock_at = at

    def nobody_reached(self, now: datetime) -> None:
        """The office was told that nobody of the unit could be reached."""
        self.unreachable_at = now

    # ------------------------------------------------------------ what was said

    @property
    def answer(self) -> Answer | None:
        """The answer that counts."""
        return self._with(AnswerStatus.IN_FORCE)

    @property
    def draft(self) -> Answer | None:
        """The opinion that waits for the head's signature."""
        return self._with(AnswerStatus.DRAFT)

    @property
    def late(self) -> Answer | None:
        """What the unit said after its silence had been taken for consent (逾期意见)."""
        return self._with(AnswerStatus.LATE)

    @property
    def opinion(self) -> Opinion | None:
        """What it says, as far as it has answered."""
        return self.answer.opinion if self.answer else None

    @property
    def deemed(self) -> bool:
        """Its silence stands as consent."""
        return self.opinion is Opinion.DEEMED

    @property
    def objects(self) -> bool:
        """It has an objection that neither its head nor a mediation has settled."""
        return self.opinion is Opinion.OBJECTION and not (
            self.objection is not None and (self.objection.dropped or self.objection.mediated)
        )

    @property
    def extension(self) -> Extension | None:
        """The request for more time that the lead unit has not answered."""
        return next((one for one in self.extensions if one.state is ExtensionState.ASKED), None)

    @property
    def extended(self) -> bool:
        """Whether it was given more time."""
        return any(one.state is ExtensionState.AGREED for one in self.extensions)

    @property
    def due(self) -> Due | None:
        """The end of its period, once that has begun."""
        if self.closes_at is None:
            return None
        return Due(self.closes_at, self.due_label, self.due_explained, self.provisional)

    @property
    def asked(self) -> Official | None:
        """On whose desk it is now."""
        return self.stand_in or self.head

    @property
    def whose(self) -> str:
        """The same in words, a stand-in with the one they stand in for."""
        if self.asked is None:
            return f"{self.unit.name}主要负责人"
        return acting_title(self.asked, self.head or self.asked)

    def overdue(self, now: datetime) -> bool:
        """Past 24:00 of its last day."""
        return self.closes_at is not None and now >= self.closes_at

    @property
    def evidence(self) -> dict[str, Any]:
        """What 视为无不同意见 rests on, as JSON: delivered when and to whom, nudged when, counted how."""
        return {
            "delivered_at": self.delivered_at.isoformat() if self.delivered_at else "",
            "delivered_to": self.delivered_to.titled if self.delivered_to else "",
            "message_id": self.message_id,
            "channel": str(self.channel or Channel.BOT),
            "delivery_note": self.delivery_note,
            "nudges": [[taken, what] for _, what, *fate in self.nudges for taken in fate if taken],
            "nudges_lost": [[at, what] for at, what, *fate in self.nudges if "" in fate],
            "due": self.due_label,
            "explained": self.due_explained,
            "closes_at": self.closes_at.isoformat() if self.closes_at else "",
        }

    # ------------------------------------------------------------ what the clock does

    def deliver(self, delivery: Delivery) -> bool:
        """Keep the first proof of delivery; returns False where there is one already."""
        if self.delivered_at is not None:
            return False
        self.delivered_at, self.delivered_to = delivery.at, delivery.to
        self.message_id, self.channel = delivery.message_id, delivery.channel
        self.delivery_recorded_by, self.delivery_note = delivery.recorded_by, delivery.note
        self.unreachable_at = None
        return True

    def put_due(self, due: Due) -> None:
        """From now on its period ends then."""
        self.closes_at, self.provisional = due.closes_at, due.provisional
        self.due_label, self.due_explained = due.label, due.explained

    def nudged(self, now: datetime, what: str) -> None:
        """Write down that a reminder goes out; `what` tells the stages and the lead unit's own apart.

        It counts once `nudge_settled` says that Telegram took it.
        """
        self.nudges = [*self.nudges, [now.isoformat(), what]]

    def nudge_settled(self, sent_at: datetime, taken_at: datetime | None) -> None:
        """The reminder that went out at `sent_at` was taken by Telegram then; None: it reached nobody."""
        sent, taken = sent_at.isoformat(), taken_at.isoformat() if taken_at else ""
        self.nudges = [
            [at, what, taken] if at == sent and not fate else [at, what, *fate]
            for at, what, *fate in self.nudges
        ]

    @property
    def nudges_under_way(self) -> list[tuple[datetime, str]]:
        """Reminders of which it is not known yet whether they reached anybody."""
        return [(datetime.fromisoformat(at), what) for at, what, *fate in self.nudges if not fate]

    @property
    def nudges_taken(self) -> int:
        """How many reminders reached somebody of the unit."""
        return sum(1 for _, _, *fate in self.nudges if any(fate))

    @property
    def known_unreachable(self) -> bool:
        """Whether the last reminder whose fate is known reached nobody."""
        fates = [fate[0] for _, _, *fate in self.nudges if fate]
        return bool(fates) and not fates[-1]

    def escalated(self, now: datetime, what: str) -> None:
        """Write down that its silence was told further up."""
        self.escalations = [*self.escalations, [now.isoformat(), what]]

    @property
    def nudged_when(self) -> list[tuple[datetime, str]]:
        """Every reminder that went out and may have reached somebody, or did, the latest last."""
        return [(datetime.fromisoformat(at), what) for at, what, *fate in self.nudges if "" not in fate]

    @property
    def pressed_when(self) -> list[tuple[datetime, str]]:
        """Every reminder that was due and was seen to, whether or not it reached anybody, the latest last."""
        return [(datetime.fromisoformat(at), what) for at, what, *_ in self.nudges]

    def ask_anew(self, now: datetime) -> None:
        """Ask once more in the same round: what it said counts no more, its period starts anew."""
        for answer in self.answers:
            if answer.status in (AnswerStatus.IN_FORCE, AnswerStatus.LATE):
                answer.status = AnswerStatus.REPLACED
        self.asked_at, self.waiting, self.objection = now, True, None
        self.delivered_at = self.delivered_to = self.message_id = self.channel = None
        self.delivery_recorded_by, self.delivery_note, self.unreachable_at = None, "", None
        self.closes_at, self.due_label, self.due_explained, self.provisional = None, "", "", False
        self.nudges, self.escalations = [], []

    # ------------------------------------------------------------ who drafts

    def may_draft(self, official: Official, liaisons: list[Official]) -> None:
        """Refuses everybody but the unit's liaisons and the one to whom it was passed."""
        passed = official is self.passed_to and official.unit is self.unit
        if official not in liaisons and not passed:
            raise Refused(
                f"这份会签由{self.unit.name}主要负责人签署，联络员或受转交的同志代拟，您不能办理。", 53
            )

    def enter(self, answer: Answer) -> None:
        """Keep an answer that counts; what counted before does so no more.

        A draft is dropped where the unit has spoken, and stays where its silence was taken: the head may
        still sign it, too late as it is.
        """
        for other in self.answers:
            if other is not answer and other.status is AnswerStatus.DRAFT and answer.signed:
                other.status = AnswerStatus.DROPPED
            elif other is not answer and other.status is AnswerStatus.IN_FORCE:
                other.status = AnswerStatus.REPLACED
        if answer not in self.answers:
            self.answers.append(answer)
        answer.status = AnswerStatus.IN_FORCE
        self.waiting = False
        if answer.opinion is Opinion.OBJECTION:
            self.objection = Objection(answer.at)

    def _with(self, status: AnswerStatus) -> Answer | None:
        return next((answer for answer in self.answers if answer.status is status), None)


def still_there(those: Sequence[Consultation], reviewer: Unit | None) -> list[Consultation]:
    """Those whose units have not been closed; refused without the legal reviewer, and where none is left."""
    if reviewer is not None and reviewer.closed_at is not None:
        raise Refused(f"{reviewer.name}已撤并，请待区政府办公室明确合法性审查单位后再送。", 21)
    found = [one for one in those if one.unit.closed_at is None]
    if not found:
        raise Refused("会签单位均已撤并，请点「退回修改」另定会签单位。", 63)
    return found

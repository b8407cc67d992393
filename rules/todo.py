"""待办: one question on one person's desk, the same for every procedure.

Each kind of question has its own class, table, law and words; where it lies, whose it is, who may answer it
and since when it waits is said here. The right is never stored: who stands in is worked out at every tap
(rules/absence.py), `stand_in` only says where the card lies. Instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rules.dates.reading import moment_words
from rules.refused import Refused
from rules.roster import Official

if TYPE_CHECKING:
    from rules.absence import StandIn

Owner_co = TypeVar("Owner_co", Official, Official | None, covariant=True)
"""Whose question it is: an official, or for some kinds nobody's alone, then the office desk's."""


def acting_title(one: Official, of: Official) -> str:
    """For people: 常务副区长 某某（代区长 某某）, or just the one if they act for themselves."""
    return one.titled if one is of else f"{one.titled}（代{of.titled}）"


def _title(one: Official | None, of: Official | None) -> str:
    """The same; what is nobody's alone is the office's."""
    return acting_title(one, of or one) if one else "区政府办公室"


@dataclass(frozen=True)
class Refusals:
    """How a kind refuses, and by which article; `{of}` is whose matter it is, the rest the question's own."""

    others: str
    done: str
    article: int | None = None
    own: str = "本人的事项不能由本人审批。"
    early: str = ""


@dataclass(eq=False, kw_only=True)
class Question(Generic[Owner_co]):
    """A question to its owner, decided or not.

    `stand_in` holds the card while the owner is away, `unattended_at` is when the office was told that nobody
    does. `decided_by` differs from the owner where a stand-in decided (代).
    """

    refusals: ClassVar[Refusals]

    stand_in: Official | None = None
    unattended_at: datetime | None = None
    decided_by: Official | None = None
    decided_at: datetime | None = None

    @property
    def owner(self) -> Owner_co:
        """Whose question it is by the rules; the kind has its own word for them."""
        raise NotImplementedError

    @property
    def outcome(self) -> str:
        """What was decided, as it ends the sentence 已由某某于某时…; empty while it waits."""
        raise NotImplementedError

    @property
    def holder(self) -> Owner_co:
        """On whose desk it is now."""
        return self.stand_in or self.owner

    @property
    def whose(self) -> str:
        """On whose desk it is, in words; a stand-in with the one they stand in for."""
        return _title(self.holder, self.owner)

    @property
    def by(self) -> str:
        """Who decided, in words, likewise; empty where nobody had to, or has yet."""
        return _title(self.decided_by, self.owner) if self.decided_by else ""

    @property
    def acting_for(self) -> Owner_co | None:
        """In whose place it was decided, where that was a stand-in (代)."""
        return self.owner if self.decided_by not in (None, self.owner) else None

    @property
    def settled(self) -> str:
        """区长 某某于12月1日 09:30同意; empty while it waits."""
        if not self.outcome or self.decided_at is None:
            return ""
        by = f"{self.by}于{moment_words(self.decided_at)}" if self.decided_by else ""
        return f"{by}{self.outcome}"

    @property
    def done(self) -> str:
        """The same as a clause: 已由区长 某某于12月1日 09:30同意."""
        return self.settled and f"已{'由' if self.decided_by else ''}{self.settled}"

    def require(
        self, official: Official, stand_in: Official | None = None, *, of: Official | None = None
    ) -> None:
        """Refuse whoever may not decide it now: whose own matter (`of`) it is, whose it is not; and twice.

        `stand_in` is who decides for the owner now. The owner may too, though away: the first tap decides.
        """
        if official is of:
            raise self._refused(self.refusals.own, of)
        if self.done and self.refusals.done:
            raise Refused(self._said(self.refusals.done, of))
        if official not in (self.owner, stand_in):
            raise self._refused(self.refusals.others, of)

    def _refused(self, sentence: str, of: Official | None) -> Refused:
        return Refused(self._said(sentence, of), self.refusals.article)

    def _said(self, sentence: str, of: Official | None) -> str:
        return sentence.format(
            of=of.titled if of else "",
            owner=_title(self.owner, self.owner),
            whose=self.whose,
            by=self.by,
            done=self.done,
            outcome=self.outcome,
        )

    # ------------------------------------------------------------ following who decides

    def is_on_wrong_desk(self, now: StandIn | None) -> bool:
        """Whether it lies elsewhere than with who decides for the owner now (None: the owner), or untold."""
        to, nobody = _desk(now)
        return self.stand_in is not to or nobody != (self.unattended_at is not None)

    def reassign(self, stand_in: StandIn | None, now: datetime) -> None:
        """Lay it before whoever decides now; on a new desk the wait for an answer begins again."""
        before = self.holder
        self.stand_in, nobody = _desk(stand_in)
        self.unattended_at = (self.unattended_at or now) if nobody else None
        if self.holder is not before:
            self.wait_anew(now)

    def has_new_owner(self, now: datetime) -> None:
        """It was laid before another owner: nobody stands in for them yet, and the wait begins again."""
        self.stand_in = self.unattended_at = None
        self.wait_anew(now)

    def wait_anew(self, now: datetime) -> None:
        """It has come to another desk: whoever has it now was asked at this moment."""


def _desk(stand_in: StandIn | None) -> tuple[Official | None, bool]:
    """With whom it is to lie (None: the owner), and whether that is for want of anybody else."""
    return (stand_in.official, stand_in.official is None) if stand_in else (None, False)


@dataclass(eq=False, kw_only=True)
class Todo(Question[Owner_co]):
    """A question whose silence is counted by rules/reminders.py.

    `asked_at` is when it came to lie where it lies now (None: its turn has not come), `reminded_at` when the
    clock reminded whoever has it, `escalated_at` when somebody above them, or the office, was told.
    """

    asked_at: datetime | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None

    def ask(self, now: datetime) -> None:
        """Its turn has come, or it is asked once more: the wait begins."""
        self.asked_at = now
        self.reminded_at = self.escalated_at = None

    def reminded(self, now: datetime) -> None:
        """Whoever has it was reminded, outside the ladder."""
        self.reminded_at = now

    def wait_anew(self, now: datetime) -> None:
        """On another desk the wait begins again, where it had begun."""
        if self.asked_at is not None:
            Todo.ask(self, now)

    def require_turn(self) -> None:
        """Refuse to have it decided before its turn."""
        if self.asked_at is None:
            raise self._refused(self.refusals.early, None)

"""What becomes of 有不同意见: the lead unit's reply, what the unit says to it, and mediation (art. 53)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from rules.roster import Official
from rules.todo import Question, Refusals, acting_title


class Reply(StrEnum):
    """What the lead unit does with an objection."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    NOT_ADOPTED = "不采纳"


class Stand(StrEnum):
    """What the objecting unit says after the reply."""

    KEPT = "保留意见"
    DROPPED = "无不同意见"


class MediationDecision(StrEnum):
    """What the vice mayor in charge decides."""

    AS_LEAD = "按主办意见"
    AS_CONSULTED = "按会签单位意见"
    LATER = "另行研究"


@dataclass(eq=False)
class Mediation(Question[Official]):
    """协调 by the vice mayor in charge, who has both sides' grounds before them (列明各方理据).

    `lead_grounds` is what the lead unit says for its draft; the objections in it give the other side's.
    Its silence is counted with everything else of the sheet (rules/countersign/stall.py). `meeting` says what
    they have begun where they call a meeting first. `moot_at` is when there was nothing left to decide: a new
    version, all agreed after all, or the sheet withdrawn.
    """

    refusals: ClassVar = Refusals(
        others="这项协调由{owner}主持，您不能办理。",
        done="这项协调已由{by}定：{outcome}。",
        article=53,
    )

    mediator: Official
    opened_by: Official
    opened_at: datetime
    lead_grounds: str
    decision: MediationDecision | None = None
    text: str = ""
    meeting: str = ""
    moot_at: datetime | None = None
    id: int = field(init=False)

    def put_to(self, mediator: Official) -> None:
        """Another decides by the roster as it is now."""
        self.mediator = mediator

    @property
    def open(self) -> bool:
        """They have still to decide."""
        return self.decision is None and self.moot_at is None

    @property
    def owner(self) -> Official:
        """The mediator."""
        return self.mediator

    @property
    def outcome(self) -> str:
        """What was decided."""
        return self.decision or ""


@dataclass(eq=False)
class Objection:
    """One unit's objection on its way to agreement; what it says stands in the answer.

    The lead unit's liaison may draft the reply (`draft_reply`, `draft_text`, `drafted_by`, `drafted_at`), its
    head gives it (`replied_for`: in whose place). `settled_for` is the head in whose place the unit's stand
    was signed.
    """

    raised_at: datetime
    draft_reply: Reply | None = None
    draft_text: str = ""
    drafted_by: Official | None = None
    drafted_at: datetime | None = None
    reply: Reply | None = None
    reply_text: str = ""
    replied_by: Official | None = None
    replied_for: Official | None = None
    replied_at: datetime | None = None
    stand: Stand | None = None
    settled_by: Official | None = None
    settled_for: Official | None = None
    settled_at: datetime | None = None
    mediation: Mediation | None = None
    id: int = field(init=False)

    @property
    def dropped(self) -> bool:
        """The head has signed 无不同意见 after all."""
        return self.stand is Stand.DROPPED

    @property
    def mediated(self) -> bool:
        """The vice mayor has decided for one side."""
        decision = self.mediation.decision if self.mediation else None
        return decision in (MediationDecision.AS_LEAD, MediationDecision.AS_CONSULTED)

    @property
    def settled_since(self) -> bool:
        """Whether the head has signed their stand after the mediation."""
        decided = self.mediation.decided_at if self.mediation else None
        if decided is None or self.settled_at is None:
            return False
        return self.dropped or self.settled_at > decided

    @property
    def replier(self) -> str:
        """Who gave the lead unit's reply, in words."""
        return acting_title(self.replied_by, self.replied_for or self.replied_by) if self.replied_by else ""

    @property
    def settler(self) -> str:
        """Who signed the unit's stand, in words."""
        return acting_title(self.settled_by, self.settled_for or self.settled_by) if self.settled_by else ""

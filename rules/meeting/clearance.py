"""The steps by which a department's district-wide meeting is cleared (art. 58): office, then vice mayor."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from rules.roster import Official
from rules.todo import Refusals, Todo


class Step(StrEnum):
    """Whose turn it is."""

    OFFICE = "区政府办公室审核"
    VICE_MAYOR = "区政府分管领导审批"


class Verdict(StrEnum):
    """What may be tapped at a step, in the word that people read."""

    PASSED = "审核通过"
    SENT_BACK = "退回"
    AGREED = "同意"
    DECLINED = "不同意"


GOOD = frozenset({Verdict.PASSED, Verdict.AGREED})


@dataclass(eq=False)
class Clearance(Todo[Official | None]):
    """One step of one round, decided or not; `approver` is None where the whole desk is asked."""

    refusals: ClassVar = Refusals(
        own="本人提出的会议不能由本人审批。",
        done="{done}，不能重复办理。",
        others="这次会议由{whose}审批，您不能代为办理。",
        article=58,
    )

    step: Step
    position: int
    approver: Official | None = None
    verdict: Verdict | None = None
    comment: str = ""
    id: int = field(init=False)
    meeting_id: int = field(init=False)

    def put_to(self, approver: Official) -> None:
        """Another vice mayor is in charge of the department: the step is theirs."""
        self.approver = approver

    @property
    def owner(self) -> Official | None:
        """The vice mayor; None for the office."""
        return self.approver

    @property
    def outcome(self) -> str:
        """The verdict."""
        return self.verdict or ""

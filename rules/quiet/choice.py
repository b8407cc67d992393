"""What makes a phone ring, and what waits: as the notice calls upon its reader, and as they have chosen.

Only what asks somebody for an act rings (办公室规定); whoever must be reachable (art. 77) still is. Nothing
is held back that would then come too late.
"""

from datetime import datetime
from enum import StrEnum


class Call(StrEnum):
    """How a message calls upon its reader."""

    TELLS = "tells"
    ASKS = "asks"
    URGENT = "urgent"
    ANSWER = "answer"  # to what they have just written or tapped


class Choice(StrEnum):
    """What somebody wants to be rung up for (提醒设置); urgent and answered things come at once to all."""

    ALL = "都响"
    ACTS = "只响要办的"
    DIGEST = "每天两次汇总"


def rings(call: Call, choice: Choice, *, at_work: bool, comes_too_late: bool = False) -> bool:
    """Whether the phone makes a sound.

    `at_work` says that it is office hours; out of them only what is urgent or answers does, or what
    `comes_too_late` when it is seen with the next opening. The rest lies there without a sound.
    """
    if call in (Call.URGENT, Call.ANSWER):
        return True
    if not at_work:
        return call is Call.ASKS and comes_too_late
    return call is Call.ASKS or choice is Choice.ALL


def waits(call: Call, choice: Choice, until: datetime | None, next_digest: datetime) -> bool:
    """Whether it waits for the next digest: never what is to be done before that, or asked without an end."""
    if choice is not Choice.DIGEST or call in (Call.URGENT, Call.ANSWER):
        return False
    return call is Call.TELLS if until is None else until > next_digest

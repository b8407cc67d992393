"""When the clock looks at a consulted unit again: the end of its period (art. 63)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from rules.countersign import Countersign, CountersignState
from rules.countersign_consultation import Consultation
from rules.hours import OfficeHours
from rules.working_days import Calendar

DUE: Final = "countersign.due"
"""Timer of a consultation: its period is over."""


def moments(
    sheet: Countersign,
    consultation: Consultation,
    calendar: Calendar,  # noqa: ARG001 - nudges are counted on it
    hours: OfficeHours,  # noqa: ARG001
) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where the unit needs none now."""
    running = sheet.state is CountersignState.OPEN and consultation.waiting
    return {DUE: consultation.closes_at if running else None}

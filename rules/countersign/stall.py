"""When a sheet stands still after the answers: with whom something lies, since when, what the clock does.

A working day without a word is nudged, a second one is told to the lead unit and the office; each once.
What is urgent (急件, 即到即办, art. 61) is nudged after half a day of office time already. Nothing goes out
outside office hours. For an objection the lead unit's wait begins when the round has ended: with the last
answer, or the silence that is taken for one. The consulted units' own silence is another matter:
rules/countersign/clock.py.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from rules.countersign.answer import Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.life import obstacles_to_closing
from rules.countersign.matter import Countersign, CountersignKind, CountersignState
from rules.countersign.objection import Mediation, MediationDecision
from rules.hours import OfficeHours
from rules.reminders import next_morning, silence_over
from rules.working_days import Calendar

STALLED: Final = "countersign.stalled"
"""Timer of a sheet: somebody may have let something lie."""
URGENT_AFTER: Final = timedelta(hours=4)
"""So much office time of silence is enough where the sheet is urgent: about half a working day."""


class Step(StrEnum):
    """What is waited for."""

    RELEASE = "送会签"
    VERSION = "送出新稿"
    REPLY = "答复不同意见"
    STAND = "对主办答复表态"
    SIGN = "补签会签意见"
    MEDIATE = "协调"
    REVISE = "按协调结果修改后送新稿"
    CLOSE = "办结"


@dataclass(frozen=True)
class Pending:
    """One thing that somebody has to do now.

    `key` tells it from every other one of the sheet, from the same one asked anew as well.
    """

    step: Step
    key: str
    consultation: Consultation | None = None
    mediation: Mediation | None = None


@dataclass(frozen=True)
class Stall:
    """What is known of the wait for one thing; instants are aware UTC.

    `since` is when it came to lie on the desk of the official with the id `desk` (None: not looked at yet).
    `nudged` are those who have been nudged, the last one at `nudged_at`; `told_at` is when the lead unit and
    the office were told.
    """

    key: str
    since: datetime
    desk: int | None = None
    nudged: tuple[int, ...] = ()
    nudged_at: datetime | None = None
    told_at: datetime | None = None

    def pack(self) -> Mapping[str, Any]:
        """As it is kept with the sheet, in JSON."""
        return {
            "key": self.key,
            "since": self.since.isoformat(),
            "desk": self.desk,
            "nudged": list(self.nudged),
            "nudged_at": self.nudged_at.isoformat() if self.nudged_at else None,
            "told_at": self.told_at.isoformat() if self.told_at else None,
        }

    @classmethod
    def unpack(cls, stored: Mapping[str, Any]) -> "Stall":
        """Out of what `pack` gave."""
        return cls(
            stored["key"],
            datetime.fromisoformat(stored["since"]),
            stored["desk"],
            tuple(stored["nudged"]),
            _instant(stored["nudged_at"]),
            _instant(stored["told_at"]),
        )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# ---------------------------------------------------------------- what lies where


def pending(sheet: Countersign) -> list[Pending]:
    """Everything of the sheet that waits for somebody, besides the answers of the units."""
    if sheet.lead_unit.closed_at is not None:  # the office desk has it (see rules/succession.py)
        return []
    if sheet.state is CountersignState.PREPARED:
        return [Pending(Step.RELEASE, _key(Step.RELEASE, sheet.prepared_at))]
    if sheet.state is not CountersignState.OPEN:
        return []
    found = [
        Pending(Step.MEDIATE, _key(Step.MEDIATE, one.opened_at), mediation=one)
        for one in sheet.mediations
        if one.open
    ]
    if sheet.new_version is not None:  # it overtakes what the lead unit would have to say of the old one
        mark = zlib.crc32(json.dumps(dict(sheet.new_version), sort_keys=True).encode())
        return [*found, Pending(Step.VERSION, f"{Step.VERSION.name}:{sheet.round}:{mark}")]
    for one in sheet.current:
        objection, whose = one.objection, f"{one.unit.name}:{one.round}"
        if unanswered(one) and objection is not None:
            if not sheet.waiting:  # all that was said in the round is answered together
                found.append(Pending(Step.REPLY, _key(Step.REPLY, objection.raised_at, whose), one))
        elif unsaid(sheet, one) and one.unit.closed_at is None and objection is not None:
            decided_at = objection.mediation.decided_at if objection.mediation else None
            asked_at = decided_at or objection.replied_at
            found.append(Pending(Step.STAND, _key(Step.STAND, asked_at, whose), one))
        elif sheet.unsigned(one) and one.opinion is Opinion.NO_OBJECTION and one.unit.closed_at is None:
            at = one.answer.at if one.answer else None
            found.append(Pending(Step.SIGN, _key(Step.SIGN, at, whose), one))
    if not obstacles_to_closing(sheet):
        step = Step.REVISE if to_revise(sheet) else Step.CLOSE
        found.append(Pending(step, f"{step.name}:{sheet.round}"))
    return found


def _key(step: Step, at: datetime | None, whose: str = "") -> str:
    return f"{step.name}:{whose}:{at.timestamp() if at else 0:.0f}"


def unanswered(one: Consultation) -> bool:
    """Its objection has had no reply of the lead unit."""
    return one.objects and one.objection is not None and one.objection.reply is None


def unsaid(sheet: Countersign, one: Consultation) -> bool:
    """Its head has said nothing to the lead unit's reply, nor for a topic to what was decided (art. 53)."""
    objection = one.objection
    if objection is None or objection.reply is None or objection.dropped:
        return False
    if objection.mediated:
        return sheet.kind is CountersignKind.TOPIC and not objection.settled_since
    under_way = objection.mediation is not None and objection.mediation.open
    return one.objects and objection.stand is None and not under_way


def to_revise(sheet: Countersign) -> list[Consultation]:
    """Whose side was taken in the mediation, while the draft still reads as before.

    For a topic the heads sign what was agreed upon (art. 53); for the others nobody would notice.
    """
    if sheet.kind is CountersignKind.TOPIC:
        return []
    return [
        one
        for one in sheet.current
        if one.objection is not None
        and not one.objection.dropped
        and one.objection.mediation is not None
        and one.objection.mediation.decision is MediationDecision.AS_CONSULTED
    ]


# ---------------------------------------------------------------- the wait


def stalls_of(sheet: Countersign) -> list[Stall]:
    """What is known of the sheet's waits."""
    return [Stall.unpack(stored) for stored in sheet.stalls or ()]


def keep(sheet: Countersign, desks: Mapping[str, int | None], now: datetime) -> bool:
    """After a change: begin the waits that are new, forget those that are over; whether there was any.

    `desks` says by key with whom what is new lies; who is not named there is found out at the first look.
    """
    known = {stall.key: stall for stall in stalls_of(sheet)}
    keys = [one.key for one in pending(sheet)]
    if list(known) == keys:
        return False
    put(sheet, [known.get(key) or Stall(key, now, desks.get(key)) for key in keys])
    return True


def put(sheet: Countersign, stalls: Iterable[Stall]) -> None:
    """Keep these waits with the sheet."""
    sheet.stalls = [stall.pack() for stall in stalls] or None


def nudge_at(sheet: Countersign, stall: Stall, calendar: Calendar, hours: OfficeHours) -> datetime:
    """When they on whose desk it lies has been silent long enough to be nudged."""
    if sheet.urgent:
        return hours.next_opening(calendar, hours.worked_out(calendar, stall.since, URGENT_AFTER))
    return silence_over(stall.since, calendar, hours)


def next_look(sheet: Countersign, stall: Stall, calendar: Calendar, hours: OfficeHours) -> datetime | None:
    """When the wait is to be looked at next, always in office hours; None once all has been said."""
    if stall.nudged_at is None:
        return nudge_at(sheet, stall, calendar, hours)
    if stall.told_at is not None:
        return None
    if sheet.urgent:
        return hours.next_opening(calendar, hours.worked_out(calendar, stall.nudged_at, URGENT_AFTER))
    return next_morning(stall.nudged_at, calendar, hours)


def due(sheet: Countersign, calendar: Calendar, hours: OfficeHours) -> datetime | None:
    """When the sheet is to be looked at next; None where nothing of it waits, or all has been said."""
    looks = [next_look(sheet, stall, calendar, hours) for stall in stalls_of(sheet)]
    return min((at for at in looks if at is not None), default=None)


def remind_and_escalate(
    sheet: Countersign,
    desks: Mapping[str, int | None],
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
) -> tuple[Sequence[Pending], Sequence[Pending]]:
    """What is to be nudged now, and what is to be told; written down as done.

    `desks` says by key with whom each thing lies now. On another desk the wait begins again, but nobody is
    nudged twice for the same thing. Where there is nobody to nudge, it is told at once.
    """
    keep(sheet, desks, now)
    if not hours.is_open(calendar, now):
        return [], []
    open_now = {one.key: one for one in pending(sheet)}
    nudged, told, after = [], [], []
    for known in stalls_of(sheet):
        stall, desk = known, desks.get(known.key)
        if desk is not None and desk != stall.desk:
            first = stall.desk is None and stall.nudged_at is None
            stall = (
                replace(stall, desk=desk) if first else replace(stall, desk=desk, since=now, nudged_at=None)
            )
        at = next_look(sheet, stall, calendar, hours)
        if at is not None and at <= now:
            if stall.nudged_at is None:
                if desk is not None and desk not in stall.nudged:
                    nudged.append(open_now[stall.key])
                    stall = replace(stall, nudged=(*stall.nudged, desk))
                stall = replace(stall, nudged_at=now)
                if desk is None and stall.told_at is None:
                    told.append(open_now[stall.key])
                    stall = replace(stall, told_at=now)
            else:
                told.append(open_now[stall.key])
                stall = replace(stall, told_at=now)
        after.append(stall)
    put(sheet, after)
    return nudged, told


def lying(
    sheet: Countersign, now: datetime, calendar: Calendar, hours: OfficeHours
) -> list[tuple[Pending, Stall]]:
    """What has been let lie long enough to be nudged, for the office's morning card."""
    open_now = {one.key: one for one in pending(sheet)}
    return [
        (open_now[stall.key], stall)
        for stall in stalls_of(sheet)
        if stall.key in open_now and nudge_at(sheet, stall, calendar, hours) <= now
    ]

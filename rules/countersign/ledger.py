"""The countersign ledger (会签台账): how each unit answered, and how timely over all (art. 61, 63).

Time to an answer is working time: office hours on working days between the delivery and the first signed
answer. Nothing here knows of files or tables, and the time is always passed in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.countersign.answer import Answer, AnswerStatus
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.hours import OfficeHours
from rules.roster import LEADERS, OFFICE_DESK, Official, Unit
from rules.working_days import Calendar, shanghai_day


class Timeliness(StrEnum):
    """How a unit stands with one sheet."""

    IN_TIME = "按期答复"
    LATE = "逾期答复"
    DEEMED = "视为无不同意见"
    OVERDUE = "逾期未答复"
    WAITING = "待答复"
    UNDELIVERED = "未送达"
    MOOT = "不再答复"


@dataclass(frozen=True)
class Terms:
    """What a line is counted by, at the instant `now`."""

    calendar: Calendar
    hours: OfficeHours
    now: datetime


@dataclass(frozen=True)
class Line:
    """One unit's place in one round: `first` is its first signed answer, `worked` the working time to it."""

    sheet: Countersign
    consultation: Consultation
    timeliness: Timeliness
    first: Answer | None
    worked: timedelta | None

    @property
    def deemed(self) -> bool:
        """Whether its silence stands or stood as consent, whatever it said later; not if given more time."""
        lapsed = any(not answer.signed for answer in self.consultation.answers)
        return lapsed and self.timeliness in (Timeliness.DEEMED, Timeliness.LATE)

    @property
    def late(self) -> bool:
        """Whether it answered, and too late; also after its silence had been taken for consent."""
        return self.timeliness is Timeliness.LATE or (self.deemed and self.first is not None)


def lines(sheet: Countersign, terms: Terms) -> list[Line]:
    """A line for every unit that was asked, round by round in the order in which they were put down."""
    asked = [one for one in sheet.consultations if one.asked_at is not None]
    return [_line(sheet, one, terms) for one in sorted(asked, key=lambda one: one.round)]


def _line(sheet: Countersign, one: Consultation, terms: Terms) -> Line:
    first = min((a for a in one.answers if _counts(a)), key=lambda answer: answer.at, default=None)
    return Line(sheet, one, _timeliness(one, first, terms.now), first, _worked(one, first, terms))


def _counts(answer: Answer) -> bool:
    """Whether it was the unit's own word at some time: not a draft, not what silence was taken for."""
    return answer.signed and answer.status not in (AnswerStatus.DRAFT, AnswerStatus.DROPPED)


def _timeliness(one: Consultation, first: Answer | None, now: datetime) -> Timeliness:
    if one.deemed:
        return Timeliness.DEEMED
    if first is not None:
        return Timeliness.LATE if _too_late(one, first) else Timeliness.IN_TIME
    if not one.waiting:
        return Timeliness.MOOT
    if one.delivered_at is None:
        return Timeliness.UNDELIVERED
    return Timeliness.OVERDUE if one.overdue(now) else Timeliness.WAITING


def _too_late(one: Consultation, answer: Answer) -> bool:
    """An answer on paper or by phone counts by the day it was given, not by when it was entered."""
    if one.closes_at is None:
        return False
    if answer.given_on is not None:
        return answer.given_on >= shanghai_day(one.closes_at)
    return answer.at >= one.closes_at


def _worked(one: Consultation, first: Answer | None, terms: Terms) -> timedelta | None:
    """Until the answer; one given on paper or by phone counts to the close of business of its day."""
    if first is None or one.delivered_at is None:
        return None
    at = first.at
    if first.given_on is not None:
        at = min(at, terms.hours.closing(first.given_on))
    return terms.hours.worked_between(terms.calendar, one.delivered_at, at)


@dataclass
class Tally:
    """One unit's answers in the ledger, added up; a unit asked in two rounds was asked twice.

    `in_time`, `late`, `deemed` may overlap: who spoke after their silence was taken for consent is in both.
    """

    unit: Unit
    asked: int = 0
    in_time: int = 0
    extended: int = 0
    late: int = 0
    deemed: int = 0
    overdue: int = 0
    waiting: int = 0
    undelivered: int = 0
    moot: int = 0
    objections: int = 0
    answered: int = 0
    worked: timedelta = timedelta()
    longest: timedelta = timedelta()

    @property
    def average(self) -> timedelta | None:
        """Working time to an answer, on average of those it gave itself."""
        return self.worked / self.answered if self.answered else None

    def add(self, line: Line) -> None:
        """Count one more."""
        self.asked += 1
        self.in_time += line.timeliness is Timeliness.IN_TIME
        self.late += line.late
        self.deemed += line.deemed
        self.extended += line.consultation.extended
        self.overdue += line.timeliness is Timeliness.OVERDUE
        self.waiting += line.timeliness is Timeliness.WAITING
        self.undelivered += line.timeliness is Timeliness.UNDELIVERED
        self.moot += line.timeliness is Timeliness.MOOT
        self.objections += line.consultation.objection is not None
        if line.worked is not None:
            self.answered += 1
            self.worked += line.worked
            self.longest = max(self.longest, line.worked)


def by_unit(lines: Iterable[Line]) -> list[Tally]:
    """Every unit that was asked, in the order of the roster."""
    tallies: dict[Unit, Tally] = {}
    for line in lines:
        unit = line.consultation.unit
        tallies.setdefault(unit, Tally(unit)).add(line)
    return sorted(tallies.values(), key=lambda tally: tally.unit.id)


def open_to(line: Line, reader: Official | None) -> bool:
    """Whether the reader may see how that unit answered: who may see all, and the unit itself."""
    return leads(line.sheet, reader) or (reader is not None and line.consultation.unit is reader.unit)


def leads(sheet: Countersign, reader: Official | None) -> bool:
    """Whether the reader may see how everybody answered; at the command line (None) nothing is withheld."""
    if reader is None or reader.role in OFFICE_DESK or reader.role in LEADERS:
        return True
    return sheet.lead_unit is reader.unit

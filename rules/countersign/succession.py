"""A sheet whose lead unit or reviewer is closed (撤并): what stands still, who takes it over (art. 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.countersign.clock import last_day
from rules.countersign.consultation import Consultation
from rules.countersign.due import due_on
from rules.countersign.extension import Extension, ExtensionState
from rules.countersign.life import unreviewed
from rules.countersign.matter import Countersign, CountersignState
from rules.hours import OfficeHours
from rules.outage import Outage, last_day_after
from rules.roster import Official, Unit
from rules.succession import may_assign
from rules.working_days import Calendar


def sheet_left(sheet: Countersign) -> bool:
    """Whether a sheet has lost its lead unit and is not at its end."""
    return sheet.lead_unit.closed_at is not None and not _over(sheet)


@dataclass(frozen=True)
class Review:
    """The legal review of a sheet, as a matter of its own (art. 21, 24, 53)."""

    sheet: Countersign

    @property
    def unit(self) -> Unit:
        """The reviewer, or who leads the sheet where nobody else reviews it."""
        return self.sheet.reviewer or self.sheet.lead_unit


def review_left(sheet: Countersign) -> bool:
    """Whether a sheet has lost its legal reviewer before that passed what goes round now."""
    if sheet.reviewer is None or sheet.reviewer.closed_at is None or _over(sheet):
        return False
    place = next((one for one in sheet.current if one.unit is sheet.reviewer), None)
    return place is None or not sheet.rounds or place.waiting or unreviewed(sheet, place) != ""


def _over(sheet: Countersign) -> bool:
    return sheet.state in (CountersignState.CLOSED, CountersignState.WITHDRAWN)


def take_sheet(
    sheet: Countersign,
    clerk: Official,
    unit: Unit,
    person: Official,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
) -> Sequence[Consultation]:
    """The sheet is the unit's now, in the hands of `person`; gives those who have more time by it.

    The working days on which nobody led it are added to the periods that ran meanwhile. A unit that was asked
    itself is asked no more: it does not countersign its own draft.
    """
    may_assign(clerk, sheet.lead_unit, over=not sheet_left(sheet))
    since = sheet.lead_unit.closed_at or now
    sheet.lead_unit, sheet.drafter = unit, person
    if sheet.reviewer is unit:  # as where it leads a sheet from the beginning
        sheet.reviewer = None
    if sheet.state is not CountersignState.OPEN:
        sheet.consultations = [one for one in sheet.consultations if one.unit is not unit]
    longer = []
    for one in sheet.waiting:
        if one.unit is unit:
            one.waiting = False
        elif (until := _later(one, since, now, calendar, hours)) is not None:
            _give_back(one, until, "主办单位撤并期间不计", clerk, now, calendar)
            longer.append(one)
    return longer


def take_review(
    sheet: Countersign,
    clerk: Official,
    unit: Unit,
    head: Official | None,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
) -> tuple[Consultation | None, bool]:
    """The unit reviews the law from now on; gives its place where it is asked, and whether for longer.

    What it said as one of the consulted is no review (国办发〔2018〕115号 二(七)): it is asked anew, with a
    period of its own; only its objection stands. Where it was being asked, the working days on which nobody
    reviewed are added. The lead unit itself is asked nothing, as where the reviewer leads from the beginning.
    """
    may_assign(clerk, sheet.reviewer, over=not review_left(sheet))
    since = (sheet.reviewer.closed_at if sheet.reviewer else None) or now
    if unit is sheet.lead_unit:
        sheet.reviewer = None
        return None, False
    sheet.reviewer = unit
    place = next((one for one in sheet.current if one.unit is unit), None)
    if sheet.state is not CountersignState.OPEN:
        if place is None:
            sheet.consultations.append(Consultation(unit, 1, head))
        return None, False
    if place is None or place.round < sheet.round:
        place = Consultation(unit, sheet.round, head, asked_at=now, waiting=True)
        sheet.consultations.append(place)
    elif place.waiting:
        if (until := _later(place, since, now, calendar, hours)) is not None:
            _give_back(place, until, "合法性审查单位撤并期间不计", clerk, now, calendar)
            return place, True
    elif not place.objects:
        place.ask_anew(now)
    return place, False


def _give_back(
    one: Consultation, until: date, why: str, clerk: Official, now: datetime, calendar: Calendar
) -> None:
    """An extension agreed at once: a recount of the calendar respects those already."""
    extension = Extension(until, why, clerk, now, ExtensionState.AGREED)
    extension.decided_by, extension.decided_at = clerk, now
    one.extensions.append(extension)
    one.put_due(due_on(until, calendar, extension.why))


def _later(
    one: Consultation, since: datetime, now: datetime, calendar: Calendar, hours: OfficeHours
) -> date | None:
    """The last day of the period with the working days added that it lost; None where it lost none."""
    if one.closes_at is None or one.delivered_at is None or one.closes_at <= since:
        return None
    last = last_day(one.closes_at)
    put_off, _ = last_day_after([Outage(since, now)], one.delivered_at, last, calendar, hours)
    return put_off if put_off > last else None

"""What a closed unit (撤并) leaves behind: another unit takes it over, or the office desk ends it (art. 10).

Until then the matter stands still: nobody is nudged for a unit that is no more, and no silence is taken for
consent. Nothing here knows of chats or tables, and the time is always passed in.
"""

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
from rules.invitation.matter import OPEN as INVITED
from rules.invitation.matter import Invitation
from rules.meeting.matter import BEFOREHAND, Meeting, MeetingState
from rules.meeting.topic import Topic
from rules.outage import Outage, last_day_after
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Roster, Unit, UnitKind
from rules.spelling import same
from rules.working_days import Calendar

ARTICLE = 10
"""区政府办公室 …负责安排处理区政府日常事务工作: what has lost its unit is the office's to place."""


def successors(roster: Roster) -> list[Unit]:
    """The units that can take something over: those with a head, but the leaders themselves."""
    return [unit for unit in roster.units if unit.kind is not UnitKind.LEADERS and roster.head_of(unit)]


def in_hand(unit: Unit, roster: Roster) -> Official | None:
    """Who has it in hand for the unit that takes over: its liaison, else its head."""
    return next(iter(roster.of(unit, Role.LIAISON)), None) or roster.head_of(unit)


def may_assign(official: Official, unit: Unit | None, *, over: bool) -> None:
    """Refuses whoever is not of the office desk, and what has a unit again or is at its end."""
    if official.role not in OFFICE_DESK:
        raise Refused("单位撤并后的事项由区政府办公室明确承接单位。", ARTICLE)
    if unit is None or unit.closed_at is None:
        by = f"已由{unit.name}承接，" if unit else ""
        raise Refused(f"这件事{by}不必再明确承接单位。")
    if over:
        raise Refused("这件事已经办结、取消或到了时间，不必再明确承接单位。")


# ---------------------------------------------------------------- what stands still


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
    place = next((one for one in sheet.standing if one.unit is sheet.reviewer), None)
    return place is None or not sheet.rounds or place.waiting or unreviewed(sheet, place) != ""


def _over(sheet: Countersign) -> bool:
    return sheet.state in (CountersignState.CLOSED, CountersignState.WITHDRAWN)


def meeting_left(meeting: Meeting) -> bool:
    """Whether a department's meeting that is still to come has lost its department (art. 58)."""
    to_come = meeting.state in BEFOREHAND or meeting.state is MeetingState.CALLED
    return meeting.orphaned and to_come


def topic_left(meeting: Meeting, topic: Topic) -> bool:
    """Whether a topic of a meeting to come has lost the unit that reports it."""
    to_come = meeting.state in BEFOREHAND or meeting.state is MeetingState.CALLED
    return topic.unit is not None and topic.unit.closed_at is not None and to_come


def invitation_left(invitation: Invitation, now: datetime) -> bool:
    """Whether an event still to come has lost the unit that reported it."""
    to_come = invitation.state in INVITED and not invitation.begun(now)
    return invitation.unit.closed_at is not None and to_come


# ---------------------------------------------------------------- taken over


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
    place = next((one for one in sheet.standing if one.unit is unit), None)
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


def take_meeting(meeting: Meeting, clerk: Official, unit: Unit, person: Official) -> None:
    """The department's meeting is the unit's now, and `person` the one who calls it (art. 58)."""
    may_assign(clerk, meeting.unit, over=not meeting_left(meeting))
    meeting.unit, meeting.called_by = unit, person


def take_topic(meeting: Meeting, topic: Topic, clerk: Official, unit: Unit) -> None:
    """The unit reports the topic from now on."""
    may_assign(clerk, topic.unit, over=not topic_left(meeting, topic))
    topic.unit = unit


def take_invitation(
    invitation: Invitation, clerk: Official, unit: Unit, person: Official, now: datetime
) -> None:
    """The event is the unit's now; where the closed unit was named as 主办 the new one is (art. 86)."""
    may_assign(clerk, invitation.unit, over=not invitation_left(invitation, now))
    if invitation.unit.called(invitation.organiser):
        invitation.organiser = unit.full_name
    if same(invitation.contact, invitation.submitted_by.name):  # else it is somebody of their own choice
        invitation.contact, invitation.phone = person.name, person.phone
    invitation.unit, invitation.submitted_by = unit, person

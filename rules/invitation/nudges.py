"""When an invitation is looked at again: a silent leader, delegate or director, and the event itself.

Silence of a working day is nudged once; some working days before the event it goes back to the office.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.request import InvitationRequest
from rules.invitation.terms import InvitationTerms
from rules.refused import Refused
from rules.reminders import LADDER, silence_over
from rules.roster import Official
from rules.working_days import Calendar, shanghai_day

SILENT: Final = "invitation.silent"
"""Timer: somebody who was asked keeps silent."""
BEGINS: Final = "invitation.begins"
"""Timer: the time of the event has come."""
AT_LATEST: Final = timedelta(hours=2)
"""So long before the event silence goes back to the office where a working day of it is too much."""


def moments(
    invitation: Invitation, calendar: Calendar, hours: OfficeHours, terms: InvitationTerms
) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where the invitation needs none now."""
    if invitation.state not in OPEN or _over(invitation):
        return {SILENT: None, BEGINS: None}
    return {
        SILENT: min(_silences(invitation, calendar, hours, terms), default=None),
        BEGINS: invitation.start,
    }


def _over(invitation: Invitation) -> bool:
    """Settled with nobody to wait for; an answered one only once it was settled by the event itself."""
    if invitation.settled_at is None:
        return False
    if invitation.state is InvitationState.ANSWERED:
        return invitation.begun(invitation.settled_at)
    return not invitation.waiting


def _silences(
    invitation: Invitation, calendar: Calendar, hours: OfficeHours, terms: InvitationTerms
) -> Iterator[datetime]:
    permission = invitation.question
    if permission is not None and (due := LADDER.due(permission, calendar, hours)) is not None:
        yield due
    for request in invitation.requests:
        if (nudge := nudge_due(request, calendar, hours)) is not None:
            yield nudge
        if (back := back_due(request, invitation, calendar, hours, terms)) is not None:
            yield back


def nudge_due(request: InvitationRequest, calendar: Calendar, hours: OfficeHours) -> datetime | None:
    """When the leader, or the delegate who has not said yet, is reminded; None once that is done or over."""
    asked_at, nudged_at = _asked(request)
    if asked_at is None or nudged_at is not None or request.escalated_at is not None:
        return None
    return silence_over(asked_at, calendar, hours)


def back_due(
    request: InvitationRequest,
    invitation: Invitation,
    calendar: Calendar,
    hours: OfficeHours,
    terms: InvitationTerms,
) -> datetime | None:
    """When silence goes back to the office: the opening of the second working day before the event.

    What was asked later than that has a working day, or until two hours before the event, or until the
    office is there for the last time before then.
    """
    asked_at, _ = _asked(request)
    if asked_at is None or request.escalated_at is not None:
        return None
    usual = hours.opening(calendar.before(shanghai_day(invitation.start), terms.back_to_desk).day)
    if asked_at < usual:
        return usual
    latest = _at_latest(invitation, asked_at, calendar, hours)
    return min(silence_over(asked_at, calendar, hours), latest) if asked_at < latest else None


def _at_latest(
    invitation: Invitation, asked_at: datetime, calendar: Calendar, hours: OfficeHours
) -> datetime:
    """Two hours before the event; while the office is shut then, as its last session before that begins."""
    latest = invitation.start - AT_LATEST
    staffed = hours.last_opening(calendar, latest)
    return staffed if asked_at < staffed else latest


def _asked(request: InvitationRequest) -> tuple[datetime | None, datetime | None]:
    """Since when somebody is being waited for, and when they were reminded."""
    if request.awaits_delegate:
        return request.delegate_asked_at, request.delegate_nudged_at
    return (request.asked_at, request.reminded_at) if request.waiting else (None, None)


def nudge(
    invitation: Invitation, official: Official, now: datetime, calendar: Calendar, hours: OfficeHours
) -> None:
    """催办 by the unit: it asks the office, never the leader (art. 86); once a day, in office hours."""
    invitation.require_own(official)
    if invitation.state not in (
        InvitationState.PERMISSION,
        InvitationState.AT_DESK,
        InvitationState.WITH_LEADERS,
    ):
        raise Refused(f"这件邀请{invitation.state}，无需催办。")
    if invitation.nudged_at and shanghai_day(invitation.nudged_at) == shanghai_day(now):
        raise Refused(f"今天{moment_words(invitation.nudged_at)}已催办过，一天只催办一次。")
    if shanghai_day(invitation.submitted_at) == shanghai_day(now):
        raise Refused("今天刚报送，请下一个工作日再催办；确有急事，请致电区政府办公室。")
    if not hours.is_open(calendar, now):
        raise Refused("现在是休息时间，请在上班时间催办；确有急事，请致电区政府办公室。")
    invitation.nudged_at = now

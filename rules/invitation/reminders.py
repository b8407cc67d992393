"""When those who attend an event are reminded of it: the working day before, and again shortly before it.

Only somebody who comes is reminded; what was cancelled or moved is looked at afresh when the moment comes.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from rules.hours import OfficeHours
from rules.invitation.matter import Invitation
from rules.invitation.terms import InvitationTerms
from rules.working_days import Calendar, shanghai_day

EVE: Final = "invitation.eve"
"""Timer of the reminder on the working day before."""
SHORTLY: Final = "invitation.shortly"
"""Timer of the reminder two hours before."""


def moments(
    invitation: Invitation, calendar: Calendar, hours: OfficeHours, terms: InvitationTerms, now: datetime
) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where nobody comes or the moment has gone by.

    The first one falls on the opening of the last working day before the event; the second one is counted in
    plain hours, also on a rest day or before the office opens: the event is then as well.
    """
    due: dict[str, datetime | None] = {EVE: None, SHORTLY: None}
    if not invitation.attending:
        return due
    at = {EVE: eve(invitation, calendar, hours), SHORTLY: shortly(invitation, terms)}
    return {kind: moment if moment > now else None for kind, moment in at.items()}


def eve(invitation: Invitation, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The opening of the working day before the event, as aware UTC."""
    return hours.opening(calendar.before(shanghai_day(invitation.start), 1).day)


def shortly(invitation: Invitation, terms: InvitationTerms) -> datetime:
    """Two hours before the event, or as the office has set it, as aware UTC."""
    return invitation.start - timedelta(hours=terms.remind_hours)

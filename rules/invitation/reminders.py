"""When those who attend an event are reminded of it: the working day before, and again shortly before it.

Where nobody has said yet who comes, those who have to see to it hear that the day is near, at the moments of
every such question (`Occasion`). What was cancelled or moved is looked at afresh when the moment comes.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from rules.hours import OfficeHours
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.terms import InvitationTerms
from rules.reminders import Occasion, Stage
from rules.roster import Official
from rules.working_days import Calendar, shanghai_day

EVE: Final = "invitation.eve"
"""Timer of the reminder on the working day before."""
SHORTLY: Final = "invitation.shortly"
"""Timer of the reminder two hours before."""


def moments(
    invitation: Invitation, calendar: Calendar, hours: OfficeHours, terms: InvitationTerms, now: datetime
) -> Mapping[str, datetime | None]:
    """For each kind of timer when it is due, as aware UTC; None where there is no need, or it has gone by."""
    at = planned(invitation, calendar, hours, terms)
    return {kind: moment if moment is not None and moment > now else None for kind, moment in at.items()}


def planned(
    invitation: Invitation, calendar: Calendar, hours: OfficeHours, terms: InvitationTerms
) -> Mapping[str, datetime | None]:
    """The same, also what has gone by.

    For who comes the first one falls on the opening of the last working day before the event; the second one
    is counted in plain hours, also on a rest day or before the office opens: the event is then as well.
    """
    if invitation.attending:
        return {EVE: eve(invitation, calendar, hours), SHORTLY: shortly(invitation, terms)}
    if not undecided(invitation):
        return {EVE: None, SHORTLY: None}
    near = dict(Occasion(invitation.start, invitation.start).stages(calendar, hours))
    return {EVE: near.get(Stage.EVE), SHORTLY: near.get(Stage.DAY)}


def undecided(invitation: Invitation) -> bool:
    """Whether nobody has said yet whether anybody comes."""
    waits = invitation.state in OPEN and invitation.state is not InvitationState.ANSWERED
    return waits and not invitation.attending


def awaited(invitation: Invitation) -> list[Official]:
    """Whose word is still to come: leaders and delegates who were asked, or 办公室主任."""
    people = [invitation.question.holder] if invitation.question else []
    if invitation.state in OPEN:
        people += [one.holder for one in invitation.waiting]
        people += [one.delegate for one in invitation.requests if one.awaits_delegate and one.delegate]
    return list(dict.fromkeys(people))


def eve(invitation: Invitation, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The opening of the working day before the event, as aware UTC."""
    return hours.opening(calendar.before(shanghai_day(invitation.start), 1).day)


def shortly(invitation: Invitation, terms: InvitationTerms) -> datetime:
    """Two hours before the event, or as the office has set it, as aware UTC."""
    return invitation.start - timedelta(hours=terms.remind_hours)

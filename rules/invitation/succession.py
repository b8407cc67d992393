"""An event whose unit is closed (撤并): whether it still wants one, and who takes it over (art. 10, 86)."""

from datetime import datetime

from rules.invitation.matter import OPEN, Invitation
from rules.roster import Official, Unit
from rules.spelling import same
from rules.succession import may_assign


def invitation_left(invitation: Invitation, now: datetime) -> bool:
    """Whether an event still to come has lost the unit that reported it."""
    to_come = invitation.state in OPEN and not invitation.begun(now)
    return invitation.unit.closed_at is not None and to_come


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

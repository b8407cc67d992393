"""Who is on leave while an event lasts, and who would stand in for them then (art. 7, 9)."""

from collections.abc import Iterable
from datetime import datetime

from rules.absence import Absences, StandIn
from rules.delegation import begins_at, ends_at
from rules.invitation.matter import Invitation
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official


def leave_during(
    official: Official, invitation: Invitation, until: datetime, leaves: Iterable[Leave]
) -> Leave | None:
    """Their approved leave that shares time with the event, which is taken to last until then."""
    return next(
        (
            leave
            for leave in leaves
            if leave.applicant is official
            and leave.state is LeaveState.APPROVED
            and begins_at(leave.start, leave.start_half) < until
            and invitation.start < ends_at(leave.end, leave.end_half)
        ),
        None,
    )


def stand_in_then(leader: Official, invitation: Invitation, now: Absences) -> StandIn | None:
    """Who will decide in their place when the event begins, by the leaves known now."""
    then = Absences(invitation.start, now.roster, now.leaves, now.delegations)
    return then.decides_for(leader, "invitation", applicant=invitation.submitted_by)

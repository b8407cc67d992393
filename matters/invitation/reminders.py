"""The event is near: who comes is reminded."""

from rules.invitation.matter import Invitation
from rules.invitation.reminders import moments
from storage.unit_of_work import UnitOfWork


async def keep_timers(work: UnitOfWork, invitation: Invitation) -> None:
    """Set the reminders by what holds now, and take back those that do not; called after every change."""
    settings = work.office.settings
    due = moments(invitation, await work.calendar(), settings.hours, settings.invitation, work.now)
    for kind, at in due.items():
        await work.timer(kind, invitation.id, at)

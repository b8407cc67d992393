"""The clock reminds those who attend an event: the working day before, and two hours before it (art. 86)."""

from matters.invitation.reminders import keep_timers
from notices.invitation import reminders as notices
from rules.invitation.matter import Invitation
from rules.invitation.reminders import eve, shortly
from rules.roster import Official, Role
from rules.working_days import Calendar
from storage.queries.absence import absences
from storage.queries.invitation.invitations import open_ones
from storage.unit_of_work import UnitOfWork


async def remind_the_day_before(work: UnitOfWork, invitation_id: int) -> None:
    """On the working day before; not once the reminder shortly before is due, which then says it all."""
    invitation = await work.lock(Invitation, invitation_id)
    settings, calendar = work.office.settings, await work.calendar()
    if work.now < eve(invitation, calendar, settings.hours):  # the event or the days have moved
        await keep_timers(work, invitation)
    elif work.now < shortly(invitation, settings.invitation):
        await _remind(work, invitation)


async def remind_shortly_before(work: UnitOfWork, invitation_id: int) -> None:
    """Two hours before; after a stop still as long as the event has not begun."""
    invitation = await work.lock(Invitation, invitation_id)
    if work.now < shortly(invitation, work.office.settings.invitation):
        await keep_timers(work, invitation)
    elif not invitation.begun(work.now):
        await _remind(work, invitation)


async def _remind(work: UnitOfWork, invitation: Invitation) -> None:
    """Each who comes, their unit's liaisons and the desk; nobody where it was cancelled or is asked anew."""
    if not invitation.attending:
        return
    keepers, roster = await _keepers(work, invitation), await work.roster()
    told: set[Official] = set()
    for request in invitation.attending:
        attendee = request.attendee
        if attendee is not None and attendee not in told:
            told.add(attendee)
            await work.send(*notices.to_attendee(request, invitation, keepers[:1], work.now))
            for liaison in roster.of(attendee.unit, Role.LIAISON):
                if liaison not in told:
                    told.add(liaison)
                    await work.send(*notices.to_liaison(liaison, request, invitation, keepers[:1], work.now))
    for clerk in keepers:
        if clerk not in told:
            await work.send(*notices.to_desk(clerk, invitation, work.now))


async def _keepers(work: UnitOfWork, invitation: Invitation) -> list[Official]:
    """Who at the desk has it in hand; the whole desk where that person has left or is away."""
    roster, away = await work.roster(), await absences(work)
    clerk = invitation.clerk
    if clerk is not None and clerk in roster.desk and away.away(clerk) is None:
        return [clerk]
    return [one for one in roster.desk if away.away(one) is None] or roster.desk


async def recount(work: UnitOfWork, _old: Calendar, _new: Calendar) -> list[str]:
    """Working days have changed: the reminders follow; nobody need hear of it."""
    for invitation in await open_ones(work):
        await keep_timers(work, invitation)
    return []

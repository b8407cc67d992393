"""The clock reminds those who attend an event, or still have to say who does, when it is near (art. 86)."""

from collections.abc import Mapping
from datetime import datetime

from matters.invitation import tell
from matters.invitation.reminders import keep_timers
from matters.invitation.todo import PERMISSION
from notices.invitation import reminders as notices
from notices.invitation.told import to_unit
from rules.invitation.matter import Invitation
from rules.invitation.reminders import EVE, SHORTLY, planned
from rules.roster import Official, Role
from rules.working_days import Calendar
from storage.queries.absence import absences
from storage.queries.invitation.invitations import open_ones
from storage.unit_of_work import UnitOfWork


async def remind_the_day_before(work: UnitOfWork, invitation_id: int) -> None:
    """On the working day before; not once the reminder shortly before is due, which then says it all."""
    invitation = await work.lock(Invitation, invitation_id)
    due = await _planned(work, invitation)
    if work.now < (due[EVE] or work.now):  # the event or the days have moved
        await keep_timers(work, invitation)
    elif due[EVE] is not None and work.now < (due[SHORTLY] or invitation.start):
        await _remind(work, invitation)


async def remind_shortly_before(work: UnitOfWork, invitation_id: int) -> None:
    """Two hours before; after a stop still as long as the event has not begun."""
    invitation = await work.lock(Invitation, invitation_id)
    due = await _planned(work, invitation)
    if work.now < (due[SHORTLY] or work.now):
        await keep_timers(work, invitation)
    elif due[SHORTLY] is not None and not invitation.begun(work.now):
        await _remind(work, invitation)


async def _planned(work: UnitOfWork, invitation: Invitation) -> Mapping[str, datetime | None]:
    settings = work.office.settings
    return planned(invitation, await work.calendar(), settings.hours, settings.invitation)


async def _undecided(work: UnitOfWork, invitation: Invitation) -> None:
    """Nobody has said whether anybody comes: who is asked has the card once more, unit and desk hear it."""
    roster, why = await work.roster(), notices.NEAR
    question = invitation.question
    if question is not None:
        await PERMISSION.remind(work, invitation, question, why)
    for request in invitation.waiting:
        request.reminded(work.now)
        await work.send(await tell.asked(work, invitation, request, why))
    told = [question.holder] if question is not None else []
    desk = [one for one in roster.desk if one not in told]
    await work.send(*await tell.at_desk(work, invitation, notices.near_desk(invitation), desk))
    await work.send(*to_unit(invitation, roster, notices.near_unit(invitation, roster)))


async def _remind(work: UnitOfWork, invitation: Invitation) -> None:
    """Each who comes, their unit's liaisons and the desk; who has to see to it where nobody has said yet."""
    if not invitation.attending:
        await _undecided(work, invitation)
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

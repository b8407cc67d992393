"""Invitations follow who is away (art. 9): what was accepted is covered, and given back."""

from matters.invitation import outcome
from matters.invitation import tell as tell_invitation
from matters.invitation.show import bring_up_to_date
from notices.invitation import outcome as outcomes
from notices.invitation import told as notices
from rules.absence import Absences, StandIn
from rules.articles import cite
from rules.invitation.away import leave_during, stand_in_then
from rules.invitation.leaders import move_on
from rules.invitation.matter import Invitation
from rules.invitation.request import Answer, InvitationRequest, RequestState
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.invitation.invitations import open_ones
from storage.unit_of_work import UnitOfWork


async def see_to_absent(work: UnitOfWork, _official: Official, *, only_urgent: bool = False) -> None:
    """Who comes, or goes in another's place, and is away then: somebody else is asked; and back again.

    Nothing of it is so urgent that it would be done while the office is closed.
    """
    if only_urgent:
        return
    now = await absences(work)
    for found in await open_ones(work):
        if any(request.attendee for request in found.requests):
            await _see_to_absent(work, await work.lock(Invitation, found.id), now)


async def _see_to_absent(work: UnitOfWork, invitation: Invitation, now: Absences) -> None:
    """Their acceptance goes to the desk and whoever will stand in, once for a leave; and back again."""
    until = invitation.until(work.office.settings.invitation)
    for request in invitation.requests:
        await _see_to_delegate(work, invitation, request, now)
        if request.answer is not Answer.ATTEND or request.closed_at is not None:
            continue
        if request.decided_by is not request.leader:
            continue  # who stood in for them when they were asked goes themselves
        leave = leave_during(request.leader, invitation, until, now.leaves)
        if leave is None:
            await _back(work, invitation, request)
        elif request.covers_leave != leave.id and f"leave:{leave.id}" not in request.clashes:
            await _cover(work, invitation, request, leave.id, stand_in_then(request.leader, invitation, now))


async def _see_to_delegate(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, now: Absences
) -> None:
    """Who has taken it over for a leader goes away too: the office sees to it, told once for a leave."""
    delegate = request.attendee if request.state is RequestState.DELEGATED else None
    if delegate is None:
        return
    until = invitation.until(work.office.settings.invitation)
    leave = leave_during(delegate, invitation, until, now.leaves)
    if leave is None or f"leave:{leave.id}" in request.clashes:
        return
    request.told_of(f"leave:{leave.id}")
    await work.note(None, "invitation.delegate_away", f"invitation:{invitation.id}", article=9)
    why = f"代{request.leader.titled}出席的{delegate.titled}活动时将外出，请另行安排。{cite(9)}"
    await work.send(*await tell_invitation.at_desk(work, invitation, why))


async def _cover(
    work: UnitOfWork,
    invitation: Invitation,
    request: InvitationRequest,
    leave_id: int,
    stand_in: StandIn | None,
) -> None:
    instead = stand_in.official if stand_in else None
    request.ask_delegate(instead, work.now, leave_id)
    detail = {"leader": request.leader.titled, "to": instead.titled if instead else ""}
    await work.note(None, "invitation.cover", f"invitation:{invitation.id}", article=9, detail=detail)
    await bring_up_to_date(work, invitation)
    if instead is not None:
        why = f"{request.leader.titled}已答应出席，活动时将外出，请您代为出席。"
        await work.send(await tell_invitation.ask_delegate(work, invitation, request, instead, why))
    await work.send(*await tell_invitation.at_desk(work, invitation, notices.away(request, stand_in)))


async def _back(work: UnitOfWork, invitation: Invitation, request: InvitationRequest) -> None:
    """The leave is off, or over in time: their own word stands again, and nobody goes in their place."""
    if request.covers_leave is None:
        return
    instead, covered = request.delegate, request.covered
    request.release()
    move_on(invitation, work.now)
    detail = {"leader": request.leader.titled, "instead_of": instead.titled if instead else ""}
    await work.note(None, "invitation.uncover", f"invitation:{invitation.id}", article=9, detail=detail)
    await bring_up_to_date(work, invitation, [(request, instead)] if instead else [])
    line = notices.comes_after_all(invitation, request)
    told = [*([instead] if instead is not None else []), *(await work.roster()).desk]
    await work.send(*(outcomes.tell(one, line, invitation) for one in dict.fromkeys(told)))
    if covered:
        await work.send(*await outcome.results(work, invitation, request, anew=True))

"""An invitation's cards (活动邀请): sent, redrawn as it stands, and taken back."""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from matters import succession as succession_matter
from matters.engagements import engagements
from matters.invitation import outcome
from matters.invitation.desk import desk_text
from matters.invitation.reminders import keep_timers
from matters.todo import lay
from matters.undo import Touched
from notices.invitation.card import (
    PROCEDURE,
    delegate_buttons,
    delegate_card,
    delegate_text,
    leader_buttons,
    leader_card,
    leader_text,
    own_buttons,
    own_card,
    own_text,
    permit_buttons,
    permit_card,
    permit_text,
)
from notices.invitation.desk import desk_buttons, desk_card
from notices.invitation.succession import of_invitation
from notices.invitation.words import about, short
from rules.absence import StandIn
from rules.engagement import Engagement
from rules.invitation.matter import Invitation
from rules.invitation.nudges import SILENT, moments
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from rules.reminders import look_at
from rules.roster import Official, Roster
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- kept true


async def clashes_of(work: UnitOfWork, invitation: Invitation, official: Official) -> list[Engagement]:
    """What else takes up their time while the event lasts."""
    until = invitation.until(work.office.settings.invitation)
    found = await engagements(work, [official], invitation.start, until)
    return [one for one in found if one.matter != f"invitation:{invitation.id}"]


async def bring_up_to_date(
    work: UnitOfWork,
    invitation: Invitation,
    former_delegates: Iterable[tuple[InvitationRequest, Official]] = (),
) -> None:
    """Edit every copy of the invitation's cards and set its timers anew, after it has changed.

    `former_delegates` are those who were to go in a leader's place and are not any more.
    """
    roster = await work.roster()
    await work.redraw(own_card(invitation), own_text(invitation, roster), own_buttons(invitation))
    await work.redraw(desk_card(invitation), await desk_text(work, invitation), desk_buttons(invitation))
    if invitation.unit.closed_at is not None:
        await succession_matter.bring_up_to_date(work, of_invitation(invitation, work.now))
    for permission in invitation.permissions:
        for holder in dict.fromkeys([permission.director, permission.holder, permission.decided_by]):
            if holder is not None:
                name = permit_card(invitation, permission, holder)
                buttons = permit_buttons(invitation, permission, holder)
                await work.redraw(name, permit_text(invitation, permission), buttons)
    delegates = list(former_delegates)
    for request in invitation.requests:
        if request.asked_at is not None:
            await _redraw_leader(work, invitation, request, roster)
        if request.delegate is not None:
            delegates.append((request, request.delegate))
    for request, delegate in dict.fromkeys(delegates):
        clashes = await clashes_of(work, invitation, delegate)
        text = delegate_text(invitation, request, delegate, clashes, roster)
        buttons = delegate_buttons(invitation, request, delegate)
        await work.redraw(delegate_card(invitation, request, delegate), text, buttons)
    await reschedule(work, invitation)


async def _redraw_leader(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, roster: Roster
) -> None:
    clashes = await clashes_of(work, invitation, request.holder) if request.waiting else []
    for holder in dict.fromkeys([request.leader, request.holder, request.decided_by]):
        if holder is not None:
            text = leader_text(invitation, request, clashes, roster, holder)
            buttons = leader_buttons(invitation, request, holder, begun=invitation.begun(work.now))
            await work.redraw(leader_card(invitation, request, holder), text, buttons)


async def reschedule(work: UnitOfWork, invitation: Invitation) -> None:
    """Set its timers anew."""
    settings, calendar = work.office.settings, await work.calendar()
    for kind, due in moments(invitation, calendar, settings.hours, settings.invitation).items():
        if due is not None and kind == SILENT:
            await work.timer(kind, invitation.id, look_at(due, work.now, calendar, settings.hours))
        else:
            await work.timer(kind, invitation.id, due and max(due, work.now))
    await keep_timers(work, invitation)


async def hand_out(
    work: UnitOfWork, invitation: Invitation, question: InvitationRequest | Permission
) -> StandIn | None:
    """Lay what is asked this very moment before whoever decides now; what was asked before follows."""
    called = f"活动邀请{short(invitation)}"
    return await lay(work, question, PROCEDURE, applicant=invitation.submitted_by, called=called)


_WHAT_PHONES_BEAR: Final = {"start", "end", "place", "comment"}
"""Columns of which phones were told: when and where it is, and with a comment that it is off."""


async def put_back(work: UnitOfWork, id: int, touched: Touched) -> None:
    """A decision was taken back: every card and timer, and off the calendars of who does not come by it."""
    invitation = await work.lock(Invitation, id)
    await bring_up_to_date(work, invitation)
    those = touched.get("invitation_requests", ())
    idle = [one for one in invitation.requests if one.id in those and one.attendee is None]
    line = about(invitation, "答复已撤销") + Markup("\n点开附件可从手机日历中移除。")
    await work.send(*outcome.let_go(work, invitation, [one for one in idle if one.entry_with], line))
    if _WHAT_PHONES_BEAR & set(touched.get("invitations", {}).get(id, ())):
        await work.send(*outcome.as_before(work, invitation, await work.roster()))

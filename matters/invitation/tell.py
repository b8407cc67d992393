"""An invitation on its way (art. 86): the desk, the leaders and delegates are asked."""

from collections.abc import Iterable
from typing import Final

from matters.invitation.desk import desk_text
from matters.invitation.show import clashes_of
from notices.card import under
from notices.invitation.card import (
    delegate_buttons,
    delegate_card,
    delegate_text,
    leader_buttons,
    leader_card,
    leader_text,
)
from notices.invitation.desk import desk_buttons, desk_card
from notices.invitation.words import titled
from notices.notice import Notice
from rules.invitation.matter import Invitation
from rules.invitation.request import InvitationRequest
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

CHANGE_TO_REVIEW: Final = "请审核变更："


async def at_desk(
    work: UnitOfWork, invitation: Invitation, why: str = "", to: Iterable[Official] | None = None
) -> list[Notice]:
    """The office's card, to everybody at the desk."""
    text, buttons = under(why, await desk_text(work, invitation)), desk_buttons(invitation)
    told = (await work.roster()).desk if to is None else to
    subject = f"{invitation.unit.name}的活动邀请"
    card, until = desk_card(invitation), invitation.start
    return [Notice(one, text, buttons, subject=subject, card=card, until=until) for one in told]


async def asked(
    work: UnitOfWork,
    invitation: Invitation,
    request: InvitationRequest,
    why: str = "",
    to: Official | None = None,
) -> Notice:
    """The leader's card, or that of who stands in for them; the clashes on it are remembered as told."""
    to = to or request.holder
    clashes = await clashes_of(work, invitation, to)
    if to is request.holder:
        request.stand_on_card(clashes)
    text = leader_text(invitation, request, clashes, await work.roster(), to)
    return Notice(
        to,
        under(why, text),
        leader_buttons(invitation, request, to, begun=invitation.begun(work.now)),
        subject=f"活动邀请{titled(invitation)}待答复",
        card=leader_card(invitation, request, to),
        until=invitation.start,
    )


async def ask_delegate(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, delegate: Official, why: str = ""
) -> Notice:
    """The card for who is to go in a leader's place."""
    clashes = await clashes_of(work, invitation, delegate)
    request.stand_on_card(clashes)
    return Notice(
        delegate,
        under(why, delegate_text(invitation, request, delegate, clashes, await work.roster())),
        delegate_buttons(invitation, request, delegate),
        subject=f"请您代为出席{titled(invitation)}",
        card=delegate_card(invitation, request, delegate),
        until=invitation.start,
    )

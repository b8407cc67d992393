"""An event when the unit that reported it is closed (art. 10, 86)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from matters.invitation.show import bring_up_to_date
from matters.succession import Kind
from notices.invitation import told as notices
from notices.invitation.card import own_card, own_text
from notices.invitation.succession import of_invitation
from notices.invitation.words import told_in_unit
from notices.succession import Left
from rules.invitation.matter import Invitation
from rules.invitation.succession import invitation_left, take_invitation
from rules.roster import Official, Unit
from storage.queries.invitation.succession import reported_by_none
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OfInvitation:
    """An event whose unit is closed."""

    invitation: Invitation

    def left(self, now: datetime) -> Left:
        """How it stands on the desk's card."""
        return of_invitation(self.invitation, now)

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:
        """That of the unit that reported it."""
        return own_text(self.invitation, await work.roster()), [own_card(self.invitation)]

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:
        """The event is the unit's from now on."""
        invitation = self.invitation
        was = invitation.unit
        take_invitation(invitation, clerk, unit, person, work.now)
        await bring_up_to_date(work, invitation)
        roster = await work.roster()
        why = f"{was.name}已撤并，这件邀请由{unit.name}承接。"
        told = dict.fromkeys(
            [*told_in_unit(invitation, roster), *([roster.head_of(unit)] if roster.head_of(unit) else [])]
        )
        await work.send(*(notices.own(invitation, roster, to, why) for to in told if to is not None))


async def _invitations(work: UnitOfWork) -> Sequence[OfInvitation]:
    return [OfInvitation(one) for one in await reported_by_none(work) if invitation_left(one, work.now)]


async def _invitation(work: UnitOfWork, id: int) -> OfInvitation:
    return OfInvitation(await work.lock(Invitation, id))


KINDS: Final = (Kind("invitation", _invitations, _invitation),)

"""Invitations that the words fit and the official may find, the newest first."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from rules.find import Words
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import MAY_INVITE, Invitation, InvitationState
from rules.roster import OFFICE_DESK, Official
from storage.queries.find import Searched
from storage.queries.within import begins_within
from storage.spelling import holds
from storage.tables import officials, units
from storage.tables.invitation import invitation_asked, invitation_requests, invitations
from storage.unit_of_work import UnitOfWork

_INVITATIONS: Final = Searched(
    select(Invitation).join(units, units.c.id == invitations.c.unit_id),
    newest_by=(invitations.c.submitted_at, invitations.c.id),
    own_words="活动邀请",
    texts=(
        invitations.c.event,
        invitations.c.place,
        invitations.c.organiser,
        units.c.name,
        units.c.full_name,
    ),
    words={invitations.c.kind: InvitationKind, invitations.c.state: InvitationState},
)


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Invitation]:
    """At most `limit` of them."""
    return await _INVITATIONS.newest(
        work,
        words,
        limit,
        _sees(official),
        *begins_within(invitations.c.start, words.time),
        besides=lambda term: _leaders(term, official),
    )


def _sees(official: Official) -> ColumnElement[bool]:
    if official.role in OFFICE_DESK:
        return true()
    asked = exists().where(
        invitation_requests.c.invitation_id == invitations.c.id,
        or_(
            (invitation_requests.c.leader_id == official.id) & invitation_requests.c.asked_at.is_not(None),
            *(invitation_requests.c[f"{who}_id"] == official.id for who in _CONCERNED),
        ),
    )
    own = invitations.c.unit_id == official.unit.id if official.role in MAY_INVITE else false()
    return or_(asked, own)


_CONCERNED = ("stand_in", "decided_by", "delegate")


def _leaders(term: str, official: Official) -> Iterator[ColumnElement[bool]]:
    yield exists().where(
        invitation_asked.c.invitation_id == invitations.c.id,
        invitation_asked.c.official_id == officials.c.id,
        holds(officials.c.name, term),
    )
    # Whom the office went to besides, the unit is not told as long as they do not come.
    if official.role in OFFICE_DESK:
        yield exists().where(
            invitation_requests.c.invitation_id == invitations.c.id,
            invitation_requests.c.leader_id == officials.c.id,
            holds(officials.c.name, term),
        )

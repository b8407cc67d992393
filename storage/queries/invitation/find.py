"""Invitations that the words fit and the official may find, the newest first."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from rules.find import Words
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import MAY_INVITE, Invitation, InvitationState
from rules.roster import OFFICE_DESK, Official
from storage.queries.pages import begins_within
from storage.spelling import holds
from storage.tables import invitation_asked, invitation_requests, invitations, officials, units
from storage.unit_of_work import UnitOfWork

_OWN_WORDS = "活动邀请"


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Invitation]:
    """At most `limit` of them."""
    conditions = [_sees(official), *(_holds(term, official) for term in words.terms)]
    conditions += begins_within(invitations.c.start, words.stretch) if words.stretch else []
    found = await work.session.scalars(
        select(Invitation)
        .join(units, units.c.id == invitations.c.unit_id)
        .where(*conditions)
        .order_by(invitations.c.submitted_at.desc(), invitations.c.id.desc())
        .limit(limit)
    )
    return found.unique().all()


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


def _holds(term: str, official: Official) -> ColumnElement[bool]:
    if term in _OWN_WORDS:
        return true()
    kinds = [kind for kind in InvitationKind if term in kind]
    states = [state for state in InvitationState if term in state]
    asked_for = exists().where(
        invitation_asked.c.invitation_id == invitations.c.id,
        invitation_asked.c.official_id == officials.c.id,
        holds(officials.c.name, term),
    )
    # Whom the office went to besides, the unit is not told as long as he does not come.
    forwarded_to = exists().where(
        invitation_requests.c.invitation_id == invitations.c.id,
        invitation_requests.c.leader_id == officials.c.id,
        holds(officials.c.name, term),
    )
    return or_(
        *(
            holds(column, term)
            for column in (
                invitations.c.event,
                invitations.c.place,
                invitations.c.organiser,
                units.c.name,
                units.c.full_name,
            )
        ),
        invitations.c.kind.in_(kinds) if kinds else false(),
        invitations.c.state.in_(states) if states else false(),
        asked_for,
        forwarded_to if official.role in OFFICE_DESK else false(),
    )

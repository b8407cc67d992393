"""Invitations out of the database: what waits for whom, what happened, and what takes up people's time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from rules.engagement import Engagement, EngagementKind
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.request import InvitationRequest
from rules.roster import Official, Unit
from storage.tables.invitation import invitation_requests, invitations
from storage.unit_of_work import UnitOfWork

LONGEST: Final = 400
"""More invitations than that are never loaded at once: lists on a phone end long before."""


async def find(work: UnitOfWork, *where: ColumnElement[bool]) -> list[Invitation]:
    """Those that fit every condition on `storage.tables.invitations`, the earliest event first."""
    found = await work.session.scalars(
        select(Invitation).where(*where).order_by(invitations.c.start, invitations.c.id).limit(LONGEST)
    )
    return list(found)


async def open_ones(work: UnitOfWork) -> list[Invitation]:
    """All in which something may still come, the event not yet begun."""
    return await find(work, invitations.c.state.in_(OPEN), invitations.c.start > work.now)


async def of_unit(work: UnitOfWork, unit: Unit) -> list[Invitation]:
    """The unit's own that are not at their end."""
    return [one for one in await open_ones(work) if one.unit is unit]


async def awaiting_desk(work: UnitOfWork) -> list[Invitation]:
    """Those that wait for the office, whoever at the desk takes them up."""
    return [one for one in await open_ones(work) if one.awaits_desk]


async def asked_of(work: UnitOfWork, people: Collection[Official]) -> list[Invitation]:
    """Open ones in which any of them is asked as leader or delegate, whether or not they have answered."""
    ids = [one.id for one in people]
    concerned = select(invitation_requests.c.invitation_id).where(
        or_(invitation_requests.c.leader_id.in_(ids), invitation_requests.c.delegate_id.in_(ids)),
        invitation_requests.c.closed_at.is_(None),
    )
    return await find(
        work, invitations.c.state.in_(OPEN), invitations.c.start > work.now, invitations.c.id.in_(concerned)
    )


async def between(work: UnitOfWork, start: datetime, end: datetime) -> list[Invitation]:
    """Those whose event begins in the stretch from start to before end (UTC), in whatever state."""
    return await find(work, invitations.c.start >= start, invitations.c.start < end)


async def history(work: UnitOfWork, invitation: Invitation, since: datetime) -> list[Invitation]:
    """Earlier ones of the same unit or the same organiser whose event lies at or after `since`."""
    same = or_(invitations.c.unit_id == invitation.unit.id, invitations.c.organiser == invitation.organiser)
    return await find(work, same, invitations.c.start >= since, invitations.c.id != invitation.id)


# ---------------------------------------------------------------- what takes up people's time


async def invited(
    work: UnitOfWork, people: Collection[Official], start: datetime, end: datetime
) -> list[Engagement]:
    """What takes up their time: firm where somebody comes, not firm where they are only asked."""
    terms = work.office.settings.invitation
    ids = [one.id for one in people]
    concerned = select(invitation_requests.c.invitation_id).where(
        invitation_requests.c.closed_at.is_(None),
        or_(
            invitation_requests.c.leader_id.in_(ids),
            invitation_requests.c.stand_in_id.in_(ids),
            invitation_requests.c.delegate_id.in_(ids),
        ),
    )
    found = await find(
        work,
        invitations.c.state.in_([InvitationState.WITH_LEADERS, InvitationState.ANSWERED]),
        invitations.c.start < end,
        invitations.c.id.in_(concerned),
    )
    engagements = [
        Engagement(
            who,
            EngagementKind.EVENT,
            one.event,
            one.start,
            one.until(terms),
            f"invitation:{one.id}",
            one.place,
            firm,
        )
        for one in found
        for who, firm in _taken_up(one.requests).items()
        if who in people
    ]
    return [one for one in engagements if one.meets(start, end)]


def _taken_up(requests: Sequence[InvitationRequest]) -> dict[Official, bool]:
    """Whom the event takes up, and whether for sure."""
    taken: dict[Official, bool] = {}
    for request in requests:
        if request.closed_at is not None:
            continue
        if request.attendee is not None:
            taken[request.attendee] = True
        if request.waiting:
            taken.setdefault(request.holder, False)
        if request.awaits_delegate and request.delegate is not None:
            taken.setdefault(request.delegate, False)
    return taken

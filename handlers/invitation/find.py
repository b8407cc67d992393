"""Invitations among what /find finds: by event, kind, place, organiser, unit, leader, state and time.

The office finds every one, the unit's head and liaison what the unit has reported; a leader, who stands in
for him and who goes in his place what they were asked.
"""

from collections.abc import Iterator
from datetime import datetime, time

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from handlers.invitation import entry as invitations_at_hand
from matters.invitation import tell
from notices.invitation import told as notices
from notices.invitation.card import leader_text
from notices.invitation.words import papers_button
from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.find import Found, Words
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import MAY_INVITE, Invitation, InvitationState
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from rules.working_days import DAY, SHANGHAI
from storage.spelling import holds
from storage.tables import invitation_asked, invitation_requests, invitations, officials, units
from storage.work import Work

_OWN_WORDS = "活动邀请"


async def find(work: Work, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest invitations that the words fit and the official may see."""
    conditions = [_sees(official), *_within(words), *(_holds(term, official) for term in words.terms)]
    found = await work.session.scalars(
        select(Invitation)
        .join(units, units.c.id == invitations.c.unit_id)
        .where(*conditions)
        .order_by(invitations.c.submitted_at.desc(), invitations.c.id.desc())
        .limit(limit)
    )
    return [Found(f"invitation:{one.id}", one.submitted_at, _line(one)) for one in found]


async def card(work: Work, official: Official, id: int) -> Notice:
    """The invitation as this official may see it, with what he may do with it now."""
    invitation, roster = await work.get(Invitation, id), await work.roster()
    at_hand = await invitations_at_hand.todo(work, official)
    live = next((one for one in at_hand if one.card.startswith(f"invitation:{id}:")), None)
    if live is not None:
        return live
    if official.role in OFFICE_DESK:
        (desk,) = await tell.at_desk(work, invitation, to=[official])
        return desk
    for request in reversed(invitation.requests):
        if official is request.leader and request.asked_at is not None:
            return await tell.asked(work, invitation, request, to=official)
        if official is request.delegate:
            return await tell.ask_delegate(work, invitation, request, official)
        if official in (request.stand_in, request.decided_by):
            text = leader_text(invitation, request, [], roster)
            return Notice(official, text, papers_button(invitation))
    if invitation.unit is official.unit and official.role in MAY_INVITE:
        return notices.own(invitation, roster, official)
    raise Refused("这件活动邀请不在您可以查看的范围内。")


def _line(invitation: Invitation) -> str:
    """活动邀请：城区重点项目调研（调研）财政局 12月10日 09:00 云腾街道 · 已答复."""
    return (
        f"活动邀请：{invitation.event}（{invitation.kind}）{invitation.organiser} "
        f"{moment_words(invitation.start)} {invitation.place} · {invitation.state}"
    )


# ---------------------------------------------------------------- the same, as questions to the tables


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


def _within(words: Words) -> Iterator[ColumnElement[bool]]:
    """By the day on which the event begins."""
    stretch = words.stretch
    if stretch is not None and stretch.last is not None:
        yield invitations.c.start < datetime.combine(stretch.last + DAY, time(), SHANGHAI)
    if stretch is not None and stretch.first is not None:
        yield invitations.c.start >= datetime.combine(stretch.first, time(), SHANGHAI)


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

"""What of an invitation waits on a desk: a leader's answer, and 办公室主任's permission (art. 86)."""

from collections.abc import Iterable

from matters.invitation import tell
from matters.invitation.show import bring_up_to_date
from matters.todo import Counted, Kind
from notices.invitation import told
from notices.invitation.card import PROCEDURE, leader_card, leader_text, permit_card, permit_text
from notices.invitation.words import short
from notices.notice import Notice
from rules.invitation.matter import Invitation
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from storage.queries.invitation.invitations import open_ones
from storage.unit_of_work import UnitOfWork


def called(invitation: Invitation, _question: object = None) -> str:
    """The invitation, in a list of what has moved."""
    return f"活动邀请{short(invitation)}"


async def _answer(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, why: str
) -> Iterable[Notice]:
    return [await tell.asked(work, invitation, request, why)]


async def _permit(
    _work: UnitOfWork, invitation: Invitation, permission: Permission, why: str
) -> Iterable[Notice]:
    return [told.ask_permission(invitation, permission, why)]


REQUEST = Kind[Invitation, InvitationRequest](
    matter=Invitation,
    code=PROCEDURE,
    open=open_ones,
    waiting=lambda invitation: [one for one in invitation.requests if one.waiting],
    applicant=lambda invitation, _request, _now: invitation.submitted_by,
    called=called,
    card=leader_card,
    text=lambda invitation, request, roster: leader_text(invitation, request, [], roster),
    asked=_answer,
    redraw=lambda work, invitation, _question: bring_up_to_date(work, invitation),
)
PERMISSION = Counted[Invitation, Permission](
    matter=Invitation,
    code=PROCEDURE,
    open=open_ones,
    waiting=lambda invitation: [invitation.question] if invitation.question else [],
    applicant=lambda invitation, _permission, _now: invitation.submitted_by,
    called=called,
    card=permit_card,
    text=lambda invitation, permission, _roster: permit_text(invitation, permission),
    asked=_permit,
    redraw=lambda work, invitation, _question: bring_up_to_date(work, invitation),
    article=lambda _invitation: 86,
    again=lambda _invitation, _permission: "这件邀请已送您一个工作日，请决定是否受理：",
    silent=told.permission_silent,
)

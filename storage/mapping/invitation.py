"""Invitations with those who are asked, their papers, permissions and changes."""

from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Relationship, relationship

from rules.invitation.change import InvitationChange
from rules.invitation.matter import Invitation
from rules.invitation.papers import InvitationPaper
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from rules.roster import Official, Unit
from storage.mapping.base import mapper, official
from storage.tables import officials
from storage.tables.invitation import (
    invitation_asked,
    invitation_changes,
    invitation_papers,
    invitation_permissions,
    invitation_requests,
    invitations,
)


def _children(cls: type, order_by: Column[Any]) -> Relationship[Any]:
    return relationship(cls, lazy="selectin", order_by=order_by, cascade="all, delete-orphan")


mapper.map_imperatively(InvitationPaper, invitation_papers)
mapper.map_imperatively(
    Permission,
    invitation_permissions,
    properties={
        "director": official(invitation_permissions.c.asked_id),
        "decided_by": official(invitation_permissions.c.decided_by_id),
        "stand_in": official(invitation_permissions.c.stand_in_id),
    },
)
mapper.map_imperatively(
    InvitationRequest,
    invitation_requests,
    properties={
        "leader": official(invitation_requests.c.leader_id),
        "forwarded_by": official(invitation_requests.c.forwarded_by_id),
        "proposed_delegate": official(invitation_requests.c.proposed_delegate_id),
        "stand_in": official(invitation_requests.c.stand_in_id),
        "decided_by": official(invitation_requests.c.decided_by_id),
        "entry_with": official(invitation_requests.c.entry_with_id),
        "delegate": official(invitation_requests.c.delegate_id),
    },
)
mapper.map_imperatively(
    InvitationChange,
    invitation_changes,
    properties={
        "proposed_by": official(invitation_changes.c.proposed_by_id),
        "decided_by": official(invitation_changes.c.decided_by_id),
    },
)
mapper.map_imperatively(
    Invitation,
    invitations,
    properties={
        "unit": relationship(Unit, lazy="selectin"),
        "submitted_by": official(invitations.c.submitted_by_id),
        "clerk": official(invitations.c.clerk_id),
        "asked": relationship(Official, secondary=invitation_asked, lazy="selectin", order_by=officials.c.id),
        "papers": _children(InvitationPaper, invitation_papers.c.id),
        "permissions": _children(Permission, invitation_permissions.c.id),
        "requests": _children(InvitationRequest, invitation_requests.c.position),
        "changes": _children(InvitationChange, invitation_changes.c.number),
    },
)

"""Invitations with those who are asked, their papers, permissions and changes."""

from sqlalchemy.orm import relationship

from rules.invitation.change import InvitationChange
from rules.invitation.matter import Invitation
from rules.invitation.papers import InvitationPaper
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from rules.roster import Official
from storage.mapping.base import map_rows, official, parts
from storage.tables import officials
from storage.tables.invitation import (
    invitation_asked,
    invitation_changes,
    invitation_papers,
    invitation_permissions,
    invitation_requests,
    invitations,
)

map_rows(InvitationPaper, invitation_papers)
map_rows(Permission, invitation_permissions, asked=None, director=official(invitation_permissions.c.asked_id))
map_rows(InvitationRequest, invitation_requests)
map_rows(InvitationChange, invitation_changes)
map_rows(
    Invitation,
    invitations,
    asked=relationship(Official, secondary=invitation_asked, lazy="selectin", order_by=officials.c.id),
    papers=parts(InvitationPaper, invitation_papers.c.id),
    permissions=parts(Permission, invitation_permissions.c.id),
    requests=parts(InvitationRequest, invitation_requests.c.position),
    changes=parts(InvitationChange, invitation_changes.c.number),
)

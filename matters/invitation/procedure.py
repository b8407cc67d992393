"""Invitations (活动邀请): menu, ledger and Word form."""

from matters.invitation import ledger
from matters.ledger import Ledger
from matters.manifest import Procedure
from notices.invitation import paper
from notices.invitation.ledger import WITHHELD_SAID
from notices.menu import Entry
from rules.invitation.matter import MAY_INVITE
from storage.queries.invitation.invitations import invited
from storage.queries.invitation.ledger import KEPT

INVITATION = Procedure(
    "invitation",
    menu=[Entry("invite", "邀请", "请区领导参加活动，报办公室", MAY_INVITE)],
    ledger=Ledger("invitation", "活动邀请", ledger.worksheets, KEPT, WITHHELD_SAID),
    word_forms=[paper.FORM],
    engagements=[invited],
)

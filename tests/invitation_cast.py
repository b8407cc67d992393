"""Invitations to act with, on the one small district."""

from dataclasses import dataclass
from datetime import datetime

from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, forward, move_on
from rules.invitation.matter import Invitation
from rules.invitation.papers import InvitationPaper, Purpose
from rules.invitation.request import Answer
from rules.roster import Official
from tests.cast import THURSDAY, Cast, beijing

EVENT = beijing("2026-12-10 09:00")


@dataclass
class Desk(Cast):
    """The cast with one invitation to forward."""

    def invite(
        self,
        *asked: Official,
        kind: InvitationKind = InvitationKind.RESEARCH,
        start: datetime = EVENT,
        now: datetime = THURSDAY,
        event: str = "城区重点项目调研",
        task: str = "现场察看",
        permitter: Official | None = None,
    ) -> Invitation:
        """One submitted by the finance bureau's liaison, at the desk unless it has to be permitted."""
        invitation = Invitation(
            event=event,
            kind=kind,
            start=start,
            end=None,
            place="云腾街道",
            organiser="财政局",
            unit=self.finance,
            submitted_by=self.liaison,
            asked=list(asked),
            size="约30人",
            task=task,
            speech=False,
            contact="褚秋收",
            phone="13800000009",
            submitted_at=now,
        )
        invitation.id, invitation.calendar_uid = 12, "b6a1c1de"
        invitation.submit(permitter, now)
        return invitation

    def accepted(self, leader: Official, start: datetime = EVENT, now: datetime = THURSDAY) -> Invitation:
        """One that this leader has answered with 出席."""
        invitation = self.invite(leader, start=start, now=now)
        forward(invitation, self.clerk, [leader], invitation.submitted_at)
        answer(invitation, leader, 0, Answer.ATTEND, invitation.submitted_at)
        move_on(invitation, invitation.submitted_at)
        return invitation


def paper(purpose: Purpose, name: str = "方案.docx") -> InvitationPaper:
    """A file."""
    return InvitationPaper(f"file-{name}", name, purpose)

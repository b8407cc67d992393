"""An office with one stored invitation, whose clock stands where the test puts it."""

from datetime import date

from jobs.invitation.procedure import INVITATION
from rules.dates.reading import Half
from rules.invitation.matter import Invitation
from rules.leave.matter import LeaveState
from rules.roster import Official
from tests.invitation_cast import Desk
from tests.stage import Stage, enter


class InvitationStage(Stage[Desk]):
    """With one stored invitation."""

    async def kept(self) -> Invitation:
        """The invitation as it is stored."""
        async with self.office.work("look") as work:
            return await work.lock(Invitation, 12)

    async def lay(self, invitation: Invitation) -> None:
        """Store the cast with this invitation."""
        async with self.office.work("lay") as work:
            await enter(work, self.cast.units, self.cast.officials)
            work.add(invitation)

    async def away(self, official: Official, start: date, end: date) -> int:
        """An approved leave."""
        async with self.office.work(f"away{official.id}") as work:
            leave = self.cast.report(official, start=(start, Half.AM), end=(end, Half.PM))
            leave.applicant = await work.lock(Official, official.id)
            for approval in leave.approvals:
                approval.approver = await work.lock(Official, approval.approver.id)
            leave.state = LeaveState.APPROVED
            work.add(leave)
            await work.flush()
            return leave.id

    async def follows(self, cause: str) -> None:
        """Matters follow who decides."""
        async with self.office.work(cause) as work:
            for follow in INVITATION.follow:
                await follow(work, await work.lock(Official, self.cast.vice.id))

"""[报告单]: a leave's form in Word, for whoever may read the whole report (art. 77)."""

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.leave import paper
from notices.leave.card import FORM
from rules.leave.ledger import may_know
from rules.leave.matter import Leave
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import decides_for
from storage.unit_of_work import UnitOfWork


@on_tap(f"leave:<id>:{FORM}", Leave)
async def send(tap: Tap[Leave]) -> str:
    """The form as it stands now, to the one who tapped."""
    work, official, leave = tap.work, tap.official, tap.matter
    if not may_know(leave, official) and not await _decides(work, leave, official):
        raise Refused("报告单只发给本人、审批人和区政府办公室。")
    return await paper.send(work, official, leave)


async def _decides(work: UnitOfWork, leave: Leave, official: Official) -> bool:
    """Whether they stand in for the approver whose turn it is, though the card has not reached them yet."""
    if leave.waiting is None:
        return False
    stand_in = await decides_for(work, leave.waiting.approver, leave.applicant)
    return stand_in is not None and stand_in.official is official


ROUTES: list[Route] = [send]

"""[报告单]: a leave's form in Word, for whoever may read the whole report (art. 77)."""

import logging

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.leave import paper
from notices.leave import paper as report_form
from notices.leave.card import FORM
from notices.word_form import BadTemplate
from rules.leave.ledger import may_know
from rules.leave.matter import Leave
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import decides_for
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


@on_tap(f"leave:<id>:{FORM}", Leave)
async def send(tap: Tap[Leave]) -> str:
    """The form as it stands now, to the one who tapped."""
    work, official, leave = tap.work, tap.official, tap.matter
    if not may_know(leave, official) and not await _decides(work, leave, official):
        raise Refused("报告单只发给本人、审批人和区政府办公室。")
    try:
        form = await paper.draw_up(work, leave)
    except BadTemplate as bad:
        log.error("the form of leave %s could not be drawn up: %s", leave.id, bad)  # noqa: TRY400 - said whole
        raise Refused("报告单暂时生成不了：模板有误，请告区政府办公室。") from bad
    await work.send(report_form.sent(official, leave, form))
    return "报告单已生成。"


async def _decides(work: UnitOfWork, leave: Leave, official: Official) -> bool:
    """Whether he stands in for the approver whose turn it is, though the card has not reached him yet."""
    if leave.waiting is None:
        return False
    stand_in = await decides_for(work, leave.waiting.approver, leave.applicant)
    return stand_in is not None and stand_in.official is official


ROUTES: list[Route] = [send]

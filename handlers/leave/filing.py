"""The desk's checklist of filings with the district committee; the papers of a leave once more (art. 77)."""

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.leave.show import keep_filing
from notices.leave import filing as notices
from notices.leave.papers import papers
from notices.notice import Notice
from rules.leave.matter import Leave
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.absence import decides_for
from storage.queries.leave.leaves import unfiled
from storage.unit_of_work import UnitOfWork


@on_tap("leave:<id>:filed:<filing>", Leave)
async def filed(tap: Tap[Leave]) -> str:
    """Somebody at the desk taps 已报备."""
    work, official, leave = tap.work, tap.official, tap.matter
    filing = next((one for one in leave.filings if one.id == tap["filing"]), None)
    if filing is None:
        raise Refused("这件事已不存在，请从“待办”重新打开。")
    filing.tick(official, leave.applicant, work.now)
    detail, subject = {"filed": filing.what}, f"leave:{leave.id}"
    await work.note(official, "leave.filed", subject, article=77, detail=detail, undo="已报备")
    await keep_filing(work, leave)
    return "已登记。"


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """For the office desk: what is still to be filed, the earliest first."""
    if official.role not in OFFICE_DESK:
        return []
    roster = await work.roster()
    return [
        notice
        for leave in await unfiled(work)
        for filing in leave.filings
        for notice in notices.to_file(leave, filing, roster)
        if filing.open and notice.to is official
    ]


@on_tap("leave:<id>:papers", Leave)
async def show_papers(tap: Tap[Leave]) -> str:
    """[材料]: sent once more to somebody who has the report at hand."""
    work, official, leave = tap.work, tap.official, tap.matter
    concerned = {leave.applicant, *(one for a in leave.approvals for one in (a.approver, a.decided_by))}
    if leave.waiting and (stand_in := await decides_for(work, leave.waiting.approver, leave.applicant)):
        concerned.add(stand_in.official)
    if official not in concerned and official.role not in OFFICE_DESK:
        raise Refused("这些材料只供审批的同志和区政府办公室查看。")
    await work.send(*papers(leave, official))
    return "" if leave.papers else "这份报告没有附材料。"


ROUTES: list[Route] = [filed, show_papers]

"""The desk's checklist of filings with the district committee; the papers of a leave once more (art. 77)."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from matters.leave import filing as filing_leave
from notices.leave import filing as notices
from notices.leave.papers import papers
from notices.notice import Notice
from rules.leave.matter import Leave
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.absence import decides_for
from storage.queries.leave.leaves import unfiled
from storage.work import Work

FILED = r"^leave:(?P<id>\d{1,9}):filed:(?P<filing>\d{1,9})$"
PAPERS = r"^leave:(?P<id>\d{1,9}):papers$"


async def filed(update: Update, context: Context) -> None:
    """Somebody at the desk taps 已报备."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work, official = context.work, await sender(update, context)
    leave = await work.get(Leave, int(match["id"]))
    filing = next((one for one in leave.filings if one.id == int(match["filing"])), None)
    if filing is None:
        raise Refused("这件事已不存在，请从“待办”重新打开。")
    filing.tick(official, leave.applicant, work.now)
    await work.note(official, "leave.filed", f"leave:{leave.id}", article=77, detail={"filed": filing.what})
    await filing_leave.keep_filing(work, leave)
    await work.toast(query.id, "已登记。")


async def todo(work: Work, official: Official) -> list[Notice]:
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


async def show_papers(update: Update, context: Context) -> None:
    """[材料]: sent once more to somebody who has the report before him."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    work, official = context.work, await sender(update, context)
    leave = await work.get(Leave, int(match["id"]))
    concerned = {leave.applicant, *(one for a in leave.approvals for one in (a.approver, a.decided_by))}
    if leave.waiting and (stand_in := await decides_for(work, leave.waiting.approver, leave.applicant)):
        concerned.add(stand_in.official)
    if official not in concerned and official.role not in OFFICE_DESK:
        raise Refused("这些材料只供审批的同志和区政府办公室查看。")
    await work.send(*papers(leave, official))
    await work.toast(query.id, "" if leave.papers else "这份报告没有附材料。")


ROUTES: list[Route] = [
    CallbackQueryHandler(filed, pattern=FILED),
    CallbackQueryHandler(show_papers, pattern=PAPERS),
]

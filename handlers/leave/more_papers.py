"""Papers that come after the report (art. 77): while it is being decided, the applicant adds them."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.forms.kinds import Destination, Form
from matters.leave.show import bring_up_to_date
from notices.leave import papers as notices
from notices.leave.words import dates_of
from rules.fields import Files, Paper
from rules.forms import ABOUT, Values
from rules.leave.life import add_papers, may_add_papers
from rules.leave.matter import Leave
from rules.leave.papers import LeavePaper
from rules.leave.report import article_of
from rules.roster import Official
from storage.queries.leave.leaves import open_leaves
from storage.unit_of_work import UnitOfWork


async def _add(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """They lie with the report from now on, and whoever decides has them at once."""
    leave = await work.lock(Leave, values["leave"])
    asked = may_add_papers(leave, official)
    sent: list[Paper] = values["papers"]
    fresh = [LeavePaper(one.file_id, one.name, one.size, one.photo) for one in sent]
    add_papers(leave, fresh)
    await work.flush()
    detail = {"files": len(fresh)}
    await work.note(official, "leave.papers", f"leave:{leave.id}", article=article_of(leave), detail=detail)
    await bring_up_to_date(work, leave)
    await work.send(*notices.added(leave, fresh, asked.holder))
    return notices.are_added(leave, fresh, asked.holder)


MORE_PAPERS = Form(
    name="leave.papers",
    title="补报请假材料",
    fields=(Files("papers", "附件", ask="请发要补的材料。", hint="可发多个文件或照片，发完点「发完了」。"),),
    submit=_add,
    refusal_ends=True,
)


async def takes_files(work: UnitOfWork, official: Official) -> Sequence[Destination]:
    """Their own reports that are being decided."""
    waiting = [leave for leave in await open_leaves(work, official) if leave.waiting is not None]
    called = {leave.id: f"{dates_of(leave)}的请假" for leave in waiting}
    return [Destination(f"附到{of}", MORE_PAPERS, {"leave": id, ABOUT: of}) for id, of in called.items()]

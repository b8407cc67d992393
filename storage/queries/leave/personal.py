"""What is personal in the leaves of who left long ago."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from rules.leave.matter import OPEN
from storage.leavers import CLEARED
from storage.tables.leave import approvals, asked_to_act, leave_changes, leave_papers, leaves
from storage.tables.remark import advices, remarks
from storage.unit_of_work import UnitOfWork


async def cut_down(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Why, where to, under which number they were away, and the papers go; days and decisions stay."""
    theirs = select(leaves.c.id).where(leaves.c.applicant_id.in_(ids), leaves.c.state.not_in(OPEN))
    mine = (await work.session.scalars(theirs)).all()
    subjects = [f"leave:{id}" for id in mine]
    words = {"reason": CLEARED, "place": CLEARED, "urgent_reason": "", "phone": "", "remarks": []}
    for cleared in (
        update(leaves).where(leaves.c.id.in_(mine)).values(words),
        update(leave_changes).where(leave_changes.c.leave_id.in_(mine)).values(reason=""),
        update(approvals).where(approvals.c.leave_id.in_(mine)).values(comment=""),
        update(asked_to_act).where(asked_to_act.c.official_id.in_(ids)).values(reason=""),
        delete(leave_papers).where(leave_papers.c.leave_id.in_(mine)),
        delete(remarks).where(remarks.c.subject.in_(subjects)),
        delete(advices).where(advices.c.subject.in_(subjects)),
    ):
        await work.session.execute(cleared)

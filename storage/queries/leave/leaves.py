"""Leaves out of the database, by whom they concern and where they stand."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select

from rules.leave.checks import ASKED_OR_APPROVED
from rules.leave.matter import OPEN, Leave, LeaveState
from rules.roster import Official
from storage.tables.leave import approvals, committee_filings, leaves
from storage.unit_of_work import UnitOfWork


async def open_leaves(work: UnitOfWork, official: Official) -> Sequence[Leave]:
    """The official's own leaves in which something is still to come, the earliest first."""
    return await _earliest_first(
        work, select(Leave).where(leaves.c.applicant_id == official.id, leaves.c.state.in_(OPEN))
    )


async def standing_leaves(work: UnitOfWork) -> Sequence[Leave]:
    """Everybody's leaves that are asked for or stand, the earliest first."""
    return await _earliest_first(work, select(Leave).where(leaves.c.state.in_(ASKED_OR_APPROVED)))


async def pending(work: UnitOfWork) -> Sequence[Leave]:
    """Everybody's reports that wait for an approval, the earliest first."""
    return await _earliest_first(work, select(Leave).where(leaves.c.state == LeaveState.PENDING))


async def unfiled(work: UnitOfWork) -> Sequence[Leave]:
    """Leaves of which something is still to be filed with the district committee (art. 77)."""
    still = (committee_filings.c.filed_at.is_(None), committee_filings.c.dropped_at.is_(None))
    return await _earliest_first(work, select(Leave).join(committee_filings).where(*still))


async def undecided(work: UnitOfWork, approvers: Collection[int]) -> Sequence[Leave]:
    """Leaves with an open approval of one of these officials (ids), asked for yet or not."""
    asked = select(Leave).join(approvals, approvals.c.leave_id == leaves.c.id)
    return await _earliest_first(
        work, asked.where(approvals.c.approver_id.in_(approvers), approvals.c.decision.is_(None))
    )


async def acting_during(work: UnitOfWork, official: Official) -> Sequence[Leave]:
    """The leaves asked for or standing during which the official acts, the earliest first."""
    return await _earliest_first(
        work, select(Leave).where(leaves.c.acting_id == official.id, leaves.c.state.in_(ASKED_OR_APPROVED))
    )


async def acted_last(work: UnitOfWork, official: Official) -> Official | None:
    """Whom the official named to act in the last of their leaves that named anybody."""
    found: Leave | None = await work.session.scalar(
        select(Leave)
        .where(leaves.c.applicant_id == official.id, leaves.c.acting_id.is_not(None))
        .order_by(leaves.c.id.desc())
        .limit(1)
    )
    return found.acting if found is not None else None


async def ended_before(work: UnitOfWork, official: Official, day: date) -> Sequence[Leave]:
    """The approved leaves of the official over by that Shanghai date without a return reported."""
    return await _earliest_first(
        work,
        select(Leave).where(
            leaves.c.applicant_id == official.id,
            leaves.c.state == LeaveState.APPROVED,
            leaves.c.end < day,
        ),
    )


async def count_unfiled(work: UnitOfWork) -> int:
    """How many things are still to be filed with the district committee (art. 77)."""
    still = (committee_filings.c.filed_at.is_(None), committee_filings.c.dropped_at.is_(None))
    found = await work.session.scalar(select(func.count()).select_from(committee_filings).where(*still))
    return found or 0


async def asked_now(work: UnitOfWork) -> Sequence[Leave]:
    """Leaves with an approval that was asked for and is not decided."""
    asked = select(Leave).join(approvals, approvals.c.leave_id == leaves.c.id)
    found = await work.session.scalars(
        asked.where(approvals.c.decision.is_(None), approvals.c.asked_at.is_not(None)).order_by(leaves.c.id)
    )
    return found.unique().all()


async def open_ids(work: UnitOfWork) -> Sequence[int]:
    """The ids of all leaves in which something is still to come."""
    return await work.find_all(select(leaves.c.id).where(leaves.c.state.in_(OPEN)).order_by(leaves.c.id))


async def ids_awaiting_approval(work: UnitOfWork) -> Sequence[int]:
    """The ids of all leaves with an open approval."""
    return await work.find_all(
        select(leaves.c.id)
        .join(approvals, approvals.c.leave_id == leaves.c.id)
        .where(approvals.c.decision.is_(None))
        .order_by(leaves.c.id)
        .distinct()
    )


async def ids_concerning(work: UnitOfWork, official: Official) -> Sequence[int]:
    """The ids of the open leaves that the official has reported, acts during, or has still to approve."""
    return await work.find_all(
        select(leaves.c.id)
        .outerjoin(approvals, approvals.c.leave_id == leaves.c.id)
        .where(
            leaves.c.state.in_(OPEN),
            or_(
                leaves.c.applicant_id == official.id,
                leaves.c.acting_id == official.id,
                (approvals.c.approver_id == official.id) & approvals.c.decision.is_(None),
            ),
        )
        .order_by(leaves.c.id)
        .distinct()
    )


async def _earliest_first(work: UnitOfWork, asked: Select[Leave]) -> Sequence[Leave]:
    found = await work.session.scalars(asked.order_by(leaves.c.start, leaves.c.id))
    return found.unique().all()

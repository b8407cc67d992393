"""Reports of leave that the words fit and the official may find, the newest first."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from rules.approval import Decision
from rules.find import Words
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from storage.queries.find import Searched
from storage.queries.within import touches
from storage.spelling import holds
from storage.tables import officials, units
from storage.tables.leave import approvals, leaves
from storage.unit_of_work import UnitOfWork

_LEAVES: Final = Searched(
    select(Leave)
    .join(officials, officials.c.id == leaves.c.applicant_id)
    .join(units, units.c.id == officials.c.unit_id),
    newest_by=(leaves.c.submitted_at, leaves.c.id),
    own_words="请假报告",
    texts=(officials.c.name, officials.c.post, units.c.name, units.c.full_name),
    words={leaves.c.kind: LeaveKind, leaves.c.state: LeaveState},
)


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Leave]:
    """At most `limit` of them; by place and reason only for who may know those."""
    knows = _knows(official)
    return await _LEAVES.newest(
        work,
        words,
        limit,
        or_(knows, _sees(official)),
        *touches(leaves.c.start, leaves.c.end, words.time),
        besides=lambda term: [and_(knows, or_(*_private(term)))],
    )


def _private(term: str) -> list[ColumnElement[bool]]:
    """What only who `_knows` it is found by: place, reason, and that it was ratified (追认)."""
    texts = [holds(leaves.c.place, term), holds(leaves.c.reason, term)]
    ratified = exists().where(approvals.c.leave_id == leaves.c.id, approvals.c.decision == Decision.RATIFY)
    return [*texts, ratified] if term == Decision.RATIFY else texts


def _knows(official: Official) -> ColumnElement[bool]:
    """`may_know`: the applicant, the office, and whoever was asked."""
    if official.role in OFFICE_DESK:
        return true()
    asked = exists().where(
        approvals.c.leave_id == leaves.c.id,
        or_(*(approvals.c[f"{who}_id"] == official.id for who in ("approver", "stand_in", "decided_by"))),
        or_(approvals.c.asked_at.is_not(None), approvals.c.decision.is_not(None)),
    )
    return or_(leaves.c.applicant_id == official.id, asked)


def _sees(official: Official) -> ColumnElement[bool]:
    """`_may_see`."""
    if official.role in LEADERS:
        return true()
    own = officials.c.unit_id == official.unit.id
    return own if official.role is Role.UNIT_HEAD else and_(own, leaves.c.state.in_(STANDS))

"""Reports of leave that the words fit and the official may find, the newest first."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from rules.find import Words
from rules.leave.ledger import STANDS
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from storage.spelling import holds
from storage.tables import approvals, leaves, officials, units
from storage.unit_of_work import UnitOfWork


async def found_by(work: UnitOfWork, official: Official, words: Words, limit: int) -> Sequence[Leave]:
    """At most `limit` of them."""
    knows = _knows(official)
    conditions = [or_(knows, _sees(official)), *_within(words)]
    conditions += [_holds(term, knows) for term in words.terms]
    found = await work.session.scalars(
        select(Leave)
        .join(officials, officials.c.id == leaves.c.applicant_id)
        .join(units, units.c.id == officials.c.unit_id)
        .where(*conditions)
        .order_by(leaves.c.submitted_at.desc(), leaves.c.id.desc())
        .limit(limit)
    )
    return found.unique().all()


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


def _within(words: Words) -> Iterator[ColumnElement[bool]]:
    if words.stretch is not None and words.stretch.last is not None:
        yield leaves.c.start <= words.stretch.last
    if words.stretch is not None and words.stretch.first is not None:
        yield leaves.c.end >= words.stretch.first


def _holds(term: str, knows: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the term stands somewhere in what may be known of the report."""
    if term in "请假报告":
        return true()
    open_to_all = [
        holds(officials.c.name, term),
        holds(officials.c.post, term),
        holds(units.c.name, term),
        holds(units.c.full_name, term),
    ]
    kinds = [kind for kind in LeaveKind if term in kind]
    states = [state for state in LeaveState if term in state]
    withheld = [holds(column, term) for column in (leaves.c.place, leaves.c.reason)]
    return or_(
        *open_to_all,
        leaves.c.kind.in_(kinds) if kinds else false(),
        leaves.c.state.in_(states) if states else false(),
        and_(knows, or_(*withheld)),
    )

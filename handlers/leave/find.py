"""Leave among what /find finds: by name, unit, post, kind, state and dates; by place and reason for some.

Everybody finds his own reports and those he decides; the office, the leaders and the unit's head everybody's
(of the unit); others what their unit's board shows. Who may not read place and reason cannot find by them.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from notices.leave import told as notices
from notices.leave.card import card as whole
from notices.leave.card import form_button, office_buttons, office_card, standing
from notices.leave.find import brief, line
from notices.notice import Notice
from rules.find import Found, Words
from rules.leave.ledger import STANDS, may_know
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.leave.returning import returned_late
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from storage.queries.absence import absences
from storage.spelling import holds
from storage.tables import approvals, leaves, officials, units
from storage.work import Work


async def find(work: Work, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest reports that the words fit and the official may see."""
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
    return [
        Found(f"leave:{leave.id}", leave.submitted_at, line(leave, known=may_know(leave, official)))
        for leave in found
    ]


async def card(work: Work, official: Official, id: int) -> Notice:
    """The report as this official may see it, with what he may do with it now."""
    leave = await work.get(Leave, id)
    late = returned_late(leave, await work.calendar())
    if leave.applicant is official:
        return notices.own(leave, begun=leave.begun(work.now), late=late)
    waiting = leave.waiting
    if waiting and (await absences(work)).may_decide(official, waiting.approver, leave.applicant):
        return notices.asked(waiting, leave, to=official)
    if official.role in OFFICE_DESK:
        return Notice(official, whole(leave, late), office_buttons(leave), card=office_card(leave))
    if may_know(leave, official):
        return Notice(official, whole(leave, late), form_button(leave))
    if not _may_see(leave, official):
        raise Refused("这份请假报告不在您可以查看的范围内。")
    return Notice(official, brief(leave, standing(leave)))


def _may_see(leave: Leave, official: Official) -> bool:
    if official.role in LEADERS:
        return True
    if leave.applicant.unit is not official.unit:
        return False
    return official.role is Role.UNIT_HEAD or leave.state in STANDS


# ---------------------------------------------------------------- the same, as questions to the tables


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

"""Statements of most units of work, put together once: that costs as much as carrying them out."""

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import lazyload

from rules.remarks.remark import Remark
from rules.roster import Official, Unit
from storage.held import SENT_OR_TO_COME
from storage.outbox import Kind
from storage.tables import officials, outbox, timers, undos
from storage.tables.remark import remarks

OF_ACCOUNT = select(Official).where(
    officials.c.telegram_id == bindparam("account"), officials.c.left_at.is_(None)
)
UNITS = select(Unit)
PEOPLE = select(Official).options(lazyload("*")).order_by(officials.c.id)
"""Everybody, their units not joined to each row: those are read before."""
COPIES = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.official_id,
        outbox.c.card,
        outbox.c.message_id,
        outbox.c.created_at,
        outbox.c.payload["above"].label("news"),
        undos.c.id.label("undo"),
        undos.c.what,
    )
    .outerjoin(officials, officials.c.id == outbox.c.official_id)
    .outerjoin(
        undos,
        and_(
            undos.c.row_id == outbox.c.id,
            undos.c.trace.is_not(None),
            undos.c.resting_id.is_(None),
            undos.c.until > bindparam("now"),
        ),
    )
    .where(
        outbox.c.card.in_(bindparam("cards", expanding=True)),
        outbox.c.kind == Kind.MESSAGE,
        outbox.c.state.in_(SENT_OR_TO_COME),
        or_(officials.c.left_at.is_(None), officials.c.left_at >= bindparam("now")),
    )
    .order_by(outbox.c.id, undos.c.id)
)
MESSAGES = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.official_id, outbox.c.message_id)
    .where(
        outbox.c.id.in_(bindparam("ids", expanding=True)),
        outbox.c.kind == Kind.MESSAGE,
        outbox.c.state.in_(SENT_OR_TO_COME),
    )
    .order_by(outbox.c.id)
)
HOLDERS = select(outbox.c.official_id).where(
    outbox.c.card == bindparam("of"),
    outbox.c.kind == Kind.MESSAGE,
    outbox.c.state.in_(SENT_OR_TO_COME),
    outbox.c.official_id.is_not(None),
)
REMARKS = (
    select(Remark).where(remarks.c.subject.in_(bindparam("subjects", expanding=True))).order_by(remarks.c.id)
)
RETIRE = update(outbox).where(outbox.c.card == bindparam("retired")).values(card=None).returning(outbox.c.id)
DROP = (
    delete(timers)
    .where(timers.c.kind == bindparam("of"), timers.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .returning(timers.c.subject_id, timers.c.due_at)
)
DUE = select(timers.c.subject_id, timers.c.due_at).where(
    timers.c.kind == bindparam("of"), timers.c.subject_id.in_(bindparam("subjects", expanding=True))
)
SET = {
    is_sqlite: (setting := dialect.insert(timers)).on_conflict_do_update(
        index_elements=["kind", "subject_id"],
        set_={"due_at": setting.excluded.due_at, "next_at": setting.excluded.next_at, "attempts": 0},
    )
    for is_sqlite, dialect in ((True, sqlite), (False, postgresql))
}
"""Two that set the same timer at one moment do not collide: the later one counts."""
QUEUE = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)

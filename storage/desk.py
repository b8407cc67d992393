"""A change of any matter has the desk's card of today drawn anew, a little later and once for many."""

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from notices.today import card_name
from rules.working_days import shanghai_day
from storage.tables import outbox, timers

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

REDRAW: Final = "today.redraw"
"""The timer by which the card of today is drawn anew."""
_AT = bindparam("at", type_=timers.c.next_at.type)
_WHERE_IT_IS_OUT = (
    select(bindparam("kind", REDRAW, type_=timers.c.kind.type), bindparam("nobody", 0), _AT, _AT)
    .where(outbox.c.card == bindparam("card"))
    .limit(1)
)
_SET = {
    is_sqlite: dialect.insert(timers)
    .from_select(["kind", "subject_id", "due_at", "next_at"], _WHERE_IT_IS_OUT)
    # As it is, but locked: the clock draws only once this change is there to be seen.
    .on_conflict_do_update(index_elements=["kind", "subject_id"], set_={"next_at": timers.c.next_at})
    for is_sqlite, dialect in ((True, sqlite), (False, postgresql))
}


async def touch(work: "UnitOfWork") -> None:
    """Where the card of today is out, it is drawn anew soon, unless it is to be already."""
    at = work.now + work.office.settings.quiet.redraw_after
    statement = _SET[work.office.database.is_sqlite]
    await work.session.execute(statement, {"card": card_name(shanghai_day(work.now)), "at": at})

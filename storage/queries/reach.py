"""Requests to call back out of the database, and how far the other channels have got with each."""

from collections.abc import Sequence

from sqlalchemy import select, update

from notices.notice import State
from rules.reach import CallRequest
from rules.roster import Official
from storage.outbox import Kind
from storage.tables import call_requests, outbox
from storage.unit_of_work import UnitOfWork

OVERDUE = "reach.overdue"
"""Timer of a request: the set time is over."""
_OPEN = call_requests.c.answered_at.is_(None) & call_requests.c.ended_at.is_(None)


async def open_to(work: UnitOfWork, official: Official) -> CallRequest | None:
    """The request to this person that is still open; there is never more than one."""
    found: CallRequest | None = await work.session.scalar(
        select(CallRequest).where(call_requests.c.official_id == official.id, _OPEN).with_for_update()
    )
    return found


async def open_requests(work: UnitOfWork) -> list[CallRequest]:
    """All that are still open, the oldest first."""
    found = await work.session.scalars(select(CallRequest).where(_OPEN).order_by(call_requests.c.id))
    return list(found)


def elsewhere_card(call_id: int) -> str:
    """The name that the request's rows for other channels bear in the outbox."""
    return f"call:{call_id}:elsewhere"


async def elsewhere(work: UnitOfWork, call_id: int) -> list[tuple[str, State]]:
    """The other channels that were used for the request, and how far each has got."""
    rows = await work.session.execute(
        select(outbox.c.payload, outbox.c.state)
        .where(outbox.c.card == elsewhere_card(call_id), outbox.c.kind == Kind.FALLBACK)
        .order_by(outbox.c.id)
    )
    return [(row.payload["channel"], row.state) for row in rows]


async def drop_elsewhere(work: UnitOfWork, call_id: int) -> None:
    """What still waits for another channel is not sent any more."""
    await work.session.execute(
        update(outbox)
        .where(
            outbox.c.card == elsewhere_card(call_id),
            outbox.c.kind == Kind.FALLBACK,
            outbox.c.state == State.WAITING,
        )
        .values(state=State.DROPPED)
    )


async def call_of(work: UnitOfWork, row_id: int) -> int | None:
    """The id of the request that a row of the outbox belongs to: its card, or its word elsewhere."""
    card: str | None = await work.session.scalar(select(outbox.c.card).where(outbox.c.id == row_id))
    procedure, _, rest = (card or "").partition(":")
    number = rest.removesuffix(":elsewhere")
    return int(number) if procedure == "call" and number.isdecimal() else None


async def clear_numbers(work: UnitOfWork, ids: Sequence[int]) -> None:
    """The numbers under which these officials were asked to call back."""
    theirs = call_requests.c.official_id.in_(ids)
    await work.session.execute(update(call_requests).where(theirs).values(phone=""))

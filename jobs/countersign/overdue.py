"""Signatures that are late, as whoever is in charge of the units hears of them (art. 53)."""

from matters.countersign import overdue
from notices.countersign import overdue as lists
from rules.countersign.clock import is_new_to_leader
from rules.working_days import shanghai_day
from storage.queries.sent import last_sent
from storage.unit_of_work import UnitOfWork


async def tell_leader(work: UnitOfWork, leader_id: int) -> None:
    """One message to who is in charge of units with late signatures, whatever their number.

    On a morning that brings no new one the list is drawn anew instead, and rings again only after some days.
    """
    leader = (await work.roster()).by_id(leader_id)
    cases = await overdue.of(work, leader) if leader else []
    if not leader or not cases:
        return
    last, days = await last_sent(work, lists.card(leader)), work.office.settings.countersign.list_days
    fresh = any(is_new_to_leader(one, work.now) for _, one in cases)
    calendar, today = await work.calendar(), shanghai_day(work.now)
    if last and not fresh and today < calendar.after(shanghai_day(last), days).day:
        await work.redraw(lists.card(leader), *lists.page(cases))
        return
    await work.retire(lists.card(leader), lists.earlier())
    await work.send(lists.overdue(cases, leader))

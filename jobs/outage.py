"""What follows when the bot could not receive for a while: deadlines are put off, and the office hears it."""

from datetime import datetime

from jobs.procedures import PROCEDURES
from notices import outage as notices
from rules.administrators import who_runs_it
from rules.outage import Outage
from storage.queries.outage import OVER, TOLD
from storage.unit_of_work import UnitOfWork


async def enter(work: UnitOfWork, before: datetime | None) -> Outage | None:
    """There is contact now, the last before it was at `before`: the outage between them, if it is one."""
    terms = work.office.settings.outage
    if before is None:
        return None
    if not terms.is_outage(before, work.now) and not (
        terms.costs_an_end(before, work.now) and await _something_ended(work, before)
    ):
        return None
    outage = Outage(before, work.now)
    work.add(outage)
    await work.flush()
    work.forget_calendar()
    await work.timer(OVER, outage.id, work.now)
    return outage


async def _something_ended(work: UnitOfWork, since: datetime) -> bool:
    """Whether a period in which silence counts ended since then."""
    for each in PROCEDURES:
        for ended_between in each.ends_between:
            if await ended_between(work, since, work.now):
                return True
    return False


async def reckon(work: UnitOfWork, outage_id: int) -> None:
    """Put off what it concerns, right after it is over; the office hears of it at the opening."""
    outage = await work.lock(Outage, outage_id)
    await work.drop_timers(OVER, outage.id)
    for each in PROCEDURES:
        for put_off in each.put_off:
            await put_off(work, outage)
    detail = {"began_at": outage.began_at.isoformat(), "ended_at": outage.ended_at.isoformat()}
    await work.note(None, "outage", f"outage:{outage.id}", detail=detail)
    opening = work.office.settings.hours.next_opening(await work.calendar(), work.now)
    await work.timer(TOLD, outage.id, opening)


async def tell(work: UnitOfWork, outage_id: int) -> None:
    """In office hours: whoever waits for an answer or owes one, and the office, hear what was put off.

    The office also hears of a long one that put nothing off.
    """
    outage, terms = await work.lock(Outage, outage_id), work.office.settings.outage
    lines = [line for each in PROCEDURES for told in each.tell_put_off for line in await told(work, outage)]
    if lines or outage.ended_at - outage.began_at > terms.longest:
        await work.send(*notices.told(outage, lines, await work.roster()))


async def contest(work: UnitOfWork) -> None:
    """Another program polls under the same token: whoever runs the bot hears of it."""
    to = who_runs_it(await work.roster(), work.office.settings.administrators)
    await work.send(*notices.contested(to, work.now))

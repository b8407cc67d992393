"""A sheet on its way out: laid before the head, and sent to every unit that is asked (art. 53, 63)."""

from markupsafe import Markup

from matters.countersign.show import bring_up_to_date
from notices import absence as words
from notices.countersign import following
from notices.countersign import told as notices
from rules.countersign.consultation import Seat
from rules.countersign.matter import Countersign
from rules.countersign.prepared import await_release, lay_before
from rules.roster import Official
from storage import digest
from storage.queries.absence import absences
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import leading
from storage.unit_of_work import UnitOfWork


async def hand_in(work: UnitOfWork, sheet: Countersign, seat: Seat, *, again: bool) -> None:
    """Lay the prepared sheet before who releases it; who prepared it has a card to follow it by."""
    await_release(sheet, seat, work.now)
    if seat.unattended:
        await _tell_unattended(work, seat.head, Markup("{}（待送出）").format(sheet.matter))
    await bring_up_to_date(work, sheet)
    periods = work.office.settings.periods
    await work.send(*notices.asked_to_release(sheet, seat, periods))
    if not again:
        await work.send(*notices.released(sheet, periods, [sheet.drafter]))


async def let_go(work: UnitOfWork, official: Official, sheet: Countersign, seat: Seat) -> None:
    """送会签: every unit gets its cards and files, at whoever decides there now."""
    sheet.release(official, seat, work.now)
    await work.note(
        official,
        "countersign.release",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        acting_for=sheet.released_for,
        detail={"units": [one.unit.name for one in sheet.consultations]},
    )
    await ask(work, sheet)
    told = dict.fromkeys(one for one in (sheet.drafter, official, seat.head) if one is not None)
    periods = work.office.settings.periods
    await bring_up_to_date(work, sheet)
    await work.send(*notices.released(sheet, periods, told))


async def ask(work: UnitOfWork, sheet: Countersign) -> None:
    """Send every unit of the round that has just begun its cards; also used for a new version."""
    roster, now = await work.roster(), await absences(work)
    fresh = [one for one in sheet.current if one.waiting and one.asked_at == work.now]
    drafting = {one.unit.id: stored.drafting(one.unit, roster) for one in fresh}
    for one in fresh:
        seat = stored.seat_of(one.unit, roster, now)
        lay_before(one, seat, work.now)
    await work.flush()
    await digest.wanted(work, *[paper.file_id for paper in sheet.papers_now])
    await work.send(*notices.sent(sheet, fresh, drafting, work.office.settings.periods))
    for one in fresh:
        if one.unattended_at is not None and one.head is None:
            await work.send(*following.vacant(sheet, one, await leading(work, sheet), roster))
        elif one.unattended_at is not None:
            matter = Markup("{}的{}").format(sheet.lead_unit.name, sheet.matter)
            await _tell_unattended(work, one.head, matter)


async def _tell_unattended(work: UnitOfWork, head: Official | None, matter: str) -> None:
    """The head is away and nobody can act for them: they themselves and the office know at once (art. 77)."""
    stand_in = (await absences(work)).decides_for(head, stored.PROCEDURE) if head else None
    if stand_in is not None and stand_in.official is None:
        await work.send(*words.nobody(stand_in, [matter], await work.roster()))

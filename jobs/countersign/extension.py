"""More time that was asked for and never answered, once the day asked for is over (art. 63)."""

from matters.countersign.show import bring_up_to_date, redraw_unit
from notices.countersign.extension import extension_card, extension_over, extension_text
from rules.countersign.matter import Countersign
from rules.working_days import shanghai_day
from storage.queries.countersign.people import answering, leading
from storage.queries.countersign.sheets import idle_requests, troubled
from storage.unit_of_work import UnitOfWork


async def overtaken(work: UnitOfWork, _subject_id: int) -> None:
    """On working mornings: the request is at its end; unit, lead unit and desk hear that the day stands."""
    today, calendar = shanghai_day(work.now), await work.calendar()
    for id in await idle_requests(work, today):
        await _close_idle(work, await work.lock(Countersign, id))
    if not calendar.is_working(today):
        return
    for found, asking in await troubled(work):
        if asking.extension is None or asking.extension.until >= today:
            continue
        sheet = await work.lock(Countersign, found.id)
        one = sheet.consultation(asking.id)
        extension = one.extension
        if extension is None:
            continue
        extension.overtake(work.now)
        detail = {"unit": one.unit.name, "until": extension.until.isoformat()}
        await work.note(
            None, "countersign.extension_over", f"countersign:{sheet.id}", article=63, detail=detail
        )
        await bring_up_to_date(work, sheet)  # the clock of the unit goes on as it was
        await redraw_unit(work, sheet, one, work.office.settings.periods)
        told = [*await answering(work, one), *await leading(work, sheet), *(await work.roster()).desk]
        await work.send(*extension_over(sheet, one, extension, dict.fromkeys(told)))


async def _close_idle(work: UnitOfWork, sheet: Countersign) -> None:
    """Nobody can agree to it any more, and its unit has heard what holds: only the buttons go."""
    for one in sheet.consultations:
        for extension in one.extensions:
            if extension.is_idle(shanghai_day(work.now)):
                extension.overtake(work.now)
                text = extension_text(sheet, one, extension)
                await work.redraw(extension_card(sheet, extension), text)

"""The period of a consulted unit told as it begins and as it changes (art. 63)."""

from collections.abc import Sequence

from matters.countersign.show import bring_up_to_date
from rules.countersign.clock import TOLD
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from storage.unit_of_work import UnitOfWork


async def lapsed(work: UnitOfWork, sheet: Countersign, those: Sequence[Consultation]) -> None:
    """Silence has just been entered as consent: the books at once, the people at the next opening.

    To be called wherever `Countersign.lapse` has entered it, by the clock or by an answer that came too late.
    """
    for one in those:
        evidence = one.answer.evidence if one.answer else {}
        await work.note(
            None,
            "countersign.lapse",
            f"countersign:{sheet.id}",
            article=sheet.kind.article,
            detail={"unit": one.unit.name, "consultation": one.id, **evidence},
        )
    await bring_up_to_date(work, sheet, *those)
    calendar, hours = await work.calendar(), work.office.settings.hours
    await work.timer(TOLD, sheet.id, hours.next_opening(calendar, work.now))

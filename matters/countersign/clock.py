"""The period of a consulted unit told as it begins and as it changes (art. 63)."""

from collections.abc import Sequence

from markupsafe import Markup

from matters.countersign.show import bring_up_to_date
from notices.countersign.names import draft_card, sign_card
from notices.countersign.words import head
from rules.countersign.clock import TOLD
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- nudges


async def replace_cards(work: UnitOfWork, sheet: Countersign, one: Consultation) -> None:
    """Before the unit's cards are sent again: the copies that it has point to the new ones.

    Otherwise each reminder would leave one more live card, and every answer would edit them all.
    """
    stub = Markup("{}（见下方最新卡片）").format(head(sheet))
    names = (sign_card(sheet, one, one.asked), draft_card(sheet, one), draft_card(sheet, one, one.passed_to))
    for card in dict.fromkeys(names):
        await work.retire(card, stub)


# ---------------------------------------------------------------- silence


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

"""A reminder of 会签 counts when Telegram took it; one that reached nobody is the office's to ring about.

Art. 63 asks for delivery and for time, not for reminders: the period that began with a proof of delivery
runs on while nobody of the unit can be reached. But the silence is entered with the reminders that arrived
only, and the office has the numbers from the first one that did not.
"""

from collections.abc import Sequence
from datetime import datetime

from notices.countersign import delivery
from rules.countersign.consultation import Channel, Consultation
from rules.countersign.matter import Countersign
from rules.countersign.nudges import BY_HAND, BY_LEAD
from storage.queries.countersign.people import People
from storage.receipt import Sending
from storage.unit_of_work import UnitOfWork


async def settle(
    work: UnitOfWork, sheet: Countersign, one: Consultation, fates: Sequence[Sending], people: People
) -> None:
    """Enter what became of the unit's reminders, as far as everybody to whom they went is settled."""
    for at, what in one.nudges_under_way:
        sent = [each for each in fates if each.created_at == at]
        taken = [each.receipt.sent_at for each in sent if each.receipt.sent_at is not None]
        if not taken and (not sent or any(each.under_way for each in sent)):
            continue
        if not taken:
            await lost(work, sheet, one, at, what, people)
            continue
        one.nudge_settled(at, min(taken))
        got = {each.receipt.official_id for each in sent if each.receipt.sent_at is not None}
        if what not in BY_HAND:  # whose own act stands in the audit already
            names = [whom.titled for whom in people.unit(one) if whom.id in got]
            await _note(work, sheet, one, "countersign.remind", {"stage": what, "to": names})


async def lost(
    work: UnitOfWork, sheet: Countersign, one: Consultation, at: datetime, what: str, people: People
) -> None:
    """The reminder reached nobody: the office is told, with the numbers, and the lead unit where it was its.

    Once for as long as nothing reaches the unit; but one that was served on paper is rung each time.
    """
    told = one.known_unreachable
    one.nudge_settled(at, None)
    await _note(work, sheet, one, "countersign.remind_lost", {"stage": what})
    if not told or one.channel is Channel.PAPER:
        await work.send(*delivery.by_phone(sheet, one, people.unit(one), people.roster))
    if what == BY_LEAD:
        await work.send(*delivery.not_reminded(sheet, one, people.lead(sheet)))


async def _note(
    work: UnitOfWork, sheet: Countersign, one: Consultation, action: str, more: dict[str, object]
) -> None:
    detail = {"unit": one.unit.name, **more}
    await work.note(None, action, f"countersign:{sheet.id}", article=sheet.kind.article, detail=detail)

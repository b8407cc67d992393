"""What of a sheet reached nobody, told to the office."""

from notices.countersign.delivery import paper_card, unreachable_text
from rules.countersign.clock import due_now
from rules.countersign.consultation import Consultation, Delivery
from rules.countersign.due import due_after
from rules.countersign.matter import Countersign
from storage.queries.outage import outages_since
from storage.unit_of_work import UnitOfWork


async def start(work: UnitOfWork, sheet: Countersign, one: Consultation, delivery: Delivery) -> bool:
    """The unit's period begins with this proof; False, and nothing changed, where it has one already.

    The cards are the caller's to bring up to date.
    """
    calendar, settings = await work.calendar(), work.office.settings
    unreachable = one.unreachable_at is not None
    due = due_after(delivery.at, sheet.limit, calendar, settings.periods)
    if not sheet.start(one, delivery, due):
        return False
    missing = await outages_since(work, delivery.at)
    if missing and (later := due_now(sheet, one, missing, calendar, settings.hours, settings.periods)):
        one.put_due(later)
    await work.note(
        delivery.recorded_by,
        "countersign.deliver",
        f"countersign:{sheet.id}",
        article=sheet.kind.article,
        detail={
            "unit": one.unit.name,
            "at": delivery.at.isoformat(),
            "to": delivery.to.titled if delivery.to else delivery.note,
            "message_id": delivery.message_id,
            "channel": str(delivery.channel),
            "due": one.due_explained,
        },
    )
    if unreachable:
        await work.redraw(paper_card(sheet, one), unreachable_text(sheet, one, []))
    return True

"""A group that takes no messages: the office hears of it once, and again when it works."""

from typing import Any

from markupsafe import Markup

from matters.binding import tell_of_lost_group
from notices.group_refusal import NO_TOPIC, OUT, WHY
from notices.notice import Notice
from rules.roster import Unit
from storage.outbox import Kind, OutboxRow, row_of
from storage.queries.roster import unit_of_group
from storage.unit_of_work import UnitOfWork


async def refused(work: UnitOfWork, outbox_row: OutboxRow, error: str) -> None:
    """Telegram would not take a notice for a group; a fault of the message itself is not the group's."""
    unit = await unit_of_group(work, outbox_row.chat_id or 0)
    said = error.lower()
    if unit is None:
        return
    if any(word in said for word in OUT):
        unit.lose_group()
        await work.note(None, "binding.group_lost", f"unit:{unit.id}", detail={"chat": outbox_row.chat_id})
        await tell_of_lost_group(work, unit, f"{unit.name}工作群")
        return
    why = next((text for words, text in WHY if any(word in said for word in words)), None)
    if why is None:
        return
    if any(word in said for word in NO_TOPIC):
        unit.move_to_topic(None)
        await work.flush()
        await work.queue([_in_general(outbox_row)])
        await _tell(work, unit, why)
    elif unit.group_refused_at is None:
        unit.group_refuses(work.now)
        await work.note(None, "binding.group_refuses", f"unit:{unit.id}", detail={"chat": outbox_row.chat_id})
        await _tell(work, unit, f"{why}此前的通知不再补发，恢复后另行告知。")


def _in_general(outbox_row: OutboxRow) -> dict[str, Any]:
    """The same message once more, without a topic."""
    payload = {key: value for key, value in outbox_row.payload.items() if key != "topic"}
    return row_of(
        Kind.MESSAGE,
        once=f"general:{outbox_row.id}",
        payload=payload,
        content=outbox_row.content,
        chat_id=outbox_row.chat_id,
        urgency=outbox_row.urgency,
    )


async def taken(work: UnitOfWork, chat_id: int) -> None:
    """A group takes messages (it took one, or lets the bot write): where it refused before, that is told."""
    unit = await unit_of_group(work, chat_id)
    if unit is None or unit.group_refused_at is None:
        return
    unit.group_refuses(None)
    await work.note(None, "binding.group_works", f"unit:{unit.id}", detail={"chat": chat_id})
    await _tell_all(work, unit, Markup("✅ {}工作群已恢复接收通知。").format(unit.name))


async def _tell(work: UnitOfWork, unit: Unit, why: str) -> None:
    text = Markup("⚠️ <b>{}工作群收不到通知</b>\n{}").format(unit.name, why)
    await _tell_all(work, unit, text)


async def _tell_all(work: UnitOfWork, unit: Unit, text: Markup) -> None:
    roster = await work.roster()
    head = roster.head_of(unit)
    people = dict.fromkeys([*([head] if head else []), *roster.desk])
    await work.send(*(Notice(one, text, asks=True) for one in people if one.telegram_id))

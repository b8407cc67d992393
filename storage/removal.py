"""A card that is not to stand in the chat any longer: its message is deleted."""

from datetime import timedelta
from typing import Final

from markupsafe import Markup

from notices.notice import Urgency
from storage import statements
from storage.outbox import Kind, row_of
from storage.unit_of_work import UnitOfWork

DELETABLE: Final = timedelta(hours=47)
"""So long a bot may delete what it sent: 48 hours (Bot API, deleteMessage), and an hour to get it done."""


async def take_away(work: UnitOfWork, card: str, instead: Markup) -> None:
    """Delete every copy of the card; where one is too old for that, all are edited to say this instead."""
    copies = (await work.session.execute(statements.COPIES, {"cards": [card], "now": work.now})).all()
    if any(copy.created_at < work.now - DELETABLE for copy in copies):
        await work.redraw(card, instead)
        return
    rows = [
        row_of(
            Kind.REMOVAL,
            once=work.next_key(),
            payload={},
            chat_id=copy.chat_id,
            official_id=copy.official_id,
            target_id=copy.id,
            urgency=Urgency.ANSWER,
        )
        for copy in copies
    ]
    await work.queue(rows, {copy.id: (copy.message_id, None) for copy in copies})

"""Telling somebody by other ways than Telegram: text message, mail, telephone ([fallback.channels])."""

import re

from rules.roster import Official
from storage.outbox import Kind, row_of
from storage.unit_of_work import UnitOfWork


async def send_elsewhere(
    work: UnitOfWork,
    official: Official,
    phone: str,
    title: str,
    text: str,
    *,
    once: str,
    card: str = "",
    only_personal: bool = False,
) -> None:
    """Tell an official through the other channels of [fallback], a row for each.

    Other people run these channels: `text` bears no details. A personal channel needs a number to
    ring; where none is known it is left out.
    """
    number = re.sub(r"\D", "", phone)
    used = [
        one.name for one in work.office.settings.channels if (number if one.personal else not only_personal)
    ]
    await work.queue(
        [
            row_of(
                Kind.FALLBACK,
                once=f"{once}:{position}",
                payload={"channel": channel, "phone": number, "title": title, "text": text},
                official_id=official.id,
                card=card or None,
            )
            for position, channel in enumerate(used)
        ]
    )

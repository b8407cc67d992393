"""Files that go out together: one call where Telegram takes it, else file by file, so that none is lost.

Up to ten, all of them documents or all photos (Bot API, sendMediaGroup).
"""

import logging
from dataclasses import replace
from typing import Any

from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.wire import Sent, transmit
from storage.outbox import OutboxRow

log = logging.getLogger(__name__)

Parts = dict[int, int | None]
"""What went out by itself, by its place in the album: the message's id, None where it was refused."""


async def album(bot: Bot, row: OutboxRow, parts: Parts) -> Sent:
    """Send what has not gone out yet; `parts` is kept up, for another try after the line broke.

    Raises what Telegram said where it took none of them.
    """
    files: list[dict[str, Any]] = row.payload["files"]
    if not parts:
        kind = InputMediaPhoto if files[0].get("photo") else InputMediaDocument
        media = [kind(file["file_id"], file.get("caption"), ParseMode.HTML) for file in files]
        try:
            messages = await bot.send_media_group(
                row.chat_id or 0,
                media,
                disable_notification=row.payload.get("silent"),
                message_thread_id=row.payload.get("topic"),
            )
        except BadRequest as bad:
            log.warning("outbox row %s goes out file by file: %s", row.id, bad)
        else:
            ids = [message.message_id for message in messages]
            return Sent(ids[-1], tuple(ids))
    refused = BadRequest("none of the files was taken")
    for place, file in enumerate(files):
        if place not in parts:
            alone = {**row.payload, "text": file.get("caption"), "file": file}
            try:
                parts[place] = (await transmit(bot, replace(row, payload=alone))).message_id
            except BadRequest as bad:
                parts[place], refused = None, bad
    taken = [id for id in parts.values() if id is not None]
    if not taken:
        raise refused
    lost = len(files) - len(taken)
    lacking = f"{lost} of {len(files)} files were not taken" if lost else None
    return Sent(taken[-1], tuple(parts[place] for place in range(len(files))), lacking)

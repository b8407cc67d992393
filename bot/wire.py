"""From a row of the outbox to a call of the Bot API."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter

from notices.pictures.drawing import draw
from storage.outbox import Kind, OutboxRow

log = logging.getLogger(__name__)


class Gone(BadRequest):
    """What the row refers to is no longer there; not a failure to reach a person."""


@dataclass(frozen=True)
class Sent:
    """What Telegram answered: the message's id where it is a message.

    Of an album, those of all its files, and what was said against one that it is `lacking`.
    """

    message_id: int | None = None
    message_ids: tuple[int | None, ...] | None = None
    lacking: str | None = None


def seconds_of(busy: RetryAfter) -> float:
    """How long Telegram asks us to wait, in seconds."""
    after = busy.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


_SAME = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message to react not found",
    "message to pin not found",
    "message to unpin not found",
    "query is too old",
    "query id is invalid",
)


async def transmit(bot: Bot, row: OutboxRow, message_id: int | None = None) -> Sent:
    """Make the call; `message_id` is the message an edit is for.

    Raises Gone where the message or tap is no longer there, and Telegram's other errors as they come.
    """
    try:
        return await _call(bot, row, message_id)
    except BadRequest as bad:
        said = str(bad).lower()
        if _SAME in said:
            return Sent(message_id)
        if any(gone in said for gone in _GONE):
            raise Gone(str(bad)) from bad
        raise


async def _call(bot: Bot, row: OutboxRow, message_id: int | None) -> Sent:
    payload = row.payload
    if row.kind is Kind.TOAST:
        await bot.answer_callback_query(
            payload["query"], payload["text"] or None, show_alert=payload["alert"]
        )
        return Sent()
    assert row.chat_id is not None  # noqa: S101 - delivery settles rows without a chat before
    if row.kind is Kind.MENU:
        commands = [BotCommand(name, description) for name, description in payload["commands"]]
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(row.chat_id))
        return Sent()
    if row.kind is Kind.REMOVAL:
        await bot.delete_message(row.chat_id, message_id or payload["message_id"])
        return Sent()
    if row.kind is Kind.REACTION:
        await bot.set_message_reaction(row.chat_id, payload["message_id"], payload["sign"])
        return Sent()
    if row.kind is Kind.PIN and message_id is not None:
        await bot.pin_chat_message(row.chat_id, message_id, disable_notification=True)
        return Sent()
    if row.kind is Kind.UNPIN:
        await bot.unpin_chat_message(row.chat_id, message_id)
        return Sent()
    markup = _markup(payload.get("keyboard"))
    if row.kind is Kind.EDIT:
        await bot.edit_message_text(
            payload["text"], row.chat_id, message_id, parse_mode=ParseMode.HTML, reply_markup=markup
        )
        return Sent(message_id)
    file = payload.get("file")
    content = row.content
    if file and "drawing" in file:
        content = await _drawn(row)
        file = file if content else None
    if file is None:
        message = await bot.send_message(
            row.chat_id,
            payload["text"],
            parse_mode=ParseMode.HTML,
            reply_markup=markup or _number_key(payload.get("number_key")),
            message_thread_id=payload.get("topic"),
            disable_notification=payload.get("silent"),
        )
        return Sent(message.message_id)
    sent_as = bot.send_photo if file.get("photo") else bot.send_document
    message = await sent_as(
        row.chat_id,
        InputFile(content, file["name"]) if content else file["file_id"],
        caption=payload["text"],
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        message_thread_id=payload.get("topic"),
        disable_notification=payload.get("silent"),
    )
    return Sent(message.message_id)


async def _drawn(row: OutboxRow) -> bytes | None:
    """The picture, drawn in a thread; None where it cannot be: the text alone says what matters."""
    try:
        return await asyncio.to_thread(draw, row.payload["file"]["drawing"])
    except Exception:  # whatever the plotting library or the font has against it
        log.exception("the picture of outbox row %s could not be drawn", row.id)
        return None


def _markup(rows: list[list[dict[str, Any]]] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def _number_key(stored: dict[str, str] | None) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if stored is None:
        return None
    if not stored["label"]:
        return ReplyKeyboardRemove()
    key = KeyboardButton(stored["label"], request_contact=True)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)


def _button(button: dict[str, Any]) -> InlineKeyboardButton:
    if copy := button.get("copy_text"):
        return InlineKeyboardButton(button["text"], copy_text=CopyTextButton(copy["text"]))
    return InlineKeyboardButton(
        button["text"],
        url=button.get("url"),
        callback_data=button.get("callback_data"),
        style=button.get("style"),
    )

"""From a row of the outbox to a call of the Bot API."""

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
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter

from storage.outbox import Kind, Parcel


class Gone(BadRequest):
    """What the row refers to is no longer there; not a failure to reach a person."""


@dataclass(frozen=True)
class Sent:
    """What Telegram answered: the message's id where it is a message."""

    message_id: int | None = None


def seconds_of(busy: RetryAfter) -> float:
    """How long Telegram asks us to wait, in seconds."""
    after = busy.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


_SAME = "message is not modified"
_GONE = ("message to edit not found", "query is too old", "query id is invalid", "message can't be edited")


async def transmit(bot: Bot, parcel: Parcel, message_id: int | None = None) -> Sent:
    """Make the call; `message_id` is the message an edit is for.

    Raises Gone where the message or tap is no longer there, and Telegram's other errors as they come.
    """
    try:
        return await _call(bot, parcel, message_id)
    except BadRequest as bad:
        said = str(bad).lower()
        if _SAME in said:
            return Sent(message_id)
        if any(gone in said for gone in _GONE):
            raise Gone(str(bad)) from bad
        raise


async def _call(bot: Bot, parcel: Parcel, message_id: int | None) -> Sent:
    payload = parcel.payload
    if parcel.kind is Kind.TOAST:
        await bot.answer_callback_query(
            payload["query"], payload["text"] or None, show_alert=payload["alert"]
        )
        return Sent()
    assert parcel.chat_id is not None  # noqa: S101 - delivery settles rows without a chat before
    if parcel.kind is Kind.MENU:
        commands = [BotCommand(name, description) for name, description in payload["commands"]]
        await bot.set_my_commands(commands, scope=BotCommandScopeChat(parcel.chat_id))
        return Sent()
    markup = _markup(payload.get("keyboard"))
    if parcel.kind is Kind.EDIT:
        await bot.edit_message_text(
            payload["text"], parcel.chat_id, message_id, parse_mode=ParseMode.HTML, reply_markup=markup
        )
        return Sent(message_id)
    if "file" in payload:
        file = payload["file"]
        document = InputFile(parcel.content, file["name"]) if parcel.content else file["file_id"]
        message = await bot.send_document(
            parcel.chat_id, document, caption=payload["text"], parse_mode=ParseMode.HTML, reply_markup=markup
        )
    else:
        message = await bot.send_message(
            parcel.chat_id, payload["text"], parse_mode=ParseMode.HTML, reply_markup=markup
        )
    return Sent(message.message_id)


def _markup(rows: list[list[dict[str, Any]]] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def _button(button: dict[str, Any]) -> InlineKeyboardButton:
    if copy := button.get("copy_text"):
        return InlineKeyboardButton(button["text"], copy_text=CopyTextButton(copy["text"]))
    return InlineKeyboardButton(
        button["text"], url=button.get("url"), callback_data=button.get("callback_data")
    )

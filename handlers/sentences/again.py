"""What somebody wrote or tapped, handed in once more in the bot's own words, or as the button they mean.

So a sentence and a reply have no way in of their own: the same routes, locks and refusals meet them.
"""

from typing import Any

from telegram import Message, Update

from handlers.context import Context


async def as_if_written(update: Update, context: Context, text: str) -> None:
    """Handle the update as if its sender had written this, in reply to nothing."""
    query = update.callback_query
    if query is not None and query.message is not None:
        message: dict[str, Any] = {
            "message_id": query.message.message_id,
            "date": int(context.work.now.timestamp()),
            "chat": query.message.chat.to_dict(),
            "from": query.from_user.to_dict(),
        }
    elif update.message is not None:
        message = update.message.to_dict()
    else:
        return
    kept = {
        key: value for key, value in message.items() if key not in ("entities", "reply_to_message", "quote")
    }
    await _handle({"update_id": update.update_id, "message": {**kept, "text": text}}, context)


async def as_if_tapped(update: Update, context: Context, data: str) -> None:
    """Handle the tap as one on the button of that data."""
    if update.callback_query is None:
        return
    query = update.callback_query.to_dict()
    await _handle({"update_id": update.update_id, "callback_query": {**query, "data": data}}, context)


async def _handle(raw: dict[str, Any], context: Context) -> None:
    await context.application.process_update(Update.de_json(raw, context.bot))


def quoted(update: Update, mark: str) -> str:
    """What stands behind the mark on the message whose button was tapped; empty where it shows none."""
    query = update.callback_query
    message = query.message if query is not None else None
    shown = (message.text or "") if isinstance(message, Message) else ""
    return shown.partition(mark)[2].strip()

"""The measure: a bare python-telegram-bot bot with its default, sequential handling.

`python -m tests.bench.echo BASE_URL TOKEN` answers each text with the same text.
`… --send CHAT COUNT` sends one message to each of COUNT chats from CHAT on, eight in flight, waiting when
told to (429), and ends.
"""

import asyncio
import sys
from collections.abc import Iterator

from telegram import Bot, Update
from telegram.error import RetryAfter
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

IN_FLIGHT = 8


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.effective_message and update.effective_message.text:
        await update.effective_message.reply_text(update.effective_message.text)


async def _send(bot: Bot, chats: Iterator[int]) -> None:
    for chat in chats:
        while True:
            try:
                await bot.send_message(chat, "通知")
            except RetryAfter as told:
                wait = told.retry_after
                await asyncio.sleep(wait if isinstance(wait, int) else wait.total_seconds())
            else:
                break


async def broadcast(base_url: str, token: str, first: int, count: int) -> None:
    """One message to each chat."""
    chats = iter(range(first, first + count))
    async with Bot(token, base_url=base_url, request=HTTPXRequest(connection_pool_size=IN_FLIGHT)) as bot:
        await asyncio.gather(*(_send(bot, chats) for _ in range(IN_FLIGHT)))


def main() -> None:
    """Run the bot, or the broadcast."""
    base_url, token, *rest = sys.argv[1:]
    if rest:
        asyncio.run(broadcast(base_url, token, int(rest[1]), int(rest[2])))
        return
    application = ApplicationBuilder().token(token).base_url(base_url).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()

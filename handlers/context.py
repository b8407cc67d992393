"""What every handler is given, and how a route is written."""

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

CURRENT: ContextVar[UnitOfWork] = ContextVar("work")
"""The unit of work the receiver opened for the update now being handled."""

PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS

Data = dict[Any, Any]


class Context(CallbackContext[ExtBot[None], Data, Data, Data]):
    """PTB's context with the unit of work; whatever a handler changes or sends goes through it."""

    @property
    def work(self) -> UnitOfWork:
        """The open unit of work of this update."""
        return CURRENT.get()


Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]
Route = BaseHandler[Update, Context, None]


class Stranger(Refused):
    """The sender is not on the roster, or not bound."""

    def __init__(self) -> None:
        super().__init__(
            "您好，这里是区政府办公室值班机器人。\n请先用办公室发给您的绑定码绑定：发送 /start 加绑定码。"
        )


async def sender(update: Update, context: Context) -> Official:
    """The official who wrote or tapped; raises Stranger for anybody else.

    A button is not a permission: whoever holds the phone is checked against the roster every time.
    """
    user = update.effective_user
    official = await context.work.official(user.id) if user else None
    if official is None:
        raise Stranger
    if user is not None:
        official.seen_as(user.username or "")
    return official


def own_chat(official: Official) -> int:
    """The official's private chat, in which their forms open wherever they tapped."""
    if official.telegram_id is None:
        raise Refused("请先绑定本人账号。")
    return official.telegram_id


def command(name: str, handle: Handle, *, chats: filters.BaseFilter = PRIVATE) -> Route:
    """A slash command in these chats."""
    return CommandHandler(name, handle, filters=chats)


def word(chinese: str, handle: Handle, *, chats: filters.BaseFilter = PRIVATE) -> Route:
    """The Chinese word alone does the same as the command."""
    return MessageHandler(chats & filters.Regex(rf"^\s*/?{chinese}\s*$"), handle)


def opening(name: str, chinese: str, handle: Handle) -> list[Route]:
    """The three ways to start something in private: /name, the Chinese word, and the button of the menu."""
    return [
        command(name, handle),
        word(chinese, handle),
        CallbackQueryHandler(handle, pattern=rf"^menu:{name}$"),
    ]

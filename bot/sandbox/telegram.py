"""LocalTelegram: the servers of Telegram as one object in memory, with people one can move.

The bot's calls come in through `LocalTelegram.call`; `request.LocalRequest` brings them there in-process,
`bot_api.bot_api` over HTTP. Times of day are the given clock's; limits and time-outs run by the real one.
"""

import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from bot.sandbox import asking, sending
from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError
from bot.sandbox.events import ChatView, CommandView, Event, MessageView, ReplyKeyboardView, Watcher
from bot.sandbox.keyboards import keyboard_shown
from bot.sandbox.people import People
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import Act, Files, Trouble, World

__all__ = ["Act", "ApiError", "LocalTelegram"]

METHODS: dict[str, Callable[[Call], Any]] = {
    "getme": asking.get_me,
    "getfile": asking.get_file,
    "getchat": asking.get_chat,
    "getchatmember": asking.get_chat_member,
    "leavechat": asking.leave_chat,
    "sendchataction": asking.send_chat_action,
    "setmycommands": asking.set_my_commands,
    "deletemycommands": asking.delete_my_commands,
    "getmycommands": asking.get_my_commands,
    "setchatmenubutton": asking.set_chat_menu_button,
    "getchatmenubutton": asking.get_chat_menu_button,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendmediagroup": sending.send_media_group,
    "editmessagetext": sending.edit_message_text,
    "editmessagecaption": sending.edit_message_caption,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "deletemessage": sending.delete_message,
    "setmessagereaction": sending.set_message_reaction,
    "pinchatmessage": sending.pin_chat_message,
    "unpinchatmessage": sending.unpin_chat_message,
    "answercallbackquery": sending.answer_callback_query,
}


class LocalTelegram(People):
    """Both sides of the servers: the bot's (`call`) and the people's (all else)."""

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str = "",
        bot_username: str = "banjie_bot",
        limits: bool = False,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now`: the time of day, aware; `limits`: answer 429 as Telegram does; `ticks`: real seconds.

        Without a token there is one that opens nothing anywhere else.
        """
        super().__init__(World(now, token or "1000000001:" + "L" * 35, bot_username, ticks))
        self.limits = limits
        self.webhook = Webhook(self.world.updates)
        self._methods = METHODS | {
            "setwebhook": self.webhook.set,
            "deletewebhook": self.webhook.delete,
            "getwebhookinfo": self.webhook.info,
        }

    # the bot's side
    async def call(self, method: str, params: dict[str, Any], files: Files | None = None) -> object:
        """Do one Bot API method, in any case of letters; ApiError where Telegram would refuse.

        `params` are native values or the strings of a form; `files` maps field names to name and content.
        """
        key = method.lower()
        trouble = self._trouble(method) if self.world.troubles else None
        if trouble is not None and not trouble.after:
            raise trouble.error
        call = Call(self.world, method, params, files or {})
        result: object
        if key == "getupdates":
            result = await self._get_updates(call)
        elif do := self._methods.get(key):
            result = do(call)
        else:
            raise ApiError(404, "Not Found")
        if trouble is not None:
            raise trouble.error
        return result

    async def _get_updates(self, call: Call) -> object:
        allowed = call.json("allowed_updates", "allowed updates")
        if allowed is not None:
            self.world.updates.allow(allowed)
        return await self.world.updates.get(
            call.integer("offset"), call.integer("limit", 100), call.integer("timeout")
        )

    def fails(self, error: Exception, method: str = "", *, after: bool = False, times: int = 1) -> None:
        """Let the next calls go wrong: of that method, or of any but getUpdates.

        An ApiError is answered; any other error stands for a broken line. `after`: the thing is done, and
        only the answer is lost.
        """
        self.world.troubles += [Trouble(error, method, after)] * times

    def _trouble(self, method: str) -> Trouble | None:
        for trouble in self.world.troubles:
            if trouble.method == method or (not trouble.method and method != "getUpdates"):
                self.world.troubles.remove(trouble)
                return trouble
        return None

    def download(self, path: str) -> bytes:
        """A file by the path getFile named. ApiError 404: there is none."""
        file = self.world.paths.get(path)
        if file is None:
            raise ApiError(404, "Not Found")
        return file.content

    # what was done, and what can be seen
    @property
    def token(self) -> str:
        """The bot's token here."""
        return self.world.token

    @property
    def limits(self) -> bool:
        """Whether Telegram's sending limits hold; can be switched at any time."""
        return self.world.flood.on

    @limits.setter
    def limits(self, on: bool) -> None:
        self.world.flood.on = on

    @property
    def refused(self) -> int:
        """How many calls were answered 429 for the limits."""
        return self.world.flood.refused

    @property
    def done(self) -> list[Act]:
        """Everything the bot did that people can notice, in order; may be cleared."""
        return self.world.done

    @property
    def waiting(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.world.updates)

    async def taken(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.world.updates.taken.wait()

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` (synchronously) with each event; the returned function ends that."""
        return self.world.feed.subscribe(watcher)

    def events(self) -> AsyncIterator[Event]:
        """Each event from the first `anext` on."""
        return self.world.feed.events()

    def chats(self) -> list[ChatView]:
        """All private chats and groups, in the order they came to be."""
        return [self.world.chat_view(chat) for chat in self.world.chats.values()]

    def history(self, chat_id: int) -> list[MessageView]:
        """The chat's messages, oldest first, as they look now."""
        return [self.world.view(message) for message in self.world.chat(chat_id).messages.values()]

    def commands_for(self, user_id: int, chat_id: int) -> list[CommandView]:
        """The command menu this person sees in this chat."""
        return asking.commands_for(self.world, user_id, self.world.chat(chat_id))

    def keyboard(self, user_id: int, chat_id: int) -> ReplyKeyboardView | None:
        """The keyboard open on this member's phone in this chat in place of the letters."""
        chat = self.world.chat(chat_id)
        return keyboard_shown(chat.keyboard) if user_id in chat.members else None

    def pinned(self, chat_id: int) -> int:
        """The message that is kept on top of this chat; 0 where there is none."""
        return next(reversed(self.world.chat(chat_id).pinned), 0)

    def file(self, file_id: str) -> tuple[str, str, bytes]:
        """A file's name, MIME type and content. LookupError: no such file."""
        file = self.world.files[file_id]
        return file.name, file.mime, file.content

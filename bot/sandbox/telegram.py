"""LocalTelegram: the servers of Telegram as one object in memory, with people one can move."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.events import ChatView, CommandView, Event, MessageView, ReplyKeyboardView, Watcher


@dataclass(frozen=True)
class Act:
    """One thing the bot did that people can notice, in the order it was done."""

    method: str
    chat_id: int = 0
    message_id: int = 0
    text: str = ""  # plain text, caption, or the answer to a tap
    buttons: tuple[tuple[str, ...], ...] = ()  # labels of the inline rows
    attachment: str = ""  # file name
    edited: bool = False
    query_id: str = ""
    user_id: int = 0  # whose tap was answered
    alert: bool = False


class LocalTelegram:
    """Server state and both its sides: the bot's (`call`) and the people's (everything else)."""

    done: list[Act]

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str = "1000000001:LOCAL-TELEGRAM-IN-THIS-PROCESS-0000",
        bot_username: str = "banjie_bot",
        limits: bool = False,
    ) -> None:
        raise NotImplementedError

    # the bot's side
    async def call(self, method: str, params: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> Any:
        """Do one Bot API method; ApiError where Telegram would refuse."""
        raise NotImplementedError

    # who there is
    def add_user(self, id: int, first_name: str, last_name: str = "", username: str = "") -> None:
        """A person with a Telegram account who has not opened the bot yet."""
        raise NotImplementedError

    def open_chat(self, user_id: int) -> None:
        """The person has pressed Start once: the bot may write to him. Sends the bot nothing."""
        raise NotImplementedError

    def add_group(self, id: int, title: str, members: list[int]) -> None:
        """A group (negative id) with these people and the bot; the bot gets my_chat_member."""
        raise NotImplementedError

    def join(self, user_id: int, chat_id: int) -> None:
        """A person comes into a group."""
        raise NotImplementedError

    def leave(self, user_id: int, chat_id: int) -> None:
        """A person goes out of a group."""
        raise NotImplementedError

    def kick_bot(self, chat_id: int) -> None:
        """The bot is thrown out of a group."""
        raise NotImplementedError

    def migrate(self, chat_id: int) -> int:
        """The group becomes a supergroup; returns its new id."""
        raise NotImplementedError

    def blocks(self, user_id: int) -> None:
        """The person blocks the bot."""
        raise NotImplementedError

    def unblocks(self, user_id: int) -> None:
        """The person lets the bot in again."""
        raise NotImplementedError

    # what people do
    async def starts(self, user_id: int, payload: str = "") -> int:
        """Press Start (with a deep link's payload): opens the chat and sends `/start payload`."""
        raise NotImplementedError

    async def says(self, user_id: int, chat_id: int, text: str, reply_to: int | None = None) -> int:
        """Write a message; returns its id (of the last part where a long text goes as several)."""
        raise NotImplementedError

    async def sends_file(
        self, user_id: int, chat_id: int, name: str, content: bytes, caption: str = "",
        size: int | None = None, photo: bool = False,
    ) -> int:
        """Send a file or a photo; `size` in bytes pretends to another length. Returns the message id."""
        raise NotImplementedError

    async def edits(self, user_id: int, chat_id: int, message_id: int, text: str) -> None:
        """Change one's own message."""
        raise NotImplementedError

    async def presses(self, user_id: int, chat_id: int, message_id: int, button: str) -> str:
        """Press the inline button with that data or label; returns the query id. LookupError: no such button."""
        raise NotImplementedError

    def push_update(self, raw: dict[str, Any]) -> int:
        """Queue an update as it is, forged or of any kind; returns its update_id."""
        raise NotImplementedError

    # what people see
    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` (synchronously) with each event; the returned function ends that."""
        raise NotImplementedError

    def events(self) -> AsyncIterator[Event]:
        """Each event from now on."""
        raise NotImplementedError

    def chats(self) -> list[ChatView]:
        """All private chats and groups."""
        raise NotImplementedError

    def history(self, chat_id: int) -> list[MessageView]:
        """The chat's messages, oldest first, as they look now."""
        raise NotImplementedError

    def commands_for(self, user_id: int, chat_id: int) -> list[CommandView]:
        """The command menu this person sees in this chat."""
        raise NotImplementedError

    def keyboard(self, user_id: int, chat_id: int) -> ReplyKeyboardView | None:
        """The reply keyboard now open for this person in this chat."""
        raise NotImplementedError

    def file(self, file_id: str) -> tuple[str, str, bytes]:
        """A file's name, MIME type and content. KeyError: no such file."""
        raise NotImplementedError

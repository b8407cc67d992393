"""What Telegram's servers hold: people, chats, messages, files, waiting taps; and who may write where."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.events import ChatView, Feed, MessageView
from bot.sandbox.flood import Flood
from bot.sandbox.keyboards import Markup, keyboard_shown
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.views import message_view

Raw = dict[str, Any]
Files = dict[str, tuple[str, bytes]]


@dataclass(eq=False)
class Person:
    """An account, `phone` its number. `opened`: has pressed Start; `gone`: has deleted the account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""
    opened: bool = False
    blocked: bool = False
    gone: bool = False

    def as_api(self) -> Raw:
        """The Bot API's User."""
        user: Raw = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        return user | {"language_code": "zh-hans"}


@dataclass(eq=False)
class Message:
    """A message as the Bot API shows it now (`raw`, replaced on every change, never altered).

    `markup` also holds a keyboard in place of the letters, which the Bot API does not give back. `sign` is
    what the bot has put on it.
    """

    chat_id: int
    id: int
    raw: Raw
    markup: Markup | None = None
    by_bot: bool = False
    service: str = ""
    sign: str = ""


@dataclass(eq=False)
class Chat:
    """A private chat, or a group with its members and the bot's standing in it.

    `topics` says of each of a forum's whether it is open; `refuses` is what the bot is told when it writes,
    `pinned` are the ids of the messages kept on top, the last one shown.
    """

    id: int
    kind: Literal["private", "group", "supergroup"]
    title: str
    members: list[int] = field(default_factory=list)
    bot: Literal["member", "administrator", "left", "kicked"] = "member"
    migrated_to: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Markup | None = None
    last_id: int = 0
    api: Raw = field(default_factory=dict)
    topics: dict[int, bool] = field(default_factory=dict)
    refuses: str = ""
    pinned: list[int] = field(default_factory=list)


@dataclass(eq=False)
class StoredFile:
    """A file on the servers. `size` in bytes, which may be pretended."""

    id: str
    unique_id: str
    name: str
    content: bytes
    size: int
    path: str
    photo: bool = False

    @property
    def mime(self) -> str:
        """MIME type, guessed from the name as Telegram does."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(eq=False)
class Query:
    """A tap that waits for its answer; `asked_at` in seconds of the real clock."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    asked_at: float


@dataclass(frozen=True)
class Act:
    """One thing the bot did that people can notice, in the order it was done.

    `text` is plain: the message, the caption, or the answer to a tap. `buttons` are the words on the inline
    rows, `attachment` the file's name, `user_id` who is meant: the owner of a private chat, or who tapped. A
    `silent` message makes no phone ring.
    """

    method: str
    chat_id: int = 0
    message_id: int = 0
    text: str = ""
    buttons: tuple[tuple[str, ...], ...] = ()
    attachment: str = ""
    edited: bool = False
    query_id: str = ""
    user_id: int = 0
    alert: bool = False
    silent: bool = False


@dataclass(frozen=True)
class Trouble:
    """What will go wrong once: `error` instead of an answer, before or `after` the thing was done."""

    error: Exception
    method: str = ""
    after: bool = False


class World:
    """The state that the bot's calls and the people's doings change together."""

    def __init__(
        self, now: Callable[[], datetime], token: str, bot_username: str, ticks: Callable[[], float]
    ) -> None:
        self.now = now
        self.ticks = ticks
        self.token = token
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "办结",
            "username": bot_username,
        }
        self.users: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.paths: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[Any, ...], list[Raw]] = {}
        self.menu_buttons: dict[int, Raw] = {}
        self.updates = UpdateQueue()
        self.flood = Flood(ticks)
        self.feed = Feed()
        self.done: list[Act] = []
        self.troubles: list[Trouble] = []
        self._last_message_id = 0
        self._albums = 0
        self._last_query_id = 4_000_000_000_000_000_000

    # looking up
    def chat(self, chat_id: int) -> Chat:
        """The chat the people's side speaks of. LookupError: there is none."""
        return self.chats[chat_id]

    def reached(self, chat_id: object, *, write: bool = True) -> Chat:
        """The chat a call speaks of, if the bot may write (or, without `write`, look) there."""
        chat = self._known(chat_id)
        if chat.kind == "private":
            self._check_person(self.users[chat.id], write=write)
        elif write and chat.migrated_to:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        elif chat.bot == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        elif chat.bot == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def _known(self, chat_id: object) -> Chat:
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(str(chat_id))]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def _check_person(self, person: Person, *, write: bool) -> None:
        if not write and not person.opened:
            raise bad_request("chat not found")
        if not write:
            return
        if person.gone:
            raise forbidden("user is deactivated")
        if not person.opened:
            raise forbidden("bot can't initiate conversation with a user")
        if person.blocked:
            raise forbidden("bot was blocked by the user")

    # changing
    @property
    def moment(self) -> int:
        """Now, in seconds since 1970 UTC, as messages bear it."""
        return int(self.now().timestamp())

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count by themselves, all other chats together."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._last_message_id += 1
        return self._last_message_id

    def next_album_id(self) -> str:
        """What the messages of one more album have in common."""
        self._albums += 1
        return str(13_900_000_000_000_000 + self._albums)

    def next_query_id(self) -> str:
        """A new callback query's id."""
        self._last_query_id += 1
        return str(self._last_query_id)

    def post(
        self, chat: Chat, sender: Raw, content: Raw, markup: Markup | None = None, service: str = ""
    ) -> Message:
        """Put a message into a chat and show it."""
        id_ = self.next_message_id(chat)
        raw = {"message_id": id_, "from": sender, "chat": chat.api, "date": self.moment, **content}
        if markup and "inline_keyboard" in markup:
            raw["reply_markup"] = markup
        message = Message(chat.id, id_, raw, markup, sender["is_bot"], service)
        chat.messages[id_] = message
        if keyboard_shown(markup) is not None:
            chat.keyboard = markup if markup and "keyboard" in markup else None
        self.show(message, "message")
        return message

    def change(self, message: Message, raw: Raw, markup: Markup | None) -> None:
        """Replace what a message says and its buttons, and show it."""
        message.raw, message.markup = raw, markup
        self.show(message, "edited")

    def show(self, message: Message, how: Literal["message", "edited"]) -> None:
        """Tell viewers what a message looks like now."""
        if self.feed.watched:
            self.feed.emit({"type": how, "chat_id": message.chat_id, "message": self.view(message)})

    def view(self, message: Message) -> MessageView:
        """The message as a bubble."""
        view = message_view(message.raw, message.markup, message.service, self.files)
        return {**view, "sign": message.sign}

    def chat_view(self, chat: Chat) -> ChatView:
        """The chat as a line in a list of chats."""
        person = self.users.get(chat.id)
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "members": list(chat.members),
            "opened": person.opened if person else True,
            "blocked": person.blocked if person else chat.bot in {"kicked", "left"},
        }

    def react(self, message: Message, sign: str) -> None:
        """Put the bot's sign on a message, or take it off (empty), and show it."""
        message.sign = sign
        self.feed.emit({"type": "reacted", "chat_id": message.chat_id, "message": self.view(message)})

    def show_chat(self, chat: Chat) -> None:
        """Tell viewers that a chat is new or changed."""
        self.feed.emit(
            {
                "type": "chat",
                "chat_id": chat.id,
                "chat": self.chat_view(chat),
                "migrated_to": chat.migrated_to,
            }
        )

    def store(self, name: str, content: bytes, *, size: int | None = None, photo: bool = False) -> StoredFile:
        """Keep a file; the same content sent again is a new file."""
        number = len(self.files) + 1
        folder, suffix = ("photos", "jpg") if photo else ("documents", name.rpartition(".")[2] or "bin")
        file = StoredFile(
            f"{'AgAC' if photo else 'BQAC'}AgUAAx{number:08d}",
            f"AQAD{number:08d}",
            name,
            content,
            len(content) if size is None else size,
            f"{folder}/file_{number}.{suffix}",
            photo,
        )
        self.files[file.id] = self.paths[file.path] = file
        return file

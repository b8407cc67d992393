"""What can be seen on a phone: messages as plain dicts, and the feed of everything that happens.

All dicts are ready for JSON. `html` is safe to show as it is: people's own text is escaped in it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Literal, TypedDict


class PersonView(TypedDict):
    """Who wrote a message. `name` is first and last name."""

    id: int
    name: str
    is_bot: bool


class ButtonView(TypedDict):
    """One inline button; exactly one of `data`, `url`, `copy` is filled.

    `style` is success, danger, primary or none.
    """

    label: str
    style: str
    data: str
    url: str
    copy: str


class FileView(TypedDict):
    """A file in a message; fetch its content with `LocalTelegram.file(file_id)`. `size` in bytes."""

    file_id: str
    name: str
    size: int
    mime: str
    photo: bool


class ReplyView(TypedDict):
    """The message answered to, as quoted above a reply."""

    message_id: int
    name: str
    text: str


class ReplyKeyboardView(TypedDict):
    """The keyboard in place of the letters; no rows means that it was taken away.

    `sharing` are those of its keys that share one's own number instead of being said.
    """

    rows: list[list[str]]
    sharing: list[str]
    resize: bool
    one_time: bool
    placeholder: str


class MessageView(TypedDict):
    """One bubble. `date` and `edited` are seconds since 1970 UTC; `edited` is 0 while it never was.

    `text` is plain, the caption for a file; `html` the same with its formatting. `service` is the grey
    line of a service message (……加入群组) and empty otherwise. `voice` is a voice message's length in seconds
    and `sticker` the emoji it stands for (0 and empty in every other message). `buttons` are the inline rows,
    `sign` is the emoji that the bot has put on it, or empty.
    """

    chat_id: int
    message_id: int
    date: int
    edited: int
    sender: PersonView
    text: str
    html: str
    service: str
    voice: int
    sticker: str
    file: FileView | None
    reply_to: ReplyView | None
    buttons: list[list[ButtonView]]
    sign: str
    keyboard: ReplyKeyboardView | None


class ChatView(TypedDict):
    """One chat. A private chat's id is the person's; `opened` says that they pressed Start.

    `members` are user ids (the person themselves in a private chat, the bot never). `blocked`: the person
    blocked the bot, or the group threw it out.
    """

    id: int
    kind: Literal["private", "group", "supergroup"]
    title: str
    members: list[int]
    opened: bool
    blocked: bool


class CommandView(TypedDict):
    """One line of the command menu; `command` without the slash."""

    command: str
    description: str


class MessageEvent(TypedDict):
    """A message is new, or an old one now looks like this (text, buttons or both)."""

    type: Literal["message", "edited"]
    chat_id: int
    message: MessageView


class ReactedEvent(TypedDict):
    """The bot has put a sign on a message, or taken it off."""

    type: Literal["reacted"]
    chat_id: int
    message: MessageView


class DeletedEvent(TypedDict):
    """A message is gone."""

    type: Literal["deleted"]
    chat_id: int
    message_id: int


class PinnedEvent(TypedDict):
    """Another message is shown on top of the chat; 0 where none is."""

    type: Literal["pinned"]
    chat_id: int
    message_id: int


class PressedEvent(TypedDict):
    """Somebody pressed an inline button and waits for the answer to `query_id`."""

    type: Literal["pressed"]
    chat_id: int
    message_id: int
    user_id: int
    query_id: str
    label: str
    data: str


class AnsweredEvent(TypedDict):
    """The bot answered a tap; empty `text` only stops the waiting, `alert` wants an OK, else a toast."""

    type: Literal["answered"]
    chat_id: int
    message_id: int
    user_id: int
    query_id: str
    text: str
    alert: bool
    url: str


class TypingEvent(TypedDict):
    """The bot is doing `action` (typing, upload_document …) for the next five seconds."""

    type: Literal["typing"]
    chat_id: int
    action: str


class CommandsEvent(TypedDict):
    """Command menus changed; ask `LocalTelegram.commands_for` again. `chat_id` 0: anybody's may have."""

    type: Literal["commands"]
    chat_id: int


class ChatEvent(TypedDict):
    """A chat is new or changed (opened, blocked, members). `migrated_to` is the id it goes on under, or 0."""

    type: Literal["chat"]
    chat_id: int
    chat: ChatView
    migrated_to: int


Event = (
    MessageEvent
    | ReactedEvent
    | DeletedEvent
    | PinnedEvent
    | PressedEvent
    | AnsweredEvent
    | TypingEvent
    | CommandsEvent
    | ChatEvent
)
Watcher = Callable[[Event], None]


class Feed:
    """Hands every event to whoever watches, in order and at once."""

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []

    def emit(self, event: Event) -> None:
        """Tell all who watch."""
        for watcher in tuple(self._watchers):
            watcher(event)

    @property
    def watched(self) -> bool:
        """Whether anybody would see an event: without watchers no view need be made."""
        return bool(self._watchers)

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with each event from now on; the returned function ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    async def events(self) -> AsyncIterator[Event]:
        """Each event from the first `anext` on, until the iterator is closed."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        end = self.subscribe(queue.put_nowait)
        try:
            while True:
                yield await queue.get()
        finally:
            end()

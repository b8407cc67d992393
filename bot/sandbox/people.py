"""The people's side of Telegram: who there is, what they write, press and block."""

from collections.abc import Sequence
from typing import Any, Final

from bot.sandbox.asking import member
from bot.sandbox.formatting import formatted
from bot.sandbox.keyboards import button_meant
from bot.sandbox.sending import (
    LEAST_TOGETHER,
    MAX_TEXT,
    MOST_TOGETHER,
    document_of,
    photo_of,
    quotable,
    sticker_of,
    voice_of,
    with_text,
)
from bot.sandbox.views import plain
from bot.sandbox.world import Chat, Message, Person, Query, Raw, World

VOICE_BYTES: Final = 2_000
"""What a second of a voice message weighs on a phone (Opus at 16 kbit/s)."""
EDIT_WITHIN: Final = 48 * 3600
"""Seconds for which Telegram lets people edit what they wrote."""


class People:
    """Moves the people; what the bot may see of it goes into its queue of updates.

    Chat ids and user ids that are not there raise LookupError; an empty message raises ValueError.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    # who there is
    def add_user(
        self, user_id: int, first_name: str, last_name: str = "", username: str = "", phone: str = ""
    ) -> None:
        """A person with an account who has not opened the bot yet."""
        person = Person(user_id, first_name, last_name, username, phone)
        self.world.users[user_id] = person
        user = person.as_api()
        user.pop("is_bot")
        user.pop("language_code")
        title = (
            f"{last_name}{first_name}" if not first_name.isascii() else f"{first_name} {last_name}".strip()
        )
        chat = Chat(user_id, "private", title, [user_id], api=user | {"type": "private"})
        self.world.chats[user_id] = chat
        self.world.show_chat(chat)

    def open_chat(self, user_id: int) -> None:
        """The person has pressed Start some time ago: the bot may write to them. Sends the bot nothing."""
        self.world.users[user_id].opened = True
        self.world.show_chat(self.world.chat(user_id))

    def add_group(self, chat_id: int, title: str, members: list[int], *, announce: bool = True) -> None:
        """A group (negative id) of these people, the first its owner, and the bot.

        The bot is told (my_chat_member, group_chat_created) unless it has long been there: `announce` False.
        """
        if chat_id >= 0 or not members:
            raise ValueError("a group has a negative id and at least its owner")
        chat = self._new_group(chat_id, "group", title, members)
        self.world.show_chat(chat)
        if announce:
            owner = self.world.users[members[0]]
            self._bot_moved(chat, owner.as_api(), "left", "member")
            self._post(chat, owner.as_api(), {"group_chat_created": True}, service=f"{title} 群聊已创建")

    def _new_group(self, chat_id: int, kind: str, title: str, members: list[int]) -> Chat:
        api: Raw = {"id": chat_id, "title": title, "type": kind}
        if kind == "group":
            api["all_members_are_administrators"] = True
        chat = Chat(chat_id, "group" if kind == "group" else "supergroup", title, list(members), api=api)
        self.world.chats[chat_id] = chat
        return chat

    def make_bot_administrator(self, chat_id: int) -> None:
        """From now on the bot reads everything in the group."""
        chat = self.world.chat(chat_id)
        self._bot_moved(chat, self.world.users[chat.members[0]].as_api(), chat.bot, "administrator")
        chat.bot = "administrator"

    def join(self, user_id: int, chat_id: int) -> None:
        """A person comes into a group."""
        chat, user = self.world.chat(chat_id), self.world.users[user_id].as_api()
        if user_id not in chat.members:
            chat.members.append(user_id)
            self.world.show_chat(chat)
            self._post(chat, user, {"new_chat_members": [user]}, service=f"{self._name(user_id)} 加入群聊")

    def leave(self, user_id: int, chat_id: int) -> None:
        """A person goes out of a group."""
        chat, user = self.world.chat(chat_id), self.world.users[user_id].as_api()
        chat.members.remove(user_id)
        self.world.show_chat(chat)
        self._post(chat, user, {"left_chat_member": user}, service=f"{self._name(user_id)} 退出群聊")

    def kick_bot(self, chat_id: int) -> None:
        """The bot is thrown out of a group by its owner."""
        chat = self.world.chat(chat_id)
        self._bot_moved(chat, self.world.users[chat.members[0]].as_api(), chat.bot, "kicked")
        chat.bot = "kicked"
        self.world.show_chat(chat)

    def mute_bot(self, chat_id: int, *, muted: bool) -> None:
        """The owner forbids the bot to write in a group, or lets it write again."""
        chat = self.world.chat(chat_id)
        chat.refuses = "not enough rights to send text messages to the chat" if muted else ""
        states = (chat.bot, "restricted") if muted else ("restricted", chat.bot)
        self._bot_moved(chat, self.world.users[chat.members[0]].as_api(), *states)

    def migrate(self, chat_id: int) -> int:
        """The group becomes a supergroup; returns its new id. The old messages stay under the old one."""
        old = self.world.chat(chat_id)
        owner = self.world.users[old.members[0]].as_api()
        new = self._new_group(int(f"-100{-chat_id:010d}"), "supergroup", old.title, old.members)
        old.migrated_to = new.id
        self.world.show_chat(old)
        self.world.show_chat(new)
        self._post(old, owner, {"migrate_to_chat_id": new.id}, service="群聊已升级为超级群")
        self._post(new, owner, {"migrate_from_chat_id": old.id}, service="群聊已升级为超级群")
        return new.id

    def blocks(self, user_id: int) -> None:
        """The person blocks the bot."""
        self._set_blocked(user_id, blocked=True)

    def unblocks(self, user_id: int) -> None:
        """The person lets the bot in again."""
        self._set_blocked(user_id, blocked=False)

    def deletes_account(self, user_id: int) -> None:
        """The person is gone from Telegram: writing to them is refused for ever."""
        self.world.users[user_id].gone = True

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        person = self.world.users[user_id]
        if person.blocked != blocked:
            person.blocked = blocked
            chat = self.world.chat(user_id)
            states = ("member", "kicked") if blocked else ("kicked", "member")
            self._bot_moved(chat, person.as_api(), *states)
            self.world.show_chat(chat)

    # what people do
    async def starts(self, user_id: int, payload: str = "") -> int:
        """Press Start, with a deep link's payload: sends `/start payload`. Returns the message id."""
        return await self.says(user_id, user_id, f"/start {payload}".strip())

    async def says(
        self, user_id: int, chat_id: int, text: str, reply_to: int | None = None, *, topic: int = 0
    ) -> int:
        """Write a message; over 4096 characters it goes as several, as a phone does. Returns the last id.

        In a private chat this opens the chat, and lets a blocked bot in again.
        """
        chat = self._entered(user_id, chat_id)
        whole, id_ = formatted(text)[0], 0
        if not whole:
            raise ValueError("the message is empty")
        for start in range(0, len(whole), MAX_TEXT):
            part, entities = formatted(whole[start : start + MAX_TEXT])
            content = self._quoting(chat, reply_to) | with_text("text", part, entities)
            content |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
            id_ = self._post(chat, self.world.users[user_id].as_api(), content).id
        return id_

    async def sends_file(
        self,
        user_id: int,
        chat_id: int,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        size: int | None = None,
        photo: bool = False,
        album: str = "",
    ) -> int:
        """Send a file or a photo; `size` in bytes pretends to another length. Returns the message id.

        Files with the same `album` belong together, though the bot may hear of them one by one.
        """
        chat = self._entered(user_id, chat_id)
        raw = self._file(name, content, caption, size=size, photo=photo)
        raw |= {"media_group_id": album} if album else {}
        return self._post(chat, self.world.users[user_id].as_api(), raw).id

    async def sends_album(
        self,
        user_id: int,
        chat_id: int,
        files: Sequence[tuple[str, bytes, str]],
        *,
        photo: bool = False,
    ) -> list[int]:
        """Send 2 to 10 files (name, content, caption) together, all of them photos or none.

        That is one message for each, with nothing but their media_group_id in common; a phone puts the note
        under the first photo, and under the last document. Returns the message ids.
        """
        if not LEAST_TOGETHER <= len(files) <= MOST_TOGETHER:
            raise ValueError("an album has 2 to 10 files")
        chat = self._entered(user_id, chat_id)
        album = self.world.next_album_id()
        ids = []
        for name, content, caption in files:
            raw = self._file(name, content, caption, photo=photo) | {"media_group_id": album}
            ids.append(self._post(chat, self.world.users[user_id].as_api(), raw).id)
        return ids

    async def shares_contact(
        self, user_id: int, chat_id: int, number: str, first_name: str, last_name: str = ""
    ) -> int:
        """Share somebody's contact; Telegram gives the number mostly without a plus, and who has it there."""
        contact: Raw = {"phone_number": number, "first_name": first_name}
        contact |= {"last_name": last_name} if last_name else {}
        holder = next(
            (one for one in self.world.users.values() if one.phone and one.phone == number[-11:]), None
        )
        contact |= {"user_id": holder.id} if holder else {}
        return await self.sends_other(user_id, chat_id, contact=contact)

    async def shares_number(self, user_id: int) -> int:
        """Press the key that shares one's own number with the bot (KeyboardButton, request_contact)."""
        person = self.world.users[user_id]
        if not person.phone:
            raise ValueError("the account has no number")
        return await self.shares_contact(
            user_id, user_id, f"86{person.phone}", person.first_name, person.last_name
        )

    async def shares_place(self, user_id: int, chat_id: int, title: str = "", address: str = "") -> int:
        """Share a place from the map, or without title and address the bare spot one stands on."""
        spot = {"latitude": 36.67, "longitude": 117.0}
        if not title:
            return await self.sends_other(user_id, chat_id, location=spot)
        venue = {"location": spot, "title": title, "address": address}
        return await self.sends_other(user_id, chat_id, venue=venue, location=spot)

    async def sends_voice(self, user_id: int, chat_id: int, seconds: int) -> int:
        """Send a voice message of that length, as a phone does; nothing is to be heard in it."""
        if seconds < 1:
            raise ValueError("a voice message has at least one second")
        file = self.world.store("voice.ogg", b"", size=VOICE_BYTES * seconds)
        return await self.sends_other(user_id, chat_id, voice=voice_of(file, seconds))

    async def sends_sticker(self, user_id: int, chat_id: int, emoji: str) -> int:
        """Send a sticker, out of no set, that stands for that emoji."""
        if not emoji.strip():
            raise ValueError("a sticker stands for an emoji")
        sticker = sticker_of(self.world.store("sticker.webp", b""), emoji)
        return await self.sends_other(user_id, chat_id, sticker=sticker)

    async def sends_other(self, user_id: int, chat_id: int, **content: Any) -> int:  # noqa: ANN401 - Bot API fields
        """Send a message of any other kind, in the Bot API's own fields (sticker={…}). Returns its id."""
        chat = self._entered(user_id, chat_id)
        return self._post(chat, self.world.users[user_id].as_api(), content).id

    async def edits(self, user_id: int, chat_id: int, message_id: int, text: str) -> None:
        """Change the text or caption of one's own message, within two days."""
        message = self._own(user_id, chat_id, message_id)
        key = "text" if "text" in message.raw else "caption"
        raw = {k: v for k, v in message.raw.items() if k not in {"entities", "caption_entities", key}}
        raw |= with_text(key, *formatted(text)) if text or key == "text" else {}
        self._edit(message, raw)

    async def replaces_file(
        self, user_id: int, chat_id: int, message_id: int, name: str, content: bytes
    ) -> None:
        """Put another file into one's own message; its caption stays."""
        message = self._own(user_id, chat_id, message_id)
        kept = {k: v for k, v in message.raw.items() if k not in {"document", "photo"}}
        self._edit(message, kept | self._file(name, content, "", photo="photo" in message.raw))

    def touches(self, chat_id: int, message_id: int) -> None:
        """Something unseen of a message changes: the bot hears of an edit that nobody made (no edit_date)."""
        message = self.world.chat(chat_id).messages[message_id]
        self.world.updates.push("edited_message", {k: v for k, v in message.raw.items() if k != "edit_date"})

    async def presses(
        self, user_id: int, chat_id: int, message_id: int, button: str, *, forged: bool = False
    ) -> str:
        """Press the inline button with that data or label; returns the query's id.

        LookupError: there is no such button (any more). `forged` sends the data all the same, as an altered
        client or a phone with an old picture of the message would.
        """
        world = self.world
        chat = world.chat(chat_id)
        message = chat.messages[message_id]
        label, data = ("", button) if forged else button_meant(message.raw.get("reply_markup"), button)
        query = Query(world.next_query_id(), user_id, chat_id, message_id, world.ticks())
        world.queries[query.id] = query
        world.feed.emit(
            {
                "type": "pressed",
                "chat_id": chat_id,
                "message_id": message_id,
                "user_id": user_id,
                "query_id": query.id,
                "label": label,
                "data": data,
            }
        )
        raw = {
            "id": query.id,
            "from": world.users[user_id].as_api(),
            "message": message.raw,
            "chat_instance": str(-chat_id * 7919),
            "data": data,
        }
        world.updates.push("callback_query", raw)
        return query.id

    def push_update(self, raw: dict[str, Any]) -> int:
        """Queue an update as it is, forged or of any kind; returns its update_id."""
        return self.world.updates.push_raw(raw)

    # within
    def _file(
        self, name: str, content: bytes, caption: str, *, size: int | None = None, photo: bool = False
    ) -> Raw:
        file = self.world.store(name, content, size=size, photo=photo)
        text, entities = formatted(caption)
        raw: Raw = {"photo": photo_of(file)} if photo else {"document": document_of(file)}
        return raw | (with_text("caption", text, entities) if text else {})

    def _own(self, user_id: int, chat_id: int, message_id: int) -> Message:
        message = self.world.chat(chat_id).messages[message_id]
        if message.raw["from"]["id"] != user_id:
            raise ValueError("somebody else's message")
        if self.world.moment - message.raw["date"] > EDIT_WITHIN:
            raise ValueError("too late to edit")
        return message

    def _edit(self, message: Message, raw: Raw) -> None:
        if raw == message.raw:
            return
        self.world.change(message, raw | {"edit_date": self.world.moment}, None)
        self._tell_bot("edited_message", message)

    def _entered(self, user_id: int, chat_id: int) -> Chat:
        """The chat the person writes in; their own opens by that."""
        chat, person = self.world.chat(chat_id), self.world.users[user_id]
        if user_id not in chat.members or chat.migrated_to:
            raise LookupError(f"{self._name(user_id)} is not in chat {chat_id}")
        if chat.kind == "private":
            self.unblocks(user_id)
            if not person.opened:
                self.open_chat(user_id)
        return chat

    def _quoting(self, chat: Chat, reply_to: int | None) -> Raw:
        return {"reply_to_message": quotable(chat.messages[reply_to])} if reply_to else {}

    def _post(self, chat: Chat, sender: Raw, content: Raw, service: str = "") -> Message:
        message = self.world.post(chat, sender, content, service=service)
        self._tell_bot("message", message)
        return message

    def _tell_bot(self, kind: str, message: Message) -> None:
        chat = self.world.chat(message.chat_id)
        if chat.bot in {"member", "administrator"} and self._seen_by_bot(chat, message):
            self.world.updates.push(kind, message.raw)

    def _seen_by_bot(self, chat: Chat, message: Message) -> bool:
        """Privacy mode: in a group only commands, mentions, replies to the bot and service messages."""
        if chat.kind == "private" or chat.bot == "administrator" or message.service:
            return True
        replied = message.raw.get("reply_to_message")
        if replied and replied["from"]["id"] == self.world.bot["id"]:
            return True
        text, name = plain(message.raw).lower(), f"@{self.world.bot['username']}".lower()
        if name in text:
            return True
        return text.startswith("/") and "@" not in text.split(maxsplit=1)[0]

    def _bot_moved(self, chat: Chat, by: Raw, old: str, new: str) -> None:
        """Tell the bot of its own standing in a chat."""
        change = {
            "chat": chat.api,
            "from": by,
            "date": self.world.moment,
            "old_chat_member": member(self.world.bot, old),
            "new_chat_member": member(self.world.bot, new),
        }
        self.world.updates.push("my_chat_member", change)

    def _name(self, user_id: int) -> str:
        return self.world.chat(user_id).title

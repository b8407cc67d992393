"""Updates that bear a secrecy mark are stripped before anything of them is stored (art. 59, 79).

What is left says who wrote where and which kind of mark was seen: enough to acknowledge the update, to keep
its place in the chat's order, and to refuse it once, also after a crash. No text, no file name, no handle of
a file goes into the inbox, nor from there anywhere else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from handlers.secrecy import KEY
from rules.secrecy import marks

Raw = dict[str, Any]

_WRITTEN: Final = ("message", "edited_message")
"""The kinds a person wrote to the bot, which are answered; of any other kind only its id is left."""
_NAMES: Final = frozenset(
    {"chat", "from", "sender_chat", "sender_business_bot", "forward_origin", "forward_from", "via_bot"}
    | {"forward_from_chat", "new_chat_members", "new_chat_member", "left_chat_member", "old_chat_member"}
)
"""Parts of an update that name people and chats; what they are called is not what is said."""
_PLACES: Final = {"text": "文字", "caption": "文件说明", "file_name": "文件名"}
_ELSEWHERE: Final = "内容"
_MOST_ALBUMS: Final = 1000


class Sieve:
    """Strips what bears a mark out of each batch.

    An album comes as one update for each of its files with the note under the first, so the others go with
    it, and the person is told once. `username` gives the bot's own, to know whom a group speaks to.
    """

    def __init__(self, username: Callable[[], str]) -> None:
        self._username = username
        self._albums: dict[str, None] = {}

    def strip(self, batch: Sequence[Raw]) -> list[Raw]:
        """The batch as it may be stored."""
        seen = [_seen(raw) for raw in batch]
        told = set(self._albums)
        for raw, found in zip(batch, seen, strict=True):
            if found and (album := _album(raw)):
                self._albums[album] = None
        while len(self._albums) > _MOST_ALBUMS:
            del self._albums[next(iter(self._albums))]
        kept: list[Raw] = []
        for raw, found in zip(batch, seen, strict=True):
            album = _album(raw)
            if not found and album not in self._albums:
                kept.append(raw)
                continue
            speaks = bool(found) and album not in told
            kept.append(self._bare(raw, found if speaks else {}))
            if speaks and album:
                told.add(album)
        return kept

    def _bare(self, raw: Raw, found: Mapping[str, str]) -> Raw:
        """The update with nothing in it but ids, and the marks where they are to be spoken of."""
        bare: Raw = {"update_id": raw["update_id"], KEY: {}}
        message = _written(raw)
        if message is None:
            return bare
        chat, sender = _part(message, "chat"), _part(message, "from")
        bare["message"] = {
            "message_id": message.get("message_id", 0),
            "date": message.get("date", 0),
            "chat": {"id": chat.get("id", 0), "type": chat.get("type", "private")},
        }
        if "id" in sender:
            bare["message"]["from"] = {"id": sender["id"], "is_bot": False, "first_name": ""}
        if found and (chat.get("type") == "private" or self._is_for_bot(message)):
            bare[KEY] = {"marks": list(found), "place": next(iter(found.values()))}
        return bare

    def _is_for_bot(self, message: Raw) -> bool:
        """Whether something said in a group is meant for the bot: a command, a mention or a reply to it."""
        said = str(message.get("text") or message.get("caption") or "").lower()
        own = f"@{self._username()}".lower()
        replied = _part(_part(message, "reply_to_message"), "from")
        first = said.split(maxsplit=1)[0] if said.strip() else ""
        is_command = first.startswith("/") and ("@" not in first or first.endswith(own))
        return is_command or own in said or str(replied.get("username", "")).lower() == own[1:]


def _seen(raw: Raw) -> dict[str, str]:
    """The marks in all that was said, each with the first place it was seen in."""
    found: dict[str, str] = {}
    # One by one: who speaks for a group without his name comes as a bot, and is judged all the same.
    for part in raw.values():
        for place, text in _said(part):
            for word in marks(text):
                found.setdefault(word, place)
    return found


def _said(part: object, place: str = _ELSEWHERE) -> Iterator[tuple[str, str]]:
    """Every text in an update, whatever kind it is of, but for names and for what bots are quoted with."""
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, list):
        for one in part:
            yield from _said(one, place)
    elif isinstance(part, dict):
        quoting_bot = _by_bot(part.get("reply_to_message"))
        for key, value in part.items():
            if key not in _NAMES and not _by_bot(value) and not (key == "quote" and quoting_bot):
                yield from _said(value, _PLACES.get(key, _ELSEWHERE))


def _by_bot(message: object) -> bool:
    return isinstance(message, dict) and _part(message, "from").get("is_bot") is True


def _written(raw: Raw) -> Raw | None:
    return next((raw[kind] for kind in _WRITTEN if isinstance(raw.get(kind), dict)), None)


def _album(raw: Raw) -> str | None:
    message = _written(raw)
    album = message.get("media_group_id") if message else None
    return str(album) if album else None


def _part(whole: Raw, key: str) -> Raw:
    part = whole.get(key)
    return part if isinstance(part, dict) else {}

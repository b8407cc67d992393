"""Updates that bear a secrecy mark are stripped before anything of them is stored (art. 59, 79).

What is left says who wrote where and which kind of mark was seen: enough to acknowledge the update, to keep
its place in the chat's order, and to refuse it once, also after a crash. No text, no file name, no handle of
a file goes into the inbox, nor from there anywhere else.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from handlers.secrecy import KEY
from rules.secrecy import goes_along, marks
from storage.inbox import bears_file, inbox_row, written, written_alone
from storage.together import Album, Refusal

Raw = dict[str, Any]

_NAMES: Final = frozenset(
    {"chat", "from", "sender_chat", "sender_business_bot", "forward_origin", "forward_from", "via_bot"}
    | {"forward_from_chat", "new_chat_members", "new_chat_member", "left_chat_member", "old_chat_member"}
)
"""Parts of an update that name people and chats; what they are called is not what is said."""
_PLACES: Final = {"text": "文字", "caption": "文件说明", "file_name": "文件名"}
_ELSEWHERE: Final = "内容"


class Sieve:
    """Strips what bears a mark out of each batch.

    An album comes as one update for each of its files, perhaps in several batches, its note under any of
    them; so all the others go with the one that bears a mark, and the person is told once. So do, in private,
    files sent within a moment of it, and the text just before a marked file. `username` gives the bot's own,
    to know whom a group speaks to.
    """

    def __init__(self, username: Callable[[], str]) -> None:
        self._username = username

    def strip(
        self, batch: Sequence[Raw], refused: Collection[Album] = (), before: Sequence[Refusal] = ()
    ) -> list[Raw]:
        """The batch as it may be stored.

        `refused` are the albums of which a file was refused before, `before` what was refused by itself.
        """
        seen = [_seen(raw) for raw in batch]
        told = set(refused)
        marked = {album_of(raw) for raw, found in zip(batch, seen, strict=True) if found} | told
        here = [one for raw, found in zip(batch, seen, strict=True) if found and (one := refusal_of(raw))]
        late: set[int] = set()
        kept: list[Raw] = []
        for raw, found in zip(batch, seen, strict=True):
            album = album_of(raw)
            in_album = album is not None and album in marked
            beside_here = any(belongs(raw, one) for one in here)
            beside_before = any(belongs(raw, one) for one in before)
            if not (found or in_album or beside_here or beside_before):
                kept.append(raw)
                continue
            speaks = bool(found) and (album is None or album not in told)
            bare = self.bare(raw, found if speaks else {})
            if beside_before and not (found or in_album or beside_here):
                chat = written(raw) or {}
                if (key := _part(chat, "chat").get("id", 0)) not in late:
                    bare[KEY] = {"late": True}  # the refusal was said already: this one is explained too
                late.add(key)
            kept.append(bare)
            if speaks and album:
                told.add(album)
        return kept

    def bare(self, raw: Raw, found: Mapping[str, str] = MappingProxyType({})) -> Raw:
        """The update with nothing in it but ids, and the marks where they are to be spoken of."""
        bare = bones(raw) | {KEY: {}}
        message = written(raw)
        if message is None:
            return bare
        chat = _part(message, "chat")
        if found and (chat.get("type") == "private" or self._is_for_bot(message)):
            bare[KEY] = {"marks": list(found), "place": next(iter(found.values()))}
            if bears_file(raw):
                bare[KEY]["file"] = True
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
    # One by one: who speaks for a group without their name comes as a bot, and is judged all the same.
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


def bones(raw: Raw) -> Raw:
    """The update with nothing in it but who wrote, where, when and together with what."""
    bare: Raw = {"update_id": raw["update_id"]}
    message = written(raw)
    if message is None:
        return bare
    chat, sender = _part(message, "chat"), _part(message, "from")
    bare["message"] = {
        "message_id": message.get("message_id", 0),
        "date": message.get("date", 0),
        "chat": {"id": chat.get("id", 0), "type": chat.get("type", "private")},
    }
    if message.get("media_group_id"):
        bare["message"]["media_group_id"] = message["media_group_id"]
    if "id" in sender:
        bare["message"]["from"] = {"id": sender["id"], "is_bot": False, "first_name": ""}
    return bare


def album_of(raw: Raw) -> Album | None:
    """What the message was sent together with, within its chat."""
    message = written(raw)
    if message is None or not message.get("media_group_id"):
        return None
    one = inbox_row(raw)
    return (one.chat_key, one.album) if one.album else None


def refusal_of(raw: Raw) -> Refusal | None:
    """The marked message as others may have been sent together with it; None where that cannot be."""
    alone = written_alone(raw)
    if alone is None:
        return None
    chat, message, at = alone
    return Refusal(chat, message, at, with_file=bears_file(raw))


def belongs(raw: Raw, refusal: Refusal) -> bool:
    """Whether the message is one hand-over with the marked one."""
    alone = written_alone(raw)
    if alone is None or alone[0] != refusal.chat or alone[1] == refusal.message:
        return False
    before = alone[1] < refusal.message
    return goes_along(
        refusal.at - alone[2], is_file=bears_file(raw), came_before=before, with_file=refusal.with_file
    )


def _part(whole: Raw, key: str) -> Raw:
    part = whole.get(key)
    return part if isinstance(part, dict) else {}

"""From a message of the Bot API to the bubble a viewer draws."""

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.sandbox.events import FileView, MessageView, ReplyView
from bot.sandbox.formatting import shown
from bot.sandbox.keyboards import Markup, buttons_shown, keyboard_shown

if TYPE_CHECKING:
    from bot.sandbox.world import StoredFile


def name_of(user: dict[str, Any]) -> str:
    """First and last name; Chinese names stand together."""
    first, last = str(user["first_name"]), str(user.get("last_name", ""))
    return f"{first} {last}".strip() if first.isascii() else first + last


def file_id_of(raw: dict[str, Any]) -> str:
    """The file in a message, or empty."""
    if "document" in raw:
        return str(raw["document"]["file_id"])
    return str(raw["photo"][-1]["file_id"]) if "photo" in raw else ""


def plain(raw: dict[str, Any]) -> str:
    """A message's text, or its caption."""
    return str(raw.get("text", raw.get("caption", "")))


def instead(raw: dict[str, Any]) -> str:
    """What stands on the bubble of a contact, a place, a voice message or a sticker, which have no text."""
    if voice := raw.get("voice"):
        return f"［语音］{voice['duration']}秒"
    if sticker := raw.get("sticker"):
        return f"［表情］{sticker.get('emoji', '')}"
    if contact := raw.get("contact"):
        first, last = contact["first_name"], contact.get("last_name", "")
        name = f"{first} {last}".strip() if first.isascii() else f"{last}{first}"
        return f"［名片］{name} {contact['phone_number']}"
    if venue := raw.get("venue"):
        return f"［位置］{venue['title']} {venue['address']}".strip()
    return "［位置］" if "location" in raw else ""


def message_view(
    raw: dict[str, Any], markup: Markup | None, service: str, files: "Mapping[str, StoredFile]"
) -> MessageView:
    """The bubble of a message, or the grey line of a service message."""
    replied = raw.get("reply_to_message")
    return {
        "chat_id": raw["chat"]["id"],
        "message_id": raw["message_id"],
        "date": raw["date"],
        "edited": raw.get("edit_date", 0),
        "sender": {
            "id": raw["from"]["id"],
            "name": name_of(raw["from"]),
            "is_bot": raw["from"]["is_bot"],
        },
        "text": plain(raw) or instead(raw),
        "html": html.escape(instead(raw))
        or shown(plain(raw), raw.get("entities", raw.get("caption_entities", []))),
        "service": service,
        "voice": raw.get("voice", {}).get("duration", 0),
        "sticker": raw.get("sticker", {}).get("emoji", ""),
        "file": _file(files.get(file_id_of(raw))),
        "reply_to": _quoted(replied) if replied else None,
        "buttons": buttons_shown(raw.get("reply_markup")),
        "sign": "",
        "keyboard": keyboard_shown(markup),
    }


def _file(file: "StoredFile | None") -> FileView | None:
    if file is None:
        return None
    return {
        "file_id": file.id,
        "name": file.name,
        "size": file.size,
        "mime": file.mime,
        "photo": file.photo,
    }


def _quoted(replied: dict[str, Any]) -> ReplyView:
    return {
        "message_id": replied["message_id"],
        "name": name_of(replied["from"]),
        "text": plain(replied),
    }

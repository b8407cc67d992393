"""Keyboards under messages and in place of the letters: what Telegram accepts, and what is to be seen."""

from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.events import ButtonView, ReplyKeyboardView
from bot.sandbox.formatting import checked_link

Markup = dict[str, Any]
MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_COPY_CHARACTERS = 256
_OTHER_TYPES = frozenset(
    {
        "callback_game",
        "pay",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "login_url",
        "web_app",
    }
)


def accepted(markup: object) -> Markup | None:
    """The reply markup as kept: inline keyboard, keyboard, its removal, forced reply; None for none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if rows := _rows(markup, "inline_keyboard"):
        return {"inline_keyboard": [[_inline(button) for button in row] for row in rows]}
    if rows := _rows(markup, "keyboard"):
        return {**markup, "keyboard": [[_plain(button) for button in row] for row in rows]}
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True}
    return {**markup} if markup.get("force_reply") else None


def accepted_inline(markup: object) -> Markup | None:
    """The same where only an inline keyboard can be: under an old message."""
    keyboard = accepted(markup)
    if keyboard is not None and "inline_keyboard" not in keyboard:
        raise bad_request("inline keyboard expected")
    return keyboard


def _rows(markup: Markup, kind: str) -> list[list[Any]]:
    rows = markup.get(kind) or []
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        owner = " of the InlineKeyboardMarkup" if kind == "inline_keyboard" else ""
        raise bad_request(f'field "{kind}"{owner} must be an Array of Arrays')
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [list(row) for row in rows if row]


def _plain(button: object) -> dict[str, Any]:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request("keyboard button text must be non-empty")
    return button


def _inline(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unparsed('Can\'t find field "text"')
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if url := button.get("url"):
        if not checked_link(str(url)):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif data := button.get("callback_data"):
        if len(str(data).encode()) > MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in button:
        copied = button["copy_text"].get("text", "") if isinstance(button["copy_text"], dict) else ""
        if not 0 < len(str(copied)) <= MAX_COPY_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif not _OTHER_TYPES & button.keys():
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    return button


def _unparsed(complaint: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {complaint}")


def buttons_shown(markup: Markup | None) -> list[list[ButtonView]]:
    """The inline rows as a viewer draws them."""
    return [
        [
            {
                "label": str(button["text"]),
                "style": str(button.get("style", "")),
                "data": str(button.get("callback_data", "")),
                "url": str(button.get("url", "")),
                "copy": str(button.get("copy_text", {}).get("text", "")),
            }
            for button in row
        ]
        for row in (markup or {}).get("inline_keyboard", ())
    ]


def button_meant(markup: Markup | None, wanted: str) -> tuple[str, str]:
    """Label and data of the inline button with that data, else with that label; LookupError for none."""
    buttons = [(key["label"], key["data"]) for row in buttons_shown(markup) for key in row if key["data"]]
    for place in (1, 0):
        for button in buttons:
            if button[place] == wanted:
                return button
    raise LookupError(f"no button {wanted!r} under the message")


def labels(markup: Markup | None) -> tuple[tuple[str, ...], ...]:
    """The words on the inline rows."""
    return tuple(tuple(str(b["text"]) for b in row) for row in (markup or {}).get("inline_keyboard", ()))


def keyboard_shown(markup: Markup | None) -> ReplyKeyboardView | None:
    """The keyboard in place of the letters; one without rows takes the old one away; None changes nothing."""
    if markup is None or not ({"keyboard", "remove_keyboard"} & markup.keys()):
        return None
    return {
        "rows": [[str(button["text"]) for button in row] for row in markup.get("keyboard", ())],
        "sharing": [
            str(button["text"])
            for row in markup.get("keyboard", ())
            for button in row
            if button.get("request_contact")
        ],
        "resize": bool(markup.get("resize_keyboard")),
        "one_time": bool(markup.get("one_time_keyboard")),
        "placeholder": str(markup.get("input_field_placeholder", "")),
    }

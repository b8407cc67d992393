"""What the bot does with messages: send, edit, delete, answer a tap."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting import formatted
from bot.sandbox.keyboards import Markup, accepted, accepted_inline, keyboard_shown, labels
from bot.sandbox.views import file_id_of, plain
from bot.sandbox.world import Chat, Message, Raw, StoredFile

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_TOAST = 200
LEAST_TOGETHER, MOST_TOGETHER = 2, 10
"""Files in one album (Bot API, sendMediaGroup)."""
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
ANSWER_WITHIN = 15 * 60
DELETE_WITHIN = 48 * 3600
SIGNS = frozenset("👍👎❤🔥🎉👏🙏👌🤝")
"""Some of the signs that ReactionTypeEmoji knows."""
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")


def send_message(call: Call) -> Raw:
    """sendMessage."""
    content = _text(call)
    return _send(call, content)


def send_document(call: Call) -> Raw:
    """sendDocument: an upload, or a file the servers already have."""
    return _send_file(call, "document")


def send_photo(call: Call) -> Raw:
    """sendPhoto: the same for a picture."""
    return _send_file(call, "photo")


def send_media_group(call: Call) -> list[Raw]:
    """sendMediaGroup: 2 to 10 files that are one album, documents only or photos only."""
    media = call.json("media", "media") or []
    if not LEAST_TOGETHER <= len(media) <= MOST_TOGETHER:
        raise bad_request("media must include 2-10 items")
    kinds = {str(one.get("type")) for one in media}
    if kinds not in ({"document"}, {"photo"}):
        raise bad_request("Document can't be mixed with other media types")
    (kind,) = kinds
    contents = []
    for one in media:
        part = Call(call.world, call.method, {**one, kind: one.get("media", "")}, call.files)
        contents.append(_content(part, kind))
    chat = call.world.reached(call.params.get("chat_id"))
    where = _topic(call, chat) | {"media_group_id": call.world.next_album_id()}
    call.world.flood.check(chat.id, len(contents))
    sent = [call.world.post(chat, call.world.bot, content | where) for content in contents]
    for message in sent:
        _note(call, message)
    return [message.raw for message in sent]


def edit_message_text(call: Call) -> Raw:
    """editMessageText."""
    content = _text(call)
    return _edit(call, content, lambda raw: "text" in raw, "text")


def edit_message_caption(call: Call) -> Raw:
    """editMessageCaption."""
    content = _caption(call)
    return _edit(call, content, lambda raw: bool(file_id_of(raw)), "caption")


def edit_message_reply_markup(call: Call) -> Raw:
    """editMessageReplyMarkup: other buttons under the same text."""
    return _edit(call, None, lambda _: True, "reply markup")


def delete_message(call: Call) -> bool:
    """deleteMessage: the bot's own, and in private chats the other's, for two days."""
    world = call.world
    chat = world.reached(call.params.get("chat_id"))
    message = _message(call, chat, "delete")
    if not message.by_bot and chat.kind != "private" and chat.bot != "administrator":
        raise bad_request("message can't be deleted")
    if world.moment - message.raw["date"] > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    world.feed.emit({"type": "deleted", "chat_id": chat.id, "message_id": message.id})
    call.note(chat_id=chat.id, message_id=message.id)
    return True


def set_message_reaction(call: Call) -> bool:
    """setMessageReaction: at most one sign of the bot's, of those that any chat takes."""
    world = call.world
    chat = world.reached(call.params.get("chat_id"))
    message = _message(call, chat, "react")
    signs = [str(one.get("emoji", "")) for one in call.json("reaction", "reaction") or []]
    if len(signs) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if message.service or any(sign not in SIGNS for sign in signs):
        raise bad_request("REACTION_INVALID")
    world.react(message, signs[0] if signs else "")
    call.note(chat_id=chat.id, message_id=message.id, text="".join(signs))
    return True


def pin_chat_message(call: Call) -> bool:
    """pinChatMessage: it is shown on top of the chat."""
    chat = call.world.reached(call.params.get("chat_id"))
    message = _message(call, chat, "pin")
    chat.pinned = [*(id for id in chat.pinned if id != message.id), message.id]
    return _show_pinned(call, chat, message.id)


def unpin_chat_message(call: Call) -> bool:
    """unpinChatMessage: that one, or the last."""
    chat = call.world.reached(call.params.get("chat_id"))
    id = call.integer("message_id") or next(reversed(chat.pinned), 0)
    if id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(id)
    return _show_pinned(call, chat, id)


def _show_pinned(call: Call, chat: Chat, id: int) -> bool:
    on_top = next(reversed(chat.pinned), 0)
    call.world.feed.emit({"type": "pinned", "chat_id": chat.id, "message_id": on_top})
    call.note(chat_id=chat.id, message_id=id)
    return True


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: ends the waiting after a tap, with a toast, an alert or nothing."""
    world = call.world
    text = call.text("text")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.pop(call.text("callback_query_id"), None)
    if query is None or world.ticks() - query.asked_at > ANSWER_WITHIN:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    alert = call.flag("show_alert")
    world.feed.emit(
        {
            "type": "answered",
            "chat_id": query.chat_id,
            "message_id": query.message_id,
            "user_id": query.user_id,
            "query_id": query.id,
            "text": text,
            "alert": alert,
            "url": call.text("url"),
        }
    )
    call.note(
        chat_id=query.chat_id,
        message_id=query.message_id,
        user_id=query.user_id,
        query_id=query.id,
        text=text,
        alert=alert,
    )
    return True


def document_of(file: StoredFile) -> Raw:
    """The Bot API's Document."""
    return {
        "file_name": file.name,
        "mime_type": file.mime,
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }


def photo_of(file: StoredFile) -> list[Raw]:
    """The Bot API's PhotoSizes, of which the stand-in keeps one."""
    size = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return [{**size, "width": 1280, "height": 960}]


def voice_of(file: StoredFile, seconds: int) -> Raw:
    """The Bot API's Voice."""
    return {
        "duration": seconds,
        "mime_type": file.mime,
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }


def sticker_of(file: StoredFile, emoji: str) -> Raw:
    """The Bot API's Sticker, still and out of no set."""
    return {
        "width": 512,
        "height": 512,
        "emoji": emoji,
        "is_animated": False,
        "is_video": False,
        "type": "regular",
        "file_id": file.id,
        "file_unique_id": file.unique_id,
    }


def with_text(key: str, text: str, entities: list[Raw]) -> Raw:
    """The fields of a text or a caption."""
    names = {"text": "entities", "caption": "caption_entities"}
    return {key: text, names[key]: entities} if entities else {key: text}


def _text(call: Call) -> Raw:
    if not call.params.get("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(
        call.text("text"), call.text("parse_mode"), call.json("entities", "message entities")
    )
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return with_text("text", text, entities)


def _caption(call: Call) -> Raw:
    text, entities = formatted(
        call.text("caption"), call.text("parse_mode"), call.json("caption_entities", "message entities")
    )
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return with_text("caption", text, entities) if text else {}


def _send_file(call: Call, kind: str) -> Raw:
    return _send(call, _content(call, kind))


def _content(call: Call, kind: str) -> Raw:
    caption = _caption(call)
    file = _file(call, kind)
    if kind == "photo" and file.photo:
        return {"photo": photo_of(file)} | caption
    return {"document": document_of(file)} | caption


def _file(call: Call, kind: str) -> StoredFile:
    """The file meant by the parameter: uploaded with the call, or already known."""
    given = call.text(kind)
    name, content = call.files.get(given.removeprefix("attach://") or kind, ("", b""))
    if not name and kind in call.files:
        name, content = call.files[kind]
    if not name:
        known = call.world.files.get(given)
        if known is None:
            wanted = "there is no " + kind + " in the request"
            raise bad_request("wrong file identifier/HTTP URL specified" if given else wanted)
        return known
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and len(content) > MAX_PHOTO:
        raise bad_request("too big for a photo")
    if kind == "photo" and not content.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return call.world.store(name, content, photo=kind == "photo")


def _replied(call: Call, chat: Chat) -> Raw:
    """The field with the message answered to, if one is named."""
    parameters = call.json("reply_parameters", "reply parameters") or {}
    id_ = int(parameters.get("message_id") or call.integer("reply_to_message_id"))
    if not id_:
        return {}
    message = chat.messages.get(id_)
    if message is not None:
        return {"reply_to_message": quotable(message)}
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def quotable(message: Message) -> Raw:
    """A message inside another, without what it quotes itself."""
    return {key: value for key, value in message.raw.items() if key != "reply_to_message"}


def _send(call: Call, content: Raw) -> Raw:
    world = call.world
    markup = accepted(call.json("reply_markup", "reply keyboard markup"))
    chat = world.reached(call.params.get("chat_id"))
    if chat.kind != "private" and (shown := keyboard_shown(markup)) and shown["sharing"]:
        raise bad_request("phone number can be requested in private chats only")
    content = _replied(call, chat) | _topic(call, chat) | content
    world.flood.check(chat.id)
    message = world.post(chat, world.bot, content, markup)
    _note(call, message)
    return message.raw


def _topic(call: Call, chat: Chat) -> Raw:
    """The topic of a forum that is meant, if the bot may write there."""
    if chat.refuses:
        raise bad_request(chat.refuses)
    id_ = call.integer("message_thread_id")
    if not id_:
        return {}
    if id_ not in chat.topics:
        raise bad_request("message thread not found")
    if not chat.topics[id_]:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": id_, "is_topic_message": True}


def _message(call: Call, chat: Chat, purpose: str) -> Message:
    id_ = call.integer("message_id")
    if not id_:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(id_)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def _edit(call: Call, content: Raw | None, fits: Callable[[Raw], bool], what: str) -> Raw:
    """Put new content (None: the old one) and new buttons (none: no buttons) into the bot's message."""
    world = call.world
    markup = accepted_inline(call.json("reply_markup", "reply keyboard markup"))
    chat = world.reached(call.params.get("chat_id"))
    message = _message(call, chat, "edit")
    if not message.by_bot or message.service or _has_keyboard(message.markup):
        raise bad_request("message can't be edited")
    if not fits(message.raw):
        raise bad_request(f"there is no {what} in the message to edit")
    raw = _revised(message.raw, content, markup)
    if raw == message.raw:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    world.flood.check(chat.id)
    if content is not None:
        raw["edit_date"] = world.moment
    world.change(message, raw, markup)
    _note(call, message, edited=True)
    return raw


def _has_keyboard(markup: Markup | None) -> bool:
    return bool(markup) and "inline_keyboard" not in (markup or {})


def _revised(raw: Raw, content: Raw | None, markup: Markup | None) -> Raw:
    dropped = {"reply_markup"}
    if content is not None:
        dropped |= {"text", "entities", "caption", "caption_entities"}
    new = {key: value for key, value in raw.items() if key not in dropped} | (content or {})
    if markup:
        new["reply_markup"] = markup
    return new


def _note(call: Call, message: Message, **more: Any) -> None:  # noqa: ANN401 - the fields of Act
    file = call.world.files.get(file_id_of(message.raw))
    call.note(
        chat_id=message.chat_id,
        message_id=message.id,
        text=plain(message.raw),
        buttons=labels(message.raw.get("reply_markup")),
        attachment=file.name if file else "",
        silent=str(call.params.get("disable_notification", "")).lower() == "true",
        **more,
    )

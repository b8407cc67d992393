"""What the witness of the local chat writes down."""

from datetime import UTC, datetime

from bot.rehearsal.difference import Deed, Key
from bot.rehearsal.scene import Kind
from bot.rehearsal.witness import Witness
from bot.sandbox.telegram import LocalTelegram

NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)


async def test_what_people_see_the_bot_do() -> None:
    telegram = LocalTelegram(lambda: NOON)
    witness = Witness(telegram, lambda: NOON, lambda chat, _: chat)
    telegram.add_user(7, "刘洋")
    await telegram.says(7, 7, "请假")
    keyboard = {"inline_keyboard": [[{"text": "同意", "callback_data": "a"}]]}
    await telegram.call(
        "sendMessage", {"chat_id": 7, "text": "<b>请审批</b>", "parse_mode": "HTML", "reply_markup": keyboard}
    )
    (card,) = witness.take()
    assert card == Deed(NOON, Kind.MESSAGE, 7, "请审批", ((Key("同意", "a"),),), message=card.message)

    silent = await telegram.presses(7, 7, card.message, "同意")
    await telegram.call("answerCallbackQuery", {"callback_query_id": silent})
    query = await telegram.presses(7, 7, card.message, "同意")
    await telegram.call("answerCallbackQuery", {"callback_query_id": query, "text": "已记录。"})
    query = await telegram.presses(7, 7, card.message, "同意")
    await telegram.call(
        "answerCallbackQuery", {"callback_query_id": query, "text": "已答复。", "show_alert": True}
    )
    await telegram.call("editMessageText", {"chat_id": 7, "message_id": card.message, "text": "已同意"})
    word = await telegram.says(7, 7, "谢谢")
    reaction = [{"type": "emoji", "emoji": "👌"}]
    await telegram.call("setMessageReaction", {"chat_id": 7, "message_id": word, "reaction": reaction})
    await telegram.call("deleteMessage", {"chat_id": 7, "message_id": card.message})
    await telegram.call(
        "sendDocument",
        {"chat_id": 7, "document": "attach://f", "caption": "共3条"},
        {"f": ("台账.xlsx", b"x")},
    )
    assert [(deed.kind, deed.text, deed.file) for deed in witness.take()] == [
        (Kind.TOAST, "已记录。", ""),
        (Kind.ALERT, "已答复。", ""),
        (Kind.EDIT, "已同意", ""),
        (Kind.REACTION, "👌", ""),
        (Kind.REMOVAL, "已同意", ""),
        (Kind.MESSAGE, "共3条", "台账.xlsx"),
    ]
    assert witness.take() == []

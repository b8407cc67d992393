"""What the bot can do on LocalTelegram, and each way in which Telegram says no."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.sandbox.errors import ApiError
from bot.sandbox.telegram import Act, LocalTelegram
from tests.bot.sandbox.stage import GROUP, LI, WANG, ZHANG, Clock, speaking

CARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("同意", callback_data="leave:1:approve")],
        [
            InlineKeyboardButton("文件", url="https://example.gov.cn/a"),
            InlineKeyboardButton("复制", copy_text=CopyTextButton("张敏")),
        ],
    ]
)


async def refused(call: object, kind: type[TelegramError], sentence: str) -> None:
    """The call fails with exactly this sentence."""
    with pytest.raises(kind) as caught:
        await call  # type: ignore[misc]
    assert caught.value.message == sentence


async def test_a_card_is_sent_seen_and_logged(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    message = await bot.send_message(
        LI, "<b>请假报告</b> 😀 &lt;张敏&gt;\n", parse_mode=ParseMode.HTML, reply_markup=CARD
    )
    assert message.text == "请假报告 😀 <张敏>"
    assert message.entities == (MessageEntity(MessageEntity.BOLD, 0, 4),)
    assert message.date == clock.at
    assert message.reply_markup == CARD
    assert message.chat.id == LI
    assert message.from_user is not None
    assert message.from_user.username == "banjie_bot"
    [seen] = servers.history(LI)
    assert seen["html"] == "<b>请假报告</b> 😀 &lt;张敏&gt;"
    assert seen["sender"] == {"id": 1000000001, "name": "办结", "is_bot": True}
    assert seen["buttons"] == [
        [{"label": "同意", "style": "", "data": "leave:1:approve", "url": "", "copy": ""}],
        [
            {"label": "文件", "style": "", "data": "", "url": "https://example.gov.cn/a", "copy": ""},
            {"label": "复制", "style": "", "data": "", "url": "", "copy": "张敏"},
        ],
    ]
    assert servers.done == [
        Act("sendMessage", LI, message.message_id, "请假报告 😀 <张敏>", (("同意",), ("文件", "复制")))
    ]


async def test_an_edited_card_loses_its_buttons(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    sent = await bot.send_message(LI, "待审批", reply_markup=CARD)
    clock.turn(minutes=1)
    edited = await bot.edit_message_text("已同意", LI, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date == clock.at
    [seen] = servers.history(LI)
    assert (seen["text"], seen["buttons"], seen["edited"]) == ("已同意", [], int(clock.at.timestamp()))
    assert servers.done[-1] == Act("editMessageText", LI, sent.message_id, "已同意", edited=True)
    again = await bot.edit_message_reply_markup(LI, sent.message_id, reply_markup=CARD)
    assert not isinstance(again, bool)
    assert (again.text, again.reply_markup) == ("已同意", CARD)


async def test_edits_that_telegram_refuses(bot: Bot, servers: LocalTelegram) -> None:
    sent = await bot.send_message(LI, "一", reply_markup=CARD)
    keyboard = await bot.send_message(LI, "二", reply_markup=ReplyKeyboardMarkup([["菜单"]]))
    theirs = await servers.says(LI, LI, "三")
    same = (
        "Message is not modified: specified new message content and reply markup are exactly the same as a "
        "current content and reply markup of the message"
    )
    await refused(bot.edit_message_text("一", LI, sent.message_id, reply_markup=CARD), BadRequest, same)
    await refused(bot.edit_message_text("二", LI, 999), BadRequest, "Message to edit not found")
    await refused(bot.edit_message_text("二", LI, theirs), BadRequest, "Message can't be edited")
    await refused(bot.edit_message_text("四", LI, keyboard.message_id), BadRequest, "Message can't be edited")
    await refused(
        bot.edit_message_caption(LI, sent.message_id, caption="五"),
        BadRequest,
        "There is no caption in the message to edit",
    )


async def test_texts_and_markup_that_telegram_refuses(bot: Bot) -> None:
    long = "字" * 4097
    await refused(bot.send_message(LI, long), BadRequest, "Message is too long")
    await refused(bot.send_message(LI, ""), BadRequest, "Message text is empty")
    await refused(bot.send_message(LI, " \n "), BadRequest, "Text must be non-empty")
    assert (await bot.send_message(LI, f"<b>{long[:4096]}</b>", parse_mode="HTML")).text == long[:4096]
    await refused(
        bot.send_message(LI, "<b>x", parse_mode="HTML"),
        BadRequest,
        "Can't parse entities: can't find end tag corresponding to start tag \"b\"",
    )
    await refused(
        bot.send_message(LI, "请<假>", parse_mode="HTML"),
        BadRequest,
        'Can\'t parse entities: unsupported start tag "假" at byte offset 3',
    )
    await refused(bot.send_document(LI, b"x", "长" * 1025), BadRequest, "Message caption is too long")
    await refused(
        bot.send_message(LI, "x", reply_parameters=ReplyParameters(999)),
        BadRequest,
        "Message to be replied not found",
    )


@pytest.mark.parametrize("data", ["x" * 64, "字" * 21])
async def test_button_data_is_counted_in_bytes(bot: Bot, data: str) -> None:
    def card(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("钮", callback_data=data)]])

    await bot.send_message(LI, "x", reply_markup=card(data))
    await refused(
        bot.send_message(LI, "x", reply_markup=card(data + "字")), BadRequest, "Button_data_invalid"
    )


async def test_keyboards_in_place_of_the_letters(bot: Bot, servers: LocalTelegram) -> None:
    shown = {"rows": [["请假", "会签"]], "sharing": [], "resize": True, "one_time": False, "placeholder": ""}
    await bot.send_message(
        LI, "菜单", reply_markup=ReplyKeyboardMarkup([["请假", "会签"]], resize_keyboard=True)
    )
    assert servers.keyboard(LI, LI) == shown
    await bot.send_message(LI, "还在")
    assert servers.keyboard(LI, LI) == shown
    await bot.send_message(LI, "收起", reply_markup=ReplyKeyboardRemove())
    assert servers.keyboard(LI, LI) is None


async def test_people_who_cannot_be_reached(bot: Bot, servers: LocalTelegram) -> None:
    await refused(bot.send_message(999, "x"), BadRequest, "Chat not found")
    await refused(
        bot.send_message(ZHANG, "x"), Forbidden, "Forbidden: bot can't initiate conversation with a user"
    )
    servers.blocks(LI)
    await refused(bot.send_message(LI, "x"), Forbidden, "Forbidden: bot was blocked by the user")
    servers.unblocks(LI)
    await bot.send_message(LI, "x")
    servers.deletes_account(LI)
    await refused(bot.send_message(LI, "x"), Forbidden, "Forbidden: user is deactivated")


async def test_groups_that_cannot_be_reached(bot: Bot, servers: LocalTelegram) -> None:
    new = servers.migrate(GROUP)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(GROUP, "x")
    assert caught.value.new_chat_id == new == -1000000000500
    assert (await bot.send_message(new, "x")).chat.type == "supergroup"
    servers.kick_bot(new)
    await refused(bot.send_message(new, "x"), Forbidden, "Forbidden: bot was kicked from the supergroup chat")


async def test_a_tap_is_answered_once_and_in_time(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    sent = await bot.send_message(LI, "待审批", reply_markup=CARD)
    query = await servers.presses(LI, LI, sent.message_id, "同意")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.id == query
    assert update.callback_query.data == "leave:1:approve"
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.message_id
    await bot.answer_callback_query(query, "已记录。", show_alert=True)
    assert servers.done[-1] == Act(
        "answerCallbackQuery", LI, sent.message_id, "已记录。", query_id=query, user_id=LI, alert=True
    )
    too_old = "Query is too old and response timeout expired or query id is invalid"
    await refused(bot.answer_callback_query(query), BadRequest, too_old)
    late = await servers.presses(LI, LI, sent.message_id, "leave:1:approve")
    clock.turn(minutes=16)
    await refused(bot.answer_callback_query(late), BadRequest, too_old)
    with pytest.raises(LookupError):
        await servers.presses(LI, LI, sent.message_id, "不同意")
    assert await servers.presses(LI, LI, sent.message_id, "leave:2:approve", forged=True)


async def test_files_both_ways(bot: Bot, servers: LocalTelegram) -> None:
    content = b"\x00\r\n--x\r\n" * 1000
    sent = await bot.send_document(LI, content, "<i>草案</i>", parse_mode="HTML", filename="办法.docx")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("办法.docx", len(content))
    assert sent.caption == "草案"
    fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
    assert bytes(fetched) == content
    again = await bot.send_document(WANG, sent.document.file_id)
    assert again.document == sent.document
    assert servers.done[-1].attachment == "办法.docx"
    view = servers.history(WANG)[-1]["file"]
    assert view is not None
    assert servers.file(view["file_id"]) == ("办法.docx", sent.document.mime_type, content)
    photo = await bot.send_photo(LI, b"\x89PNG...")
    assert photo.photo
    edited = await bot.edit_message_caption(LI, sent.message_id, caption="定稿")
    assert not isinstance(edited, bool)
    assert edited.caption == "定稿"


async def test_files_that_telegram_refuses(bot: Bot, servers: LocalTelegram) -> None:
    await servers.sends_file(LI, LI, "大.zip", b"x", size=20 * 1024 * 1024 + 1)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    await refused(bot.get_file(update.message.document.file_id), BadRequest, "File is too big")
    await refused(bot.get_file("nothing"), BadRequest, "Wrong file_id or the file is temporarily unavailable")
    await refused(bot.send_document(LI, b"", filename="x"), BadRequest, "File must be non-empty")
    await refused(bot.send_photo(LI, b"text"), BadRequest, "Image_process_failed")
    await refused(bot.send_document(LI, "nothing"), BadRequest, "Wrong file identifier/http url specified")
    await refused(
        bot.send_document(LI, bytes(50 * 1024 * 1024 + 1)), NetworkError, "Request Entity Too Large"
    )


async def test_a_sign_is_put_on_a_message_and_taken_off(bot: Bot, servers: LocalTelegram) -> None:
    word = await servers.says(LI, LI, "谢谢")
    await bot.set_message_reaction(LI, word, "👌")
    assert servers.history(LI)[-1]["sign"] == "👌"
    await bot.set_message_reaction(LI, word)
    assert servers.history(LI)[-1]["sign"] == ""
    await refused(bot.set_message_reaction(LI, word, "🧨"), BadRequest, "Reaction_invalid")
    await refused(bot.set_message_reaction(LI, word + 1, "👌"), BadRequest, "Message to react not found")


async def test_messages_are_deleted_for_two_days(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    first = await bot.send_message(LI, "一")
    second = await bot.send_message(LI, "二")
    theirs = await servers.says(LI, GROUP, "三")
    await first.delete()
    assert [message["text"] for message in servers.history(LI)] == ["二"]
    await refused(first.delete(), BadRequest, "Message to delete not found")
    await refused(bot.delete_message(GROUP, theirs), BadRequest, "Message can't be deleted")
    clock.turn(hours=49)
    await refused(second.delete(), BadRequest, "Message can't be deleted for everyone")


async def test_menus_by_scope(bot: Bot, servers: LocalTelegram) -> None:
    all_private, mine = BotCommandScopeAllPrivateChats(), BotCommandScopeChat(LI)
    await bot.set_my_commands([BotCommand("help", "帮助")])
    await bot.set_my_commands([BotCommand("menu", "菜单")], all_private)
    await bot.set_my_commands([BotCommand("todo", "待办")], mine)
    assert servers.commands_for(LI, LI) == [{"command": "todo", "description": "待办"}]
    assert servers.commands_for(WANG, WANG) == [{"command": "menu", "description": "菜单"}]
    assert servers.commands_for(LI, GROUP) == [{"command": "help", "description": "帮助"}]
    assert await bot.get_my_commands(mine) == (BotCommand("todo", "待办"),)
    await bot.delete_my_commands(mine)
    assert servers.commands_for(LI, LI) == [{"command": "menu", "description": "菜单"}]
    await refused(bot.set_my_commands([BotCommand("请假", "x")]), BadRequest, "Bot_command_invalid")
    await refused(
        bot.set_my_commands([BotCommand("x", "x")], BotCommandScopeChat(999)), BadRequest, "Chat not found"
    )


async def test_chats_and_members(bot: Bot, servers: LocalTelegram) -> None:
    assert (await bot.get_chat(GROUP)).title == "财政局工作群"
    await refused(bot.get_chat(ZHANG), BadRequest, "Chat not found")
    assert (await bot.get_chat_member(GROUP, LI)).status == "creator"
    assert (await bot.get_chat_member(GROUP, WANG)).status == "member"
    servers.make_bot_administrator(GROUP)
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "administrator"
    await bot.send_chat_action(GROUP, "typing")
    await bot.set_chat_menu_button(LI)
    await bot.leave_chat(GROUP)
    await refused(bot.send_message(GROUP, "x"), Forbidden, "Forbidden: bot is not a member of the group chat")


async def test_the_limits_answer_429_when_they_are_on(
    bot: Bot, servers: LocalTelegram, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    for _ in range(8):
        await bot.send_message(LI, "x")
    servers.limits = True
    for _ in range(5):
        await bot.send_message(LI, "x")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(LI, "x")
    assert caught.value.message == "Flood control exceeded. Retry in 0:00:01"
    assert servers.refused == 1
    await bot.send_message(WANG, "x")
    clock.turn(seconds=1.01)
    await bot.send_message(LI, "x")


async def test_what_telegram_does_not_know(bot: Bot, servers: LocalTelegram) -> None:
    with pytest.raises(TelegramError, match="Endpoint 'sendNothing' not found"):
        await bot.do_api_request("sendNothing")
    assert (await bot.do_api_request("SENDMESSAGE", {"chat_id": LI, "text": "x"}))["text"] == "x"


@pytest.mark.parametrize("way", ["in process", "over HTTP"])
async def test_a_wrong_token_opens_nothing(servers: LocalTelegram, way: str) -> None:
    with pytest.raises(InvalidToken):
        async with speaking(servers, way, token="7:wrong"):
            pass


async def test_troubles_on_the_way(bot: Bot, servers: LocalTelegram) -> None:
    servers.fails(ApiError(502, "Bad Gateway"))
    servers.fails(ConnectionResetError("the line broke"), "sendMessage", after=True)
    await refused(bot.send_message(LI, "一"), NetworkError, "Bad Gateway")
    with pytest.raises(NetworkError):
        await bot.send_message(LI, "二")
    await bot.send_message(LI, "三")
    assert [message["text"] for message in servers.history(LI)] == ["二", "三"]


async def test_many_calls_beside_a_long_poll(bot: Bot, servers: LocalTelegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    sent = await asyncio.gather(*(bot.send_message(LI, str(n)) for n in range(20)))
    assert len({message.message_id for message in sent}) == 20
    await servers.says(LI, LI, "在")
    [update] = await polling
    assert update.effective_message is not None
    assert update.effective_message.text == "在"

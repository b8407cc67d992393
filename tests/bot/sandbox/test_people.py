"""What people do on LocalTelegram, what the bot gets to see of it, and what viewers are shown."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Conflict

from bot.sandbox.events import Event
from bot.sandbox.telegram import LocalTelegram
from tests.bot.sandbox.stage import GROUP, LI, WANG, ZHANG, Clock


async def fetched(bot: Bot) -> list[Update]:
    """All that waits, confirmed."""
    updates = list(await bot.get_updates())
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, limit=1)
    return updates


def texts(updates: list[Update]) -> list[str | None]:
    return [update.effective_message.text for update in updates if update.effective_message]


async def test_pressing_start_opens_the_chat(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    await servers.starts(ZHANG, "CODE42")
    [update] = await fetched(bot)
    assert update.message is not None
    assert update.message.text == "/start CODE42"
    assert update.message.date == clock.at
    [entity] = update.message.entities
    assert (entity.type, entity.offset, entity.length) == ("bot_command", 0, 6)
    assert update.effective_user is not None
    assert update.effective_user.full_name == "敏 张"
    await bot.send_message(ZHANG, "您好")


async def test_updates_wait_until_they_are_confirmed(bot: Bot, servers: LocalTelegram) -> None:
    for word in "一二三":
        await servers.says(LI, LI, word)
    first = await bot.get_updates(limit=2)
    assert texts(list(first)) == ["一", "二"]
    assert texts(list(await bot.get_updates())) == ["一", "二", "三"]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert texts(list(rest)) == ["三"]
    assert servers.waiting == 1
    assert texts(list(await bot.get_updates(offset=-1))) == ["三"]
    assert texts(list(await bot.get_updates(offset=rest[-1].update_id + 1))) == []
    assert servers.waiting == 0


async def test_only_the_kinds_asked_for_come(bot: Bot, servers: LocalTelegram) -> None:
    await bot.get_updates(allowed_updates=["message"])
    servers.blocks(LI)
    await servers.says(WANG, WANG, "在")
    assert texts(await fetched(bot)) == ["在"]
    await bot.get_updates(allowed_updates=[])
    servers.unblocks(LI)
    [update] = await fetched(bot)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "member"


async def test_a_long_poll_ends_with_a_message_its_time_or_another_reader(
    bot: Bot, servers: LocalTelegram
) -> None:
    assert await bot.get_updates(timeout=timedelta(seconds=1)) == ()
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    other = asyncio.create_task(bot.get_updates(timeout=5))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await polling
    await servers.says(LI, LI, "在")
    assert texts(list(await other)) == ["在"]


async def test_a_cancelled_long_poll_loses_nothing(bot: Bot, servers: LocalTelegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    polling.cancel()
    await asyncio.wait([polling])
    await servers.says(LI, LI, "在")
    assert texts(await fetched(bot)) == ["在"]


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(bot: Bot, servers: LocalTelegram) -> None:
    notice = await bot.send_message(GROUP, "通知")
    await servers.says(LI, GROUP, "大家好")
    await servers.says(LI, GROUP, "/bind")
    await servers.says(LI, GROUP, "/bind@banjie_bot")
    await servers.says(LI, GROUP, "/bind@other_bot")
    await servers.says(LI, GROUP, "收到", reply_to=notice.message_id)
    await servers.says(LI, GROUP, "@banjie_bot 在吗")
    updates = await fetched(bot)
    assert texts(updates) == ["/bind", "/bind@banjie_bot", "收到", "@banjie_bot 在吗"]
    assert updates[2].effective_message is not None
    assert updates[2].effective_message.reply_to_message is not None
    assert updates[2].effective_message.reply_to_message.text == "通知"
    servers.make_bot_administrator(GROUP)
    await fetched(bot)
    await servers.says(LI, GROUP, "大家好")
    assert texts(await fetched(bot)) == ["大家好"]


async def test_groups_come_change_and_go(bot: Bot, servers: LocalTelegram) -> None:
    servers.add_group(-7, "住建局工作群", [WANG])
    servers.join(LI, -7)
    servers.leave(LI, -7)
    new = servers.migrate(-7)
    servers.kick_bot(new)
    updates = await fetched(bot)
    seen = [
        next(iter(kind for kind in Update.ALL_TYPES if getattr(update, kind) is not None))
        for update in updates
    ]
    assert seen == ["my_chat_member", *["message"] * 5, "my_chat_member"]
    messages = [update.message for update in updates if update.message]
    assert messages[0].group_chat_created
    assert [user.id for user in messages[1].new_chat_members] == [LI]
    assert messages[2].left_chat_member is not None
    assert messages[3].migrate_to_chat_id == new
    assert (messages[4].chat.id, messages[4].migrate_from_chat_id) == (new, -7)
    last = updates[-1].my_chat_member
    assert last is not None
    assert (last.old_chat_member.status, last.new_chat_member.status) == ("member", "kicked")
    assert [message["service"] for message in servers.history(-7)] == [
        "住建局工作群 群聊已创建",
        "李强 加入群聊",
        "李强 退出群聊",
        "群聊已升级为超级群",
    ]


async def test_writing_lets_a_blocked_bot_in_again(bot: Bot, servers: LocalTelegram) -> None:
    servers.blocks(LI)
    await servers.says(LI, LI, "在")
    updates = await fetched(bot)
    states = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert states == ["kicked", "member"]
    await bot.send_message(LI, "您好")


async def test_odd_texts_come_as_telegram_passes_them_on(bot: Bot, servers: LocalTelegram) -> None:
    await servers.says(LI, LI, "\u202e请\x00假\r\n事由：\u200f😀\t急 ")
    await servers.says(LI, LI, "长" * 5000)
    assert texts(await fetched(bot)) == ["请 假\n事由：\u200f😀 急", "长" * 4096, "长" * 904]
    with pytest.raises(ValueError, match="empty"):
        await servers.says(LI, LI, " \n")
    with pytest.raises(LookupError):
        await servers.says(LI, WANG, "在别人的手机上")


async def test_changed_messages_and_forged_updates(servers: LocalTelegram) -> None:
    id_ = await servers.says(LI, LI, "请假")
    await servers.edits(LI, LI, id_, "销假")
    forged = servers.push_update({"poll": {"id": "1"}, "odd": 1})
    updates = await servers.call("getUpdates", {})
    assert isinstance(updates, list)
    assert updates[0]["message"]["text"] == "请假"
    assert updates[1]["edited_message"]["text"] == "销假"
    assert updates[2] == {"update_id": forged, "poll": {"id": "1"}, "odd": 1}


async def test_viewers_see_everything_in_order(bot: Bot, servers: LocalTelegram) -> None:
    seen: list[Event] = []
    end = servers.subscribe(seen.append)
    card = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="yes")]])
    await servers.says(LI, LI, "请假")
    await bot.send_chat_action(LI, "typing")
    sent = await bot.send_message(LI, "好", reply_markup=card)
    query = await servers.presses(LI, LI, sent.message_id, "同意")
    await bot.answer_callback_query(query, "已记录。")
    await sent.edit_text("已同意")
    await sent.delete()
    await bot.set_my_commands([])
    servers.migrate(GROUP)
    end()
    await servers.says(LI, LI, "没人看见")
    kinds: list[tuple[Any, ...]] = [(event["type"], event["chat_id"]) for event in seen]
    assert kinds == [
        ("message", LI),
        ("typing", LI),
        ("message", LI),
        ("pressed", LI),
        ("answered", LI),
        ("edited", LI),
        ("deleted", LI),
        ("commands", 0),
        ("chat", GROUP),
        ("chat", -1000000000500),
        ("message", GROUP),
        ("message", -1000000000500),
    ]
    assert json.loads(json.dumps(seen)) == seen
    assert seen[4] == {
        "type": "answered",
        "chat_id": LI,
        "message_id": sent.message_id,
        "user_id": LI,
        "query_id": query,
        "text": "已记录。",
        "alert": False,
        "url": "",
    }


async def test_events_can_be_iterated(servers: LocalTelegram) -> None:
    events = servers.events()
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    await servers.says(LI, LI, "在")
    event = await waiting
    assert event["type"] == "message"
    assert event["message"]["text"] == "在"
    assert servers.chats()[0] == {
        "id": LI,
        "kind": "private",
        "title": "李强",
        "members": [LI],
        "opened": True,
        "blocked": False,
    }


async def test_an_album_is_a_message_for_each_with_its_note_where_it_was_written(
    bot: Bot, servers: LocalTelegram
) -> None:
    files = [("一.docx", b"1", ""), ("二.docx", b"2", "会签\n标题：办法")]
    ids = await servers.sends_album(LI, LI, files)
    await servers.sends_file(LI, LI, "三.docx", b"3", album="77")
    first, second, third = [update.message for update in await fetched(bot)]
    assert first
    assert second
    assert third
    assert [first.message_id, second.message_id] == ids
    assert first.media_group_id == second.media_group_id != third.media_group_id == "77"
    assert (first.caption, second.caption) == (None, "会签\n标题：办法")
    with pytest.raises(ValueError, match="2 to 10"):
        await servers.sends_album(LI, LI, files[:1])


async def test_contacts_and_places_as_the_bot_api_tells_of_them(bot: Bot, servers: LocalTelegram) -> None:
    await servers.shares_contact(LI, LI, "8613800000001", "芳", "王")
    await servers.shares_place(LI, LI, "三楼会议室", "历山路1号")
    await servers.shares_place(LI, LI)
    contact, venue, spot = [update.message for update in await fetched(bot)]
    assert contact
    assert contact.contact
    assert contact.contact.phone_number == "8613800000001"
    assert venue
    assert venue.venue
    assert venue.location == venue.venue.location  # Bot API: the location is set beside the venue
    assert spot
    assert spot.location
    assert spot.venue is None
    assert [view["text"] for view in servers.history(LI)] == [
        "［名片］王芳 8613800000001",
        "［位置］三楼会议室 历山路1号",
        "［位置］",
    ]


async def test_edits_as_telegram_tells_of_them(bot: Bot, servers: LocalTelegram, clock: Clock) -> None:
    said = await servers.says(LI, LI, "请假")
    sent = await servers.sends_file(LI, LI, "一稿.docx", b"1", "会签")
    await fetched(bot)
    clock.turn(minutes=5)
    await servers.edits(LI, LI, said, "请假")  # as it was: no edit
    await servers.edits(LI, LI, said, "销假")
    await servers.edits(LI, LI, sent, "")
    await servers.replaces_file(LI, LI, sent, "二稿.docx", b"2")
    servers.touches(LI, said)
    text, caption, file, unseen = [update.edited_message for update in await fetched(bot)]
    assert text
    assert (text.text, text.edit_date, text.message_id) == ("销假", clock.at, said)
    assert caption
    assert caption.caption is None
    assert file
    assert file.document
    assert file.document.file_name == "二稿.docx"
    assert unseen
    assert unseen.edit_date is None
    with pytest.raises(ValueError, match="somebody else"):
        await servers.edits(WANG, LI, said, "改")
    clock.turn(hours=49)
    with pytest.raises(ValueError, match="too late"):
        await servers.edits(LI, LI, said, "又改")

"""Every kind of message the Bot API knows, and one it does not know yet, is answered in private."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, group_chat, open_house
from notices.forms import ONLY_WORDS_AND_FILES
from rules.roster import Official, Role

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WHO = {"id": 5, "is_bot": False, "first_name": "某"}
FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "u"}
PICTURE: dict[str, Any] = FILE | {"width": 9, "height": 9}
STICKER: dict[str, Any] = PICTURE | {"type": "regular", "is_animated": False, "is_video": False}
SPOT = {"latitude": 1.0, "longitude": 1.0}
TASK = {"id": 1, "text": "买票"}
GIFT = {"id": "g", "sticker": STICKER, "star_count": 1}
POLL = {
    "id": "p",
    "question": "行吗",
    "options": [{"text": "行", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
SAID: dict[str, dict[str, Any]] = {
    "video": {"video": PICTURE | {"duration": 3}},
    "audio": {"audio": FILE | {"duration": 3}},
    "poll": {"poll": POLL},
    "game": {"game": {"title": "棋", "description": "棋", "photo": [PICTURE]}},
    "story": {"story": {"chat": {"id": 5, "type": "private"}, "id": 1}},
    "checklist": {"checklist": {"title": "清单", "tasks": [TASK]}},
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": [PICTURE]}]}},
    "giveaway": {"giveaway": {"chats": [], "winners_selection_date": 1, "winner_count": 1}},
    "invoice": {
        "invoice": {
            "title": "账",
            "description": "账",
            "start_parameter": "",
            "currency": "CNY",
            "total_amount": 1,
        }
    },
    "a kind to come": {"hologram": {"text": "好"}},
    "nothing at all": {},
}
SPOKEN: dict[str, dict[str, Any]] = {
    "voice": {"voice": FILE | {"duration": 3}},
    "video_note": {"video_note": FILE | {"length": 9, "duration": 3}},
}
DRAWN: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": STICKER},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}
HAPPENED: dict[str, dict[str, Any]] = {
    "gift": {"gift": {"gift": GIFT}},
    "checklist_tasks_done": {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
    "pinned_message": {
        "pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}
    },
    "auto_delete": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    "users_shared": {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
    "write_access_allowed": {"write_access_allowed": {}},
}
SHARED: dict[str, dict[str, Any]] = {
    "名片": {"contact": {"phone_number": "13800000001", "first_name": "芳"}},
    "位置": {"venue": {"location": SPOT, "title": "会议室", "address": "x"}, "location": SPOT},
}


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    async with open_house(sqlite_url, TurnableClock(NOW)) as house:
        yield house


async def heads(house: House) -> list[Official]:
    return (await house.roster()).with_role(Role.UNIT_HEAD)


async def answers(house: House, chat: int, content: dict[str, Any]) -> list[str]:
    """What the bot says to a message of that content."""
    before = len(house.telegram.done)
    member = house.telegram.chats()
    kind = next(one["kind"] for one in member if one["id"] == chat)
    who = account((await heads(house))[0])
    message = {
        "message_id": 900_000 + before,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat, "type": kind, "title": "某"},
        "from": WHO | {"id": who},
        **content,
    }
    house.telegram.push_update({"message": message})
    await house.settle()
    return [act.text for act in house.telegram.done[before:] if act.chat_id == chat]


async def test_each_gets_one_line_in_private(house: House) -> None:
    chat = account((await heads(house))[0])
    for name, content in SAID.items():
        assert await answers(house, chat, content) == [str(ONLY_WORDS_AND_FILES)], name
    for name, content in SPOKEN.items():
        said = await answers(house, chat, content)
        assert said == ["语音听不了，请打字发来；不便打字的，可用手机输入法上的话筒，说完就是文字。"], name
    for name, content in DRAWN.items():
        said = await answers(house, chat, content)
        assert said == ["表情不能当作答复，请打字，或点卡片上的按钮；要办事请发“菜单”。"], name
    for name, content in HAPPENED.items():
        said = await answers(house, chat, content)
        assert said == ["收到。聊天本身的变动不用办理；要办事请发“菜单”。"], name
    for name, content in SHARED.items():
        assert await answers(house, chat, content) == [f"{name}没有收，请打字写明。"]


async def test_an_album_of_what_is_not_taken_gets_one_line(house: House) -> None:
    chat = account((await heads(house))[0])
    together = SAID["video"] | {"media_group_id": "9"}
    assert len(await answers(house, chat, together)) == 1
    assert await answers(house, chat, together) == []


async def test_none_gets_any_in_a_group(house: House) -> None:
    group = group_chat((await heads(house))[0].unit)
    for name, content in (SAID | HAPPENED | SHARED).items():
        assert await answers(house, group, content) == [], name


async def test_a_shared_place_and_contact_are_the_answer_where_they_are_asked(house: House) -> None:
    line, head = house.telegram, account((await heads(house))[0])
    await line.says(head, head, "邀请\n类别：调研\n活动：便民中心启用\n时间：12月10日 9:00")
    await house.settle()
    await line.says(head, head, "地点：待定")
    await house.settle()
    card = line.history(head)[-1]["text"]
    assert "地点：待定" in card
    data = next(
        button["data"]
        for row in line.history(head)[-1]["buttons"]
        for button in row
        if button["data"].startswith("f:")
    )
    prefix = ":".join(data.split(":")[:3])
    for key, share in (
        ("place", line.shares_place(head, head, "云腾街道便民中心", "历山路1号")),
        ("contact", line.shares_contact(head, head, "8613900000009", "收", "李")),
        ("phone", line.shares_contact(head, head, "8613900000009", "收", "李")),
    ):
        view = line.history(head)[-1]
        prefix = ":".join(next(b["data"] for row in view["buttons"] for b in row).split(":")[:3])
        await line.presses(head, head, view["message_id"], f"{prefix}:{key}.ask", forged=True)
        await house.settle()
        await share
        await house.settle()
    said = line.history(head)[-1]["text"]
    assert "地点：云腾街道便民中心（历山路1号）" in said
    assert "联系人：李收" in said
    assert "电话：13900000009" in said

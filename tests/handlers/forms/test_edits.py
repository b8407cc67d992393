"""Whoever changes a message that was read is never left believing what is not so."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, group_chat, open_house
from notices.forms import EDIT_IS_NOTHING, EDIT_TAKEN
from rules.roster import Role
from tests.handlers.forms.handset import REASON, SUBMITTED, Handset

NOTE = "请假\n类别：出差\n时间：12月1日\n地点：济南\n事由：开会\n主持：孔集"
TAKEN = f"⚠️ {EDIT_TAKEN}"
NOTHING = str(EDIT_IS_NOTHING)


async def test_a_note_changed_is_read_again(phone: Handset) -> None:
    await phone.write(NOTE)
    await phone.edit(text=NOTE.replace("济南", "青岛").replace("\n事由：开会", ""))
    said = await phone.last()
    assert "地点：青岛\n" in said
    assert "事由：" not in said  # the line was taken out, and is asked for
    assert said.endswith(f"{TAKEN}\n\n什么事由？\n500字以内，例：参加全省财政会议\n[‹ 上一步][取消]")
    assert await phone.live() == 1


async def test_an_answer_changed_is_the_answer(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日")
    await phone.write("济南")
    await phone.edit(text="青岛")
    assert f"地点：青岛\n{TAKEN}\n\n什么事由？" in await phone.last()


async def test_an_answer_that_was_wrong_is_put_right_by_an_edit(phone: Handset) -> None:
    await phone.write("请假\n类别：出差")
    await phone.write("2月30日")
    assert "❌ 时间：2月30日" in await phone.last()
    await phone.edit(text="12月1日")
    assert "时间：12月1日（周二），共1天\n" in await phone.last()


async def test_what_was_answered_again_since_stands(phone: Handset) -> None:
    await phone.write("请假\n类别：出差\n时间：12月1日")
    await phone.write("济南")
    first = phone.sent
    await phone.write("地点：烟台")
    phone.sent = first
    await phone.edit(text="青岛")
    assert f"地点：烟台\n⚠️ {NOTHING}\n\n什么事由？" in await phone.last()
    assert await phone.live() == 1


async def test_a_button_tapped_since_stands(phone: Handset) -> None:
    await phone.write("请假\n类别：就医")
    note = phone.sent
    await phone.write("类别：旅游")
    await phone.tap("学习")
    phone.sent = note
    await phone.edit(text="请假\n类别：出差")
    assert "类别：学习" in await phone.last()
    assert NOTHING in await phone.last()


async def test_a_file_replaced_and_its_caption_changed(phone: Handset) -> None:
    await phone.attach("一稿.docx", caption="会签\n标题：旧办法\n单位：财政局\n时限：3")
    document = {"file_id": "F2", "file_unique_id": "2", "file_name": "二稿.docx", "file_size": 9}
    await phone.edit(document=document, caption="会签\n标题：新办法\n单位：财政局\n时限：3")
    said = await phone.last()
    assert said.startswith(
        f"会签单\n标题：新办法\n单位：财政局\n时限：3个工作日\n附件：《二稿.docx》\n{TAKEN}"
    )
    await phone.edit(
        document=document | {"file_id": "F3", "file_name": "病毒.exe"}, caption="会签\n标题：新办法"
    )
    assert "《病毒.exe》这类文件收不了" in await phone.last()
    assert "附件：" not in await phone.last()


async def test_the_note_of_a_form_that_waits(phone: Handset) -> None:
    await phone.write("请假\n类别：出差")
    await phone.write("会签\n标题：旧办法")
    await phone.edit(text="会签\n标题：新办法")
    assert (await phone.last()).startswith(f"{TAKEN}\n您的请假报告还没有提交")
    await phone.tap("放弃")
    assert (await phone.last()).startswith("会签单\n标题：新办法\n")


async def test_after_it_was_handed_in_and_without_a_form(phone: Handset) -> None:
    await phone.begin(REASON)
    await phone.write("时间冲突")
    await phone.edit(text="另有会议")
    assert await phone.last() == NOTHING
    assert SUBMITTED == [{"reason": "时间冲突"}]


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    async with open_house(sqlite_url, TurnableClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))) as house:
        yield house


async def test_an_edit_over_the_whole_way_and_one_that_nobody_made(house: House) -> None:
    line, roster = house.telegram, await house.roster()
    head = account(roster.with_role(Role.UNIT_HEAD)[0])
    message = await line.says(head, head, "待办")
    await house.settle()
    before = len(line.history(head))
    await line.edits(head, head, message, "请假")  # no second 待办, and no leave begun
    await house.settle()
    assert [view["text"] for view in line.history(head)[before:]] == [NOTHING]
    line.touches(head, message)  # a reaction: nothing to be seen
    again = {**line.world.chat(head).messages[message].raw}
    line.push_update({"edited_message": again})  # the same version once more
    live = {"latitude": 1.0, "longitude": 1.0, "live_period": 60}
    line.push_update({"edited_message": {**again, "edit_date": again["edit_date"] + 9, "location": live}})
    await house.settle()
    assert len(line.history(head)) == before + 1


async def test_groups_hear_nothing_of_edits(house: House) -> None:
    line, roster = house.telegram, await house.roster()
    head = roster.with_role(Role.UNIT_HEAD)[0]
    group = group_chat(head.unit)
    message = await line.says(account(head), group, "/board")
    await house.settle()
    before = len(line.history(group))
    await line.edits(account(head), group, message, "/leave")
    await house.settle()
    assert len(line.history(group)) == before

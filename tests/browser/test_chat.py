"""A phone chat one would like to use: writing, buttons, groups, files."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.table import CLERK, DEPUTY, GROUP, HEAD, MAYOR, VICE, Table

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000"
    "ffff03000006000557bfabd40000000049454e44ae426082"
)


async def test_a_pasted_note_keeps_its_lines_and_the_answer_is_formatted(table: Table) -> None:
    note = "请假\n类别：出差\n地点：<b>济南</b>"
    await table.says("杨调阳", note)
    assert (await table.bot.message())["text"] == note
    mine = table.phone("杨调阳").locator(".mine .text")
    await expect(mine).to_contain_text("地点：<b>济南</b>")
    await table.bot.sends(HEAD, "<b>已收到</b> <i>请等候</i>，或 /cancel 取消")
    theirs = table.phone("杨调阳").locator(".theirs .text")
    await expect(theirs.locator("b")).to_have_text("已收到")
    await theirs.get_by_role("button", name="/cancel").click()
    assert (await table.bot.message())["text"] == "/cancel"


async def test_enter_sends_and_shift_enter_starts_a_line(table: Table) -> None:
    field = table.phone("杨调阳").get_by_label("输入消息")
    await field.press_sequentially("第一行")
    await field.press("Shift+Enter")
    await field.press_sequentially("第二行")
    await field.press("Enter")
    assert (await table.bot.message())["text"] == "第一行\n第二行"
    await expect(field).to_have_value("")


async def test_what_people_write_is_never_markup(table: Table) -> None:
    attack = '<img src=x onerror="document.body.remove()"><script>1</script>'
    await table.telegram.says(DEPUTY, GROUP, attack)
    phone = table.phone("杨调阳")
    await phone.get_by_label("返回聊天列表").click()
    await expect(phone.locator(".preview").filter(has_text="<img src=x")).to_be_visible()
    await phone.get_by_role("button", name="财政局工作群").click()
    await expect(phone.locator(".text")).to_contain_text(attack)
    assert await phone.locator(".text img, .text script").count() == 0


async def test_a_pressed_button_turns_until_it_is_answered(table: Table) -> None:
    card = await table.bot.sends(VICE, "请假报告", [{"text": "同意", "callback_data": "leave:1:approve"}])
    button = table.phone("孙宇宙").get_by_role("button", name="同意")
    await button.click()
    query = (await table.bot.update())["callback_query"]
    assert query["data"] == "leave:1:approve"
    await expect(button).to_have_attribute("aria-busy", "true")
    await table.bot.answers(query, "已记录。")
    await expect(table.phone("孙宇宙").locator(".toast")).to_have_text("已记录。")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await table.bot.calls("editMessageText", chat_id=VICE, message_id=card, text="已同意")
    await expect(button).to_have_count(0)
    await expect(table.phone("孙宇宙").locator(".text")).to_contain_text("已编辑")


async def test_an_alert_waits_for_its_reader(table: Table) -> None:
    await table.bot.sends(VICE, "请假报告", [{"text": "同意", "callback_data": "x"}])
    await table.phone("孙宇宙").get_by_role("button", name="同意").click()
    await table.bot.answers((await table.bot.update())["callback_query"], "这件事已经办结。", alert=True)
    alert = table.phone("孙宇宙").get_by_role("alertdialog")
    await expect(alert).to_contain_text("这件事已经办结。")
    await expect(alert.get_by_role("button", name="好")).to_be_focused()
    await table.page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)
    await expect(table.phone("赵天地").get_by_role("alertdialog")).to_have_count(0)


async def test_a_group_shows_who_speaks_and_what_is_unread(table: Table) -> None:
    phone = table.phone("杨调阳")
    await table.telegram.says(DEPUTY, GROUP, "收到")
    await table.bot.sends(GROUP, "通知")
    back = phone.get_by_label("返回聊天列表")
    await expect(back.locator(".badge")).to_have_text("2")
    await back.click()
    item = phone.get_by_role("button", name="财政局工作群")
    await expect(item.locator(".badge")).to_have_text("2")
    await item.click()
    await expect(phone.locator(".sender").first).to_have_text("朱云腾财政局副局长")
    await expect(phone.locator(".subtitle")).to_have_text("3 位成员")
    await back.click()
    await expect(item.locator(".badge")).to_have_count(0)


async def test_typing_is_shown_until_the_message_comes(table: Table) -> None:
    await table.bot.calls("sendChatAction", chat_id=MAYOR, action="typing")
    await expect(table.phone("赵天地").locator(".subtitle")).to_have_text("正在输入…")
    await table.bot.sends(MAYOR, "好了")
    await expect(table.phone("赵天地").locator(".subtitle")).to_have_text("机器人")


async def test_a_reader_of_old_messages_is_left_there_and_told_of_new_ones(table: Table) -> None:
    for number in range(40):
        await table.bot.sends(HEAD, f"第 {number} 条")
    log = table.phone("杨调阳").get_by_role("log")
    await expect(log.locator(".row").last).to_be_in_viewport()
    await log.evaluate("log => log.scrollTo(0, 0)")
    pill = table.phone("杨调阳").locator(".pill")
    await expect(pill).to_be_visible()
    await table.bot.sends(HEAD, "最新")
    await expect(pill).to_have_text("1 条新消息")
    assert await log.evaluate("log => log.scrollTop") == 0
    await pill.click()
    await expect(log.get_by_text("最新")).to_be_in_viewport()
    await expect(pill).to_be_hidden()


async def test_the_end_stays_in_sight_when_the_window_shrinks(table: Table) -> None:
    for number in range(20):
        await table.bot.sends(HEAD, f"第 {number} 条，请逐条阅读并按时办理，办结后回复")
    last = table.phone("杨调阳").locator(".row").last
    await expect(last).to_be_in_viewport()
    await table.page.set_viewport_size({"width": 1300, "height": 600})
    await expect(last).to_be_in_viewport(ratio=0.9)
    await table.bot.sends(HEAD, "最新")
    await expect(table.phone("杨调阳").get_by_text("最新")).to_be_in_viewport()


async def test_files_go_both_ways(table: Table, tmp_path: Path) -> None:
    phone = table.phone("杨调阳")
    draft = tmp_path / "城市更新管理办法.docx"
    draft.write_bytes(b"PK draft")
    await phone.locator("input[type=file]").set_input_files(draft)
    dialog = phone.get_by_role("dialog", name="发送文件")
    await dialog.get_by_label("说明").fill("会签\n标题：城市更新管理办法")
    await dialog.get_by_role("button", name="发送").click()
    message = await table.bot.message()
    assert message["document"]["file_name"] == draft.name
    assert message["caption"] == "会签\n标题：城市更新管理办法"
    await table.telegram.call(
        "sendDocument", {"chat_id": VICE, "caption": "请阅"}, {"document": (draft.name, b"PK draft")}
    )
    async with table.page.expect_download() as download:
        await table.phone("孙宇宙").get_by_role("link", name=f"下载 {draft.name}").click()
    fetched = await download.value
    assert fetched.suggested_filename == draft.name
    assert (await fetched.path()).read_bytes() == b"PK draft"


async def test_a_dropped_picture_goes_as_a_photo(table: Table) -> None:
    phone = table.phone("杨调阳")
    drop = """(glass, bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "现场.png", {type: "image/png"}));
        glass.dispatchEvent(new DragEvent("dragenter", {dataTransfer: transfer, bubbles: true}));
        glass.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true}));
    }"""
    await phone.locator(".glass").evaluate(drop, list(PIXEL))
    dialog = phone.get_by_role("dialog", name="发送文件")
    await dialog.get_by_role("button", name="发送").click()
    assert "photo" in await table.bot.message()
    await expect(phone.locator(".photo img")).to_be_visible()


async def test_menu_keyboard_copy_and_deep_link(table: Table) -> None:
    phone = table.phone("赵天地")
    await expect(phone.get_by_label("命令菜单")).to_be_hidden()
    await table.bot.calls(
        "setMyCommands",
        commands=[{"command": "todo", "description": "待办"}, {"command": "help", "description": "帮助"}],
        scope={"type": "chat", "chat_id": MAYOR},
    )
    await phone.get_by_label("命令菜单").click()
    await phone.get_by_role("option", name="待办").click()
    assert (await table.bot.message())["text"] == "/todo"
    await table.bot.sends(
        MAYOR, "请选择", reply_markup={"keyboard": [["是", "否"]], "one_time_keyboard": True}
    )
    await phone.get_by_role("group", name="快捷回复").get_by_role("button", name="是").click()
    assert (await table.bot.message())["text"] == "是"
    await table.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await table.bot.sends(
        MAYOR,
        "绑定码",
        [
            {"text": "复制", "copy_text": {"text": "AB12-CD34"}},
            {"text": "绑定", "url": "https://t.me/banjie_bot?start=AB12CD34"},
        ],
    )
    await phone.get_by_role("button", name="复制").click()
    await expect(phone.locator(".toast")).to_have_text("已复制")
    assert await table.page.evaluate("navigator.clipboard.readText()") == "AB12-CD34"
    await phone.get_by_role("link", name="绑定").click()
    assert (await table.bot.message())["text"] == "/start AB12CD34"


async def test_replying_and_editing(table: Table) -> None:
    phone = table.phone("杨调阳")
    first = await table.bot.sends(HEAD, "事由是什么？")
    await phone.locator(".bubble").click(button="right")
    await phone.get_by_role("menuitem", name="回复").click()
    await table.says("杨调阳", "参加会议")
    assert (await table.bot.message())["reply_to_message"]["message_id"] == first
    field = phone.get_by_label("输入消息")
    await field.press("ArrowUp")
    await expect(field).to_have_value("参加会议")
    await table.says("杨调阳", "参加全省会议")
    assert (await table.bot.update())["edited_message"]["text"] == "参加全省会议"
    await expect(phone.locator(".mine .text")).to_contain_text("参加全省会议")


async def test_the_bot_is_started_stopped_and_taken_back(table: Table) -> None:
    await table.page.get_by_role("button", name="添加手机").click()
    await table.page.get_by_role("option", name="褚秋收").click()
    phone = table.phone("褚秋收")
    await phone.get_by_role("button", name="开始", exact=True).click()
    assert (await table.bot.message())["text"] == "/start"
    await expect(phone.get_by_label("输入消息")).to_be_visible()
    await phone.get_by_role("button", name="更多").first.click()
    await phone.get_by_role("menuitem", name="停用机器人").click()
    await phone.get_by_role("button", name="恢复接收").click()
    await expect(phone.get_by_label("输入消息")).to_be_visible()
    await table.bot.sends(CLERK, "欢迎回来")
    await expect(phone.locator(".theirs .text")).to_contain_text("欢迎回来")


async def test_an_answer_that_overtakes_the_press_stops_the_waiting(table: Table) -> None:
    await table.bot.sends(VICE, "快", [{"text": "同意", "callback_data": "x"}])
    waiting = asyncio.create_task(table.bot.update())
    await table.phone("孙宇宙").get_by_role("button", name="同意").click()
    await table.bot.answers((await waiting)["callback_query"])
    await expect(table.phone("孙宇宙").locator("[aria-busy]")).to_have_count(0)


async def test_a_voice_message_and_a_sticker_are_sent_and_seen(table: Table) -> None:
    phone = table.phone("孙宇宙")
    await phone.get_by_role("button", name="语音").click()
    await expect(phone.get_by_role("group", name="录语音")).to_contain_text("0:01")
    await phone.get_by_role("button", name="发送语音").click()
    voice = (await table.bot.message())["voice"]
    assert voice["duration"] in (1, 2)
    await expect(phone.locator(".mine .voice")).to_contain_text(f"0:0{voice['duration']}")
    await phone.get_by_role("button", name="表情").click()
    await phone.get_by_role("button", name="发表情 收到").click()
    assert (await table.bot.message())["sticker"]["emoji"] == "👌"
    await expect(phone.locator(".mine .stamp")).to_have_text("收到")
    await expect(phone.get_by_role("group", name="选一个表情")).to_be_hidden()
    await phone.get_by_role("button", name="语音").click()
    await phone.get_by_role("button", name="取消").click()
    await phone.get_by_label("返回聊天列表").click()
    await expect(phone.locator(".preview").first).to_have_text("［表情］👌")


async def test_contact_and_place_go_from_one_menu(table: Table) -> None:
    phone = table.phone("杨调阳")
    await phone.get_by_role("button", name="文件、名片、位置").click()
    await phone.get_by_role("menuitem", name="名片").click()
    await phone.get_by_label("姓名").fill("苏平章")
    await phone.get_by_label("姓名").press("Enter")
    await expect(phone.get_by_label("电话")).to_be_focused()
    await phone.get_by_label("电话").fill("13800000031")
    await phone.get_by_label("电话").press("Enter")
    assert (await table.bot.message())["contact"]["phone_number"] == "13800000031"
    await phone.get_by_role("button", name="文件、名片、位置").click()
    await phone.get_by_role("menuitem", name="位置").click()
    await phone.get_by_label("地名").fill("三楼会议室")
    await phone.get_by_role("button", name="发送", exact=True).click()
    assert (await table.bot.message())["venue"]["title"] == "三楼会议室"

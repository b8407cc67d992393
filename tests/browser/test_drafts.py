"""Nothing that was typed is lost: by a broken connection, by a reload, or because it could not be sent."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.table import GROUP, HEAD, Table, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOTE = "请假\n类别：出差\n时间：12月1日"


async def test_a_draft_outlasts_a_reload_and_a_look_elsewhere(table: Table) -> None:
    asked = await table.bot.sends(HEAD, "事由是什么？")
    phone = table.phone("杨调阳")
    await phone.locator(".bubble").click(button="right")
    await phone.get_by_role("menuitem", name="回复").click()
    field = phone.get_by_label("输入消息")
    await field.fill(NOTE)
    await phone.get_by_label("返回聊天列表").click()
    await expect(phone.locator(".preview").filter(has_text="草稿：请假 类别：出差")).to_be_visible()
    await phone.get_by_role("button", name="财政局工作群").click()
    await expect(field).to_have_value("")
    await table.page.reload()
    await table.page.wait_for_selector("body[data-ready]")
    await phone.get_by_label("返回聊天列表").click()
    await phone.locator(".chat-item").filter(has_text="草稿").click()
    await expect(field).to_have_value(NOTE)
    await expect(phone.locator(".over-input")).to_contain_text("事由是什么？")
    await field.press("Enter")
    sent = await table.bot.message()
    assert (sent["text"], sent["reply_to_message"]["message_id"]) == (NOTE, asked)
    await table.page.reload()
    await table.page.wait_for_selector("body[data-ready]")
    await expect(field).to_have_value("")


async def test_a_draft_and_its_cursor_outlast_a_lost_server(table: Table, tmp_path: Path) -> None:
    page = await table.open()
    phone = page.get_by_role("region", name="杨调阳的手机")
    field = phone.get_by_label("输入消息")
    async with serving(table.app) as port:
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.wait_for_selector("body[data-ready]")
        await field.fill(NOTE)
        await field.press("Home")
    await expect(page.get_by_text("连接已断开，正在重新连接")).to_be_visible()
    await field.press_sequentially("（补）")
    await field.press("Enter")
    await expect(phone.locator(".toast")).to_have_text("连接已断开，请稍后再试。")
    written = "请假\n类别：出差\n（补）时间：12月1日"
    await expect(field).to_have_value(written)
    draft = tmp_path / "方案.docx"
    draft.write_bytes(b"PK draft")
    await phone.locator("input[type=file]").set_input_files(draft)
    sheet = phone.get_by_role("dialog", name="发送文件")
    await sheet.get_by_label("说明").fill("会签")
    await sheet.get_by_role("button", name="发送").click()
    await expect(sheet).to_contain_text("没有发出，请稍后再按「发送」。")
    await table.bot.sends(HEAD, "重启之后")
    async with serving(table.app, port):
        await expect(phone.get_by_text("重启之后")).to_be_visible()
        await expect(sheet.get_by_label("说明")).to_have_value("会签")
        await sheet.get_by_role("button", name="发送").click()
        await expect(sheet).to_have_count(0)
        assert (await table.bot.message())["caption"] == "会签"
        await expect(field).to_have_value(written)
        await field.press("Enter")
        assert (await table.bot.message())["text"] == written


async def test_each_chat_of_each_phone_has_its_own(table: Table) -> None:
    await table.phone("杨调阳").get_by_label("输入消息").fill("甲")
    await table.phone("赵天地").get_by_label("输入消息").fill("乙")
    await table.bot.sends(GROUP, "通知")
    await table.page.reload()
    await table.page.wait_for_selector("body[data-ready]")
    await expect(table.phone("杨调阳").get_by_label("输入消息")).to_have_value("甲")
    await expect(table.phone("赵天地").get_by_label("输入消息")).to_have_value("乙")
    await expect(table.phone("孙宇宙").get_by_label("输入消息")).to_have_value("")

"""The table itself: whose phones lie on it, the clock above, small screens, a server that comes back."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from rules.working_days import SHANGHAI
from tests.browser.table import DEPUTY, GROUP, HEAD, Table, serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_phones_are_found_changed_and_kept(table: Table) -> None:
    page = table.page
    await expect(page.locator(".phone")).to_have_count(3)
    await table.bot.sends(DEPUTY, "您有新的待办")
    await page.get_by_role("button", name="另有 1 人收到消息").click()
    news = page.get_by_role("group", name="刚收到消息")
    await expect(news.get_by_role("option", name="朱云腾")).to_be_visible()
    await page.get_by_label("按姓名、职务或单位查找").fill("财政局 副局长")
    await expect(page.get_by_role("group", name="区政府领导")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(table.phone("朱云腾").locator(".text")).to_contain_text("您有新的待办")
    await table.phone("赵天地").locator(".owner").click()
    await page.get_by_role("option", name="褚秋收").click()
    await table.phone("孙宇宙").get_by_label("收起这部手机").click()
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await expect(page.locator(".phone .owner-name b")).to_have_text(["杨调阳", "褚秋收", "朱云腾"])


async def test_a_group_opens_on_the_phone_of_a_member(table: Table) -> None:
    await table.bot.sends(GROUP, "明天开会")
    await table.page.get_by_role("button", name="添加手机").click()
    await table.page.get_by_role("option", name="财政局工作群").click()
    shown = table.page.locator(".phone").last
    await expect(shown.locator(".head h2")).to_have_text("财政局工作群")
    await expect(shown.locator(".text")).to_contain_text("明天开会")


async def test_the_clock_shows_beijing_and_turns(table: Table) -> None:
    bar = table.page.get_by_role("timer")
    await expect(bar).to_contain_text("9月30日 周三17:00")
    await expect(bar).to_contain_text("工作日")
    await table.page.get_by_role("button", name="+1小时").click()
    await expect(bar).to_contain_text("18:00")
    table.clock.dues = [(datetime(2026, 10, 3, 9, 0, tzinfo=SHANGHAI), "请假到期提醒")]
    table.clock.may_go_on.clear()
    await table.page.get_by_role("button", name="下一工作日").click()
    turning = table.page.locator(".turning")
    await expect(turning).to_contain_text("正在拨到 10月8日 周四 08:30 · 09:00 请假到期提醒")
    await expect(table.page.get_by_role("button", name="+1小时")).to_be_disabled()
    table.clock.may_go_on.set()
    await expect(bar).to_contain_text("10月8日 周四08:30")
    await expect(turning).to_be_hidden()
    assert table.clock.at == datetime(2026, 10, 8, 8, 30, tzinfo=SHANGHAI)


async def test_the_clock_goes_to_a_day_that_is_picked(table: Table) -> None:
    await table.page.get_by_role("button", name="到…").click()
    dialog = table.page.get_by_role("dialog", name="把时钟拨到")
    await dialog.get_by_label("下个月").click()
    await dialog.get_by_label("上个月").click()
    await expect(dialog.get_by_label("10月10日 补班")).to_have_text("10班")
    await expect(dialog.get_by_label("10月1日 国庆节")).to_have_text("1休")
    await dialog.get_by_label("10月10日 补班").click()
    await dialog.get_by_label("时间，如 08:30").fill("0:10")
    await dialog.get_by_role("button", name="前往").click()
    bar = table.page.get_by_role("timer")
    await expect(bar).to_contain_text("10月10日 周六00:10")
    await expect(bar).to_contain_text("补班")
    assert table.clock.at == datetime(2026, 10, 10, 0, 10, tzinfo=SHANGHAI)


async def test_a_clock_that_breaks_says_so(table: Table) -> None:
    table.clock.fails = True
    await table.page.get_by_role("button", name="+1小时").click()
    await expect(table.page.locator(".page-toasts")).to_contain_text("时钟没有拨到")
    await expect(table.page.get_by_role("button", name="+1小时")).to_be_enabled()


async def test_one_phone_fills_a_narrow_screen(table: Table) -> None:
    page = await table.open(width=390, height=844)
    phones = page.locator(".phone")
    await expect(phones.nth(0)).to_be_in_viewport(ratio=0.9)
    await expect(phones.nth(2)).not_to_be_in_viewport()
    await table.bot.sends(HEAD, "一" * 300)
    await page.get_by_role("tab", name="赵天地").click()
    await expect(phones.nth(2)).to_be_in_viewport(ratio=0.9)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(page.get_by_role("tab", name="赵天地")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("tab", name="赵天地").click()
    await page.get_by_role("button", name="收起这部手机").click()
    await expect(phones).to_have_count(2)


async def test_the_page_comes_back_with_the_server(table: Table) -> None:
    page = await table.open()
    async with serving(table.app) as port:
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.wait_for_selector("body[data-ready]")
    await expect(page.get_by_text("连接已断开，正在重新连接")).to_be_visible()
    await table.bot.sends(HEAD, "重启之后")
    async with serving(table.app, port):
        await expect(page.locator(".phone .text").first).to_contain_text("重启之后")
        await expect(page.get_by_text("连接已断开，正在重新连接")).to_be_hidden()


async def test_it_works_with_the_keyboard_alone(table: Table) -> None:
    card = await table.bot.sends(HEAD, "请选择", [{"text": "提交", "callback_data": "form:1:submit"}])
    log = table.phone("杨调阳").get_by_role("log")
    await log.focus()
    await log.press("ArrowUp")
    await expect(table.phone("杨调阳").locator(f"[data-message='{card}']")).to_be_focused()
    await table.page.keyboard.press("Tab")
    await table.page.keyboard.press("Enter")
    assert (await table.bot.update())["callback_query"]["data"] == "form:1:submit"
    await table.phone("杨调阳").get_by_label("输入消息").focus()
    await table.page.keyboard.press("Escape")
    await expect(table.phone("杨调阳").get_by_role("heading", name="消息")).to_be_visible()

"""The demo as a visitor meets it: one leave report, from the phone to the return (art. 77)."""

from datetime import datetime

import pytest
from playwright.async_api import Browser, expect

from bot.clock import TurnableClock
from bot.demo import open_demo
from rules.working_days import SHANGHAI
from tests.browser.conftest import DESKTOP, PATIENCE_MS
from tests.browser.table import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOTE = "请假\n类别：出差\n时间：12月1日至12月3日\n地点：济南\n事由：参加全省会议\n主持：朱云腾"


@pytest.mark.parametrize("width", [360, 1440])
async def test_a_first_visit_shows_three_things_that_work(chromium: Browser, width: int) -> None:
    clock = TurnableClock(datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI))
    async with open_demo(clock) as app, serving(app) as port:
        context = await chromium.new_context(viewport={"width": width, "height": 780})
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        trials = page.get_by_role("complementary", name="三件可以试试的事")
        await expect(trials.locator("b")).to_have_text(["报一次假", "送一件会签", "拨一拨时钟"])
        await expect(trials).to_contain_text("怎么绑定，看云腾街道毕临深的手机：点「开始」。")
        head = page.locator(".phone").first
        assert await page.evaluate("document.documentElement.scrollWidth") <= width

        await trials.get_by_role("button", name="报一次假").click()
        await expect(head.get_by_label("输入消息")).to_have_value(
            "请假\n类别：出差\n时间：12月1日至12月3日\n地点：济南\n事由：参加全省工作会议\n主持：朱云腾"
        )
        await head.get_by_role("button", name="发送", exact=True).click()
        await head.get_by_role("button", name="提交").click()
        await expect(head.locator(".text").last).to_contain_text("待周日月审批")

        await trials.get_by_role("button", name="送一件会签").click()
        await head.get_by_role("dialog", name="发送文件").get_by_role("button", name="发送").click()
        await head.get_by_role("button", name="提交").click()
        await expect(head.locator(".text").last).to_contain_text("校园冬季安全工作方案")
        await expect(head.locator(".text").last).to_contain_text("发改局")

        await trials.get_by_role("button", name="拨一拨时钟").click()
        await expect(page.get_by_role("timer")).to_contain_text("11月25日 周三08:30")
        await expect(trials).to_be_hidden()
        await page.reload()
        await page.wait_for_selector("body[data-ready]")
        await expect(trials).to_be_hidden()
        await context.close()


async def test_a_leave_report_from_phone_to_return(chromium: Browser) -> None:
    clock = TurnableClock(datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI))
    async with open_demo(clock) as app, serving(app) as port:
        context = await chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        head, vice, mayor, clerk = (page.locator(".phone").nth(at) for at in range(4))

        await head.get_by_label("输入消息").fill(NOTE)
        await head.get_by_label("输入消息").press("Enter")
        await head.get_by_role("button", name="提交").click()
        await vice.get_by_role("button", name="同意", exact=True).click()
        await mayor.get_by_role("button", name="同意", exact=True).click()
        await expect(mayor.locator(".toast")).to_have_text("已同意。")
        await expect(mayor.get_by_role("button", name="同意", exact=True)).to_have_count(0)
        await expect(clerk.locator(".text").last).to_contain_text("已批准")
        await expect(head.locator(".text").last).to_contain_text("同意")

        await head.get_by_label("返回聊天列表").click()
        await head.get_by_role("button", name="教体局工作群").click()
        told = head.locator(".text").last
        await expect(told).to_contain_text("外出 12月1日至3日")
        for private in ("济南", "全省会议", "1380"):
            await expect(told).not_to_contain_text(private)
        await head.get_by_label("返回聊天列表").click()
        await head.locator(".chat-item").filter(has_text="您的请假").click()

        await page.get_by_role("button", name="到…").click()
        dialog = page.get_by_role("dialog", name="把时钟拨到")
        await dialog.get_by_label("下个月").click()
        await dialog.get_by_label("12月3日").click()
        await dialog.get_by_label("时间，如 08:30").fill("17:30")
        await dialog.get_by_role("button", name="前往").click()
        await expect(page.get_by_role("timer")).to_contain_text("12月3日 周四17:30")

        await head.get_by_role("button", name="销假").last.click()
        await expect(head.locator(".text").last).to_contain_text("欢迎返岗")
        await expect(clerk.locator(".text").last).to_contain_text("销假")
        await context.close()

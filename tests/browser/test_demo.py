"""The demo as a person meets it: a leave report from one phone to the return, on the real bot."""

from datetime import datetime

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.clock import TurnableClock
from bot.demo import open_demo
from rules.working_days import SHANGHAI
from tests.browser.conftest import DESKTOP
from tests.browser.table import serving

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

START = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)
HEAD, VICE, MAYOR, CLERK = "杨调阳", "周日月", "赵天地", "褚秋收"
NOTE = "请假\n类别：出差\n时间：9月28日\n地点：济南\n事由：参加数字化培训"


def _phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"{name}的手机")


async def _say(page: Page, name: str, text: str) -> None:
    field = _phone(page, name).get_by_label("输入消息")
    await field.fill(text)
    await field.press("Enter")


async def _tap(page: Page, name: str, label: str) -> None:
    await _phone(page, name).get_by_role("button", name=label, exact=True).last.click()


async def test_a_leave_from_report_to_return(chromium: Browser) -> None:
    async with open_demo(TurnableClock(START, running=True)) as app, serving(app) as port:
        context = await chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = await context.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.wait_for_selector("body[data-ready]")

        await _say(page, HEAD, NOTE)
        await _tap(page, HEAD, "朱云腾 教体局副局长")  # the one line that was missing: who acts
        await _tap(page, HEAD, "提交")
        for approver in (VICE, MAYOR):
            await _tap(page, approver, "同意")
            await expect(_phone(page, approver)).to_contain_text("已同意")
        await expect(_phone(page, HEAD)).to_contain_text("您的请假报告已经区长 赵天地同意")
        await expect(_phone(page, CLERK)).to_contain_text("请假报告 · 已批准")

        head = _phone(page, HEAD)
        await head.get_by_label("返回聊天列表").click()
        await head.get_by_role("button", name="教体局工作群").click()
        await expect(head).to_contain_text("杨调阳9月28日外出，期间由教体局副局长 朱云腾代为主持工作。")
        await expect(head.locator(".log")).not_to_contain_text("济南")
        await head.get_by_label("返回聊天列表").click()
        await head.get_by_role("button", name="办结").first.click()

        await page.get_by_role("button", name="到…").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="一周后").click()
        await dialog.get_by_label("时间").fill("23:00")
        await dialog.get_by_role("button", name="前往").click()
        await expect(head).to_contain_text("销假", timeout=30_000)
        await _tap(page, HEAD, "销假")
        await expect(head).to_contain_text("已销假")
        await context.close()

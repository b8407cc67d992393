"""The message kept on top: a bar over the chat that says what it is, and leads to it."""

import pytest
from playwright.async_api import expect

from tests.browser.table import HEAD, Table

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CARD = "<b>今日要办 · 9月30日（周三）</b>\n1. 财政局局长 杨调阳9月30日请假，待副区长 孙宇宙审批"


async def test_what_is_pinned_stands_on_top_and_leads_to_the_message(table: Table) -> None:
    page = await table.open(width=390, height=844)
    phone = page.locator(".phone").first
    bar = phone.locator(".pinned")
    await expect(bar).to_be_hidden()
    pinned = await table.bot.sends(HEAD, CARD)
    for at in range(20):
        await table.bot.sends(HEAD, f"第{at}件")
    await table.bot.calls("pinChatMessage", chat_id=HEAD, message_id=pinned)
    await expect(bar).to_contain_text("今日要办 · 9月30日（周三）")
    box = await bar.bounding_box()
    assert box is not None
    assert box["height"] < 50
    assert box["width"] <= 390
    message = phone.locator(f'[data-message="{pinned}"]')
    await expect(message).not_to_be_in_viewport()
    await bar.click()
    await expect(message).to_be_in_viewport()
    await page.reload()
    await expect(page.locator(".phone").first.locator(".pinned")).to_contain_text("今日要办")

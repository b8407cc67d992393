"""The smallest phone in use, a common one and a desk: the chat fills each screen, and nothing hangs over."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.table import HEAD, Table

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCREENS = [(360, 640), (360, 740), (390, 844), (1440, 900)]
OVERHANGING = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && !each.closest(".tabs, [hidden]"))
    .map((each) => [each, each.closest(".phone")?.getBoundingClientRect() ?? { left: 0, right: innerWidth }])
    .filter(([, room]) => room.left >= 0 && room.left < innerWidth)
    .filter(([each, room]) => {
      const box = each.getBoundingClientRect();
      return box.width && (box.right > room.right + 1 || box.left < room.left - 1);
    })
    .map(([each]) => `${each.tagName}.${each.className}: ${each.textContent.slice(0, 20)}`)"""
"""What is to be seen and reaches out of its phone, or out of the window."""
LONG_CARD = "\n".join(
    [
        "<b>陶鳞潜（财政局局长）请假 12月1日至3日，请您审批</b>",
        *(f"第{at}栏：关于城市更新和冬季清洁取暖工作" for at in range(20)),
    ]
)


async def filled(page: Page, height: int) -> None:
    """The first phone's chat reaches from its head to the end of the screen, the input line at the bottom."""
    phone = page.locator(".phone").first
    line, log = phone.locator(".composer"), phone.get_by_role("log")
    await expect(line).to_be_in_viewport(ratio=1)
    lower, talk = await line.bounding_box(), await log.bounding_box()
    assert lower is not None
    assert talk is not None
    below = height - lower["y"] - lower["height"]
    assert 0 <= below <= (1 if await page.evaluate("innerWidth < 720") else 30), below
    assert abs(talk["y"] + talk["height"] - lower["y"]) <= 1
    assert talk["height"] > height / 2


@pytest.mark.parametrize(("width", "height"), SCREENS)
async def test_the_chat_fills_the_screen(table: Table, width: int, height: int) -> None:
    page = await table.open(width=width, height=height)
    await filled(page, height)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert await page.evaluate(OVERHANGING) == []


@pytest.mark.parametrize(("width", "height"), SCREENS)
async def test_long_cards_many_buttons_and_every_panel_fit(table: Table, width: int, height: int) -> None:
    await table.bot.sends(
        HEAD,
        LONG_CARD,
        [
            {"text": "同意", "callback_data": "a", "style": "success"},
            {"text": "不同意", "callback_data": "b"},
        ],
        [{"text": str(day), "callback_data": f"d{day}"} for day in range(1, 8)],
        [{"text": "千文区住房和城乡建设局主要负责人（代为主持工作）", "callback_data": "c"}],
    )
    page = await table.open(width=width, height=height)
    phone = page.locator(".phone").first
    await expect(phone.get_by_role("button", name="千文区住房")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(OVERHANGING) == []
    await filled(page, height)
    await phone.get_by_role("button", name="表情").click()
    await expect(phone.get_by_role("button", name="发表情 收到")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(OVERHANGING) == []
    await phone.get_by_role("button", name="语音").click()
    await expect(phone.get_by_role("button", name="发送语音")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(OVERHANGING) == []
    await phone.get_by_role("button", name="取消").click()
    for kind in ("名片", "位置"):
        await phone.get_by_role("button", name="文件、名片、位置").click()
        await expect(phone.get_by_role("menuitem", name=kind)).to_be_in_viewport(ratio=1)
        await phone.get_by_role("menuitem", name=kind).click()
        await expect(phone.get_by_role("button", name="发送", exact=True)).to_be_in_viewport(ratio=1)
        assert await page.evaluate(OVERHANGING) == []
        await page.keyboard.press("Escape")
    files = [{"name": f"{at}号附件.docx", "mimeType": "", "buffer": b"x"} for at in range(4)]
    await phone.locator("input[type=file]").set_input_files(files)
    await expect(phone.get_by_role("button", name="发送", exact=True)).to_be_in_viewport(ratio=1)
    assert await page.evaluate(OVERHANGING) == []


async def test_a_turned_clock_is_read_whole_on_the_smallest_screen(table: Table) -> None:
    page = await table.open(width=360, height=640)
    for name in ("+1小时", "下一工作日", "到…"):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="下一工作日").click()
    await expect(page.get_by_role("timer")).to_contain_text("10月8日 周四08:30")
    await expect(page.get_by_role("timer")).to_contain_text("工作日")
    await expect(page.get_by_role("timer")).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="到…").click()
    await expect(page.get_by_role("button", name="前往")).to_be_in_viewport(ratio=1)

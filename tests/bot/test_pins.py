"""The desk's card stays on top of its readers' chats for its day, and is drawn anew through it."""

from datetime import datetime

from markupsafe import Markup

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from notices.notice import Notice
from tests.cast import beijing

MONDAY, TUESDAY = beijing("2026-11-30 08:00"), beijing("2026-12-01 08:00")


def _on_top(house: House, chat: int) -> str:
    """The first line of the message that is pinned."""
    shown = house.telegram.world.chat(chat).pinned
    texts = {view["message_id"]: view["text"] for view in house.telegram.history(chat)}
    return texts[shown[-1]].split("\n")[0] if shown else ""


async def _asked(house: House, name: str) -> None:
    """A unit has its briefing registered: that waits at the desk."""
    head = next(one for one in (await house.roster()).officials if one.name == name)
    await house.telegram.says(
        account(head), account(head), f"简报备案\n名称：{name}信息\n周期：每月\n主送：区长、分管副区长"
    )
    await house.settle()
    (card, *_) = [view for view in reversed(house.telegram.history(account(head))) if view["buttons"]]
    submit = next(key for row in card["buttons"] for key in row if key["label"] == "提交")
    await house.telegram.presses(account(head), account(head), card["message_id"], submit["data"])
    await house.settle()


async def _until(house: House, moment: datetime) -> None:
    await house.turn(moment)
    await house.settle()


async def test_the_card_of_the_day_is_on_top_and_goes_with_it(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MONDAY)) as house:
        clerk = (await house.roster()).desk[0]
        await _asked(house, "戚龙师")
        await _until(house, beijing("2026-11-30 08:31"))
        assert _on_top(house, account(clerk)) == "今日要办 · 11月30日（周一）"
        await _asked(house, "俞诗赞")
        edits = [one for one in house.telegram.done if one.edited and "今日要办" in one.text]
        await _until(house, beijing("2026-11-30 08:40"))
        (edit,) = [
            one
            for one in house.telegram.done
            if one.edited and "今日要办" in one.text and one not in edits and one.chat_id == account(clerk)
        ]
        assert "俞诗赞信息" in edit.text
        await _until(house, beijing("2026-12-01 08:31"))
        assert _on_top(house, account(clerk)) == "今日要办 · 12月1日（周二）"
        assert len(house.telegram.world.chat(account(clerk)).pinned) == 1
        gone = [view["text"] for view in house.telegram.history(account(clerk))]
        assert "今日要办 · 11月30日（已过，请看最新一张）" in gone


async def test_what_the_card_says_is_not_told_beside_it(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MONDAY)) as house:
        clerk = (await house.roster()).desk[0]
        await _asked(house, "戚龙师")
        await _until(house, beijing("2026-11-30 08:31"))
        before = len(house.telegram.history(account(clerk)))
        async with house.office.work("told") as work:
            work.reminding = True
            for matter in ("briefing:1", "briefing:99"):
                text = Markup("{}久未决定").format(matter)
                await work.send(Notice(clerk, text, matter=matter, on_card=True))
            await work.timer("unreached", 1, work.now)
        await _until(house, beijing("2026-11-30 08:35"))
        told = [view["text"] for view in house.telegram.history(account(clerk))[before:]]
        assert told == ["briefing:99久未决定"]

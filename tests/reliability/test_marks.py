"""Marking what was sent: a row that is read, sent and marked at the same time is still sent once."""

import asyncio
from collections import Counter

import pytest
from markupsafe import Markup

from bot.sandbox.house import account
from notices.notice import Notice
from tests.reliability.books import is_quiet
from tests.reliability.breaking import LOOKING, Breaking
from tests.reliability.office import Troubled


async def test_collecting_all_the_time_sends_nothing_twice(office: Troubled) -> None:
    delivery = office.house.desk.delivery
    async with office.house.office.work("many") as work:
        for number in range(10):
            await work.send(*(Notice(head, Markup("第{}条").format(number)) for head in office.heads))
    while not delivery.is_idle:
        await delivery.collect()
        await asyncio.sleep(0)
    assert await is_quiet(office.database)
    sent = Counter((act.chat_id, act.text) for act in office.line.done)
    assert len(sent) == 10 * len(office.heads)
    assert set(sent.values()) == {1}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_what_reached_nobody_is_passed_on_once(
    office: Troubled, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    monkeypatch.setattr("bot.delivery._MARK_AGAIN_SECONDS", 0.01)
    head, clerk = office.heads[0], office.roster.desk[0]
    office.line.blocks(account(head))
    await office.rest()
    office.line.done.clear()
    breaking = Breaking.made_of(office.database)
    LOOKING.set(True)
    breaking.at, breaking.after = 1, after  # the bot's next transaction writes the notice's fate
    async with office.house.office.work("told") as work:
        await work.send(Notice(head, Markup("请阅"), subject="通知"))
    await office.rest()
    assert breaking.at < 0
    assert sum(act.chat_id == account(clerk) and "没有收到通知" in act.text for act in office.line.done) == 1

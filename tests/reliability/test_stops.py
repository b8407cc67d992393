"""The bot ends when it is told to, whatever it is waiting for, and takes up again what it left."""

import asyncio

from markupsafe import Markup

from bot.sandbox.errors import too_many_requests
from notices.notice import Notice
from tests.reliability.books import is_quiet
from tests.reliability.office import Troubled

_AT_ONCE = 5.0
"""Seconds; much more than ending takes, much less than anything here would make it wait."""


async def _stop(office: Troubled) -> None:
    async with asyncio.timeout(_AT_ONCE):
        await office.house.stop()


async def test_a_stop_while_the_line_is_down(office: Troubled) -> None:
    working = asyncio.create_task(office.leaves(*office.heads[:3]))
    await asyncio.sleep(0.2)
    office.line.cut()
    await asyncio.sleep(0.3)
    await _stop(office)
    office.line.down = False
    await office.house.start()
    await working
    await office.rest()
    await office.assert_all_is_well()


async def test_a_stop_in_the_moment_something_new_comes(office: Troubled) -> None:
    """Once more for every turn of the loop that may lie between the two."""
    delivery, clerk, head = office.house.desk.delivery, *office.heads[:2]
    await _stop(office)
    for turns in range(6):
        sending = asyncio.create_task(delivery.run())
        # Told to wait for long, delivery sleeps with a limit.
        office.line.fails(too_many_requests(30), "sendMessage")
        async with office.house.office.work(f"waits{turns}") as work:
            await work.send(Notice(clerk, Markup("一")))
        await asyncio.sleep(0.05)
        async with office.house.office.work(f"comes{turns}") as work:
            await work.send(Notice(head, Markup("二")))
        for _ in range(turns):
            await asyncio.sleep(0)
        sending.cancel()
        _, pending = await asyncio.wait({sending}, timeout=_AT_ONCE)
        assert not pending, f"still running, {turns} turns after"
    await office.house.start()


async def test_a_stop_leaves_what_is_queued_for_the_next_start(office: Troubled) -> None:
    """Only what is being handled is finished: a long queue does not hold up the end."""
    chat = office.heads[0].telegram_id
    assert chat
    for _ in range(100):
        await office.line.says(chat, chat, "菜单")
    await office.phones.news(chat)  # the first answer
    await _stop(office)
    assert not await is_quiet(office.database)
    await office.house.start()
    await office.rest()
    await office.assert_all_is_well()

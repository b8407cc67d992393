"""The line is down for hours while people write; another program polls under the same token."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.sandbox.house import account
from bot.sandbox.telegram import ApiError
from storage.tables import inbox
from tests.reliability.books import repeated_messages
from tests.reliability.office import Troubled

WAITING = int(os.environ.get("BANJIE_OUTAGE_UPDATES", "250"))
"""So many updates have come when the line is back; `make soak` asks for more."""
DAYS = ("11月24日", "11月25日", "11月26日", "11月27日", "11月30日")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own pauses after an error, a hundred times shorter."""
    monkeypatch.setattr("bot.delivery._FIRST_BACKOFF", 0.01)
    monkeypatch.setattr("bot.again.FIRST", 0.01)


def _told(office: Troubled, chat: int) -> list[str]:
    return [view["text"] for view in office.line.history(chat) if view["sender"]["is_bot"]]


async def test_two_hours_without_a_line_and_all_that_was_written_is_answered_in_order(
    office: Troubled,
) -> None:
    house, people = office.house, office.roster.officials
    office.line.cut()
    house.clock.on_set = lambda: None  # the hours pass without the line
    house.clock.set(house.clock.now() + timedelta(hours=2))
    for number in range(WAITING):
        asked = DAYS[number // len(people) % len(DAYS)]
        person = people[number % len(people)]
        await office.line.says(account(person), account(person), f"{asked}是工作日吗")
    office.line.down = False
    await office.rest()
    await house.turn(house.clock.now() + timedelta(minutes=1))
    await office.rest()
    for place, person in enumerate(people):
        lines = [text.split("\n")[0] for text in _told(office, account(person))]
        answered = [day for line in lines for day in DAYS if day in line]
        count = len(range(place, WAITING, len(people)))
        assert answered == [DAYS[number % len(DAYS)] for number in range(count)], person.name
    async with office.database.session() as session:
        undone = await session.scalar(select(func.count()).where(inbox.c.done_at.is_(None)))
    assert not undone
    assert await repeated_messages(office.database, office.line) == 0
    for clerk in office.roster.desk:  # they hear of it, though nothing was put off
        (told,) = [text for text in _told(office, account(clerk)) if "机器人曾中断" in text]
        assert "没有期限因此顺延" in told
    await office.assert_all_is_well()


async def test_who_runs_the_bot_hears_once_that_another_program_takes_its_updates(office: Troubled) -> None:
    other = ApiError(409, "Conflict: terminated by other getUpdates request")
    office.line.fails(other, "getUpdates", times=3)
    await office.leaves(*office.heads[:1])
    await office.rest()
    for clerk in office.roster.desk:
        (told,) = [text for text in _told(office, account(clerk)) if "令牌" in text]
        assert told.startswith("另有一个程序在用本机器人的令牌收消息")
        assert "/revoke" in told
    await office.assert_all_is_well()

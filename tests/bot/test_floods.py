"""A flood of many accounts that nobody in office has: people in office come first, the rest is bounded."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import receiving
from bot.clock import TurnableClock
from bot.receiving import Receiver
from bot.sandbox.house import House, account, open_house
from rules.roster import Role
from rules.working_days import SHANGHAI
from storage.inbox import InboxRow
from storage.tables import inbox

MORNING = datetime(2026, 9, 9, 9, 0, tzinfo=SHANGHAI).astimezone(UTC)
FIRST, MANY = 990_000, 60


def note(update_id: int, who: int, text: str = "待办") -> dict[str, Any]:
    """A private message as Telegram gives it."""
    person = {"id": who, "is_bot": False, "first_name": "某"}
    chat = {"id": who, "type": "private", "first_name": "某"}
    sent = int(MORNING.timestamp())
    message = {"message_id": update_id, "date": sent, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


class Watched(Receiver):
    """Notes in which order updates come to be handled."""

    def __init__(self, house: House) -> None:
        super().__init__(house.office, house.desk.application)
        self.order: list[int] = []
        handle = self.handle

        async def noted(one: InboxRow) -> None:
            self.order.append(one.update_id)
            await handle(one)

        self.handle = noted


async def test_people_in_office_come_before_all_strangers(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        for number in range(MANY):
            house.telegram.add_user(FIRST + number, "路人")
        receiver = Watched(house)
        flood = [note(1000 + number, FIRST + number) for number in range(MANY)]
        await receiver.take([*flood, note(2000, account(head)), note(2001, account(head))])
        await receiver.idle()
        assert receiver.order[:2] == [2000, 2001]
        assert sorted(receiver.order[2:]) == [1000 + number for number in range(MANY)]
        await receiver.stop()


async def test_only_so_many_strangers_wait_and_people_in_office_are_always_taken_in(
    district_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_STRANGERS", 20)
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        for number in range(MANY):
            house.telegram.add_user(FIRST + number, "路人")
        receiver = Watched(house)
        async with house.office.database.session() as session:
            before = await session.scalar(select(func.count()).select_from(inbox))
        flood = [note(1000 + number, FIRST + number) for number in range(MANY)]
        await receiver.take([*flood, note(2000, account(head))])
        async with house.office.database.session() as session:
            after = await session.scalar(select(func.count()).select_from(inbox))
        assert (after or 0) - (before or 0) == 21
        await receiver.idle()
        assert receiver.order[0] == 2000
        await receiver.take([note(3000, FIRST + 50)])  # there is room again
        await receiver.idle()
        assert receiver.order[-1] == 3000
        await receiver.stop()

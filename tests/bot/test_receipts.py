"""A message with a receipt: its matter hears when Telegram took it, or that it never will, once."""

from datetime import datetime

import pytest
from markupsafe import Markup

from bot.clock import TurnableClock
from bot.sandbox.house import account, open_house
from notices.notice import Notice
from rules.roster import Role
from rules.working_days import SHANGHAI
from storage.receipt import Receipt
from storage.unit_of_work import UnitOfWork

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)


async def test_the_matter_is_told_of_delivery_and_of_failure(
    district_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, Receipt]] = []

    async def listen(_work: UnitOfWork, id: int, receipt: Receipt) -> None:
        told.append((id, receipt))

    monkeypatch.setattr("jobs.receipts.RECEIPTS", {"matter": listen})
    async with open_house(district_url, TurnableClock(NOON)) as house:
        heads = (await house.roster()).with_role(Role.UNIT_HEAD)
        house.telegram.blocks(account(heads[1]))
        async with house.office.work("told") as work:
            await work.send(
                *(Notice(head, Markup("请阅"), receipt="matter:7") for head in heads[:2]),
                Notice(heads[2], Markup("请阅")),
            )
        await house.turn(NOON)
    by_person = {receipt.official_id: receipt for _, receipt in told}
    assert [id for id, _ in told] == [7, 7]
    assert by_person[heads[0].id].sent_at == NOON
    assert by_person[heads[0].id].message_id is not None
    assert by_person[heads[1].id].sent_at is None
    assert by_person[heads[1].id].message_id is None


async def test_a_matter_that_fails_to_listen_holds_up_nobody(
    district_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def fail(_work: UnitOfWork, id: int, _receipt: Receipt) -> None:
        tries.append(id)
        if len(tries) == 1:
            raise RuntimeError("not now")

    monkeypatch.setattr("jobs.receipts.RECEIPTS", {"matter": fail})
    clock = TurnableClock(NOON)
    async with open_house(district_url, clock) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        async with house.office.work("told") as work:
            await work.send(Notice(head, Markup("请阅"), receipt="matter:7"), Notice(head, Markup("再阅")))
        await house.turn(NOON)
        assert tries == [7]
        await house.turn(NOON.replace(hour=13))
    assert tries == [7, 7]

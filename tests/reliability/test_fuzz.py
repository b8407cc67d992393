"""Whatever comes over the line: it ends done, refused or parked, is answered, and nothing stands still.

A few examples of each in the tests, thousands in `make soak`.
"""

import asyncio
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, group_chat, open_house
from notices.notice import State
from rules.roster import Role
from storage.outbox import Kind
from storage.tables import inbox, outbox
from tests.cast import beijing
from tests.reliability.fuzz import MARKER, Raw, broken, examples, updates

UPDATES = count(1_000_000)
STRANGER = 990_001


@dataclass
class Street:
    """One office for all examples, the people who write to it, and the chats they write in."""

    runner: asyncio.Runner
    house: House
    people: list[Raw]
    chats: list[Raw]


@pytest.fixture(scope="module")
def street(sqlite_district: Path) -> Iterator[Street]:
    with tempfile.TemporaryDirectory(prefix="banjie-fuzz-") as folder, asyncio.Runner() as runner:
        copy = f"{folder}/banjie.db"
        shutil.copy(sqlite_district, copy)
        clock = TurnableClock(beijing("2026-11-23 09:00"))
        opening = open_house(f"sqlite+aiosqlite:///{copy}", clock)
        house = runner.run(opening.__aenter__())
        house.desk.receiver.album_seconds = 0.0
        house.desk.delivery.gather_seconds = 0.0
        house.telegram.add_user(STRANGER, MARKER)
        roster = runner.run(house.roster())
        some = [one for role in Role for one in roster.with_role(role)[:2]]
        people = [house.telegram.world.users[account(one)].as_api() for one in some]
        people += [house.telegram.world.users[STRANGER].as_api()]
        group = {"id": group_chat(roster.units[3]), "type": "supergroup", "title": MARKER}
        chats = [group, {"id": -100_555, "type": "group", "title": "群"}]
        yield Street(runner, house, people, chats)
        runner.run(opening.__aexit__(None, None, None))


@pytest.fixture
def errors(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.ERROR)
    return caplog


FUZZED = settings(
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ]
)


@settings(FUZZED, max_examples=examples(60))
@given(data=st.data())
def test_whatever_people_do_is_handled(
    street: Street, errors: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    batch = data.draw(st.lists(updates(street.people, street.chats), min_size=1, max_size=3))
    errors.clear()
    parked = _play(street, batch)
    assert [record.getMessage() for record in errors.records] == []
    assert parked == []


@settings(FUZZED, max_examples=examples(30))
@given(data=st.data())
def test_a_broken_update_holds_nobody_up(street: Street, data: st.DataObject) -> None:
    """It may be parked, and what comes with it and after it is handled all the same."""
    whole = data.draw(updates(street.people, street.chats))
    batch = [data.draw(broken(street.people, street.chats)), whole]
    assert set(_play(street, batch)) <= {0}


def _play(street: Street, batch: list[Raw]) -> list[int]:
    """Which of the batch were parked; whatever else was said in answer was taken by Telegram."""
    numbered = [{"update_id": next(UPDATES), **one} for one in batch]

    async def play() -> list[int]:
        before = await _last(street)
        await street.house.desk.receiver.take(json.loads(json.dumps(numbered)))
        await asyncio.wait_for(street.house.settle(), 20)
        return await _is_well(street, [one["update_id"] for one in numbered], before)

    return street.runner.run(play())


async def _last(street: Street) -> int:
    async with street.house.office.database.session() as session:
        return await session.scalar(select(func.max(outbox.c.id))) or 0


async def _is_well(street: Street, ids: list[int], before: int) -> list[int]:
    """All came to an end; gives back which of them by being parked."""
    async with street.house.office.database.session() as session:
        rows = (await session.execute(select(inbox).where(inbox.c.update_id.in_(ids)))).all()
        told = (await session.execute(select(outbox).where(outbox.c.id > before))).all()
    assert {row.update_id for row in rows} == set(ids)
    assert all(row.done_at for row in rows)
    for row in told:
        assert row.state is not State.WAITING
        assert not re.search("parse|too long|empty", row.error or "", re.IGNORECASE), (row.error, row.payload)
        if row.kind in (Kind.MESSAGE, Kind.EDIT):
            assert MARKER not in row.payload["text"]
    return [ids.index(row.update_id) for row in rows if row.failed]

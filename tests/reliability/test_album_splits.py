"""However an album is split over batches, and wherever its note stands: one thing, whole, asked about once.

Where one of its files bears a secrecy mark nothing of it stays, in the chat or in the books.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from rules.forms import Draft
from rules.roster import Role
from storage.outbox import Kind
from storage.tables import drafts, inbox, outbox
from tests.cast import beijing

NOTE = "会签\n标题：城市更新管理办法\n单位：财政局、人社局\n时限：3"
WAIT, LATE = 0.02, 0.06
"""Seconds that an album's end is waited for here, and a pause in which it is taken to have ended."""
UPDATES, MESSAGES, ALBUMS = count(900_000), count(900_000), count(1)


@dataclass
class Street:
    """One office for all examples, and the accounts that may countersign."""

    runner: asyncio.Runner
    house: House
    people: list[int]


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with tempfile.TemporaryDirectory(prefix="banjie-albums-") as folder, asyncio.Runner() as runner:
        opening = open_house(
            f"sqlite+aiosqlite:///{folder}/banjie.db", TurnableClock(beijing("2026-11-23 09:00"))
        )
        house = runner.run(opening.__aenter__())
        house.desk.receiver.album_seconds = WAIT
        roster = runner.run(house.roster())
        liaisons = [account(one) for one in roster.with_role(Role.LIAISON)]
        yield Street(runner, house, liaisons)
        runner.run(opening.__aexit__(None, None, None))


def message(street: Street, who: int, **content: Any) -> dict[str, Any]:
    person = street.house.telegram.world.users[who].as_api()
    written = {
        "message_id": next(MESSAGES),
        "from": person,
        "chat": {"id": who, "type": "private", "first_name": person["first_name"]},
        "date": int(street.house.clock.now().timestamp()),
    }
    return {"update_id": next(UPDATES), "message": written | content}


def album(street: Street, who: int, names: list[str], noted: int | None) -> list[dict[str, Any]]:
    group = f"A{next(ALBUMS)}"
    return [
        message(
            street,
            who,
            document={
                "file_id": f"{group}-{name}",
                "file_unique_id": f"{group}{name}",
                "file_name": name,
                "file_size": 9,
            },
            media_group_id=group,
            **({"caption": NOTE} if place == noted else {}),
        )
        for place, name in enumerate(names)
    ]


async def come(street: Street, updates: list[dict[str, Any]], cuts: set[int], late: set[int]) -> None:
    """The updates come in batches cut there, with a long pause before some of them."""
    edges = [0, *sorted(cut for cut in cuts if cut < len(updates)), len(updates)]
    for start, end in pairwise(edges):
        if start in late:
            await street.house.desk.receiver.idle()
            await asyncio.sleep(LATE)
        await street.house.desk.receiver.take(updates[start:end])
    await street.house.desk.receiver.idle()


async def lying(street: Street, who: int) -> Draft | None:
    async with street.house.office.database.session() as session:
        opened = select(Draft).where(drafts.c.chat_id == who, drafts.c.closed_at.is_(None))
        found: Draft | None = await session.scalar(opened)
        return found


async def rows(street: Street, who: int, kind: Kind, after: int) -> list[Any]:
    async with street.house.office.database.session() as session:
        told = select(outbox).where(outbox.c.chat_id == who, outbox.c.kind == kind, outbox.c.id > after)
        return list((await session.execute(told.order_by(outbox.c.id))).all())


async def last_row(street: Street) -> int:
    async with street.house.office.database.session() as session:
        return await session.scalar(select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1)) or 0


NOTED = ["none", "before", "under", "after"]
SPLITS = st.sets(st.integers(1, 10), max_size=4)


@settings(max_examples=15, derandomize=True)
@given(
    turn=st.integers(0, 5), many=st.integers(2, 10), noted=st.sampled_from(NOTED),
    place=st.integers(0, 9), cuts=SPLITS, late=SPLITS,
)  # fmt: skip
def test_an_album_is_one_thing(
    street: Street, turn: int, many: int, noted: str, place: int, cuts: set[int], late: set[int]
) -> None:
    async def play() -> None:
        who, before = street.people[turn], await last_row(street)
        names = [f"{number}.docx" for number in range(many)]
        updates = album(street, who, names, min(place, many - 1) if noted == "under" else None)
        if noted == "before":
            updates.insert(0, message(street, who, text=NOTE))
        elif noted == "after":
            updates.append(message(street, who, text=NOTE))
        await come(street, updates, cuts, late)
        draft = await lying(street, who)
        assert draft is not None
        held = draft.values["papers"]
        assert sorted(paper["name"] for paper in held) == names
        assert len({paper["message"] for paper in held}) == many
        asked = [row for row in await rows(street, who, Kind.MESSAGE, before) if row.payload.get("keyboard")]
        if not late & cuts:
            assert len(asked) == (1 if noted in ("none", "under") else 2)
        await come(street, [message(street, who, text="取消")], set(), set())
        assert await lying(street, who) is None

    street.runner.run(play())


@settings(max_examples=10, derandomize=True)
@given(
    turn=st.integers(6, 11), many=st.integers(2, 10), marked=st.integers(0, 9), cuts=SPLITS, late=SPLITS,
    noted=st.booleans(),
)  # fmt: skip
def test_a_marked_file_takes_all_of_its_album_along(
    street: Street, turn: int, many: int, marked: int, cuts: set[int], late: set[int], noted: bool
) -> None:
    async def play() -> None:
        who, before = street.people[turn], await last_row(street)
        names = [f"{number}.docx" for number in range(many)]
        names[min(marked, many - 1)] = "机密★阵地.docx"
        updates = album(street, who, names, 0 if noted else None)
        await come(street, updates, cuts, late)
        assert await lying(street, who) is None
        removed = {row.payload["message_id"] for row in await rows(street, who, Kind.REMOVAL, before)}
        assert removed >= {one["message"]["message_id"] for one in updates}
        async with street.house.office.database.session() as session:
            ids = [one["update_id"] for one in updates]
            kept = (await session.execute(select(inbox).where(inbox.c.update_id.in_(ids)))).all()
            assert all(row.payload is None and row.done_at for row in kept)
            told = (await session.execute(select(outbox.c.payload).where(outbox.c.id > before))).scalars()
            assert not any("阵地" in str(payload) or "0.docx" in str(payload) for payload in told)

    street.runner.run(play())

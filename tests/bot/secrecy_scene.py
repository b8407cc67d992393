"""An office whose people send what bears a secrecy mark, and a look into every place where it must not be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.pace import UNLIMITED
from bot.sandbox.events import MessageView
from bot.sandbox.house import House, account, group_chat, settle_in
from bot.sandbox.telegram import LocalTelegram
from notices.notice import State
from rules.roster import Role, Roster
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import audit, inbox, metadata, outbox

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SECRET = "凤凰岭导弹阵地"
"""Must be found nowhere afterwards."""
REFUSAL = "这条消息没有收，也没有保存"


class SecrecyScene:
    """A whole office, one head's phone, and its books."""

    def __init__(self, house: House, roster: Roster) -> None:
        self.house = house
        self.line = house.telegram
        self.roster = roster
        self.head = account(roster.with_role(Role.UNIT_HEAD)[0])
        self.group = group_chat(roster.with_role(Role.UNIT_HEAD)[0].unit)

    async def answers(self, chat: int) -> list[str]:
        """What the bot has written there, by its outbox."""
        async with self.house.office.database.session() as session:
            rows = await session.execute(
                select(outbox.c.payload, outbox.c.state)
                .where(outbox.c.chat_id == chat, outbox.c.kind == "message")
                .order_by(outbox.c.id)
            )
            return [row.payload["text"] for row in rows if row.state is not State.FAILED]

    async def updates(self) -> list[tuple[bool, bool]]:
        """(done, failed) of every update taken in."""
        async with self.house.office.database.session() as session:
            rows = await session.execute(select(inbox).order_by(inbox.c.update_id))
            return [(row.done_at is not None, row.failed) for row in rows]

    async def refusals(self) -> list[dict[str, Any]]:
        """What the audit says of them."""
        async with self.house.office.database.session() as session:
            rows = await session.execute(select(audit.c.detail).where(audit.c.action == "secrecy.refused"))
            return [row.detail for row in rows]


@asynccontextmanager
async def scene_on(database: Database) -> AsyncIterator[SecrecyScene]:
    clock = TurnableClock(START)
    house = House(Office(database, Settings(), clock.now), LocalTelegram(clock.now), clock, UNLIMITED)
    roster = await settle_in(house.office, house.telegram, bound=lambda _: True)
    await house.start()
    try:
        yield SecrecyScene(house, roster)
    finally:
        await house.stop()


async def assert_nowhere(scene: SecrecyScene, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in a table, nor in the bytes of the file and its WAL, nor in a line of the log."""
    database = scene.house.office.database
    async with database.session() as session:
        for table in metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            assert SECRET not in str(rows), table.name
    if database.is_sqlite:
        file = Path(str(database.engine.url.database))
        for part in file.parent.glob(f"{file.name}*"):
            content = part.read_bytes()
            assert SECRET.encode() not in content, part.name
            assert SECRET.encode("unicode-escape") not in content, part.name
    assert SECRET not in caplog.text


PLAIN = "乙方案.docx"
MARKED = "乙附件（秘密）.pdf"


async def assert_given_back(scene: SecrecyScene) -> None:
    """Of the file that bore no mark nothing is left: not on a form, not in what was told, not in the chat."""
    async with scene.house.office.database.session() as session:
        for table in metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            assert PLAIN not in str(rows), table.name
    assert not any(PLAIN in view["text"] for view in scene.line.history(scene.head))
    assert [view for view in scene.line.history(scene.head) if view["file"]] == []


async def says(scene: SecrecyScene, what: str) -> None:
    """A file where it is called like one, words otherwise."""
    if what in (PLAIN, MARKED):
        await scene.line.sends_other(scene.head, scene.head, document=document(what))
    else:
        await scene.line.says(scene.head, scene.head, what)


def everywhere(scene: SecrecyScene) -> list[MessageView]:
    """Every message in every chat with an official."""
    people = [one for one in scene.roster.officials if one.telegram_id]
    return [view for one in people for view in scene.line.history(account(one))]


async def press(scene: SecrecyScene, label: str) -> None:
    """Tap the button in the newest message that bears buttons."""
    for view in reversed(scene.line.history(scene.head)):
        for row in view["buttons"]:
            for button in row:
                if button["label"] == label:
                    await scene.line.presses(scene.head, scene.head, view["message_id"], button["data"])
                    await scene.house.settle()
                    return
    raise AssertionError(str(scene.line.history(scene.head)[-1]))


def document(name: str) -> dict[str, Any]:
    return {"file_id": f"F-{name}", "file_unique_id": name, "file_name": name, "file_size": 9}


def message(update_id: int = 1, chat: str = "private", **content: Any) -> dict[str, Any]:
    sender = {"id": 5, "is_bot": False, "first_name": "某"}
    place = {"id": 5 if chat == "private" else -5, "type": chat, "title": "机密 专班"}
    return {
        "update_id": update_id,
        "message": {"message_id": 9, "date": 3, "chat": place, "from": sender, **content},
    }

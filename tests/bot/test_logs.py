"""The log keeps the token to itself, and whatever people write."""

import io
import itertools
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Enum, String, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.rehearsal.player import minutes
from bot.rehearsal.script import read
from bot.rehearsal.stage import HouseStage
from storage import audit
from storage.database import Database
from storage.tables import call_requests, officials, outbox, units
from storage.tables.invitation import invitations
from storage.tables.leave import leaves
from storage.tables.remark import remarks
from tests.bot.command import TOKEN


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as `set_up` makes it, written into memory; everything is as before at the end."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.set_up([TOKEN, "s3cret"], level=logging.DEBUG)
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_no_token_reaches_the_log(log: io.StringIO) -> None:
    here = logging.getLogger("bot.somewhere")
    here.warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    here.warning("another bot's: 987654321:AAGdqTcvCH1vGWJxfSeofSAs0K5PALDsaw, postgresql://banjie:s3cret@db")
    try:
        raise ValueError(f"bad address bot{TOKEN}")
    except ValueError:
        here.exception("failed")
    assert TOKEN not in log.getvalue()
    assert "AAGdq" not in log.getvalue()
    assert "s3cret" not in log.getvalue()
    assert "POST https://api.telegram.org/bot***/sendMessage" in log.getvalue()
    assert "ValueError: bad address bot***" in log.getvalue()


def test_requests_are_not_logged_with_their_address(log: io.StringIO, bot_api: str) -> None:
    httpx.post(f"{bot_api}{TOKEN}/getMe")
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    "number", ["13800000031", "+8613800000031", "138 0000 0031", "138-0000-0031", "0533-6410001"]
)
def test_no_number_and_nothing_written_reaches_the_log(log: io.StringIO, number: str) -> None:
    logging.getLogger("bot.somewhere").error("%s of 陶鳞潜: %s, row 123456789012", "就医", number)
    assert number[-4:] not in log.getvalue()
    assert log.getvalue().endswith("*** of ***: ***, row 123456789012\n")


async def test_an_error_of_the_database_names_no_values(database: Database, log: io.StringIO) -> None:
    """The row that is refused: by a unique index, and for what is missing."""
    row = {"name": "Wang", "full_name": "secret words", "kind": "部门", "group_chat_id": -500}
    for rows in ([row, row], [{**row, "full_name": None}]):
        try:
            async with database.session() as session:
                for one in rows:
                    await session.execute(insert(units).values(one))
        except IntegrityError:
            logging.getLogger("bot.somewhere").exception("refused")
    assert log.getvalue().count("IntegrityError") >= 2
    for value in ("Wang", "secret words", "-500"):
        assert value not in log.getvalue()


SCENES = ("第七十七条：24小时联络，请回电，送不到人", "第八十六条：邀请从报送")


@pytest.mark.parametrize("scene", SCENES)
async def test_nothing_of_a_long_scene_reaches_the_log(
    scene: str, sqlite_district_url: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every level, and with a fault at every fifth decision that says all that was to be written."""
    append, count = audit.append, itertools.count(1)

    async def faulty(session: AsyncSession, *entries: audit.Entry) -> None:
        if next(count) % 5 == 0:
            raise ValueError(f"{entries} {await session.scalar(select(leaves.c.reason))} 13800000031")
        await append(session, *entries)

    monkeypatch.setattr(audit, "append", faulty)
    (file,) = (Path(__file__).parents[1] / "rehearsals").glob(f"{scene}*.txt")
    await minutes(read(file), HouseStage(sqlite_district_url))
    said = log.getvalue()
    assert "ValueError: (Entry(" in said
    private = await _private(sqlite_district_url)
    assert len(private) > 200
    assert [value for value in private if value in said] == []


async def _private(url: str) -> set[str]:
    """Every name, number and word that the database holds of anybody, and what they were sent."""
    database = Database(url)
    found = set[str]()
    async with database.session() as session:
        for table in (officials, leaves, invitations, call_requests, remarks):
            texts = [one for one in table.c if isinstance(one.type, String) and one.name != "subject"]
            columns = [one for one in texts if not isinstance(one.type, Enum)]
            for row in await session.execute(select(*columns)):
                found.update(value for value in row if value)
        found.update(
            row["text"] for row in await session.scalars(select(outbox.c.payload)) if row.get("text")
        )
    await database.close()
    return {value for value in found if len(value) > 1}

"""Contact with Telegram: kept once a minute; a stretch without it over an hour is an outage, said so."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from bot.application import Wire, open_desk
from bot.clock import TurnableClock
from bot.contact import Contact, Listened
from bot.pace import UNLIMITED
from bot.sandbox.house import open_house
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from bot.webhook import watch
from jobs import outage as jobs
from jobs.manifest import Procedure
from rules.outage import Outage, OutageTerms
from rules.settings import Settings
from rules.working_days import SHANGHAI
from storage.database import Database
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.queries.outage import OVER, TOLD, is_being_reckoned, last_contact, outages_since
from storage.tables import audit, timers
from storage.unit_of_work import UnitOfWork

START = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # a Monday, half past nine at Shanghai
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Books:
    """An office whose time the test sets, and what stands in its books."""

    def __init__(self, database: Database) -> None:
        self.now = START
        self.office = Office(database, Settings(), lambda: self.now)

    async def outages(self) -> list[tuple[datetime, datetime]]:
        async with self.office.work("test") as work:
            return [(one.began_at, one.ended_at) for one in await outages_since(work, START - 9 * HOUR)]

    async def contact(self) -> datetime | None:
        async with self.office.work("test") as work:
            return await last_contact(work)

    async def hears(self, contact: Contact, at: datetime) -> None:
        self.now = at
        await contact.heard()


@pytest.fixture
def books(database: Database) -> Books:
    return Books(database)


async def test_contact_is_kept_once_a_minute(books: Books) -> None:
    contact = Contact(books.office)
    assert not books.office.in_contact()
    for seconds in (0, 20, 59, 60, 70):
        await books.hears(contact, START + timedelta(seconds=seconds))
        assert books.office.in_contact()
        assert await books.contact() == START + MINUTE * (seconds // 60)
    await contact.end()
    assert await books.contact() == START + timedelta(seconds=70), "to the second, when it stops"
    books.now += 3 * MINUTE
    assert not books.office.in_contact()
    assert await books.outages() == []


@pytest.mark.parametrize("restarted", [False, True])
async def test_over_an_hour_without_contact_is_an_outage(books: Books, restarted: bool) -> None:
    contact = Contact(books.office)
    await books.hears(contact, START)
    contact = Contact(books.office) if restarted else contact
    await books.hears(contact, START + HOUR)  # an hour is not over an hour
    assert await books.outages() == []
    contact = Contact(books.office) if restarted else contact
    await books.hears(contact, START + 2 * HOUR + MINUTE)
    assert await books.outages() == [(START + HOUR, START + 2 * HOUR + MINUTE)]
    async with books.office.work("test") as work:
        assert not await is_being_reckoned(work)
        assert list(await work.session.scalars(select(timers.c.kind))) == [TOLD]
        assert list(await work.session.scalars(select(audit.c.action))) == ["outage"]


async def test_the_hour_is_the_offices_to_set(books: Books) -> None:
    books.office.settings = Settings(outage=OutageTerms(5))
    contact = Contact(books.office)
    await books.hears(contact, START)
    await books.hears(contact, START + 6 * MINUTE)
    assert len(await books.outages()) == 1


@pytest.mark.parametrize(
    ("asked", "answered", "held", "behind"),
    [
        (20, 20.1, False, True),  # the first one after a start or an error finds what has waited
        (0.01, 30, True, False),  # sent at once after the one before, and held: there all the while
        (0.01, 1, True, False),
        (600, 600.1, True, True),  # the database was away in between
        (600, 620, True, False),  # nothing was waiting, for then it would have been answered
    ],
)
async def test_what_may_have_waited_for_a_bot_that_was_not_there(
    books: Books, asked: float, answered: float, held: bool, behind: bool
) -> None:
    contact = Contact(books.office)
    await books.hears(contact, START)
    contact.caught_up()
    books.now = START + timedelta(seconds=answered)
    request = Listened(START + timedelta(seconds=asked), books.now, held)
    await contact.heard(request)
    assert contact.behind == (START if behind else None)
    assert books.office.in_contact() != behind, "silence is not judged before all that waited is there"
    contact.caught_up()
    assert books.office.in_contact()


async def test_after_a_restart_what_waited_may_be_as_old_as_the_last_contact(books: Books) -> None:
    contact = Contact(books.office)
    await books.hears(contact, START)
    await contact.end()
    contact, books.now = Contact(books.office), START + 30 * timedelta(seconds=1)
    await contact.heard(Listened(books.now, books.now, held=False))
    assert contact.behind == START
    await contact.heard(Listened(books.now, books.now + MINUTE, held=True))
    assert contact.behind == START, "a whole batch came: more may be waiting"


async def test_behind_a_webhook_what_was_done_since_tells_that_nothing_waits_any_more(books: Books) -> None:
    contact = Contact(books.office)
    await books.hears(contact, START)
    contact.caught_up()
    await books.hears(contact, START + 10 * MINUTE)
    assert contact.behind == START
    contact.brought([START + 3 * MINUTE, START])  # a note of then, and a tap that may be as old
    assert contact.behind == START
    contact.brought([START + 10 * MINUTE])
    assert contact.behind is None


@pytest.mark.parametrize(
    ("began", "minutes", "is_one"),
    [
        ("23:50", 20, True),
        ("23:59", 3, True),
        ("23:59", 2, False),
        ("23:00", 50, False),
        ("12:00", 20, False),
    ],
)
async def test_a_short_stretch_over_midnight_is_an_outage_too(
    books: Books, began: str, minutes: int, is_one: bool
) -> None:
    """It takes something only of periods that ended while it lasted."""
    since = datetime.fromisoformat(f"2026-11-23 {began}").replace(tzinfo=SHANGHAI)
    contact = Contact(books.office)
    await books.hears(contact, since)
    await books.hears(contact, since + minutes * MINUTE)
    assert len(await books.outages()) == is_one


async def test_a_clock_that_is_set_is_no_outage(books: Books) -> None:
    """Half a minute of silence is no more for the clock having been put right meanwhile."""
    contact, seconds = Contact(books.office), 0.0
    contact.passed = lambda: seconds
    await books.hears(contact, START)
    for step, at in ((3 * HOUR, START + 3 * HOUR), (-4 * HOUR, START - HOUR), (HOUR, START)):
        books.now += step
        assert not books.office.in_contact(), "not known until Telegram has been heard by the new time"
        seconds += 30
        await books.hears(contact, at)
        assert books.office.in_contact()
        assert await books.contact() == at
    assert await books.outages() == []


async def test_a_suspended_machine_had_no_contact(books: Books) -> None:
    contact, seconds = Contact(books.office), 0.0
    contact.passed = lambda: seconds
    await books.hears(contact, START)
    seconds = 2 * 3600.0
    await books.hears(contact, START + 5 * HOUR)  # and its clock was set by three hours besides
    assert await books.outages() == [(START + 3 * HOUR, START + 5 * HOUR)]


async def test_what_cannot_be_written_down_is_no_contact(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = Contact(books.office)
    await books.hears(contact, START)

    def away(*_: object) -> None:
        raise DatabaseUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(books.office, "work", away)
        for minutes in (30, 70):
            with pytest.raises(DatabaseUnavailable):
                await books.hears(contact, START + minutes * MINUTE)
            assert not books.office.in_contact()
        await contact.end()  # nothing to be done, and no fault
    await books.hears(contact, START + 80 * MINUTE)
    assert await books.outages() == [(START, START + 80 * MINUTE)]


async def test_a_fault_in_putting_off_leaves_it_to_the_clock(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Receiving goes on; until the clock has tried again, nothing may lapse."""

    async def broken(work: UnitOfWork, outage: Outage) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(jobs, "PROCEDURES", [Procedure("matter", put_off=[broken])])
    contact = Contact(books.office)
    await books.hears(contact, START)
    await books.hears(contact, START + 2 * HOUR)
    contact.caught_up()
    assert books.office.in_contact()
    async with books.office.work("test") as work:
        assert await is_being_reckoned(work)
        (outage,) = await outages_since(work, START)
        assert list(await work.session.scalars(select(timers.c.kind))) == [OVER]
    monkeypatch.setattr(jobs, "PROCEDURES", ())
    async with books.office.work("test") as work:
        await jobs.reckon(work, outage.id)
        assert not await is_being_reckoned(work)


async def test_the_office_hears_at_the_opening_what_was_put_off(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tell(work: UnitOfWork, outage: Outage) -> list[str]:
        assert (outage.began_at, outage.ended_at) == (START, START + 14 * HOUR)
        return ["某事：顺延至11月27日"]

    monkeypatch.setattr(jobs, "PROCEDURES", [Procedure("matter", tell_put_off=[tell])])
    contact = Contact(books.office)
    await books.hears(contact, START)
    await books.hears(contact, START + 14 * HOUR)  # half past eleven at night
    async with books.office.work("test") as work:
        (due,) = await work.session.scalars(select(timers.c.next_at).where(timers.c.kind == TOLD))
        assert due == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


async def test_a_turned_clock_takes_the_running_bot_along(district_url: str) -> None:
    """A stop is an outage by the turned clock, to the minute; a turn with the bot at work is none."""
    async with open_house(district_url, TurnableClock(START)) as house:
        await house.turn(START + 50 * HOUR)
        assert house.office.in_contact()
        await house.stop()
        house.clock.set(START + 53 * HOUR)
        await house.start()
        await house.turn(START + 60 * HOUR)
        async with house.office.work("test") as work:
            found = [(one.began_at - START, one.ended_at - START) for one in await outages_since(work, START)]
    assert found == [(50 * HOUR, 53 * HOUR)]


async def test_behind_a_webhook_telegram_is_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram = LocalTelegram(lambda: START)
    request = LocalRequest(telegram)
    wire = Wire(
        telegram.token, "https://local.invalid/bot", "https://local.invalid/file/bot", request, request
    )
    looked: list[bool] = []
    often = asyncio.Event()
    url, waiting = "https://bot.example.cn/", {"count": 1}

    async with open_desk(Office(database, Settings(), lambda: START), wire, UNLIMITED) as desk:

        async def info(_: object) -> Any:
            looked.append(desk.receiver.contact.holds())
            if len(looked) == 3:
                often.set()
            return SimpleNamespace(url=url, pending_update_count=waiting["count"])

        monkeypatch.setattr("telegram.ext.ExtBot.get_webhook_info", info)
        monkeypatch.setattr("bot.webhook.EVERY", timedelta(milliseconds=1))
        watching = asyncio.create_task(watch(desk.receiver, url))
        await asyncio.wait_for(often.wait(), 5)
        assert looked[:3] == [False] * 3, "something waits that Telegram could not bring"
        waiting["count"] = 0
        await asyncio.wait_for(desk.receiver.contact.made.wait(), 5)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        assert desk.office.in_contact()

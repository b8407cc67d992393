"""Two units answer one sheet in the same instant, in two processes on PostgreSQL: both stand, it ends once.

And the clock meets a midnight in one go, however many units it concerns.
"""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, event, func, select

from bot.clock import Clock
from bot.roster.files import SAMPLE, read_file
from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.consultation import Delivery
from rules.countersign.due import due_after
from rules.countersign.matter import Countersign, CountersignKind
from rules.periods import Periods
from rules.roster import Official, Role
from rules.roster_change import compare
from rules.settings import Settings
from storage import audit as chain
from storage.database import Database
from storage.office import Office
from storage.queries import roster as stored
from storage.queries.countersign.clock import look_at, reschedule
from storage.queries.countersign.sheets import seat
from storage.tables import audit, inbox, timers
from storage.tables.countersign import countersign_answers

ROOT = Path(__file__).parents[2]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 9 in the morning at Shanghai
ROUNDS = 5

# What a second process does with what it is given: an office of its own, the real receiver, one tap.
TAP = """
import asyncio, json, sys
from datetime import datetime, timedelta
from bot.application import Wire, open_desk
from bot.pace import UNLIMITED
from bot.sandbox.request import LocalRequest
from bot.sandbox.telegram import LocalTelegram
from rules.settings import Settings
from storage.database import Database
from storage.office import Office

async def main():
    database = Database(sys.argv[1])
    now = datetime.fromisoformat(sys.argv[2])
    telegram = LocalTelegram(lambda: now)
    line = LocalRequest(telegram)
    wire = Wire(telegram.token, "https://local.invalid/bot", "https://local.invalid/file/bot", line, line)
    async with open_desk(Office(database, Settings(), lambda: now), wire, UNLIMITED) as desk:
        print("ready", flush=True)
        for line in sys.stdin:
            await desk.receiver.take([json.loads(line)])
            await desk.receiver.idle()
            print("done", flush=True)
    await database.close()

asyncio.run(main())
"""


class Process:
    """An office in a process of its own."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", TAP, url, START.isoformat()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def says(self, word: str) -> None:
        """Wait until it says so."""
        assert self._process.stdout
        line = await asyncio.wait_for(asyncio.to_thread(self._process.stdout.readline), 60)
        assert line.strip() == word

    def give(self, update: dict[str, object]) -> None:
        """An update for it to take in."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(update) + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """Close it."""
        self._process.kill()
        self._process.communicate()


async def _office(url: str) -> tuple[Office, list[Official]]:
    """The sample district, everybody bound; and the unit heads."""
    database = Database(url)
    await database.migrate()
    office = Office(database, Settings(), lambda: START)
    async with office.work("roster") as work:
        await stored.apply(work, compare(await work.roster(), read_file(SAMPLE)))
        roster = await work.roster()
        for official in roster.officials:
            official.telegram_id = 7000 + official.id
    return office, roster.with_role(Role.UNIT_HEAD)


async def _sheet(office: Office, heads: list[Official], cause: str) -> Countersign:
    """The first head's draft, released to the units of the others."""
    async with office.work(cause) as work:
        own, *others = [await work.lock(Official, head.id) for head in heads]
        paper = CountersignPaper("file", "办法.docx")
        sheet = Countersign(own.unit, own, CountersignKind.DRAFT, cause, START, papers=[paper])
        sheet.consult({head.unit: head for head in others})
        work.add(sheet)
        await work.flush()
        sheet.release(own, await seat(work, own.unit), START)
        return sheet


def _tap(update_id: int, head: Official, sheet: Countersign) -> dict[str, object]:
    """The head presses 无不同意见 on the unit's card."""
    one = next(each for each in sheet.consultations if each.unit.id == head.unit.id)
    person = {"id": head.telegram_id, "is_bot": False, "first_name": head.name}
    chat = {"id": head.telegram_id, "type": "private"}
    message = {"message_id": 5, "date": 1, "chat": chat, "text": "会签"}
    data = f"countersign:{sheet.id}:no_objection:{one.id}"
    query = {"id": str(update_id), "from": person, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": update_id, "callback_query": query}


async def test_two_units_in_two_processes_answer_at_once(postgres_url: str) -> None:
    office, heads = await _office(postgres_url)
    processes = [Process(postgres_url), Process(postgres_url)]
    try:
        for process in processes:
            await process.says("ready")
        for number in range(ROUNDS):
            sheet = await _sheet(office, heads[:3], f"第{number}件")
            for place, process in enumerate(processes):
                process.give(_tap(100 * number + place + 1, heads[place + 1], sheet))
            await asyncio.gather(*(process.says("done") for process in processes))
            async with office.work("look") as work:
                found = await work.lock(Countersign, sheet.id)
                assert [one.opinion for one in found.current] == [Opinion.NO_OBJECTION] * 2
                assert not found.waiting
    finally:
        for process in processes:
            process.end()
    async with office.database.session() as session:
        answers = await session.scalar(select(func.count()).select_from(countersign_answers))
        assert answers == 2 * ROUNDS
        assert await session.scalar(select(func.count()).where(inbox.c.failed)) == 0
        written = await session.scalar(
            select(func.count()).where(audit.c.action == "countersign.no_objection")
        )
        assert written == 2 * ROUNDS
        assert (await chain.verify(session)).fault == ""
    await office.database.close()


# ---------------------------------------------------------------- very many units


async def test_a_midnight_is_met_at_once_however_many_it_concerns(database_url: str) -> None:
    """Two units or thirty: who is who, the books and the cards take as many statements."""
    office, heads = await _office(database_url)
    counted: list[int] = []
    for number, units in enumerate((3, 31), 1):
        sheet = await _sheet(office, heads[:units], f"第{number}件")
        counted.append(await _midnight(office, sheet))
    async with office.work("look") as work:
        found = await work.lock(Countersign, sheet.id)
        assert {one.opinion for one in found.current} == {Opinion.DEEMED}
    assert counted[1] <= counted[0] + 30, "one for each answer entered, and none besides"
    await office.database.close()


async def _midnight(office: Office, sheet: Countersign) -> int:
    """Deliver it to everybody on Monday, and count the statements with which the clock meets its end."""
    async with office.work("deliver") as work:
        found = await work.lock(Countersign, sheet.id)
        calendar, periods = await work.calendar(), Periods()
        for one in found.consultations:
            assert found.start(
                one, Delivery(START, one.head, 7), due_after(START, found.limit, calendar, periods)
            )
        await reschedule(work, found)
    count = 0

    def counting(*_: object) -> None:
        nonlocal count
        count += 1

    engine = office.database.engine.sync_engine
    async with office.work("skip") as work:
        found = await work.lock(Countersign, sheet.id)
        for one in found.consultations:  # the nudges are another matter
            one.clock_at = one.closes_at
        await work.session.execute(delete(timers))
        await look_at(work, {one.closes_at for one in found.consultations if one.closes_at})
        end = found.consultations[0].closes_at
    assert end
    late = Office(office.database, office.settings, lambda: end)
    event.listen(engine, "before_cursor_execute", counting)
    await Clock(late).sweep()
    event.remove(engine, "before_cursor_execute", counting)
    return count

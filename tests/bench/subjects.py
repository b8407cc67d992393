"""The two bots: how each is started, and what it needs to have beforehand."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from bot.clock import real_now
from bot.roster.files import SAMPLE, read_file
from notices.notice import Notice, Urgency
from rules.roster import Official, Role, Unit, UnitKind
from rules.roster_change import compare
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.queries import roster
from tests.bench.ground import FIRST_CHAT

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Subject:
    """A bot to be measured: its command line, the environment it wants, and the text it answers."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    question: str


def echo(base_url: str, token: str, *task: str) -> Subject:
    """The bare echo bot, or another task of its module."""
    command = (sys.executable, "-m", "tests.bench.echo", base_url, token, *task)
    return Subject("裸 PTB echo", command, {"PYTHONPATH": str(REPOSITORY)}, "绑定")


def banjie(base_url: str, token: str, folder: Path, *, paced: bool) -> Subject:
    """`banjie run` on the SQLite file in the folder; `paced` by Telegram's limits or not at all."""
    pace = "" if paced else "messages_per_second = 0"
    config = folder / "config.toml"
    config.write_text(
        f'[telegram]\nbase_url = "{base_url}"\n{pace}\n[database]\nurl = "{database_url(folder)}"\n',
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    environment = {"PYTHONPATH": str(REPOSITORY), "BANJIE_TELEGRAM_TOKEN": token}
    return Subject("办结", command, environment, "绑定")


def database_url(folder: Path) -> str:
    """The SQLite file in the folder."""
    return f"sqlite+aiosqlite:///{folder / 'banjie.db'}"


async def sample_district(url: str) -> int:
    """A database with the sample roster, everybody bound; gives the number of people."""
    database = Database(url)
    await database.migrate()
    office = Office(database, Settings(), real_now)
    async with office.work("bench:roster") as work:
        await roster.apply(work, compare(await work.roster(), read_file(SAMPLE)))
        everybody = (await work.roster()).officials
        for number, official in enumerate(everybody):
            official.telegram_id = FIRST_CHAT + number
    await database.close()
    return len(everybody)


async def waiting_notices(folder: Path, count: int, others: int) -> None:
    """A database with `count` people, all bound, a notice waiting for each, and some `others` without."""
    database = Database(database_url(folder))
    await database.migrate()
    office = Office(database, Settings(), real_now)
    async with office.work("bench:notices") as work:
        unit = Unit("某局", "某区某局", UnitKind.DEPARTMENT)
        work.add(unit)
        people = [
            Official(f"第{n + 1}人", unit, "科员", Role.DEPUTY_HEAD, telegram_id=FIRST_CHAT + n)
            for n in range(count + others)
        ]
        for official in people:
            work.add(official)
        await work.flush()
        text = Markup("全体会议定于12月3日9:00在一楼会议室召开，请提前10分钟入场。")
        await work.send(*(Notice(official, text, urgency=Urgency.BROADCAST) for official in people[:count]))
    await database.close()

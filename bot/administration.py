"""What the administrator does from the command line: roster, codes, calendar, migrations."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import track
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError

from bot.calendar_desk import lines, take_over
from bot.clock import real_now
from bot.config import Config
from bot.progress import shown
from bot.roster import codes as roster_codes
from bot.roster import desk as roster_desk
from bot.roster.difference import doubts_summary, question, show_rejection
from bot.text_files import decoded
from jobs.timetable import AFTER_ROSTER, DISPLACED, RECOUNTS
from rules.refused import Refused
from rules.roster_change import RosterChange
from rules.roster_import import RosterRejected
from rules.roster_match import Answers
from storage.database import Database
from storage.office import Office
from storage.revision import Schema, schema_of


@asynccontextmanager
async def open_database(config: Config) -> AsyncIterator[Database]:
    """The configured database, closed at the end; one that cannot be reached is refused in one line."""
    database = Database(config.database.url.get_secret_value())
    try:
        yield database
    except (SQLAlchemyError, OSError) as error:
        raise Refused(
            f"数据库用不了：{reason(error)}。请核对 [database] url，并运行 banjie check。"
        ) from error
    finally:
        await database.close()


def reason(error: Exception) -> str:
    """The driver's own words in one line; SQLAlchemy's wrapping, statement and all, is left out."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0].rstrip(".。")


@asynccontextmanager
async def open_office(config: Config) -> AsyncIterator[Office]:
    """The office on a database whose tables are those of this program; an empty one is set up first."""
    async with open_database(config) as database:
        await make_ready(database)
        yield Office(database, config.settings, real_now)


async def make_ready(database: Database) -> None:
    """Set up an empty database; one that is older or newer than the program is refused."""
    match await schema_of(database):
        case Schema.EMPTY:
            await database.migrate()
        case Schema.BEHIND:
            raise Refused("数据库表结构较旧，请先 banjie backup 备份，再 banjie migrate 升级。")
        case Schema.NEWER:
            raise Refused("数据库是由更新版本的程序建立的，请升级程序后再用。")
        case Schema.CURRENT:
            pass


async def migrate(config: Config) -> None:
    """Bring the tables to this program's revision, whatever they are now; never back."""
    async with open_database(config) as database:
        if await schema_of(database) is Schema.NEWER:
            raise Refused("数据库是由更新版本的程序建立的，不能退回。")
        with shown("升级"):
            await database.migrate()


async def import_roster(config: Config, file: Path, *, dry_run: bool, answers: Answers) -> None:
    """Show what the file changes and take it over, unless it is a dry run.

    Whether a row is somebody corrected or somebody new is asked where a person sits at the terminal;
    elsewhere it is refused, and nothing is changed.
    """
    console = Console(highlight=False)
    async with open_office(config) as office:
        take = partial(
            roster_desk.import_roster,
            office,
            file,
            console,
            dry_run=dry_run,
            reroutes=DISPLACED,
            afterwards=AFTER_ROSTER,
        )
        try:
            change = await take(answers=answers)
            while change.doubts and not dry_run and sys.stdin.isatty():
                answers = _answered(change, answers)
                change = await take(answers=answers)
        except RosterRejected as rejected:
            show_rejection(rejected.bad_rows, Console(stderr=True, highlight=False))
            raise SystemExit(1) from None
    if change.doubts and not dry_run:
        raise Refused(doubts_summary(change))
    if dry_run:
        console.print("仅比较，未作改动。去掉 --dry-run 即行导入。")
    elif change:
        console.print("花名册已导入。发绑定码：banjie roster codes")


def _answered(change: RosterChange, before: Answers) -> Answers:
    """The first doubt answered at the terminal; what it leaves of the others is asked next."""
    doubt = change.doubts[0]
    for place, name in enumerate(doubt.names):
        if typer.confirm(question(doubt, place)):
            return Answers((*before.same, (doubt.name, name)), before.new)
    return Answers(before.same, (*before.new, doubt.name))


async def print_codes(config: Config, style: str, *, unit: str, person: str) -> None:
    """Issue codes and print them: for the terminal, as csv, or as a page with QR codes."""
    bot_name = await _bot_name(config) if style == "html" else ""
    async with open_office(config) as office:
        codes = await roster_desk.hand_out(office, unit=unit, person=person, progress=_walk)
    if not codes:
        raise Refused("没有需要发码的人：花名册为空，或全部已经绑定。")
    match style:
        case "csv":
            sys.stdout.buffer.write(roster_codes.as_csv(codes))
        case "html":
            page = roster_codes.as_html(codes, office_name=config.office.name, bot_name=bot_name)
            sys.stdout.buffer.write(page.encode())
        case _:
            roster_codes.as_table(codes, Console())


def _walk(ids: Sequence[int]) -> Iterable[int]:
    console = Console(stderr=True)
    return track(ids, "生成绑定码", console=console, transient=True, disable=not console.is_terminal)


async def _bot_name(config: Config) -> str:
    """The bot's user name for t.me links; empty without a token, and then no QR code is printed."""
    token = config.telegram.token.get_secret_value()
    if not token:
        return ""
    try:
        async with Bot(token, base_url=config.telegram.base_url) as bot:
            return bot.username
    except TelegramError as error:
        raise Refused(
            f"问不到机器人的用户名（{error.message}），二维码无法生成。请运行 banjie check。"
        ) from error


async def import_calendar(config: Config, file: Path) -> None:
    """Take over an arrangement of holidays, or a later word on one, and print what it changes."""
    text = decoded(await asyncio.to_thread(file.read_bytes))
    if text is None:
        raise Refused(f"{file.name} 的文字编码无法识别，请另存为 UTF-8。")
    async with open_office(config) as office:
        taken = await take_over(office, text, RECOUNTS)
    console = Console(highlight=False)
    for line in lines(taken):
        console.print(line, soft_wrap=True)

"""`banjie check`: what stands in the way of good work, each thing a line, with what to do about it."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.administration import reason
from bot.clock import real_now
from bot.config import BadConfig, Config, load
from bot.fallback import understood
from jobs.calendar import FIRST_MONTH
from matters.ledgers import LEDGERS
from matters.procedures import PROCEDURES
from notices.pictures import fonts
from rules.administrators import administrators, not_on_roster
from rules.reach_terms import PHONE
from rules.roster import LEADERS, Roster, UnitKind
from rules.working_days import Calendar, shanghai_day
from storage.database import Database
from storage.office import Office
from storage.revision import Schema, schema_of


class Mark(StrEnum):
    """Good; worth knowing, but in nobody's way; or to be mended."""

    GOOD = "✓"
    NOTE = "！"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the checkup: what was looked at, how it is, and what to do."""

    mark: Mark
    what: str
    said: str

    def __str__(self) -> str:
        return f"{self.mark} {self.what}：{self.said}"


_STYLES = {Mark.GOOD: "green", Mark.NOTE: "yellow", Mark.BAD: "bold red"}


async def checkup(path: Path | None) -> bool:
    """Look at everything and print a line for each; whether nothing has to be mended."""
    console = Console(highlight=False, markup=False)
    good = True
    async for finding in findings(path):
        console.print(str(finding), style=_STYLES[finding.mark], soft_wrap=True)
        good = good and finding.mark is not Mark.BAD
    return good


async def findings(path: Path | None) -> AsyncIterator[Finding]:
    """Configuration, token, template, database, tables, roster, calendar and font, in this order."""
    try:
        config = load(path)
    except BadConfig as wrong:
        for line in str(wrong).splitlines():
            yield Finding(Mark.BAD, "配置", line)
        try:
            config = load(path, token=False)
        except BadConfig:
            return
    else:
        yield Finding(Mark.GOOD, "配置", "可用")
        yield await _account(config)
        for finding in await asyncio.to_thread(lambda: list(_channels(config))):
            yield finding
    for finding in await asyncio.to_thread(lambda: [*_templates(config), *_retention(config)]):
        yield finding
    database = Database(config.database.url.get_secret_value())
    try:
        async for finding in _stored(config, database):
            yield finding
    finally:
        await database.close()


async def _account(config: Config) -> Finding:
    telegram = config.telegram
    try:
        async with (
            asyncio.timeout(15),
            Bot(telegram.token.get_secret_value(), base_url=telegram.base_url) as bot,
        ):
            return Finding(Mark.GOOD, "令牌", f"@{bot.username}（{bot.first_name}）")
    except InvalidToken:
        said = "Telegram 不认识这个令牌。请向 @BotFather 发 /mybots 核对，或 /token 重新生成。"
    except (TelegramError, TimeoutError) as error:
        why = str(error) or "超时"
        said = f"连不上 {telegram.base_url}（{why}）。请检查网络、代理和 [telegram] base_url。"
    return Finding(Mark.BAD, "令牌", said)


def _templates(config: Config) -> Iterator[Finding]:
    """The office's own templates: whether they can be filled, every mistake a line."""
    for form in (form for each in PROCEDURES for form in each.word_forms):
        file = form.template(config.settings)
        if file == form.shipped:
            continue
        found = form.faults(file)
        for fault in found:
            yield Finding(Mark.BAD, f"{form.title}模板", fault)
        if not found:
            yield Finding(Mark.GOOD, f"{form.title}模板", file.name)


def _retention(config: Config) -> Iterator[Finding]:
    """Ledgers named under [retention] that there are not."""
    known = "、".join(LEDGERS)
    for name in config.settings.retention.ledgers.keys() - LEDGERS.keys():
        yield Finding(Mark.BAD, "保留期限", f"[retention] ledgers 的 {name} 不是台账，可写：{known}。")


def _channels(config: Config) -> Iterator[Finding]:
    """Whether apprise makes something of each address; nothing is sent."""
    for name, address in config.fallback.channels.items():
        if understood(address.get_secret_value().replace(PHONE, "13800000000")) is None:
            said = "apprise 不认识这个地址，请对照 https://appriseit.com/services/ 核对。"
            yield Finding(Mark.BAD, f"其他渠道“{name}”", said)
        else:
            yield Finding(Mark.GOOD, f"其他渠道“{name}”", "地址可用（没有试发）")


async def _stored(config: Config, database: Database) -> AsyncIterator[Finding]:
    try:
        state = await schema_of(database)
    except (SQLAlchemyError, OSError) as error:
        said = f"打不开（{reason(error)}）。请核对 [database] url，数据库是否在运行、文件夹是否可写。"
        yield Finding(Mark.BAD, "数据库", said)
        return
    yield Finding(Mark.GOOD, "数据库", "SQLite" if database.is_sqlite else "PostgreSQL")
    tables = {
        Schema.EMPTY: Finding(Mark.BAD, "表结构", "还没有建立。请运行 banjie migrate。"),
        Schema.BEHIND: Finding(Mark.BAD, "表结构", "较旧。请先 banjie backup 备份，再 banjie migrate。"),
        Schema.NEWER: Finding(Mark.BAD, "表结构", "比程序新。请升级程序。"),
        Schema.CURRENT: Finding(Mark.GOOD, "表结构", "最新"),
    }
    yield tables[state]
    if state is not Schema.CURRENT:
        return
    async with Office(database, config.settings, real_now).work("check") as work:
        roster, calendar, now = await work.roster(), await work.calendar(), work.now
    today = shanghai_day(now)
    kept = _administrators(roster, config.settings.administrators)
    for finding in (*_roster(roster), *kept, _calendar(calendar, today.year, today.month)):
        yield finding
    yield _font(await asyncio.to_thread(fonts.chinese_font))


def _font(file: Path | None) -> Finding:
    """Pictures need one; without it the board is text only, which is in nobody's way."""
    if file is None:
        said = f"没有中文字体，“在岗”只有文字、不能出图。安装后重启：{fonts.INSTALL}。"
        return Finding(Mark.NOTE, "字体", said)
    return Finding(Mark.GOOD, "字体", file.name)


def _roster(roster: Roster) -> Iterator[Finding]:
    if not roster.officials:
        yield Finding(Mark.BAD, "花名册", "还是空的。请运行 banjie roster import 花名册.xlsx。")
        return
    yield Finding(Mark.GOOD, "花名册", f"{len(roster.units)}个单位，{len(roster.officials)}人")
    if roster.mayor is None:
        yield Finding(Mark.BAD, "花名册", "没有区长，请假报告无人审批。请补上后重新导入。")
    led = [unit for unit in roster.units if unit.kind in (UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.ZONE)]
    if orphans := [unit.name for unit in led if roster.in_charge_of(unit) is None]:
        yield Finding(Mark.BAD, "花名册", f"没有分管副区长：{'、'.join(orphans)}。请补上后重新导入。")
    if headless := [unit.name for unit in led if roster.head_of(unit) is None]:
        yield Finding(Mark.NOTE, "花名册", f"没有主要负责人：{'、'.join(headless)}。")
    unbound = [official for official in roster.officials if official.telegram_id is None]
    desk = [unit for unit in roster.units if unit.kind is UnitKind.OFFICE]
    leaders = [official.titled for official in unbound if official.role in LEADERS]
    if all(official in unbound for official in roster.desk):
        unit = f" --unit {desk[0].name}" if desk else ""
        said = f"办公室还没有人绑定，送不到的消息无人接手。请运行 banjie roster codes{unit}。"
        yield Finding(Mark.BAD, "绑定", said)
    if unbound:
        named = f"，其中{'、'.join(leaders)}" if leaders else ""
        yield Finding(Mark.NOTE, "绑定", f"还有{len(unbound)}人没有绑定{named}。发码：banjie roster codes")
    else:
        yield Finding(Mark.GOOD, "绑定", "全部绑定")


def _administrators(roster: Roster, names: Sequence[str]) -> Iterator[Finding]:
    """Whether whoever is to be asked for next year's days off is there, and can be written to."""
    where = "管理员"
    for name in not_on_roster(roster, names):
        how = "请写花名册里的姓名，重名的写“姓名(单位)”。"
        said = f"[office] administrators 写的“{name}”不在花名册。{how}"
        yield Finding(Mark.BAD, where, said)
    found = administrators(roster, names)
    if found and all(each.telegram_id is None for each in found):
        named = "、".join(each.titled for each in found)
        said = f"{named}还没有绑定，录入放假安排的提醒先送办公室全体。发码：banjie roster codes"
        yield Finding(Mark.NOTE, where, said)
    elif found:
        yield Finding(Mark.GOOD, where, "、".join(each.titled for each in found))


def _calendar(calendar: Calendar, year: int, month: int) -> Finding:
    if not calendar.knows(year):
        how = "请把通知粘贴给机器人，或运行 banjie calendar import 通知.txt。"
        said = f"没有{year}年的放假安排，期限都是暂定。{how}"
        return Finding(Mark.BAD, "日历", said)
    if month >= FIRST_MONTH and not calendar.knows(year + 1):
        said = f"还没有{year + 1}年的放假安排，跨年期限是暂定。公布后把通知粘贴给机器人即可。"
        return Finding(Mark.NOTE, "日历", said)
    return Finding(Mark.GOOD, "日历", f"{year}年的放假安排已录入")

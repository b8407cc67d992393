"""`banjie demo`: the whole bot on SQLite with a page of phones, and nothing to set up.

Every start is a fresh district: the local chat's history lives in memory, so an old database would speak
of messages nobody has.
"""

import logging
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from starlette.applications import Starlette

from bot.clock import TurnableClock, real_now
from bot.pace import UNLIMITED
from bot.sandbox.bot_api import bot_api
from bot.sandbox.house import House, account, group_chat, group_title, open_house
from bot.sandbox.stage import Cast, Day, Group, Persona, Progress, Trial
from bot.sandbox.web import local_chat, server
from rules.refused import Refused
from rules.roster import Official, Role, Roster, UnitKind
from rules.working_days import SHANGHAI, shanghai_day, weekday

log = logging.getLogger(__name__)

_DRAFT = "校园冬季安全工作方案"
_DRAFT_TEXT = f"{_DRAFT}（征求意见稿）\n\n一、工作目标\n二、主要任务\n三、职责分工\n四、保障措施\n"

_NEWCOMER = ("云腾街道", Role.LIAISON)
"""Whose phone is not bound yet: there a visitor sees how that is done."""
TICK_SECONDS = 1.0
"""The demo's clock can be turned at any time, so it looks more often than a real office's."""


@dataclass(frozen=True)
class District:
    """The sample district as the page needs it: who can be played, and its clock."""

    house: House

    async def cast(self) -> Cast:
        """Everybody in office; the first phones are a unit head, their vice mayor, the mayor and the desk."""
        roster = await self.house.roster()
        people = [_persona(official) for official in roster.officials]
        groups = [Group(group_chat(unit), group_title(unit), unit.name) for unit in roster.units]
        phones = _first_phones(roster)
        trials = _trials(roster, phones[0], shanghai_day(self.now())) if phones else []
        return Cast(people, groups, [account(official) for official in phones], trials)

    def now(self) -> datetime:
        """The present in the district."""
        return self.house.clock.now()

    async def day(self, day: date) -> Day:
        """What kind of day that is."""
        async with self.house.office.work("page") as work:
            calendar = await work.calendar()
        working, name = calendar.is_working(day), calendar.name_of(day)
        return Day(working, "工作日" if working and name == weekday(day) else name)

    async def next_opening(self) -> datetime:
        """The opening of the next working day."""
        async with self.house.office.work("page") as work:
            calendar = await work.calendar()
        tomorrow = calendar.next_working(shanghai_day(self.now()))
        return self.house.office.settings.hours.opening(tomorrow)

    async def turn(self, to: datetime, on_progress: Progress) -> None:
        """Walk through every due moment up to `to`."""
        await self.house.turn(to, on_progress)


def _persona(official: Official) -> Persona:
    return Persona(
        telegram_id=account(official),
        name=official.name,
        post=official.post_in_full,
        unit=official.unit.name,
        role=official.role.value,
        section=official.unit.kind.value,
    )


def _first_phones(roster: Roster) -> list[Official]:
    """A department head, the vice mayor in charge, the mayor and the office desk."""
    for unit in roster.units:
        head, charge = roster.head_of(unit), roster.in_charge_of(unit)
        if unit.kind is UnitKind.DEPARTMENT and head and charge and charge.role is Role.VICE_MAYOR:
            clerk = roster.with_role(Role.OFFICE_STAFF)[:1]
            return [head, charge, *([roster.mayor] if roster.mayor else []), *clerk]
    return roster.officials[:4]


def _trials(roster: Roster, head: Official, today: date) -> list[Trial]:
    """Three things that show what the bot is for: two taps for a leave, a round of comments, its clock."""
    first, last = (today + timedelta(days=days) for days in (7, 9))
    deputies = [each.name for each in roster.of(head.unit) if each.role is Role.DEPUTY_HEAD]
    others = [unit.name for unit in roster.units if unit.kind is UnitKind.DEPARTMENT and unit != head.unit]
    note = {
        "类别": "出差",
        "时间": f"{first.month}月{first.day}日至{last.month}月{last.day}日",
        "地点": "济南",
        "事由": "参加全省工作会议",
        "主持": "".join(deputies[:1]),
    }
    leave = "\n".join(["请假", *(f"{label}：{value}" for label, value in note.items() if value)])
    draft = f"会签\n标题：{_DRAFT}\n类型：文稿\n单位：{'、'.join(others[:2])}"
    return [
        Trial(
            "报一次假",
            f"{head.name}写好一段话，核对后点「提交」；两位领导各点一下「同意」就批了。",
            account(head),
            leave,
        ),
        Trial(
            "送一件会签",
            "一个文件带一段说明，三个工作日不答复的，到期自有结论。",
            account(head),
            draft,
            f"{_DRAFT}.txt",
            _DRAFT_TEXT,
        ),
        Trial(
            "拨一拨时钟",
            f"到期的事机器人自己记得：拨到下一工作日8:30，看谁收到什么。{_to_bind(roster)}",
            account(head),
        ),
    ]


def _to_bind(roster: Roster) -> str:
    """Whose phone shows how an account is bound."""
    new = [one for one in roster.officials if one.telegram_id is None]
    return f"怎么绑定，看{new[0].unit.name}{new[0].name}的手机：点「开始」。" if new else ""


def _is_bound(official: Official) -> bool:
    return (official.unit.name, official.role) != _NEWCOMER


@asynccontextmanager
async def open_demo(clock: TurnableClock, say: Callable[[str], None] = log.debug) -> AsyncIterator[Starlette]:
    """A fresh district with its bot at work, and the page to serve; `say` is told what is done, and where."""
    with tempfile.TemporaryDirectory(prefix="banjie-demo-", ignore_cleanup_errors=True) as folder:
        say(f"正在建样本区（花名册、工作群、数据库），放在 {folder}，退出时删除")
        url = f"sqlite+aiosqlite:///{Path(folder) / 'banjie.db'}"
        async with open_house(url, clock, pace=UNLIMITED, bound=_is_bound) as house:
            say("正在开始计时、准备网页")
            scheduler = house.desk.clock.schedule(TICK_SECONDS)
            scheduler.start()
            try:
                district = District(house)
                yield local_chat(house.telegram, district, district, bot_api=bot_api(house.telegram))
            finally:
                scheduler.shutdown(wait=False)


async def demo(port: int) -> None:
    """Serve the page on 127.0.0.1 until Ctrl+C, and say on the way what takes its time.

    Raises `Refused` where the port is not free, before anything is set up.
    """
    console = Console(highlight=False)
    with closing(_reserved(port)) as reserved, console.status("正在启动") as status:

        def say(what: str) -> None:
            status.update(f"{what}…")
            if not console.is_terminal:
                console.print(f"{what}…", soft_wrap=True)

        async with open_demo(TurnableClock(_opening_hour(real_now()), running=True), say) as app:
            status.stop()
            reserved.listen()  # who opens it at once waits, and is not refused
            console.print(
                f"本地聊天已开，请用浏览器打开 [link]http://127.0.0.1:{port}[/link] （按 Ctrl+C 结束）",
                soft_wrap=True,
            )
            console.print(
                "一切都在本机：不联网，不需要 Telegram 账号；每次启动都是一个新的样本区，退出后不留数据。",
                soft_wrap=True,
            )
            await server(app, port).serve([reserved])


def _reserved(port: int) -> socket.socket:
    """The port on 127.0.0.1, taken for us."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs have the same port
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError as wrong:
        taken.close()
        other = f"make demo PORT={port + 1}"
        raise Refused(
            f"端口 {port} 用不了（可能已经开着一个试用页面）。请先关掉它，或换一个端口：{other}"
        ) from wrong
    return taken


def _opening_hour(now: datetime) -> datetime:
    """The real time by day, else nine in the morning: a demo that opens at night looks dead."""
    local = now.astimezone(SHANGHAI)
    if local.hour in range(8, 18):
        return now
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return morning if local.hour < 8 else morning + timedelta(days=1)

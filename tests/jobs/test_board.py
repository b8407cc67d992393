"""The office's morning card: to whom, on which days, once; on both kinds of database."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from jobs.board import morning
from jobs.timetable import DAILY
from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.filing import CommitteeFiling
from rules.roster import Official
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import outbox
from tests.leave_cast import THURSDAY, Cast, beijing

TUESDAY = "2026-12-01 08:30"


class Stage:
    """An office whose clock stands where the test puts it, and the cast as it is stored."""

    def __init__(self, database: Database) -> None:
        self.now: datetime = THURSDAY
        self.cast = Cast()
        self.office = Office(database, Settings(), lambda: self.now)

    async def enter(self) -> None:
        """Store the cast."""
        async with self.office.work("cast") as work:
            portfolio, self.cast.finance.portfolio_id = self.cast.finance.portfolio_id, None
            backup, self.cast.vice.backup_id = self.cast.vice.backup_id, None
            work.session.add_all([*self.cast.units, *self.cast.officials])
            await work.flush()
            self.cast.finance.portfolio_id, self.cast.vice.backup_id = portfolio, backup

    async def report(
        self,
        who: Callable[[Cast], Official],
        acting: Callable[[Cast], Official] | None = None,
        *,
        id: int,
        approved: bool = True,
        filing: str = "",
    ) -> None:
        """A leave from 1 to 3 December, submitted on 26 November and approved at once, unless it is not."""
        async with self.office.work(f"report{id}") as work:
            roster = await work.roster()
            people = {official.id: official for official in roster.officials}
            applicant, stand_in = who(self.cast), acting(self.cast) if acting else None
            leave = Cast().report(
                people[applicant.id],
                people[stand_in.id] if stand_in else None,
                start=(date(2026, 12, 1), Half.AM),
                end=(date(2026, 12, 3), Half.AM),
                roster=roster,
            )
            leave.id = id
            while approved and leave.waiting:
                waiting = leave.waiting
                leave.decide(waiting.approver, waiting.position, Decision.AGREE, self.now)
            if filing:
                leave.filings.append(CommitteeFiling(filing, self.now))
            work.add(leave)

    async def morning(self, at: str, cause: str = "") -> dict[str, str]:
        """Fires the duty; what was sent, by the name of who gets it."""
        self.now = beijing(at)
        async with self.office.work(cause or at) as work:
            before = set(await work.session.scalars(select(outbox.c.id)))
            await morning(work, 0)
            rows = (await work.session.execute(select(outbox).order_by(outbox.c.id))).all()
            names = {official.id: official.name for official in (await work.roster()).officials}
        return {names[row.official_id]: row.payload["text"] for row in rows if row.id not in before}


@pytest.fixture
async def stage(database: Database) -> Stage:
    there = Stage(database)
    await there.enter()
    return there


async def test_what_the_desk_reads_in_the_morning(stage: Stage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    await stage.report(
        lambda c: c.vice, lambda c: c.executive, id=2, filing="12月1日（周二）至3日（周四）上午"
    )
    await stage.report(lambda c: c.archivist, id=3, approved=False)
    assert await stage.morning(TUESDAY) == dict.fromkeys(
        ("吴盈昃", "郑辰宿", "王列张"),
        "<b>今日在岗 · 12月1日（周二）</b>\n"
        "<b>外出2人，今天开始2人</b>\n"
        "副区长 孙宇宙，今天起至12月3日上午，钱玄黄补位\n"
        "财政局局长 冯寒来，今天起至12月3日上午，陈暑往代为主持\n"
        "<b>审批满一个工作日未办1件</b>\n"
        "档案馆馆长 卫冬藏12月1日至3日上午请假，待常务副区长 钱玄黄审批（11月26日 09:00送审）\n"
        "<b>待区委报备1件</b>\n"
        "副区长 孙宇宙：12月1日（周二）至3日（周四）上午",
    )


async def test_who_has_not_reported_back_stands_there_with_his_number(stage: Stage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    ending = await stage.morning("2026-12-03 08:30")
    assert ending["王列张"] == (
        "<b>今日在岗 · 12月3日（周四）</b>\n"
        "<b>外出1人，今天结束1人</b>\n"
        "财政局局长 冯寒来，至今天上午，陈暑往代为主持"
    )
    late = await stage.morning("2026-12-04 08:30")
    assert late["王列张"] == (
        "<b>今日在岗 · 12月4日（周五）</b>\n"
        "<b>到期未销假1人</b>\n"
        "财政局局长 冯寒来，12月1日至3日上午，电话13800000007"
    )


async def test_who_is_away_is_left_in_peace(stage: Stage) -> None:
    await stage.report(lambda c: c.deputy_director, id=1)
    assert set(await stage.morning(TUESDAY)) == {"吴盈昃", "王列张"}


@pytest.mark.parametrize("day", ["2026-11-28 08:30", "2026-11-29 08:30"])
async def test_nobody_is_told_on_a_rest_day(stage: Stage, day: str) -> None:
    await stage.report(lambda c: c.archivist, id=3, approved=False)
    assert await stage.morning(day) == {}


async def test_nothing_to_say_nothing_said(stage: Stage) -> None:
    assert await stage.morning(TUESDAY) == {}


async def test_a_day_is_told_once(stage: Stage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    assert len(await stage.morning(TUESDAY)) == 3
    assert await stage.morning("2026-12-01 15:00", cause="again") == {}
    assert len(await stage.morning("2026-12-02 08:30")) == 3


async def test_a_long_section_is_counted_out(stage: Stage) -> None:
    for id in range(1, 16):
        await stage.report(lambda c: c.archivist, id=id, approved=False)
    lines = (await stage.morning(TUESDAY))["王列张"].split("\n")
    assert lines[1] == "<b>审批满一个工作日未办15件</b>"
    assert len(lines) == 2 + 12 + 1
    assert lines[-1] == "……另有3项"


def test_it_is_due_at_half_past_eight() -> None:
    due = DAILY["board.morning"].next_after(beijing("2026-12-01 09:00"))
    assert due == beijing("2026-12-02 08:30")

"""The office's morning card: to whom, on which days, once; on both kinds of database."""

import pytest

from jobs.board import morning
from jobs.timetable import DAILY
from notices.today import MOST
from storage.database import Database
from tests.cast import Cast, beijing
from tests.jobs.away_stage import AwayStage

TUESDAY = "2026-12-01 08:30"


class BoardStage(AwayStage):
    """Where the clock comes to the morning card."""

    async def morning(self, at: str, cause: str = "") -> dict[str, str]:
        """Fires the duty; what was sent, by the name of who gets it."""
        self.now = beijing(at)
        async with self.office.work(cause or at) as work:
            await morning(work, 0)
        return {one.name: one.text for one in await self.said()}


@pytest.fixture
async def stage(database: Database) -> BoardStage:
    there = BoardStage(database, Cast())
    await there.enter()
    return there


async def test_what_the_desk_reads_in_the_morning(stage: BoardStage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    await stage.report(
        lambda c: c.vice, lambda c: c.executive, id=2, filing="12月1日（周二）至3日（周四）上午"
    )
    await stage.report(lambda c: c.archivist, id=3, approved=False)
    assert await stage.morning(TUESDAY) == dict.fromkeys(
        ("吴盈昃", "郑辰宿", "王列张"),
        "<b>今日要办 · 12月1日（周二）</b>\n"
        "<b>外出时间已到未批准1件</b>\n"
        "1. 档案馆馆长 卫冬藏，12月1日至3日上午，待钱玄黄审批，电话13800000002\n"
        "<b>待区委报备1件</b>\n"
        "2. 副区长 孙宇宙：12月1日（周二）至3日（周四）上午\n"
        "<b>外出2人，今天开始2人</b>\n"
        "副区长 孙宇宙，今天起至12月3日上午，钱玄黄补位\n"
        "财政局局长 冯寒来，今天起至12月3日上午，陈暑往代为主持",
    )


async def test_who_has_not_reported_back_stands_there_with_their_number(stage: BoardStage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    ending = await stage.morning("2026-12-03 08:30")
    assert ending["王列张"] == (
        "<b>今日要办 · 12月3日（周四）</b>\n"
        "没有要办的。\n"
        "<b>外出1人，今天结束1人</b>\n"
        "财政局局长 冯寒来，至今天上午，陈暑往代为主持"
    )
    late = await stage.morning("2026-12-04 08:30")
    assert late["王列张"] == (
        "<b>今日要办 · 12月4日（周五）</b>\n"
        "<b>到期未销假1人</b>\n"
        "1. 财政局局长 冯寒来，12月1日至3日上午，电话13800000007"
    )


async def test_who_is_away_is_left_in_peace(stage: BoardStage) -> None:
    await stage.report(lambda c: c.deputy_director, id=1)
    assert set(await stage.morning(TUESDAY)) == {"吴盈昃", "王列张"}


@pytest.mark.parametrize("day", ["2026-11-28 08:30", "2026-11-29 08:30"])
async def test_nobody_is_told_on_a_rest_day(stage: BoardStage, day: str) -> None:
    await stage.report(lambda c: c.archivist, id=3, approved=False)
    assert await stage.morning(day) == {}


async def test_nothing_to_say_nothing_said(stage: BoardStage) -> None:
    assert await stage.morning(TUESDAY) == {}


async def test_a_day_is_told_once(stage: BoardStage) -> None:
    await stage.report(lambda c: c.head, lambda c: c.deputy, id=1)
    assert len(await stage.morning(TUESDAY)) == 3
    assert await stage.morning("2026-12-01 15:00", cause="again") == {}
    assert len(await stage.morning("2026-12-02 08:30")) == 3


async def test_a_long_section_is_counted_out(stage: BoardStage) -> None:
    for id in range(1, 26):
        await stage.report(lambda c: c.archivist, id=id, approved=False)
    lines = (await stage.morning(TUESDAY))["王列张"].split("\n")
    assert lines[1] == "<b>外出时间已到未批准25件</b>"
    assert len(lines) == 2 + MOST


def test_it_is_due_at_half_past_eight() -> None:
    due = DAILY["board.morning"].next_after(beijing("2026-12-01 09:00"))
    assert due == beijing("2026-12-02 08:30")

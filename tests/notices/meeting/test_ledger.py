"""The meeting ledger out of the database, as the office and a head read it."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.clock import TurnableClock
from bot.sandbox.house import open_house
from matters.meeting.ledger import worksheets
from notices.ledger import Wanted
from notices.spreadsheet import Cell, Worksheet
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import Wanted as Guests
from rules.meeting.members import list_for
from rules.meeting.presence import Presence
from rules.meeting.sign_in import end, lapse_sign_in, open_sign_in, sign_in
from rules.roster import Role, Roster
from rules.settings import Settings
from rules.stretch import Stretch
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing

START = beijing("2026-12-08 14:30")


@pytest.fixture
async def work(district_url: str) -> AsyncIterator[UnitOfWork]:
    """One 常务会议 that was held, one that was called off the month after."""
    async with (
        open_house(district_url, TurnableClock(beijing("2026-12-08 18:00"))) as house,
        house.office.work("ledger") as work,
    ):
        roster = await work.roster()
        held = _called(roster, "2026-12-08")
        open_sign_in(held, held.called_by, "code", beijing("2026-12-08 14:00"))
        for late, leader in enumerate(roster.with_role(Role.MAYOR, Role.EXECUTIVE_VICE_MAYOR)):
            sign_in(held, leader, beijing(f"2026-12-08 14:{20 + 20 * late}"))
        end(held, beijing("2026-12-08 16:30"))
        lapse_sign_in(held, beijing("2026-12-08 17:00"))
        off = _called(roster, "2027-01-12")
        off.cancel(off.called_by, "并入下次会议", beijing("2026-12-08 17:00"))
        work.add(held)
        work.add(off)
        await work.flush()
        yield work


def _called(roster: Roster, day: str) -> Meeting:
    clerk, start = roster.with_role(Role.OFFICE_STAFF)[0], beijing(f"{day} 14:30")
    meeting = Meeting(
        MeetingKind.EXECUTIVE,
        "区政府常务会议",
        start,
        beijing(f"{day} 16:30"),
        "三楼会议室",
        clerk,
        beijing("2026-12-01 09:00"),
        beijing("2026-12-07 12:00"),
        roster.mayor,
    )
    meeting.seat(list_for(meeting.kind, roster, Guests(), roster.mayor, Settings().legal_review).seats)
    meeting.call(clerk, beijing("2026-12-01 09:00"))
    return meeting


def entered(sheet: Worksheet, row: int = 0) -> dict[str, Cell]:
    """A row by its headings, what is empty left out."""
    heads = [column.heading for column in sheet.columns]
    pairs = zip(heads, sheet.rows[row], strict=True)
    return {head: value for head, value in pairs if value not in ("", None)}


async def test_the_office_reads_meetings_places_and_sums(work: UnitOfWork) -> None:
    watched: list[tuple[int, int]] = []
    found = await worksheets(work, Wanted(advance=lambda done, all_: watched.append((done, all_))))
    assert [sheet.title for sheet in found] == ["会议", "参会明细", "按人员", "按单位"]
    meetings, placed, people, units = found
    assert entered(meetings) == {
        "会议": "区政府常务会议",
        "类型": "常务会议",
        "时间": START,
        "结束时间": beijing("2026-12-08 16:30"),
        "地点": "三楼会议室",
        "主持": "区长 赵天地",
        "状态": "已结束",
        "应到": 7,
        "到会": 2,
        "半数线": 4,
        "是否过半数": "否",
        "通知时间": beijing("2026-12-01 09:00"),
        "编号": 1,
    }
    assert entered(meetings, 1)["状态"] == "已取消"
    assert entered(meetings, 1)["说明"] == "并入下次会议"
    assert entered(placed, 1) == {
        "会议": "区政府常务会议",
        "时间": START,
        "姓名": "钱玄黄",
        "职务": "常务副区长",
        "单位": "区政府",
        "身份": "出席",
        "回执": "未回复",
        "签到时间": beijing("2026-12-08 14:40"),
        "结果": "迟到",
        "会议编号": 1,
    }
    assert entered(people) == {
        "姓名": "赵天地",
        "职务": "区长",
        "通知次数": 1,
        "到会": 1,
        "到会率（%）": 100.0,
    }
    assert entered(units) == {
        "单位": "区政府",
        "通知次数": 7,
        "到会": 1,
        "迟到": 1,
        "缺席": 5,
        "到会率（%）": 28.5,
    }
    assert watched == [(2, 2)]


async def test_a_head_reads_their_own_unit_and_not_who_stayed_away(work: UnitOfWork) -> None:
    legal = next(unit for unit in (await work.roster()).units if unit.name == "司法局")
    head = (await work.roster()).head_of(legal)
    (placed,) = await worksheets(work, Wanted(unit=legal, reader=head))
    assert placed.title == "参会明细"
    assert {row[4] for row in placed.rows} == {"司法局"}
    assert entered(placed)["结果"] == Presence.TO_COME
    assert "缺席" not in {cell for row in placed.rows for cell in row}


async def test_only_the_stretch_is_read(work: UnitOfWork) -> None:
    december = Stretch(date(2026, 12, 1), date(2026, 12, 31))
    meetings, *_ = await worksheets(work, Wanted(december))
    assert [row[-1] for row in meetings.rows] == [1]
    finance = next(unit for unit in (await work.roster()).units if unit.name == "财政局")
    (nothing,) = await worksheets(work, Wanted(unit=finance))
    assert nothing.rows == []

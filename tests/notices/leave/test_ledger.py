"""The leave ledger out of the database: each leave and each person, as the office and a head read them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from matters.leave.ledger import worksheets
from matters.ledgers import LEDGERS
from notices.ledger import WITHHELD, Wanted
from notices.spreadsheet import Cell, Worksheet
from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import Official
from rules.settings import Settings
from rules.stretch import Stretch
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast, beijing
from tests.stage import enter

NOW = beijing("2026-12-09 09:00")
DECEMBER = Stretch(date(2026, 12, 1), date(2026, 12, 31))
PHONE = "13800000007"


def entered(sheet: Worksheet, row: int = 0) -> dict[str, Cell]:
    """A row by its headings, what is empty left out."""
    heads = [column.heading for column in sheet.columns]
    return {
        head: value for head, value in zip(heads, sheet.rows[row], strict=True) if value not in ("", None)
    }


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
async def work(database: Database, cast: Cast) -> AsyncIterator[UnitOfWork]:
    """The office on 9 December: the head was away and is not back, the deputy's report waits for them."""
    office = Office(database, Settings(), lambda: NOW)
    async with office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
        work.session.add_all([away(cast), waiting(cast), studying(cast)])
        await work.flush()
        yield work


def away(cast: Cast) -> Leave:
    """The head's, over the end of November; agreed by the vice mayor and in the mayor's place by another."""
    start, end = (date(2026, 11, 30), Half.PM), (date(2026, 12, 3), Half.AM)
    leave = numbered(cast.report(cast.head, cast.deputy, start=start, end=end), 1)
    leave.reason = "=HYPERLINK(1)"
    leave.decide(cast.vice, 0, Decision.AGREE, leave.submitted_at, "注意安全")
    leave.decide(cast.executive, 1, Decision.AGREE, leave.submitted_at, stand_in=cast.executive)
    return leave


def waiting(cast: Cast) -> Leave:
    return numbered(
        cast.report(cast.deputy, start=(date(2026, 12, 20), Half.AM), end=(date(2026, 12, 21), Half.PM)), 2
    )


def studying(cast: Cast) -> Leave:
    leave = numbered(
        cast.report(cast.archivist, start=(date(2026, 12, 7), Half.AM), end=(date(2026, 12, 10), Half.PM)), 3
    )
    leave.kind = LeaveKind.STUDY
    for approval in list(leave.approvals):
        leave.decide(approval.approver, approval.position, Decision.AGREE, leave.submitted_at)
    return leave


def numbered(leave: Leave, id: int) -> Leave:
    leave.id = id
    return leave


async def test_the_office_reads_all_of_every_leave(work: UnitOfWork, cast: Cast) -> None:
    detail, _ = await worksheets(work, Wanted(reader=cast.clerk))
    assert [entered(detail, row)["姓名"] for row in range(3)] == ["冯寒来", "卫冬藏", "陈暑往"]
    assert entered(detail) == {
        "姓名": "冯寒来",
        "单位": "财政局",
        "职务": "局长",
        "类别": "出差",
        "开始日期": date(2026, 11, 30),
        "起于": "下午",
        "结束日期": date(2026, 12, 3),
        "止于": "上午",
        "天数": 3.0,
        "工作日": 3.0,
        "地点": "济南",
        "事由": "=HYPERLINK(1)",
        "代为主持": "财政局副局长 陈暑往",
        "联系电话": PHONE,
        "报告时间": beijing("2026-11-26 09:00"),
        "报告情况": "按时",
        "状态": "已批准",
        "审批": "副区长 孙宇宙：同意（2026-11-26 09:00），意见：注意安全\n"
        "常务副区长 钱玄黄（代区长 赵天地）：同意（2026-11-26 09:00）",
        "销假情况": "未销假",
        "逾期天数": 6,
        "编号": 1,
    }


async def test_a_head_reads_of_their_own_unit_and_no_reasons_but_their_own_and_what_they_were_asked(
    work: UnitOfWork, cast: Cast
) -> None:
    (wanted,) = (Wanted(unit=cast.finance, reader=cast.head),)
    detail, people = await worksheets(work, wanted)
    assert [entered(detail, row)["姓名"] for row in range(len(detail.rows))] == ["冯寒来", "陈暑往"]
    assert entered(detail, 0)["事由"] == "=HYPERLINK(1)"
    assert entered(detail, 1)["事由"] == "参加全省财政工作会议"  # they are asked to approve it
    assert [entered(people, row)["姓名"] for row in range(len(people.rows))] == ["冯寒来"]
    # another head of the unit, new in office, was never asked
    new = Official("姜新来", cast.finance, "局长", cast.head.role)
    detail, _ = await worksheets(work, replace(wanted, reader=new))
    first = entered(detail, 0)
    assert [first[name] for name in ("地点", "事由", "联系电话")] == [WITHHELD] * 3
    assert "注意安全" not in str(first["审批"])
    assert first["审批"] == (
        f"副区长 孙宇宙：同意（2026-11-26 09:00），意见：{WITHHELD}\n"
        "常务副区长 钱玄黄（代区长 赵天地）：同意（2026-11-26 09:00）"
    )
    assert not any("HYPERLINK" in str(cell) or PHONE in str(cell) for row in detail.rows for cell in row)


async def test_people_are_added_up_within_the_stretch_until_today(work: UnitOfWork, cast: Cast) -> None:
    _, people = await worksheets(work, Wanted(DECEMBER, reader=cast.clerk))
    assert [entered(people, row) for row in range(2)] == [
        {
            "姓名": "冯寒来",
            "单位": "财政局",
            "职务": "局长",
            "件数": 1,
            "外出天数": 2.5,
            "其中工作日": 2.5,
            "出差天数": 2.5,
            "未销假件数": 1,
            "最长逾期天数": 6,
        },
        {
            "姓名": "卫冬藏",
            "单位": "档案馆",
            "职务": "馆长",
            "件数": 1,
            "外出天数": 3.0,
            "其中工作日": 3.0,
            "学习天数": 3.0,
            "已批未到天数": 1.0,
        },
    ]
    *_, people = await LEDGERS["leave"].draw_up(work, Wanted(DECEMBER))
    assert people.about == "请假台账　2026年12月1日至2026年12月31日"


async def test_the_stretch_takes_what_touches_it(work: UnitOfWork) -> None:
    async def who(stretch: Stretch) -> list[Cell]:
        detail, _ = await worksheets(work, Wanted(stretch))
        return [row[0] for row in detail.rows]

    assert await who(DECEMBER) == ["冯寒来", "卫冬藏", "陈暑往"]
    assert await who(Stretch(last=date(2026, 11, 30))) == ["冯寒来"]
    assert await who(Stretch(first=date(2026, 12, 11))) == ["陈暑往"]
    assert await who(Stretch(date(2025, 1, 1), date(2025, 12, 31))) == []


async def test_what_was_withdrawn_is_in_the_ledger_but_counts_no_day(work: UnitOfWork, cast: Cast) -> None:
    leave = await work.lock(Leave, 2)
    leave.withdraw(leave.applicant, NOW)
    detail, people = await worksheets(work, Wanted())
    assert entered(detail, 2)["状态"] == LeaveState.WITHDRAWN
    assert "陈暑往" not in [row[0] for row in people.rows]


async def test_reading_tells_how_far_it_is(work: UnitOfWork) -> None:
    told: list[tuple[int, int]] = []
    await worksheets(work, Wanted(advance=lambda done, total: told.append((done, total))))
    assert told == [(3, 3)]


def test_its_file_says_what_is_in_it(cast: Cast) -> None:
    assert LEDGERS["leave"].file_name(Wanted(), "xlsx") == "请假台账（全部）.xlsx"
    name = LEDGERS["leave"].file_name(Wanted(DECEMBER, cast.finance), "csv")
    assert name == "请假台账（财政局 2026年12月1日至2026年12月31日）.csv"

"""The countersign ledger out of the database, as the office, a leader and the units read it."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from matters.countersign.ledger import worksheets
from matters.ledgers import LEDGERS
from notices.ledger import WITHHELD, Wanted
from notices.spreadsheet import Cell, Worksheet
from rules.countersign.answer import Opinion
from rules.countersign.matter import Countersign, CountersignKind
from rules.roster import Official, Unit
from rules.settings import Settings
from rules.stretch import Stretch
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing
from tests.countersign_cast import CountersignCast
from tests.stage import enter

NOW = beijing("2026-12-01 09:00")


def entered(sheet: Worksheet, row: int = 0) -> dict[str, Cell]:
    """A row by its headings, what is empty left out."""
    heads = [column.heading for column in sheet.columns]
    return {
        head: value for head, value in zip(heads, sheet.rows[row], strict=True) if value not in ("", None)
    }


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


@pytest.fixture
async def work(database: Database, cast: CountersignCast) -> AsyncIterator[UnitOfWork]:
    """财政局 objected on Thursday, 人社局 was silent; another sheet waits to be released."""
    office = Office(database, Settings(), lambda: NOW)
    sheet = cast.sheet()
    finance, personnel = sheet.consultations
    sheet.sign(
        cast.head_of(cast.finance),
        finance,
        Opinion.OBJECTION,
        beijing("2026-11-26 10:30"),
        seat=cast.seat(cast.finance),
        text="=第三条宜删",
    )
    finance.nudged(beijing("2026-11-26 08:30"), "前一工作日")
    finance.nudge_settled(beijing("2026-11-26 08:30"), beijing("2026-11-26 08:30"))
    sheet.lapse(personnel, beijing("2026-12-01 00:01"))
    prepared = Countersign(
        cast.housing,
        cast.liaison_of(cast.housing),
        CountersignKind.REQUEST,
        "历史街区保护",
        beijing("2026-12-01 08:30"),
    )
    prepared.id = 13
    prepared.consult({cast.law: cast.head_of(cast.law)})
    prepared.consultations[0].id = 41
    async with office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
        work.session.add_all([sheet, prepared])
        await work.flush()
        yield work


async def drawn(work: UnitOfWork, reader: Official | None, unit: Unit | None = None) -> list[Worksheet]:
    return await worksheets(work, Wanted(unit=unit, reader=reader))


async def test_the_office_reads_everything(work: UnitOfWork, cast: CountersignCast) -> None:
    matters, answers, units = await drawn(work, cast.clerk)
    assert entered(matters) == {
        "编号": 12,
        "标题": "城市更新办法",
        "类型": "文稿",
        "主办单位": "住建局",
        "经办人": "住建局科员 苏平章",
        "拟送时间": beijing("2026-11-25 09:00"),
        "送出人": "住建局局长 章问道",
        "送出时间": beijing("2026-11-25 09:00"),
        "稿次": 1,
        "会签单位": "财政局、人社局",
        "单位数": 2,
        "已答复": 2,
        "有不同意见": 1,
        "视为无不同意见": 1,
        "状态": "会签中",
    }
    assert [row[0] for row in matters.rows] == [12, 13]
    assert entered(answers) == {
        "会签编号": 12,
        "标题": "城市更新办法",
        "类型": "文稿",
        "主办单位": "住建局",
        "会签单位": "财政局",
        "稿次": 1,
        "送会签时间": beijing("2026-11-25 09:00"),
        "送达时间": beijing("2026-11-25 09:00"),
        "送达方式": "机器人",
        "期限": "11月30日(周一)",
        "期限怎么算": "3个工作日：11月25日收到不计；11月26日①、27日②、30日③ → 11月30日",
        "催办次数": 1,
        "情况": "按期答复",
        "答复意见": "有不同意见",
        "答复时间": beijing("2026-11-26 10:30"),
        "签署或录入": "财政局局长 冯寒来",
        "意见内容": "=第三条宜删",
        "用时（工作小时）": 9.0,
    }
    silent = entered(answers, 1)
    assert (silent["情况"], silent["签署或录入"]) == ("视为无不同意见", "系统")
    assert "用时（工作小时）" not in silent
    assert [entered(units, row) for row in range(2)] == [
        {
            "单位": "财政局",
            "应答复": 1,
            "按期答复": 1,
            "按期率": "100%",
            "有不同意见": 1,
            "平均用时（工作小时）": 9.0,
            "最长用时（工作小时）": 9.0,
        },
        {"单位": "人社局", "应答复": 1, "按期率": "0%", "视为无不同意见": 1},
    ]


async def test_a_leader_sees_what_has_gone_out(work: UnitOfWork) -> None:
    mayor = (await work.roster()).mayor
    matters, answers, _ = await drawn(work, mayor)
    assert [row[0] for row in matters.rows] == [12]
    assert len(answers.rows) == 2


async def test_the_lead_unit_sees_every_answer_and_is_not_counted_by_others(
    work: UnitOfWork, cast: CountersignCast
) -> None:
    matters, answers, units = await drawn(work, cast.head_of(cast.housing), cast.housing)
    assert [row[0] for row in matters.rows] == [12, 13]
    assert len(answers.rows) == 2
    assert units.rows == []


async def test_an_asked_unit_sees_only_its_own_answer(work: UnitOfWork, cast: CountersignCast) -> None:
    matters, answers, units = await drawn(work, cast.head_of(cast.personnel), cast.personnel)
    (row,) = [entered(matters, at) for at in range(len(matters.rows))]
    assert {row[head] for head in ("已答复", "有不同意见", "未答复")} == {WITHHELD}
    assert [entered(answers, at)["会签单位"] for at in range(len(answers.rows))] == ["人社局"]
    assert [row[0] for row in units.rows] == ["人社局"]
    assert "第三条" not in str([matters, answers, units])
    nothing, *_ = await drawn(work, cast.head_of(cast.law), cast.law)
    assert nothing.rows == []  # it has not gone out to 司法局 yet


async def test_the_stretch_goes_by_the_day_of_sending(work: UnitOfWork) -> None:
    for first, last, ids in (
        (date(2026, 11, 25), date(2026, 11, 25), [12]),
        (date(2026, 11, 26), date(2026, 11, 30), []),
        (date(2026, 12, 1), None, [13]),
        (None, None, [12, 13]),
    ):
        matters, *_ = await worksheets(work, Wanted(Stretch(first, last)))
        assert [row[0] for row in matters.rows] == ids


async def test_the_bar_reaches_its_end(work: UnitOfWork) -> None:
    seen: list[tuple[int, int]] = []
    await LEDGERS["countersign"].worksheets(
        work, Wanted(advance=lambda done, total: seen.append((done, total)))
    )
    assert seen == [(2, 2)]  # by sheets, as the other ledgers count their matters

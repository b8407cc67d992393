"""The invitation ledger out of the database, as the office and a head read it."""

from collections.abc import AsyncIterator
from datetime import date, datetime

import pytest

from matters.invitation.ledger import worksheets
from matters.ledgers import LEDGERS
from notices.ledger import WITHHELD, Wanted
from notices.spreadsheet import Cell, Worksheet
from rules.invitation.kinds import InvitationKind
from rules.invitation.leaders import answer, forward
from rules.invitation.ledger import Outcome, by_kind, by_leader, by_organiser, line
from rules.invitation.matter import Invitation, InvitationState
from rules.invitation.request import Answer, RequestState
from rules.periods import Periods
from rules.settings import Settings
from rules.stretch import Stretch
from rules.working_days import Calendar
from storage.database import Database
from storage.office import Office
from storage.unit_of_work import UnitOfWork
from tests.cast import THURSDAY, beijing
from tests.invitation_cast import EVENT, Desk
from tests.stage import enter

NOW = beijing("2026-12-09 09:00")
DECEMBER = Stretch(date(2026, 12, 1), date(2026, 12, 31))
ALL = ["明细", "按领导明细", "按领导统计", "按主办单位", "按类别"]


def entered(sheet: Worksheet, row: int = 0) -> dict[str, Cell]:
    """A row by its headings, what is empty left out."""
    heads = [column.heading for column in sheet.columns]
    return {
        head: value for head, value in zip(heads, sheet.rows[row], strict=True) if value not in ("", None)
    }


def numbered(invitation: Invitation, id: int) -> Invitation:
    invitation.id = id
    return invitation


def delegated(cast: Desk, id: int, start: datetime = EVENT) -> Invitation:
    """The mayor has the executive vice mayor go, the vice mayor declines."""
    invitation = numbered(cast.invite(cast.mayor, cast.vice, start=start), id)
    forward(invitation, cast.clerk, [cast.mayor, cast.vice], THURSDAY, advice="建议委托", together=True)
    answer(invitation, cast.mayor, 0, Answer.DELEGATE, THURSDAY, delegate=cast.executive)
    invitation.requests[0].confirm(cast.executive, True, THURSDAY)
    answer(invitation, cast.vice, 1, Answer.DECLINE, THURSDAY)
    invitation.state = InvitationState.ANSWERED
    return invitation


def late(cast: Desk, id: int) -> Invitation:
    """Reported two days before, permitted, forwarded, without an answer yet."""
    reported = beijing("2026-12-08 10:00")
    invitation = numbered(cast.invite(cast.vice, now=reported, permitter=cast.director, start=EVENT), id)
    invitation.special_reason, invitation.organiser = "=上级临时安排", "市商会"
    invitation.permit(cast.director, True, reported)
    forward(invitation, cast.clerk, [cast.vice], reported)
    return invitation


def called_off(cast: Desk, id: int) -> Invitation:
    """Accepted, then cancelled by the organiser."""
    invitation = numbered(cast.accepted(cast.vice, start=beijing("2026-12-20 09:00")), id)
    invitation.kind = InvitationKind.SIGNING
    invitation.cancel(cast.liaison, "改期另定", THURSDAY)
    return invitation


# ---------------------------------------------------------------- counted


def test_outcomes_notice_and_sums() -> None:
    cast = Desk()
    all_of = [delegated(cast, 1), late(cast, 2), called_off(cast, 3)]
    lines = [line(each, Calendar(), Periods()) for each in all_of]
    assert [(one.outcome, one.days, one.reported) for one in lines] == [
        (Outcome.ATTENDED, 10, "按时"),
        (Outcome.OPEN, 2, "特殊情况，准予受理"),
        (Outcome.CANCELLED, 17, "按时"),
    ]
    leaders = {one.official.name: one for one in by_leader(lines)}
    assert list(leaders) == ["赵天地", "钱玄黄", "孙宇宙"]
    assert leaders["赵天地"].states == {RequestState.DELEGATED: 1}
    assert (leaders["钱玄黄"].asked, leaders["钱玄黄"].for_others) == (0, 1)
    assert leaders["孙宇宙"].states == {
        RequestState.DECLINES: 1,
        RequestState.ASKED: 1,
        RequestState.CLOSED: 1,
    }
    assert [(one.name, one.count, one.late, one.mean_days) for one in by_organiser(lines)] == [
        ("财政局", 2, 0, 13.5),
        ("市商会", 1, 1, 2.0),
    ]
    assert [(one.name, one.count) for one in by_kind(lines)] == [("调研", 2), ("签约", 1)]


def test_other_ends() -> None:
    cast = Desk()
    back, declined, refused = (numbered(cast.invite(cast.vice), id) for id in (1, 2, 3))
    back.send_back(cast.clerk, "重复", THURSDAY)
    forward(declined, cast.clerk, [cast.vice], THURSDAY)
    answer(declined, cast.vice, 0, Answer.DECLINE, THURSDAY)
    declined.state = InvitationState.ANSWERED
    refused.state = InvitationState.NOT_ADMITTED
    ends = [line(each, Calendar(), Periods()).outcome for each in (back, declined, refused)]
    assert ends == [Outcome.SENT_BACK, Outcome.NOBODY, Outcome.NOT_ADMITTED]


# ---------------------------------------------------------------- the sheets


@pytest.fixture
def cast() -> Desk:
    return Desk()


@pytest.fixture
async def work(database: Database, cast: Desk) -> AsyncIterator[UnitOfWork]:
    office = Office(database, Settings(), lambda: NOW)
    async with office.work("cast") as work:
        await enter(work, cast.units, cast.officials)
        work.session.add_all([delegated(cast, 1), late(cast, 2), called_off(cast, 3)])
        await work.flush()
        yield work


async def test_the_office_reads_all(work: UnitOfWork, cast: Desk) -> None:
    found = await worksheets(work, Wanted(reader=cast.clerk))
    assert [sheet.title for sheet in found] == ALL
    detail, asked, leaders, organisers, kinds = found
    assert entered(detail) == {
        "活动": "城区重点项目调研",
        "类别": "调研",
        "活动时间": EVENT,
        "地点": "云腾街道",
        "主办单位": "财政局",
        "报送单位": "财政局",
        "报送人": "褚秋收",
        "报送时间": THURSDAY,
        "提前工作日": 10,
        "报送情况": "按时",
        "拟请领导": "区长 赵天地、副区长 孙宇宙",
        "拟办意见": "建议委托",
        "领导答复": (
            "区长 赵天地于11月26日 09:00答复委托常务副区长 钱玄黄出席\n"
            "副区长 孙宇宙于11月26日 09:00答复不出席"
        ),
        "出席": "常务副区长 钱玄黄（代区长 赵天地）",
        "结果": "有领导出席",
        "经办": "王列张",
        "编号": 1,
    }
    assert entered(detail, 1)["特殊情况理由"] == "=上级临时安排"
    assert entered(detail, 1)["领导答复"] == "副区长 孙宇宙：待答复"
    assert entered(detail, 2)["说明"] == "改期另定"
    assert "出席" not in entered(detail, 2)
    assert entered(asked) == {
        "领导": "赵天地",
        "职务": "区长",
        "活动": "城区重点项目调研",
        "类别": "调研",
        "活动时间": EVENT,
        "地点": "云腾街道",
        "主办单位": "财政局",
        "提前工作日": 10,
        "转呈时间": THURSDAY,
        "答复": "委托他人出席",
        "答复人": "区长 赵天地",
        "答复时间": THURSDAY,
        "由谁出席": "常务副区长 钱玄黄",
        "结果": "有领导出席",
        "邀请编号": 1,
    }
    assert [entered(leaders, row) for row in range(3)] == [
        {"领导": "赵天地", "职务": "区长", "邀请件数": 1, "委托他人出席": 1},
        {"领导": "钱玄黄", "职务": "常务副区长", "代他人出席": 1},
        {
            "领导": "孙宇宙",
            "职务": "副区长",
            "邀请件数": 3,
            "不出席": 1,
            "未答复": 1,
            "不再征询或取消": 1,
        },
    ]
    assert entered(organisers) == {
        "主办单位": "财政局",
        "件数": 2,
        "有领导出席": 1,
        "主办取消": 1,
        "平均提前工作日": 13.5,
    }
    assert entered(kinds, 1) == {"类别": "签约", "件数": 1, "主办取消": 1, "平均提前工作日": 17.0}


async def test_a_head_reads_what_their_unit_reported_without_what_the_leaders_said(
    work: UnitOfWork, cast: Desk
) -> None:
    found = await worksheets(work, Wanted(unit=cast.finance, reader=cast.head))
    assert [sheet.title for sheet in found] == ["明细", "按主办单位", "按类别"]
    row = entered(found[0])
    assert (row["拟办意见"], row["领导答复"]) == (WITHHELD, WITHHELD)
    assert row["出席"] == "常务副区长 钱玄黄（代区长 赵天地）"
    other = await worksheets(work, Wanted(unit=cast.archive, reader=cast.archivist))
    assert other[0].rows == []


async def test_an_invitation_belongs_to_the_day_of_its_event(work: UnitOfWork) -> None:
    async def events(first: date | None, last: date | None) -> int:
        return len((await worksheets(work, Wanted(Stretch(first, last))))[0].rows)

    assert await events(None, None) == 3
    assert await events(date(2026, 12, 10), date(2026, 12, 10)) == 2
    assert await events(date(2026, 12, 11), None) == 1
    assert await events(None, date(2026, 12, 9)) == 0


async def test_it_is_among_the_ledgers(work: UnitOfWork) -> None:
    ledger = LEDGERS["invitation"]
    assert ledger.file_name(Wanted(DECEMBER), "csv") == "活动邀请台账（2026年12月1日至2026年12月31日）.csv"
    assert [sheet.title for sheet in await ledger.worksheets(work, Wanted(DECEMBER))] == ALL

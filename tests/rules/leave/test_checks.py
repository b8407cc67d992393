"""What the checks before 提交 find, and what keeps a report back (art. 77, 9)."""

from datetime import date

import pytest

from rules.dates.reading import Half, HalfDaySpan
from rules.leave.checks import Checked, acting_check, together_check
from rules.leave.matter import Leave, LeaveState
from rules.leave.report import check_acting
from rules.roster import Official
from rules.working_days import Calendar
from tests.cast import Cast, beijing

TODAY = date(2026, 11, 26)
DECEMBER = HalfDaySpan(date(2026, 12, 1), Half.AM, date(2026, 12, 3), Half.PM)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def leave_of(cast: Cast, applicant: Official, state: LeaveState, *days: int, half: Half = Half.AM) -> Leave:
    """A leave in December, from the first of the days to the last."""
    start, end = (date(2026, 12, days[0]), half), (date(2026, 12, days[-1]), Half.PM)
    leave = cast.report(applicant, start=start, end=end)
    leave.state = state
    return leave


def test_the_one_who_acts_is_there(cast: Cast) -> None:
    elsewhere = leave_of(cast, cast.deputy, LeaveState.APPROVED, 4)
    found = acting_check(cast.head, cast.deputy, DECEMBER, [elsewhere], cast.roster, TODAY, Calendar())
    assert found == Checked("陈暑往在岗")


def test_they_have_asked_for_leave_themselves(cast: Cast) -> None:
    asked = leave_of(cast, cast.deputy, LeaveState.PENDING, 3, half=Half.PM)
    found = acting_check(cast.head, cast.deputy, DECEMBER, [asked], cast.roster, TODAY, Calendar())
    assert found.found == ("陈暑往同期已报外出：12月3日（周四）下午，共0.5天（待审批）",)


def test_they_have_not_reported_back(cast: Cast) -> None:
    over = cast.report(cast.deputy, start=(date(2026, 11, 23), Half.AM), end=(date(2026, 11, 24), Half.PM))
    over.state, over.decided_at = LeaveState.APPROVED, beijing("2026-11-20 09:00")
    found = acting_check(cast.head, cast.deputy, DECEMBER, [over], cast.roster, TODAY, Calendar())
    assert found.found == ("陈暑往的外出已于11月24日（周二）到期，尚未销假",)


@pytest.mark.parametrize(
    ("decided", "today", "says"),
    [
        ("2026-11-19 09:00", 22, False),  # over on Saturday: nobody reports back on a rest day
        ("2026-11-19 09:00", 23, False),  # Monday is the last day in time
        ("2026-11-19 09:00", 24, True),
        ("2026-11-24 09:00", 24, False),  # approved after it was over: from then on
        ("2026-11-24 09:00", 25, True),
    ],
)
def test_who_may_still_report_back_in_time_is_not_said_to_be_missing(
    cast: Cast, decided: str, today: int, says: bool
) -> None:
    over = cast.report(cast.deputy, start=(date(2026, 11, 20), Half.AM), end=(date(2026, 11, 21), Half.PM))
    over.state, over.decided_at = LeaveState.APPROVED, beijing(decided)
    day = date(2026, 11, today)
    found = acting_check(cast.head, cast.deputy, DECEMBER, [over], cast.roster, day, Calendar()).found
    assert found == (("陈暑往的外出已于11月21日（周六）到期，尚未销假",) if says else ())


def test_they_act_for_somebody_else_and_cannot_be_told(cast: Cast) -> None:
    other = cast.report(cast.liaison, cast.deputy)
    cast.deputy.telegram_id = None
    found = acting_check(cast.head, cast.deputy, DECEMBER, [other], cast.roster, TODAY, Calendar())
    assert found.found == (
        "陈暑往同期还要代财政局办公室主任 褚秋收主持工作：12月1日（周二）至12月3日（周四），共3天",
        "陈暑往尚未绑定账号，收不到告知，请当面说明",
    )


def test_a_vice_mayor_names_another_than_the_standing_one(cast: Cast) -> None:
    assert not acting_check(cast.vice, cast.executive, DECEMBER, [], cast.roster, TODAY, Calendar()).found
    cast.vice.backup_id = cast.mayor.id
    found = acting_check(cast.vice, cast.executive, DECEMBER, [], cast.roster, TODAY, Calendar())
    assert found.found == ("补位副区长是区长 赵天地，此次由钱玄黄补位",)


@pytest.mark.parametrize(
    ("who", "away"),
    [("head", "deputy"), ("deputy", "head"), ("director", "deputy_director"), ("mayor", "executive")],
)
def test_head_and_deputy_away_together(cast: Cast, who: str, away: str) -> None:
    other: Official = getattr(cast, away)
    leave = leave_of(cast, other, LeaveState.APPROVED, 2)
    found = together_check(getattr(cast, who), DECEMBER, [leave], TODAY)
    assert found == Checked("", (f"{other.titled}同期外出：12月2日（周三），共1天（已批准）",))
    leave.state = LeaveState.WITHDRAWN
    assert together_check(getattr(cast, who), DECEMBER, [leave], TODAY) == Checked("正副职不同时外出")


def test_not_asked_of_others_nor_said_twice(cast: Cast) -> None:
    leave = leave_of(cast, cast.deputy, LeaveState.PENDING, 2)
    assert together_check(cast.liaison, DECEMBER, [leave], TODAY) is None
    assert together_check(cast.head, DECEMBER, [leave], TODAY, cast.deputy) == Checked("")


@pytest.mark.parametrize(
    ("state", "days", "kept_back"),
    [
        (LeaveState.APPROVED, (3, 4), True),
        (LeaveState.APPROVED, (4, 5), False),
        (LeaveState.PENDING, (3, 4), False),
        (LeaveState.RETURNED, (3, 4), False),
    ],
)
def test_one_who_is_away_themselves_cannot_act(
    cast: Cast, state: LeaveState, days: tuple[int, int], kept_back: bool
) -> None:
    away = leave_of(cast, cast.deputy, state, *days)
    problems = check_acting(cast.head, cast.deputy, DECEMBER, cast.roster, [away], TODAY)
    said = ["陈暑往同期外出：12月3日（周四）至12月4日（周五），共2天，不能代为主持，请另选一位。"]
    assert [problem.message for problem in problems] == (said if kept_back else [])

"""W-5 (art. 86): five working days before the event, to the end of the day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.invitation.deadline import EVENT_DAY, due, missed, notice
from rules.periods import Periods
from rules.working_days import DAY, Calendar, CalendarDay
from tests.cast import beijing

CALENDAR, PERIODS = Calendar(), Periods()


def test_the_last_day_counts_to_its_end() -> None:
    event = beijing("2026-12-10 09:00")
    assert missed(event, beijing("2026-12-03 23:50"), CALENDAR, PERIODS) is None
    late = missed(event, beijing("2026-12-04 00:10"), CALENDAR, PERIODS)
    assert late is not None
    assert late.day == date(2026, 12, 3)


def test_across_the_national_day() -> None:
    deadline = due(date(2026, 10, 9), CALENDAR, PERIODS)
    assert deadline.explain(EVENT_DAY) == (
        "提前5个工作日：10月9日活动当日不计；10月8日①、9月30日②、29日③、28日④、24日⑤ → 9月24日"
    )


def test_across_the_year_end_it_is_provisional() -> None:
    deadline = due(date(2027, 1, 5), CALENDAR, PERIODS)
    assert deadline.provisional
    assert deadline.label.endswith("暂定)")
    assert due(date(2026, 1, 5), CALENDAR, PERIODS).day == date(2025, 12, 26)


def test_a_holiday_notice_moves_it() -> None:
    added = Calendar([CalendarDay(date(2026, 12, 8), working=False, source="通知")])
    assert due(date(2026, 12, 10), added, PERIODS).day == date(2026, 12, 2)


def test_days_of_notice() -> None:
    event = beijing("2026-12-10 09:00")
    assert notice(event, beijing("2026-12-03 23:50"), CALENDAR) == 5
    assert notice(event, beijing("2026-12-04 00:10"), CALENDAR) == 4
    assert notice(event, beijing("2026-12-10 08:00"), CALENDAR) == 0


@given(st.dates(date(2025, 2, 1), date(2026, 11, 30)), st.integers(0, 30))
def test_notice_agrees_with_the_deadline(event: date, before: int) -> None:
    start, now = beijing(f"{event} 09:00"), beijing(f"{event - before * DAY} 12:00")
    in_time = missed(start, now, CALENDAR, PERIODS) is None
    assert in_time == (notice(start, now, CALENDAR) >= PERIODS.invitation)

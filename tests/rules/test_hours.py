"""Office hours: seasons, openings, and nudges that never go out late or on a rest day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.hours import ORDINARY, SUMMER, OfficeHours, Season
from rules.working_days import SHANGHAI, Calendar
from tests.cast import beijing

CALENDAR = Calendar()
HOURS = OfficeHours()


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        ("2026-05-29", "18:00"),
        ("2026-06-01", "18:30"),
        ("2026-09-30", "18:30"),
        ("2026-10-08", "18:00"),
    ],
)
def test_the_seasons(day: str, closes: str) -> None:
    assert HOURS.opening(date.fromisoformat(day)) == beijing(f"{day} 08:30")
    assert HOURS.closing(date.fromisoformat(day)) == beijing(f"{day} {closes}")
    assert HOURS.closing(date.fromisoformat(day)).tzinfo is UTC


def test_a_season_may_span_the_new_year() -> None:
    winter = Season((11, 15), (3, 15), ((time(9), time(12)), (time(13, 30), time(17))))
    hours = OfficeHours(ORDINARY, (winter,))
    assert hours.opening(date(2026, 12, 31)) == beijing("2026-12-31 09:00")
    assert hours.opening(date(2027, 3, 15)) == beijing("2027-03-15 09:00")
    assert hours.opening(date(2027, 3, 16)) == beijing("2027-03-16 08:30")


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        ("2026-11-23 08:29", "2026-11-23 08:30"),
        ("2026-11-23 08:30", "2026-11-23 08:30"),
        ("2026-11-23 11:59", "2026-11-23 11:59"),
        ("2026-11-23 12:00", "2026-11-23 14:00"),
        ("2026-11-23 18:00", "2026-11-24 08:30"),
        ("2026-11-27 20:00", "2026-11-30 08:30"),
        ("2026-09-30 18:30", "2026-10-08 08:30"),
        ("2026-10-10 10:00", "2026-10-10 10:00"),
    ],
)
def test_next_opening(instant: str, opens: str) -> None:
    assert HOURS.next_opening(CALENDAR, beijing(instant)) == beijing(opens)
    assert HOURS.is_open(CALENDAR, beijing(instant)) == (instant == opens)


@pytest.mark.parametrize(
    ("instant", "opened"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 13:00", "2026-11-23 08:30"),
        ("2026-11-23 22:00", "2026-11-23 14:00"),
        ("2026-11-23 07:00", "2026-11-20 14:00"),
        ("2026-10-05 10:00", "2026-09-30 14:30"),
    ],
)
def test_last_opening(instant: str, opened: str) -> None:
    assert HOURS.last_opening(CALENDAR, beijing(instant)) == beijing(opened)


@pytest.mark.parametrize(
    ("day", "hour", "goes_out"),
    [
        ("2026-11-24", "09:00", "2026-11-24 09:00"),
        ("2026-11-24", "07:00", "2026-11-24 08:30"),
        ("2026-11-24", "13:00", "2026-11-24 08:30"),
        ("2026-11-24", "21:00", "2026-11-24 14:00"),
        ("2026-11-28", "09:00", "2026-11-27 09:00"),  # a Saturday
        ("2026-10-05", "09:00", "2026-09-30 09:00"),  # a festival
        ("2026-10-10", "09:00", "2026-10-10 09:00"),  # a Saturday made up
    ],
)
def test_nudges(day: str, hour: str, goes_out: str) -> None:
    assert HOURS.nudge_at(CALENDAR, date.fromisoformat(day), time.fromisoformat(hour)) == beijing(goes_out)


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.times())
def test_a_nudge_is_in_hours_on_a_working_day_and_never_on_a_later_one(day: date, hour: time) -> None:
    goes_out = HOURS.nudge_at(CALENDAR, day, hour)
    assert HOURS.is_open(CALENDAR, goes_out)
    assert goes_out.astimezone(SHANGHAI).date() <= day


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - made aware below
    st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_openings_keep_their_order(naive: datetime, later: timedelta) -> None:
    instant = naive.replace(tzinfo=UTC)
    assert HOURS.last_opening(CALENDAR, instant) <= instant <= HOURS.next_opening(CALENDAR, instant)
    assert HOURS.next_opening(CALENDAR, instant) <= HOURS.next_opening(CALENDAR, instant + later)


@pytest.mark.parametrize(
    "sessions",
    [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(18))), ((time(8), time(8)),)],
)
def test_hours_out_of_order_are_refused(sessions: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="作息时间应先后分明"):
        OfficeHours(sessions)


def test_a_season_of_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        Season((6, 31), (9, 30), SUMMER)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        ("2026-11-26 09:00", 1, "2026-11-26 10:00"),
        ("2026-11-26 09:00", 4, "2026-11-26 15:00"),  # over the noon break
        ("2026-11-26 12:30", 4, "2026-11-26 18:00"),  # to the very end of the day
        ("2026-11-27 17:00", 4, "2026-11-30 11:30"),  # over the weekend
        ("2026-09-30 18:00", 1, "2026-10-08 09:00"),  # over the holiday
        ("2026-11-28 10:00", 20, "2026-12-02 15:30"),
    ],
)
def test_when_so_much_office_time_has_passed(since: str, hours: int, until: str) -> None:
    assert HOURS.worked_out(CALENDAR, beijing(since), timedelta(hours=hours)) == beijing(until)


@pytest.mark.parametrize(
    ("instant", "minutes", "expected"),
    [
        ("2026-11-23 14:30", 60, "2026-11-23 11:30"),
        ("2026-11-23 16:30", 60, "2026-11-23 15:30"),
        ("2026-11-23 08:30", 30, "2026-11-20 17:30"),
        ("2026-11-23 20:00", 60 * 8, "2026-11-20 17:30"),
        ("2026-10-08 09:00", 60, "2026-09-30 18:00"),
    ],
)
def test_office_time_is_counted_back(instant: str, minutes: int, expected: str) -> None:
    assert HOURS.worked_before(CALENDAR, beijing(instant), timedelta(minutes=minutes)) == beijing(expected)

"""Outages: what is added back to a deadline, never earlier, never closing before anyone could answer."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.hours import OfficeHours
from rules.invitation.deadline import missed
from rules.leave.report import missed_notice
from rules.outage import Outage, OutageTerms, last_day_after, midnight_after, unheard_ends
from rules.periods import Periods
from rules.working_days import DAY, SHANGHAI, Calendar
from tests.cast import Cast, beijing

CALENDAR, HOURS = Calendar(), OfficeHours()
SENT = beijing("2026-11-23 10:00")  # a Monday; three working days end with Thursday the 26th
LAST = date(2026, 11, 26)


def out(begins: str, ends: str) -> Outage:
    """The bot was away between these, by the Shanghai clock."""
    return Outage(beijing(f"2026-{begins}"), beijing(f"2026-{ends}"))


@pytest.mark.parametrize(
    ("outages", "last"),
    [
        ([], "11-26"),
        ([("11-24 10:00", "11-24 11:30")], "11-27"),  # some office hours of one day
        ([("11-24 10:00", "11-25 16:00")], "11-30"),  # of two: Friday and Monday are added
        ([("11-24 19:00", "11-25 08:00")], "11-26"),  # a night costs nobody anything
        ([("11-23 11:00", "11-23 17:00")], "11-26"),  # nor the day of receipt, which does not count
        ([("11-22 08:00", "11-23 09:00")], "11-26"),  # before the receipt
        ([("11-26 20:00", "11-26 23:00")], "11-27"),  # the last evening, when one could still answer
        ([("11-26 23:00", "11-27 03:00")], "11-27"),  # up again before the opening: that day is whole
        ([("11-26 23:00", "11-27 09:00")], "11-30"),  # up after it: the next one
        ([("11-26 17:00", "12-02 15:00")], "12-03"),  # long over the deadline
        ([("11-27 00:30", "11-27 12:00")], "11-26"),  # after the end
        ([("11-24 10:00", "11-24 12:00"), ("11-24 15:00", "11-24 17:00")], "11-27"),  # one day, once
        ([("11-24 10:00", "11-24 12:00"), ("11-27 10:00", "11-27 12:00")], "11-30"),  # in the added time
    ],
)
def test_working_days_lost_are_added(outages: list[tuple[str, str]], last: str) -> None:
    found, causes = last_day_after([out(*each) for each in outages], SENT, LAST, CALENDAR, HOURS)
    assert found == date.fromisoformat(f"2026-{last}")
    assert bool(causes) == (found != LAST)


def test_over_the_national_day() -> None:
    """Received on 30 September: 8, 9 and 10 October, a Saturday of work; away on the last of them."""
    lost = [out("10-10 09:00", "10-10 18:30")]
    found, _ = last_day_after(lost, beijing("2026-09-30 17:00"), date(2026, 10, 10), CALENDAR, HOURS)
    assert found == date(2026, 10, 12)


def test_a_rest_day_costs_nothing_unless_it_is_the_last_of_the_period() -> None:
    saturday = [out("11-28 09:00", "11-28 18:00")]
    assert last_day_after(saturday, SENT, date(2026, 11, 30), CALENDAR, HOURS)[0] == date(2026, 11, 30)
    assert last_day_after(saturday, SENT, date(2026, 11, 28), CALENDAR, HOURS)[0] == date(2026, 11, 30)


def test_the_number_is_an_hour_and_at_least_a_minute() -> None:
    assert OutageTerms().longest == timedelta(hours=1)
    with pytest.raises(ValueError, match="至少为1"):
        OutageTerms(0)


_minutes = st.integers(0, 60 * 24 * 40).map(lambda n: timedelta(minutes=n))
_some = st.lists(st.tuples(_minutes, st.integers(61, 60 * 24 * 8)), max_size=4)


def _outages(spans: list[tuple[timedelta, int]]) -> list[Outage]:
    """Apart from each other, as they are when each ends before the next can begin."""
    found: list[Outage] = []
    at_ = datetime(2026, 9, 20, tzinfo=SHANGHAI)
    for begins, length in sorted(spans):
        start = max(at_, datetime(2026, 9, 20, tzinfo=SHANGHAI) + begins)
        at_ = start + timedelta(minutes=length + 1)
        found.append(Outage(start, start + timedelta(minutes=length)))
    return found


@given(_some, _minutes, st.integers(1, 8))
def test_a_last_day_never_comes_earlier_nor_before_anyone_could_answer(
    spans: list[tuple[timedelta, int]], sent: timedelta, count: int
) -> None:
    since = datetime(2026, 9, 20, tzinfo=SHANGHAI) + sent
    plain = CALENDAR.after(since.date(), count).day
    outages = _outages(spans)
    last = plain
    for n in range(len(outages) + 1):  # the more of them, the later
        found, causes = last_day_after(outages[:n], since, plain, CALENDAR, HOURS)
        assert found >= last
        assert set(causes) <= set(outages[:n])
        last = found
    assert CALENDAR.is_working(last)
    whole = [
        day
        for n in range(1, (last - since.date()).days + 1)
        if CALENDAR.is_working(day := since.date() + n * DAY)
        and not any(each.overlaps(HOURS.opening(day), HOURS.closing(day)) for each in outages)
    ]
    assert len(whole) >= count, "as many working days without an outage as were promised"
    for each in outages:
        if each.overlaps(since, midnight_after(last)):
            assert each.ended_at <= HOURS.opening(last) or HOURS.closing(last) <= each.began_at


# ---------------------------------------------------------------- ends that nothing could be received over


def test_what_was_due_by_an_end_nothing_was_heard_over_is_in_time_until_that_is_over() -> None:
    away = (("11-26 23:40", "11-27 00:20"), ("11-28 10:00", "11-30 09:00"), ("12-02 09:00", "12-02 18:00"))
    lost = [out(begins, ends) for begins, ends in away]
    calendar = Calendar(unheard=unheard_ends(lost))
    days = [date(2026, 11, day) for day in (25, 26, 27, 28, 29, 30)]
    assert [calendar.still_counts(day).day for day in days] == [25, 27, 27, 30, 30, 30]
    assert calendar.still_counts(date(2026, 12, 2)) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("reported", "in_time"),
    [("12-03 23:59", True), ("12-04 00:21", True), ("12-04 23:59", True), ("12-05 00:01", False)],
)
def test_a_report_begun_only_after_the_return_is_in_time_on_that_day(reported: str, *, in_time: bool) -> None:
    calendar = Calendar(unheard=unheard_ends([out("12-03 23:50", "12-04 00:20")]))
    moment, roster = beijing(f"2026-{reported}"), Cast()
    report = missed_notice(roster.head, date(2026, 12, 6), moment, calendar, Periods())
    event = missed(beijing("2026-12-10 09:00"), moment, calendar, Periods())
    assert (report is None, event is None) == (in_time, in_time)
    assert (
        missed_notice(roster.head, date(2026, 12, 5), beijing("2026-12-03 12:00"), calendar, Periods())
        is not None
    )


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [
        ("12-03 11:55", "12-03 12:20", "12-03 13:20"),  # an hour at the least: people have to notice
        ("12-03 08:00", "12-03 14:03", "12-03 18:10"),  # four hours were lost, to the next ten minutes
    ],
)
def test_an_end_by_the_hour_is_put_off_by_what_was_lost(begins: str, ends: str, until: str) -> None:
    end = beijing("2026-12-03 12:00")
    assert OutageTerms().put_off(end, out(begins, ends)) == beijing(f"2026-{until}")

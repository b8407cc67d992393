"""Which day a receipt counts for: its own, unless the office has set a cut-off."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.countersign.clock import due_now
from rules.countersign.due import Limit, due_after
from rules.hours import OfficeHours
from rules.outage import Outage
from rules.periods import Periods
from rules.received import last_of, received
from rules.working_days import Calendar, shanghai_day
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, CountersignCast

OFF, FIVE = Periods(), Periods(receipt_cut_off="17:00")


@pytest.mark.parametrize(
    ("at", "without", "with_five"),
    [
        ("2026-11-23 16:59", "2026-11-23", "2026-11-23"),
        ("2026-11-23 17:00", "2026-11-23", "2026-11-24"),
        ("2026-11-27 17:30", "2026-11-27", "2026-11-30"),
        ("2026-11-28 09:00", "2026-11-28", "2026-11-30"),
        # A Saturday of work is a working day, the National Day is none.
        ("2026-10-10 09:00", "2026-10-10", "2026-10-10"),
        ("2026-10-10 17:00", "2026-10-10", "2026-10-12"),
        ("2026-09-30 18:00", "2026-09-30", "2026-10-08"),
    ],
)
def test_the_day_it_counts_for(at: str, without: str, with_five: str) -> None:
    assert received(beijing(at), CALENDAR, OFF).day == date.fromisoformat(without)
    assert received(beijing(at), CALENDAR, FIVE).day == date.fromisoformat(with_five)


@pytest.mark.parametrize(
    ("at", "label", "explained"),
    [
        (
            "2026-11-23 16:59",
            "11月26日(周四)",
            "3个工作日：11月23日收到不计；11月24日①、25日②、26日③ → 11月26日",
        ),
        (
            "2026-11-23 17:00",
            "11月27日(周五)",
            (
                "11月23日 17:00收到，17:00以后收到的按次一工作日（11月24日）计（办公室规定）；"
                "3个工作日：11月24日视为收到不计；11月25日①、26日②、27日③ → 11月27日"
            ),
        ),
        (
            "2026-10-03 09:00",
            "10月12日(周一)",
            (
                "10月3日 09:00收到，休息日收到的按次一工作日（10月8日）计（办公室规定）；"
                "3个工作日：10月8日视为收到不计；10月9日①、10日(周六补班)②、12日③ → 10月12日"
            ),
        ),
    ],
)
def test_a_countersigns_period_starts_from_there_and_says_so(at: str, label: str, explained: str) -> None:
    due = due_after(beijing(at), Limit(), CALENDAR, FIVE)
    assert (due.label, due.explained) == (label, explained)


def test_an_hour_of_the_lead_units_leaves_a_whole_working_day_from_there() -> None:
    limit = Limit(until=beijing("2026-11-24 14:30"))
    due = due_after(beijing("2026-11-23 17:10"), limit, CALENDAR, FIVE)
    assert (due.label, due.closes_at) == ("11月24日 14:30", beijing("2026-11-26 00:00"))
    assert due.explained == (
        "主办单位要求；11月23日 17:10收到，17:00以后收到的按次一工作日（11月24日）计（办公室规定）；"
        "收到后不足1个工作日，过了11月25日(周三)24:00方为逾期"
    )


def test_an_outage_on_the_day_it_counts_for_takes_nothing_of_the_period() -> None:
    """Received on Monday evening it runs from Tuesday, which does not count."""
    cast, at = CountersignCast(), beijing("2026-11-23 17:30")
    sheet = cast.sheet(now=at, delivered=False)
    cast.deliver(sheet, sheet.current[0], at)
    tuesday = Outage(beijing("2026-11-24 09:00"), beijing("2026-11-24 11:00"))
    wednesday = Outage(beijing("2026-11-25 09:00"), beijing("2026-11-25 11:00"))

    def label(*outages: Outage) -> str:
        due = due_now(sheet, sheet.current[0], outages, CALENDAR, OfficeHours(), FIVE)
        assert due is not None
        return due.label

    assert label() == label(tuesday) == "11月27日(周五)"
    assert label(wednesday) == "11月30日(周一)"


@given(
    st.integers(0, 60 * 24 * 60).map(
        lambda minutes: beijing("2026-09-10 00:00") + timedelta(minutes=minutes)
    ),
    st.sampled_from(["12:00", "16:30", "17:00", "23:59"]),
)
def test_with_a_cut_off_a_period_never_ends_sooner_and_starts_on_a_working_day(
    at: datetime, cut_off: str
) -> None:
    periods, calendar = Periods(receipt_cut_off=cut_off), Calendar()
    counts = received(at, calendar, periods)
    assert calendar.is_working(counts.day)
    assert counts.day == shanghai_day(at) or calendar.working_between(shanghai_day(at), counts.day) <= 2
    with_it, without = due_after(at, Limit(), calendar, periods), due_after(at, Limit(), calendar, OFF)
    assert with_it.closes_at >= without.closes_at
    assert counts.day <= last_of(shanghai_day(at), calendar, periods).day

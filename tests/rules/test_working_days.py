"""Working days against the table of the design, the real calendar, and their own laws."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.working_days import (
    Calendar,
    CalendarDay,
    Deadline,
    changed_days,
    moved,
    shanghai_day,
    statutory_festivals,
    touches,
    weekday,
)

PUBLISHED = Calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def switched(*days: tuple[str, bool]) -> Calendar:
    return Calendar([CalendarDay(day(text), working, "测试") for text, working in days])


def arrangement(year: int) -> list[CalendarDay]:
    """The least a notice of that year says: its statutory festivals."""
    return [CalendarDay(each, False, "通知", name) for each, name in statutory_festivals(year).items()]


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-09-30", 3, "2026-10-10"),  # art. 63, a Saturday made up
        ("2025-12-31", 3, "2026-01-06"),  # art. 63 over the new year
        ("2026-02-13", 5, "2026-02-27"),  # art. 57 over the Spring Festival
        ("2026-02-13", 10, "2026-03-05"),  # art. 57
        ("2026-10-03", 1, "2026-10-08"),  # received on an off-day: day 0 all the same
        ("2026-10-10", 1, "2026-10-12"),  # received on a make-up day
    ],
)
def test_working_days_after(start: str, count: int, due: str) -> None:
    assert PUBLISHED.after(day(start), count).day == day(due)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-10-08", 10, "2026-09-17"),  # art. 54, materials
        ("2026-10-08", 5, "2026-09-23"),  # art. 54, the mayor
        ("2026-10-08", 3, "2026-09-28"),  # art. 54, the committee
        ("2026-01-05", 5, "2025-12-26"),  # art. 86
    ],
)
def test_working_days_before(start: str, count: int, due: str) -> None:
    assert PUBLISHED.before(day(start), count).day == day(due)


def test_leave_is_counted_in_calendar_days_and_never_rolled() -> None:
    limit = PUBLISHED.days_before(day("2026-10-08"), 3)
    assert (limit.day, limit.advised) == (day("2026-10-05"), day("2026-09-30"))
    assert limit.explain("出发当日") == (
        "提前3天：10月8日出发当日不计；10月7日①、6日②、5日③ → 10月5日(周一国庆节，宜于9月30日(周三)前办理)"
    )
    assert not limit.provisional


def test_leave_limit_on_a_working_day_advises_that_day() -> None:
    limit = PUBLISHED.days_before(day("2026-11-27"), 3)
    assert limit.advised == limit.day == day("2026-11-24")
    assert limit.explain("出发当日").endswith("24日③ → 11月24日")


def test_explains_itself_as_the_design_says() -> None:
    explained = PUBLISHED.after(day("2026-09-30"), 3).explain("收到")
    assert explained == "3个工作日：9月30日收到不计；10月8日①、9日②、10日(周六补班)③ → 10月10日"


def test_explains_over_the_new_year() -> None:
    assert PUBLISHED.before(day("2026-01-05"), 5).explain("活动当日") == (
        "提前5个工作日：1月5日活动当日不计；"
        "1月4日(周日补班)①、2025年12月31日②、30日③、29日④、26日⑤ → 2025年12月26日"
    )


def test_a_long_span_is_shortened_but_keeps_its_make_up_days() -> None:
    assert PUBLISHED.after(day("2026-02-13"), 10).explain("会议当日") == (
        "10个工作日：2月13日会议当日不计；2月14日(周六补班)①、24日②……28日(周六补班)⑥……3月4日⑨、5日⑩ → 3月5日"
    )


def test_a_very_long_span_still_fits_a_phone() -> None:
    explained = PUBLISHED.after(day("2026-01-01"), 120).explain()
    assert len(explained) < 150
    assert "(119)、" in explained


def test_a_provisional_deadline_says_so() -> None:
    deadline = PUBLISHED.after(day("2026-12-30"), 3)
    assert deadline.provisional
    assert deadline.label == "1月5日(周二，暂定)"
    assert deadline.explain() == (
        "3个工作日：12月30日收到不计；12月31日①、2027年1月4日②、5日③ → 2027年1月5日"
        "（暂定：2027年放假安排尚未公布）"
    )


@pytest.mark.parametrize(
    ("start", "count", "provisional"),
    [
        ("2026-12-21", 3, False),  # due 24 December
        ("2026-12-21", 4, True),  # due 25 December: the notice for 2027 may move it
        ("2026-12-24", 1, True),
        ("2025-12-24", 5, False),  # the notice for 2026 is in
        ("2027-03-01", 3, True),
    ],
)
def test_what_is_provisional(start: str, count: int, provisional: bool) -> None:
    assert PUBLISHED.after(day(start), count).provisional is provisional


def test_a_notice_ends_the_provisional() -> None:
    calendar = Calendar(arrangement(2027))
    assert calendar.knows(2027)
    assert not calendar.is_provisional(day("2026-12-28"))
    assert not calendar.after(day("2026-12-30"), 3).provisional
    assert calendar.is_provisional(day("2027-12-25"))
    assert calendar.name_of(day("2027-02-05")) == "春节"


def test_one_day_added_by_the_office_is_no_notice() -> None:
    calendar = switched(("2027-03-05", False))
    assert not calendar.is_working(day("2027-03-05"))
    assert not calendar.knows(2027)
    assert not calendar.is_working(day("2027-01-01")), "the projection still holds"


def test_an_addition_goes_before_everything() -> None:
    calendar = switched(("2026-10-09", False), ("2026-10-11", True))
    assert calendar.after(day("2026-09-30"), 3).day == day("2026-10-11")
    assert calendar.name_of(day("2026-10-09")) == "放假"
    assert calendar.label(day("2026-10-11")) == "周日补班"


def test_a_year_without_a_notice_has_the_statutory_festivals() -> None:
    assert {f"{each:%m-%d}": name for each, name in sorted(statutory_festivals(2027).items())} == {
        "01-01": "元旦",
        "02-05": "春节",
        "02-06": "春节",
        "02-07": "春节",
        "02-08": "春节",
        "04-05": "清明节",
        "05-01": "劳动节",
        "05-02": "劳动节",
        "06-09": "端午节",
        "09-15": "中秋节",
        "10-01": "国庆节",
        "10-02": "国庆节",
        "10-03": "国庆节",
    }


def test_festivals_before_and_after_the_lunar_tables() -> None:
    assert len(statutory_festivals(1850)) == len(statutory_festivals(2150)) == 6
    assert not PUBLISHED.is_working(day("2150-05-01"))


@pytest.mark.parametrize(
    ("which", "label"),
    [
        ("2026-10-03", "周六国庆节"),
        ("2026-10-08", "周四"),
        ("2026-10-10", "周六补班"),
        ("2026-10-17", "周六"),
        ("2026-04-06", "周一清明节"),
        ("2027-02-08", "周一春节"),
    ],
)
def test_what_a_day_is_called(which: str, label: str) -> None:
    assert PUBLISHED.label(day(which)) == label


def test_closes_at_midnight_in_shanghai() -> None:
    deadline = PUBLISHED.after(day("2026-09-30"), 3)
    assert deadline.closes_at == datetime(2026, 10, 10, 16, tzinfo=UTC)
    assert deadline.closes_at.tzinfo is UTC
    assert shanghai_day(deadline.closes_at) == day("2026-10-11")


def test_a_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        PUBLISHED.after(day("2026-09-30"), 0)
    with pytest.raises(ValueError, match="at least one"):
        PUBLISHED.days_before(day("2026-09-30"), 0)


def test_counts_the_working_days_of_a_stretch() -> None:
    assert PUBLISHED.working_between(day("2026-10-01"), day("2026-10-10")) == 3
    assert PUBLISHED.working_between(day("2026-10-02"), day("2026-10-01")) == 0


def test_touches_the_span_and_not_the_day_it_starts_on() -> None:
    deadline = PUBLISHED.after(day("2026-12-30"), 3)
    assert touches(deadline, [day("2027-01-02")])
    assert touches(deadline, [deadline.day])
    assert not touches(deadline, [deadline.start, day("2027-01-06")])
    back = PUBLISHED.before(day("2026-01-05"), 5)
    assert touches(back, [day("2025-12-26")])
    assert not touches(back, [day("2026-01-05"), day("2025-12-25")])


def test_only_what_moved_is_announced() -> None:
    old, new = (
        PUBLISHED,
        Calendar([*arrangement(2027), CalendarDay(day("2027-01-04"), False, "通知", "元旦")]),
    )
    deadlines = [
        old.after(day("2026-12-30"), 3),
        old.after(day("2026-11-23"), 3),
        old.after(day("2027-01-04"), 2),
    ]
    assert changed_days(old, new) == {day("2027-01-04")}
    moves = moved(old, new, deadlines)
    assert [(move.was.day, move.now.day) for move in moves] == [(day("2027-01-05"), day("2027-01-06"))]
    assert not moves[0].now.provisional


def test_a_day_switched_back_is_a_change_too() -> None:
    assert changed_days(switched(("2026-11-25", False)), PUBLISHED) == {day("2026-11-25")}


dates = st.dates(date(2005, 1, 1), date(2031, 12, 31))
counts = st.integers(1, 30)
calendars = st.builds(
    Calendar,
    st.lists(st.builds(CalendarDay, dates, st.booleans(), st.just("某通知")), max_size=40),
)


@given(calendars, dates, counts)
def test_counts_exactly_the_working_days_after_the_start(calendar: Calendar, start: date, count: int) -> None:
    deadline = calendar.after(start, count)
    assert start < deadline.day
    assert start not in deadline.counted
    assert calendar.is_working(deadline.day)
    assert calendar.working_between(start + timedelta(days=1), deadline.day) == count
    assert all(calendar.is_working(each) for each in deadline.counted)


@given(calendars, dates, counts)
def test_more_days_and_later_starts_are_never_earlier(calendar: Calendar, start: date, count: int) -> None:
    assert calendar.after(start, count).day < calendar.after(start, count + 1).day
    assert calendar.after(start, count).day <= calendar.after(start + timedelta(days=1), count).day
    assert calendar.before(start, count + 1).day < calendar.before(start, count).day


@given(calendars, dates, counts)
def test_before_undoes_after_from_a_working_day(calendar: Calendar, start: date, count: int) -> None:
    worked = calendar.last_working_on_or_before(start)
    assert calendar.before(calendar.after(worked, count).day, count).day == worked
    assert calendar.after(calendar.before(worked, count).day, count).day == worked


@given(calendars, dates, counts)
def test_an_off_day_receipt_counts_from_the_working_day_before(
    calendar: Calendar, start: date, count: int
) -> None:
    worked = calendar.last_working_on_or_before(start)
    assert calendar.after(start, count).day == calendar.after(worked, count).day


@given(calendars, calendars, dates, counts, st.booleans())
def test_an_untouched_deadline_stays(
    old: Calendar, new: Calendar, start: date, count: int, back: bool
) -> None:
    """Whatever changes outside its span; any day that it counts would touch it."""
    deadline: Deadline = (old.before if back else old.after)(start, count)
    changes = [
        CalendarDay(day, new.is_working(day), "某通知")
        for day in changed_days(old, new)
        if not touches(deadline, [day])
    ]
    elsewhere = Calendar([*old.additions.values(), *changes])
    assert not touches(deadline, changed_days(old, elsewhere))
    assert elsewhere.recount(deadline).counted == deadline.counted
    assert all(touches(deadline, [day]) for day in deadline.counted)


@given(calendars, dates, counts)
def test_every_deadline_explains_itself_on_a_phone(calendar: Calendar, start: date, count: int) -> None:
    deadline = calendar.after(start, count)
    explained = deadline.explain()
    assert "\n" not in explained
    assert f"→ {deadline.day.month}月{deadline.day.day}日" in explained.replace(f"{deadline.day.year}年", "")
    assert ("暂定" in explained) == deadline.provisional


def test_weekday_words() -> None:
    week = "".join(weekday(day("2026-11-23") + timedelta(days=step)) for step in range(7))
    assert week == "周一周二周三周四周五周六周日"

"""A later word on the holidays: the festival it speaks of is replaced whole, and nothing else is touched."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import working_days
from rules.holiday_change import change
from rules.holiday_notice import Arrangement, Lengthened, read_arrangement
from rules.refused import Refused
from rules.working_days import Calendar, CalendarDay, changed_days

NOTICES = Path(__file__).parent / "notices"
YEAR_2027 = """
year = 2027
source = "国办发明电〔2026〕5号"
off = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-03 },
  { name = "春节", from = 2027-02-05, to = 2027-02-11 },
  { name = "清明节", from = 2027-04-05 },
  { name = "劳动节", from = 2027-05-01, to = 2027-05-05 },
  { name = "端午节", from = 2027-06-09 },
  { name = "中秋节", from = 2027-09-15 },
  { name = "国庆节", from = 2027-10-01, to = 2027-10-07 },
]
work = [2027-01-10, 2027-05-08, 2027-10-09]
"""


def notice(name: str) -> Arrangement:
    return read_arrangement((NOTICES / f"{name}.txt").read_text("utf-8"))


def day(written: str) -> date:
    return date.fromisoformat(written)


def after(calendar: Calendar, *texts: str) -> Calendar:
    """The calendar once these have been entered one after another."""
    for text in texts:
        calendar = change(calendar, read_arrangement(text)).after
    return calendar


def differences(old: Calendar, new: Calendar) -> dict[str, bool]:
    """The days that differ, with whether they are worked now."""
    return {f"{each:%m-%d}": new.is_working(each) for each in sorted(changed_days(old, new))}


def as_published(calendar: Calendar, year: int) -> list[str]:
    """The days of the year on which the calendar differs from chinese-calendar."""
    days = (date(year, 1, 1) + timedelta(days=step) for step in range(365))
    return [f"{d:%m-%d}" for d in days if calendar.is_working(d) != chinese_calendar.is_workday(d)]


# ---------------------------------------------------------------- the notices as they were published


@pytest.fixture
def _nothing_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if chinese-calendar knew no year: only what is entered counts."""
    monkeypatch.setattr(working_days, "_published", lambda year: False)  # noqa: ARG005
    monkeypatch.setattr("rules.holiday_change.published_days", lambda year: {})  # noqa: ARG005


def test_2015_an_extra_holiday_is_named_in_the_title() -> None:
    read = notice("2015-09-03")
    assert (read.year, read.source) == (2015, "国发明电〔2015〕1号")
    assert [(f"{d.date:%m-%d}", d.working, d.festival) for d in read.days] == [
        ("09-03", False, "抗战胜利纪念日"),
        ("09-04", False, "抗战胜利纪念日"),
        ("09-05", False, "抗战胜利纪念日"),
        ("09-06", True, "抗战胜利纪念日"),
    ]
    made = change(Calendar(), read)
    assert as_published(made.after, 2015) == []
    assert made.missing == ()


@pytest.mark.usefixtures("_nothing_published")
@pytest.mark.parametrize(("year", "amendment"), [(2019, "2019-劳动节"), (2020, "2020-春节")])
def test_the_amended_year_is_the_one_that_was_worked(year: int, amendment: str) -> None:
    whole = change(Calendar(), notice(str(year))).after
    amended = change(whole, notice(amendment))
    assert as_published(amended.after, year) == []
    assert amended.after.knows(year)
    assert amended.missing == ()


@pytest.mark.usefixtures("_nothing_published")
def test_2019_the_labour_day_of_one_day_becomes_four_and_two_sundays_are_worked() -> None:
    whole = change(Calendar(), notice("2019")).after
    amended = change(whole, notice("2019-劳动节")).after
    assert differences(whole, amended) == {
        "04-28": True,
        "05-03": False,
        "05-05": True,
    }  # 2 May: off by law of 2024
    assert amended.label(day("2019-05-02")) == "周四劳动节"


@pytest.mark.usefixtures("_nothing_published")
def test_2020_a_lengthened_festival_goes_on_over_its_own_make_up_day() -> None:
    read = notice("2020-春节")
    assert read.lengthened == (Lengthened("春节", date(2020, 2, 2)),)
    whole = change(Calendar(), notice("2020")).after
    amended = change(whole, read).after
    assert differences(whole, amended) == {"01-31": False, "02-01": False}
    assert amended.is_working(day("2020-01-19"))  # worked already
    assert amended.label(day("2020-01-31")) == "周五春节"
    assert differences(amended, change(amended, notice("2020")).after) == {"01-31": True, "02-01": True}


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("2月30日", "没有“2月30日”这一天"),
        ("2月11日", "2027年春节原放假至2月11日，延长至2月11日不对"),
        ("3月30日", "2027年春节原放假至2月11日，延长至3月30日不对"),
        ("2月14日（星期六）", "2027年2月14日是周日，不是星期六"),
        ("下周", "看不出延长到哪天"),
    ],
)
def test_a_lengthening_that_makes_no_sense_is_refused(until: str, says: str) -> None:
    text = f"国务院办公厅关于延长2027年春节假期的通知\n一、延长2027年春节假期至{until}。"
    with pytest.raises(Refused, match=says):
        change(after(Calendar(), YEAR_2027), read_arrangement(text))


# ---------------------------------------------------------------- corrections


def test_a_make_up_day_corrected_to_another_does_not_leave_both() -> None:
    first = after(Calendar(), YEAR_2027)
    second = after(first, YEAR_2027.replace("2027-01-10", "2027-01-09"))
    assert differences(first, second) == {"01-09": True, "01-10": False}
    assert second.label(day("2027-01-10")) == "周日"


def test_a_shorter_holiday_gives_back_its_days_and_its_make_up_day() -> None:
    first = after(Calendar(), YEAR_2027)
    text = "国务院办公厅关于调整2027年劳动节假期安排的通知\n一、2027年5月1日至3日放假调休，共3天。"
    second = after(first, text)
    assert differences(first, second) == {"05-04": True, "05-05": True, "05-08": False}
    assert second.knows(2027)


def test_a_published_year_is_corrected_in_the_same_way() -> None:
    """2026 comes with chinese-calendar: 1 to 5 May off, 9 May worked."""
    text = "国务院办公厅关于调整2026年劳动节假期安排的通知\n一、2026年5月1日至3日放假，共3天。"
    first = Calendar()
    second = after(first, text)
    assert differences(first, second) == {"05-04": True, "05-05": True, "05-09": False}
    assert second.label(day("2026-05-09")) == "周六"
    longer = "国务院办公厅关于延长2026年劳动节假期的通知\n延长2026年劳动节假期至5月4日（星期一）。"
    assert differences(second, after(second, longer)) == {"05-04": False}


def test_the_same_word_again_changes_nothing() -> None:
    first = after(Calendar(), YEAR_2027)
    assert differences(first, after(first, YEAR_2027)) == {}


def test_a_statutory_festival_stays_off_though_the_later_word_on_its_neighbour_leaves_it_out() -> None:
    joined = (
        "国务院办公厅关于2020年部分节假日安排的通知\n"
        "六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。"
    )
    first = after(Calendar(), joined)
    second = after(
        first, "国务院办公厅关于调整2020年国庆节假期安排的通知\n一、2020年10月2日至3日放假，共2天。"
    )
    assert not second.is_working(day("2020-10-01"))  # 中秋 and 国庆 by law
    assert second.is_working(day("2020-10-08"))


def test_a_weekday_off_is_taken_back_alone() -> None:
    first = after(Calendar(), YEAR_2027)
    second = after(first, 'year = 2027\nsource = "更正"\nwork = [2027-02-11]')
    assert differences(first, second) == {"02-11": True}
    assert second.label(day("2027-02-11")) == "周四"


@pytest.mark.parametrize(
    ("work", "says"),
    [
        ("2027-01-04", "“2027-01-04”：1月4日是周一，本来就上班，请核对日期和年份。"),
        ("2027-10-01", "“2027-10-01”：10月1日是周五，国庆节是法定节日，不能改为上班，请核对。"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(work: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        after(Calendar(), f"year = 2027\nwork = [{work}]")
    assert str(refused.value) == says


def test_a_make_up_day_entered_without_a_name_by_an_older_version_goes_with_its_festival() -> None:
    old = [CalendarDay(date(2027, 1, each), False, "旧", "元旦") for each in (1, 2, 3)]
    first = Calendar([*old, CalendarDay(date(2027, 1, 10), True, "旧")])
    second = after(first, 'year = 2027\noff = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]')
    assert differences(first, second) == {"01-10": False}


def test_new_years_day_of_one_year_is_not_that_of_the_next() -> None:
    first = after(Calendar(), YEAR_2027)
    next_year = (
        "国务院办公厅关于2028年部分节假日安排的通知\n"
        "一、元旦：2027年12月31日至2028年1月2日放假调休，共3天。2027年12月26日（周日）上班。"
    )
    second = after(first, next_year)
    assert differences(first, second) == {"12-26": True, "12-31": False}
    corrected = after(second, next_year.replace("2027年12月26日（周日）", "2028年1月8日（周六）"))
    assert {f"{d:%F}" for d in changed_days(second, corrected)} == {"2027-12-26", "2028-01-08"}


FESTIVALS = {"元旦": date(2027, 1, 1), "清明节": date(2027, 4, 5), "国庆节": date(2027, 10, 1)}


@st.composite
def words(draw: st.DrawFn) -> Mapping[str, tuple[int, int]]:
    """For some festivals, how many days off and how many weeks later the Saturday is made up."""
    names = draw(st.lists(st.sampled_from(sorted(FESTIVALS)), min_size=1, unique=True))
    return {name: (draw(st.integers(1, 7)), draw(st.integers(1, 2))) for name in names}


def arranged(word: Mapping[str, tuple[int, int]]) -> Arrangement:
    days = {}
    for name, (length, weeks) in word.items():
        first = FESTIVALS[name]
        saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * weeks)
        for step in range(length):
            off = first + timedelta(days=step)
            days[off] = CalendarDay(off, False, "某通知", name)
        if saturday not in days:
            days[saturday] = CalendarDay(saturday, True, "某通知", name)
    return Arrangement(2027, "某通知", tuple(days.values()))


@given(st.lists(words(), min_size=1, max_size=5))
def test_of_each_festival_only_the_last_word_counts(said: list[Mapping[str, tuple[int, int]]]) -> None:
    one_by_one = Calendar()
    for word in said:
        one_by_one = change(one_by_one, arranged(word)).after
    last: dict[str, tuple[int, int]] = {}
    for word in said:
        last |= word
    assert changed_days(one_by_one, change(Calendar(), arranged(last)).after) == frozenset()

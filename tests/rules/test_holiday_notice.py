"""The State Council's own texts against chinese-calendar's data, and everything that can be wrong in them."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from rules.holiday_change import change
from rules.holiday_notice import is_notice, read_arrangement, read_notice
from rules.refused import Refused
from rules.working_days import Calendar, CalendarDay, changed_days

NOTICES = Path(__file__).parent / "notices"
WHOLE_2027 = (
    "一、元旦：1月1日至3日放假，共3天。",
    "二、春节：2月5日至11日放假调休，共7天。",
    "三、清明节：4月5日放假。",
    "四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。",
    "五、端午节：6月9日放假。",
    "六、中秋节：9月15日放假。",
    "七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。",
)
TITLE_2027 = "国务院办公厅关于2027年部分节假日安排的通知\n"


def published(year: int) -> str:
    return (NOTICES / f"{year}.txt").read_text("utf-8")


def disagreements(year: int) -> list[str]:
    """The days of the year on which the notice's text and chinese-calendar differ."""
    added = {day.date: day.working for day in read_arrangement(published(year)).days}
    days = (date(year, 1, 1) + timedelta(days=step) for step in range(365))
    return [
        f"{day:%m-%d}"
        for day in days
        if added.get(day, day.weekday() < 5) != chinese_calendar.is_workday(day)
    ]


@pytest.mark.parametrize("year", [2021, 2023, 2024, 2025, 2026])
def test_reads_the_published_text(year: int) -> None:
    assert disagreements(year) == []


def test_differs_only_where_a_later_notice_changed_the_year() -> None:
    assert disagreements(2019) == ["04-28", "05-02", "05-03", "05-05"]  # 劳动节 lengthened in March 2019
    assert disagreements(2020) == ["01-31", "02-01"]  # 春节 lengthened in January 2020


def test_days_over_the_new_year_are_read() -> None:
    days = {day.date: day for day in read_arrangement(published(2019)).days}
    assert days[date(2018, 12, 29)] == CalendarDay(date(2018, 12, 29), True, "国办发明电〔2018〕15号", "元旦")
    assert not days[date(2018, 12, 31)].working


def test_a_day_of_december_without_its_year_is_of_the_year_before() -> None:
    days = read_notice(TITLE_2027 + "一、元旦：1月1日至3日放假调休，共3天。12月27日（周日）上班。").days
    assert days[0].date == date(2026, 12, 27)


@pytest.mark.parametrize(
    ("year", "source"),
    [(2026, "国办发明电〔2025〕7号"), (2021, "国务院办公厅关于2021年部分节假日安排的通知")],
)
def test_the_source_is_the_number_or_the_title(year: int, source: str) -> None:
    arrangement = read_arrangement(published(year))
    assert (arrangement.year, {day.source for day in arrangement.days}) == (year, {source})


def test_a_whole_notice_makes_its_year_known_and_a_part_does_not() -> None:
    part = read_notice(TITLE_2027 + "一、元旦：1月1日（周五）至3日（周日）放假，共3天。")
    made = change(Calendar(), part)
    assert made.missing == ("春节", "清明节", "端午节", "中秋节", "国庆节")
    assert not made.after.knows(2027)
    whole = [read_notice(TITLE_2027 + item) for item in WHOLE_2027]
    calendar = Calendar()
    for item in whole:
        calendar = change(calendar, item).after
    assert calendar.knows(2027)
    assert change(calendar, part).missing == ()


def test_a_text_without_line_breaks_and_with_another_around_it() -> None:
    joined = (
        "新华社北京11月4日电 " + " ".join(published(2026).split()) + " 责编：某某 11月5日 22:15 热点：10月1日"
    )
    assert read_arrangement(joined) == read_arrangement(published(2026))


def test_a_text_broken_within_its_lines() -> None:
    broken = (
        TITLE_2027 + "一、元旦：1月1日（周五）\n至3日（周日）放假，\n共3天。\n\n国务院办公厅\n2026年11月10日"
    )
    assert [f"{day.date:%m-%d}" for day in read_notice(broken).days] == ["01-01", "01-02", "01-03"]


def test_lines_without_numbers_and_full_stops() -> None:
    listed = (
        TITLE_2027
        + "- 元旦:１月１日至３日放假,共３天,1月9日（周六）上班\n- 清明节:4月5日放假\n4月10日(周六)上班"
    )
    assert [(f"{day.date:%m-%d}", day.working) for day in read_notice(listed).days] == [
        ("01-01", False),
        ("01-02", False),
        ("01-03", False),
        ("01-09", True),
        ("04-05", False),
        ("04-10", True),
    ]


def test_the_old_wording_of_a_day_off_in_lieu() -> None:
    text = "国务院办公厅关于2014年部分节假日安排的通知\n三、清明节：4月5日放假，4月7日（星期一）补休。"
    assert [f"{day.date:%m-%d}" for day in read_notice(text).days] == ["04-05", "04-07"]


def test_one_pasted_line_takes_the_year_it_is_given() -> None:
    line = "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
    assert [day.working for day in read_arrangement(line, year=2026).days] == [False, False, False, True]
    with pytest.raises(Refused, match="没有找到年份"):
        read_arrangement(line)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "一、元旦：1月1日（周四）至3日（周日）放假，共3天。",
            "“一、元旦:1月1日(周四)至3日(周日)放假,共3天”：2027年1月1日是周五，不是周四，请核对。",
        ),
        (
            "一、元旦：1月1日至3日放假，共3天。1月9日（周日）上班。",
            "“1月9日(周日)上班”：2027年1月9日是周六，不是周日，请核对。",
        ),
        (
            "一、元旦：1月1日至3日放假，共4天。",
            "“一、元旦:1月1日至3日放假,共4天”：写的是4天，所列日期是3天，请核对。",
        ),
        (
            "一、元旦：1月1日至3日放假。1月4日上班。",
            "“1月4日上班”：1月4日是周一，本来就上班，请核对日期和年份。",
        ),
        ("一、元旦：1月1日至3日放假。1月3日上班。", "“1月3日上班”：1月3日既写了放假又写了上班，请核对。"),
        ("二、春节：2月5日至30日放假。", "“二、春节:2月5日至30日放假”：没有“2月5日至30日”这一天，请核对。"),
        (
            "二、春节：2月12日至5日放假。",
            "“二、春节:2月12日至5日放假”：2月12日至2月5日不像一个假期，请核对。",
        ),
        ("二、春节：2月5日至12日。", "“二、春节:2月5日至12日”：看不出哪天放假、哪天上班，请核对。"),
        ("二、春节：另行通知。", "“二、春节:另行通知”：看不出哪天放假、哪天上班，请核对。"),
        ("二、春节：", "“二、春节:”没有写哪天放假，请核对。"),
        (
            "一、元旦：2025年1月1日放假。",
            "“一、元旦:2025年1月1日放假”：2025-01-01不在2027年的安排之内，请核对年份。",
        ),
        (
            "你好",
            "没有找到放假安排，请粘贴通知全文，或逐条粘贴，如：一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。",
        ),
    ],
)
def test_says_which_line_is_wrong(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read_arrangement(TITLE_2027 + text)
    assert str(refused.value) == says


TOML = """
year = 2027
source = "国办发明电〔2026〕5号"
off = [
  { name = "元旦", from = 2027-01-01, to = 2027-01-03 },
  { name = "清明节", from = 2027-04-05 },
]
work = [2027-01-09]
"""


def test_reads_a_small_toml_file() -> None:
    arrangement = read_arrangement(TOML)
    assert (arrangement.year, arrangement.source) == (2027, "国办发明电〔2026〕5号")
    assert [(f"{day.date:%m-%d}", day.working, day.festival) for day in arrangement.days] == [
        ("01-01", False, "元旦"),
        ("01-02", False, "元旦"),
        ("01-03", False, "元旦"),
        ("01-09", True, "元旦"),
        ("04-05", False, "清明节"),
    ]


def test_reads_the_same_as_json() -> None:
    table = {
        "year": 2027,
        "source": "国办发明电〔2026〕5号",
        "off": [
            {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"},
            {"name": "清明节", "from": "2027-04-05"},
        ],
        "work": ["2027-01-09"],
    }
    assert read_arrangement(json.dumps(table)) == read_arrangement(TOML)


def test_reads_the_widespread_json_of_days() -> None:
    days = [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-09", "isOffDay": False},
    ]
    arrangement = read_arrangement(json.dumps({"year": 2027, "papers": ["某通知"], "days": days}))
    assert [day.working for day in arrangement.days] == [False, True]
    assert arrangement.source == "某通知"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "JSON第1行有误"),
        ("year = \noff = []", "TOML格式有误"),
        ("year = 2027\noff = [2027-01-01]", "格式有误，应为：off"),
        ('year = 2027\noff = [{ name = "元旦", from = "1月1日" }]', "“1月1日”不是日期"),
        ('year = 2027\noff = [{ name = "春节", from = 2027-02-05, to = 2027-03-05 }]', "不像一个假期"),
        ("year = 2027\nwork = [2029-01-06]", "不在2027年的安排之内"),
        ("year = 2027\nholidays = []", "不认识“holidays”"),
        ("off = []", "请写明年份"),
        ("year = 2027", "没有读到任何"),
        ("", "没有找到放假安排"),
    ],
)
def test_says_what_is_wrong_in_a_file(content: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_arrangement(content)


def test_what_the_published_arrangement_changes_in_the_projection() -> None:
    projected = Calendar()
    loaded = Calendar(read_arrangement(TITLE_2027 + "一、元旦：1月1日至3日放假，共3天。1月9日上班。").days)
    assert changed_days(projected, loaded) == {date(2027, 1, 9)}


ITEMS = "一、元旦：1月1日至3日放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。"


@pytest.mark.parametrize(
    "text",
    [
        TITLE_2027 + ITEMS,
        ITEMS,
        TITLE_2027 + "一、元旦：1月1日（周五）至3日（周日）放假，共3天。",
        "国务院办公厅关于调整2027年劳动节假期安排的通知\n5月1日（周六）至4日（周二）放假调休，共4天。",
        "国务院办公厅关于延长2020年春节假期的通知\n一、延长2020年春节假期至2月2日（农历正月初九，星期日）。",
    ],
)
def test_a_notice_is_known_by_its_looks(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "国务院什么时候发明年的放假安排通知？",
        "关于2027年部分节假日安排的通知出来了吗？元旦放几天假",
        "元旦：值班安排",
        "请假\n类别：探亲\n时间：2027年1月1日至1月3日\n事由：元旦放假，回家探亲",
        "邀请\n活动：国庆：10月1日升旗仪式\n时间：10月1日 8:00",
        "会签\n标题：关于做好2027年部分节假日安排的通知\n单位：财政局\n说明：10月1日起执行",
        "请假\n时间：1月4日\n事由：1月1日至3日放假没有休",
    ],
)
def test_what_only_speaks_of_holidays_is_no_notice(text: str) -> None:
    assert not is_notice(text)

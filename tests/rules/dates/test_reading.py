"""Dates as people write them on 23 November 2026, a Monday, at 10:00."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.dates.reading import Half, HalfDaySpan, parse_day, parse_moment, parse_span, say_day, say_moment
from rules.dates.words import Unreadable
from rules.refused import Refused
from rules.working_days import SHANGHAI, weekday

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("2026.12.1", "2026-12-01"),
        ("20261201", "2026-12-01"),
        ("2026年12月1日", "2026-12-01"),
        ("12月1日", "2026-12-01"),
        ("12月1号", "2026-12-01"),
        ("12月1", "2026-12-01"),
        ("12 月 1 日", "2026-12-01"),
        ("12.1", "2026-12-01"),
        ("12/1", "2026-12-01"),
        ("12-1", "2026-12-01"),
        ("十二月一日", "2026-12-01"),
        ("二〇二七年一月四日", "2027-01-04"),
        ("12月1日（周二）", "2026-12-01"),
        ("12月1日 星期二", "2026-12-01"),
        ("12月1日上午", "2026-12-01"),
        ("3号", "2026-12-03"),
        ("25日", "2026-11-25"),
        ("今天", "2026-11-23"),
        ("明天", "2026-11-24"),
        ("后天", "2026-11-25"),
        ("大后天", "2026-11-26"),
        ("周一", "2026-11-23"),
        ("周三", "2026-11-25"),
        ("本周五", "2026-11-27"),
        ("下周三", "2026-12-02"),
        ("下个星期天", "2026-12-06"),
        ("下下周一", "2026-12-07"),
        ("明年1月4日", "2027-01-04"),
        # without a year: this year's unless more than two months past
        ("1月4日", "2027-01-04"),
        ("11月20日", "2026-11-20"),
        ("9月24日", "2026-09-24"),
        ("9月23日", "2027-09-23"),
        # what surrounds it does not matter
        ("  １２月１日 ", "2026-12-01"),
        ("\u200f\u202e12月1日\u200e🙂", "2026-12-01"),
        ("1️⃣2️⃣月1日", "2026-12-01"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert parse_day(text, NOW) == parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("元旦", "2027-01-01"),
        ("春节", "2027-02-06"),
        ("农历腊月廿三", "2027-01-30"),
        ("三天后", "2026-11-26"),
        ("下个月1号", "2026-12-01"),
    ],
)
def test_days_in_other_words(text: str, day: str) -> None:
    assert parse_day(text, NOW) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2月30日", "「2月30日」没有这一天，请写成“12月1日”。"),
        ("2月29日", "「2月29日」没有这一天，请写成“12月1日”。"),
        ("2027-2-29", "「2027-2-29」没有这一天，请写成“12月1日”。"),
        ("13月1日", "「13月1日」没有这一天，请写成“12月1日”。"),
        ("十二月三十二日", "「12月32日」没有这一天，请写成“12月1日”。"),
        ("12月1日周三", "2026年12月1日是周二，不是周三，请核对。"),
        ("9999-12-31", "9999年不在可用的年份内，请核对。"),
        ("你好", "看不懂「你好」这个日期，请写成“12月1日”。"),
        ("下周", "「下周」是11月30日（周一）至12月4日（周五），没有写是哪一天，请写成“12月1日”。"),
        ("12月上旬", "「12月上旬」是12月1日（周二）至12月10日（周四），没有写是哪一天，请写成“12月1日”。"),
        ("14:30", "看不懂「14:30」这个日期，请写成“12月1日”。"),
        ("12月1日去济南", "「12月1日去济南」是12月1日（周二）？"),
        ("", "没有写时间，请写成“12月1日”。"),
        ("🙂", "没有写时间，请写成“12月1日”。"),
        ("12月1日" * 1000, "看不懂「12月1日12月1日12月1日…」这个时间，请写成“12月1日”。"),
    ],
)
def test_what_is_no_day(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_day(text, NOW)
    assert str(refused.value) == says


def test_the_reason_stands_alone_where_the_example_is_shown_anyway() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_day("2月30日", NOW)
    assert refused.value.why == "「2月30日」没有这一天"


def test_a_leap_day_is_the_coming_one() -> None:
    assert parse_day("2月29日", date(2027, 11, 23)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12月3日 14:30", "2026-12-03 14:30"),
        ("12月3日14：30", "2026-12-03 14:30"),
        ("2026-12-03 14:30:00", "2026-12-03 14:30"),
        ("2026-12-03T14:30", "2026-12-03 14:30"),
        ("2026/12/1 9:00", "2026-12-01 09:00"),
        ("12.3 14:30", "2026-12-03 14:30"),
        ("12月3日，14:30", "2026-12-03 14:30"),
        ("12月3日（周四）14:30", "2026-12-03 14:30"),
        ("12月3日下午2点半", "2026-12-03 14:30"),
        ("十二月三日下午两点半", "2026-12-03 14:30"),
        ("12月3日9时30分", "2026-12-03 09:30"),
        ("12月3日中午12点", "2026-12-03 12:00"),
        ("12月3日晚上12点", "2026-12-04 00:00"),
        ("12月3日24:00", "2026-12-04 00:00"),
        ("明天9点", "2026-11-24 09:00"),
        ("明早9点", "2026-11-24 09:00"),
        ("明晚七点半", "2026-11-24 19:30"),
        ("下周三上午9点", "2026-12-02 09:00"),
        ("周五十点", "2026-11-27 10:00"),
        ("周五9点一刻", "2026-11-27 09:15"),
        ("下午3点", "2026-11-23 15:00"),
        ("14:30", "2026-11-23 14:30"),
        ("今晚8点", "2026-11-23 20:00"),
        ("元旦9点", "2027-01-01 09:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    parsed = parse_moment(text, NOW)
    assert parsed.tzinfo is UTC
    assert f"{parsed.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12月3日", "「12月3日」没有写清几点，请写成“12月3日 14:30”。"),
        ("明天下午", "「明天下午」没有写清几点，请写成“12月3日 14:30”。"),
        ("12月3日25:00", "「25:00」没有这个时间，请写成“12月3日 14:30”。"),
        ("12月3日 14：70", "「14:70」没有这个时间，请写成“12月3日 14:30”。"),
        ("12月3日上午14点", "「上午14点」没有这个时间，请写成“12月3日 14:30”。"),
        ("2月30日9:00", "「2月30日」没有这一天，请写成“12月3日 14:30”。"),
        ("一会儿", "看不懂「一会儿」这个时间，请写成“12月3日 14:30”。"),
    ],
)
def test_what_is_no_moment(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_moment(text, NOW)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("12月1日至12月3日", "12-01上午 12-03下午"),
        ("从12月1日到12月3日止", "12-01上午 12-03下午"),
        ("12月1日-12月3日", "12-01上午 12-03下午"),
        ("12月1日-3日", "12-01上午 12-03下午"),
        ("12月1-3日", "12-01上午 12-03下午"),
        ("12月1日—12月3日", "12-01上午 12-03下午"),
        ("12月1日～12月3日", "12-01上午 12-03下午"),
        ("12.1-12.3", "12-01上午 12-03下午"),
        ("12-1-12-3", "12-01上午 12-03下午"),
        ("2026-12-01 - 2026-12-03", "12-01上午 12-03下午"),
        ("2026-12-01-2026-12-03", "12-01上午 12-03下午"),
        ("2026-12-01至2026-12-03", "12-01上午 12-03下午"),
        ("12月1日（周二）至12月3日（周四）", "12-01上午 12-03下午"),
        ("12月1日至12月3日，共3天", "12-01上午 12-03下午"),
        ("十二月一日至十二月三日（三天）", "12-01上午 12-03下午"),
        ("12月1日起3天", "12-01上午 12-03下午"),
        ("12月1日起，为期三天", "12-01上午 12-03下午"),
        ("12月1日（3天）", "12-01上午 12-03下午"),
        ("12月1日上午至12月3日下午", "12-01上午 12-03下午"),
        ("12月1日下午到3日上午", "12-01下午 12-03上午"),
        ("12月1日（周二）下午至12月3日（周四），共2.5天", "12-01下午 12-03下午"),
        ("12月1日下午至12月3日两天半", "12-01下午 12-03下午"),
        ("12月1日14:30至12月3日11:00", "12-01下午 12-03上午"),
        ("12月1日14:30-16:00", "12-01下午 12-01下午"),
        ("12月1日", "12-01上午 12-01下午"),
        ("12月1日全天", "12-01上午 12-01下午"),
        ("12月1日下午", "12-01下午 12-01下午"),
        ("12月1日上午至下午", "12-01上午 12-01下午"),
        ("明天上午", "11-24上午 11-24上午"),
        ("明天到后天", "11-24上午 11-25下午"),
        ("周三至周五", "11-25上午 11-27下午"),
        ("下周三至周五", "12-02上午 12-04下午"),
        ("周五到周一", "11-27上午 11-30下午"),
        ("12月30日至1月4日", "12-30上午 01-04下午"),
        ("元旦至1月3日", "01-01上午 01-03下午"),
    ],
)
def test_spans(text: str, span: str) -> None:
    parsed = parse_span(text, NOW)
    assert f"{parsed.start:%m-%d}{parsed.start_half} {parsed.end:%m-%d}{parsed.end_half}" == span


def test_a_span_over_the_new_year_ends_in_the_next() -> None:
    expected = HalfDaySpan(date(2026, 12, 30), Half.AM, date(2027, 1, 4), Half.PM)
    assert parse_span("12月30日至1月4日", TODAY) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2月28日至2月30日", "「2月30日」没有这一天，请写成“12月1日至12月3日”。"),
        ("12月3日至12月1日", "结束时间早于开始时间，请写成“12月1日至12月3日”。"),
        ("12月1日下午至上午", "结束时间早于开始时间，请写成“12月1日至12月3日”。"),
        ("12月1日至12月3日，共4天", "12月1日（周二）至12月3日（周四）是3天，不是4天，请核对。"),
        ("12月1日半天", "半天请写明上午还是下午，请写成“12月1日上午”。"),
        ("3天", "看不懂「3天」这个时间，请写成“12月1日至12月3日”。"),
        ("下周", "「下周」是11月30日（周一）至12月4日（周五），还是11月30日（周一）至12月6日（周日）？"),
        ("12月1日至", "「12月1日至」没有写全从哪天到哪天，请写成“12月1日至12月3日”。"),
        ("至12月3日", "「至12月3日」没有写全从哪天到哪天，请写成“12月1日至12月3日”。"),
        ("12月1日、3日", "「12月1日、3日」是12月1日（周二）至12月3日（周四），还是12月1日（周二）？"),
        ("等通知", "看不懂「等通知」这个时间，请写成“12月1日至12月3日”。"),
    ],
)
def test_what_is_no_span(text: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_span(text, NOW)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("day", "now", "said"),
    [
        (date(2026, 12, 1), NOW, "12月1日（周二）"),
        (date(2027, 1, 4), NOW, "2027年1月4日（周一）"),
        (date(2027, 1, 4), date(2027, 1, 1), "1月4日（周一）"),
        (date(2027, 1, 4), None, "1月4日（周一）"),
    ],
)
def test_days_are_said_with_their_year_where_it_differs(day: date, now: datetime | None, said: str) -> None:
    assert say_day(day, now) == said


def test_moments_are_said_by_the_shanghai_clock() -> None:
    assert say_moment(datetime(2026, 12, 3, 6, 30, tzinfo=UTC), NOW) == "12月3日（周四）14:30"
    assert say_moment(datetime(2026, 12, 31, 16, 0, tzinfo=UTC), NOW) == "2027年1月1日（周五）00:00"


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y年%m月%d日}", "{0:%Y%m%d}"]),
)
def test_a_written_year_is_taken_at_its_word(day: date, form: str) -> None:
    assume(form != "{0:%Y%m%d}" or day.year >= 2000)
    assert parse_day(form.format(day), NOW) == day


@given(st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=300)))
def test_what_we_say_we_understand(day: date) -> None:
    assert parse_day(say_day(day, NOW), NOW) == day
    assert parse_day(f"{day.month}月{day.day}日{weekday(day)}", NOW) == day


@given(
    st.text(max_size=50)
    | st.text("0123456789年月日号天周上下午点时至到-:/. 零一二三十明后起共半", max_size=16)
)
def test_anything_else_is_one_refusal(text: str) -> None:
    for parse in (parse_day, parse_moment, parse_span):
        said = ""
        try:
            parse(text, NOW)
        except Refused as refused:
            said = str(refused)
        assert "\n" not in said
        assert len(said) < 120

"""Questions about working days as people put them on Monday 23 November 2026."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.workday_question import Count, OneDay, Question, Stretch, understand
from rules.refused import Refused
from rules.working_days import SHANGHAI, Calendar

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TODAY = date(2026, 11, 23)
OCTOBER = date(2026, 10, 8)
DECEMBER = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("3个工作日后是哪天", Count(TODAY, 3, "工作日", False)),
        ("请问，三个工作日之后是几号？", Count(TODAY, 3, "工作日", False)),
        ("３ 个工作日以后", Count(TODAY, 3, "工作日", False)),
        ("三十个工作日后是哪一天", Count(TODAY, 30, "工作日", False)),
        ("5个工作日前", Count(TODAY, 5, "工作日", True)),
        ("5个工作日前(从10月8日)", Count(OCTOBER, 5, "工作日", True)),
        ("5个工作日前（10月8日起）", Count(OCTOBER, 5, "工作日", True)),
        ("10月8日前5个工作日", Count(OCTOBER, 5, "工作日", True)),
        ("10月8日之前的5个工作日是哪天", Count(OCTOBER, 5, "工作日", True)),
        ("从10月8日起3个工作日是哪天", Count(OCTOBER, 3, "工作日", False)),
        ("10月8日收到，3个工作日内", Count(OCTOBER, 3, "工作日", False)),
        ("10月8日后3个工作日", Count(OCTOBER, 3, "工作日", False)),
        ("3个工作日后，从10月8日算起", Count(OCTOBER, 3, "工作日", False)),
        ("12月10日开会，提前10个工作日是哪天", Count(DECEMBER, 10, "工作日", True)),
        ("会前10个工作日（12月10日）", Count(DECEMBER, 10, "工作日", True)),
        ("后天起3个工作日", Count(date(2026, 11, 25), 3, "工作日", False)),
        ("12月10日前3天", Count(DECEMBER, 3, "天", True)),
        ("3天后是几号", Count(TODAY, 3, "天", False)),
        ("本月最后一个工作日是哪天", OneDay(date(2026, 11, 30))),
        ("12月的第一个工作日是几号？", OneDay(date(2026, 12, 1))),
        ("下一个工作日是哪天", OneDay(date(2026, 11, 24))),
        ("2027年1月4日上班吗", OneDay(date(2027, 1, 4))),
        ("1月4日上班吗？", OneDay(date(2027, 1, 4))),
        ("明天上班吗", OneDay(date(2026, 11, 24))),
        ("大后天上不上班", OneDay(date(2026, 11, 26))),
        ("10月10日是工作日吗", OneDay(date(2026, 10, 10))),
        ("12月1日放假吗", OneDay(date(2026, 12, 1))),
        ("12月1日是不是补班", OneDay(date(2026, 12, 1))),
        ("上班吗", OneDay(TODAY)),
        ("12月1日", OneDay(date(2026, 12, 1))),
        ("12月有几个工作日", Stretch(date(2026, 12, 1), date(2026, 12, 31), month=True)),
        ("下个月有多少个工作日", Stretch(date(2026, 12, 1), date(2026, 12, 31), month=True)),
        ("上月", Stretch(date(2026, 10, 1), date(2026, 10, 31), month=True)),
        ("2027年2月", Stretch(date(2027, 2, 1), date(2027, 2, 28), month=True)),
        ("11月有几个工作日", Stretch(date(2026, 11, 1), date(2026, 11, 30), month=True)),
        ("本月还有几个工作日", Stretch(TODAY, date(2026, 11, 30))),
        ("几个工作日", Stretch(date(2026, 11, 1), date(2026, 11, 30), month=True)),
        ("12月1日到12月5日之间有几个工作日", Stretch(date(2026, 12, 1), date(2026, 12, 5))),
    ],
)
def test_understands(asked: str, question: Question) -> None:
    assert understand(asked, NOW, Calendar()) == question


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            "你好",
            "没看懂「你好」，可以这样问：3个工作日后是哪天；10月8日前5个工作日；2027年1月4日上班吗。",
        ),
        ("0个工作日后", "「0个工作日」数不了，可数1到250个。"),
        ("251个工作日后", "「251个工作日」数不了，可数1到250个。"),
        ("2月30日上班吗", "「2月30日」没有这一天，请写成“12月1日”。"),
        ("2月30日", "「2月30日」没有这一天，请写成“12月1日”。"),
        ("13月有几个工作日", "「13月1日」没有这一天，请写成“12月1日”。"),
        (
            "10月8日起3个工作日（从10月9日）",
            "没看懂「10月8日起3个工作日(从10…」，可以这样问：3个工作日后是哪天；10月8日前5个工作日；2027年1月4日上班吗。",
        ),
    ],
)
def test_says_how_to_ask(asked: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        understand(asked, NOW)
    assert str(refused.value) == says


@given(st.text(max_size=60) | st.text("0123三十个工作日天年月前后从起提是哪上班吗几有本下（）", max_size=20))
def test_anything_else_is_one_refusal(asked: str) -> None:
    said = ""
    try:
        understand(asked, NOW)
    except Refused as refused:
        said = str(refused)
    assert "\n" not in said
    assert len(said) < 120

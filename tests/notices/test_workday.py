"""The whole text of each answer about working days, on Monday 23 November 2026."""

from datetime import date, datetime

import pytest

from notices.message_text import plain
from notices.workday import answer, overview
from rules.dates.workday_question import understand
from rules.periods import Periods
from rules.working_days import SHANGHAI, Calendar, CalendarDay, statutory_festivals

PERIODS = Periods()
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
PUBLISHED = Calendar()
NOTICE = "国办发明电〔2026〕5号"
LOADED = Calendar(
    [CalendarDay(day, False, NOTICE, name) for day, name in statutory_festivals(2027).items()]
    + [CalendarDay(date(2027, 1, 9), True, NOTICE)]
)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (
            "从9月30日起3个工作日后是哪天",
            "10月10日（周六）补班\n3个工作日：9月30日当日不计；10月8日①、9日②、10日(周六补班)③ → 10月10日",
        ),
        (
            "10月8日前5个工作日",
            "9月23日（周三）\n提前5个工作日：10月8日当日不计；9月30日①、29日②、28日③、24日④、23日⑤ → 9月23日",
        ),
        (
            "12月30日起3个工作日",
            (
                "2027年1月5日（周二），暂定\n"
                "3个工作日：12月30日当日不计；12月31日①、2027年1月4日②、5日③ → 2027年1月5日"
                "（暂定：2027年放假安排尚未公布）"
            ),
        ),
        (
            "10月8日前3天",
            (
                "10月5日（周一）国庆节\n"
                "提前3天：10月8日当日不计；10月7日①、6日②、5日③ → 10月5日"
                "(周一国庆节，宜于9月30日(周三)前办理)"
            ),
        ),
        ("3天后", "11月26日（周四）上班。"),
        ("2027年1月4日上班吗", "2027年1月4日（周一）上班。\n（暂定：2027年放假安排尚未公布）"),
        ("10月10日上班吗", "10月10日（周六）上班，补班。"),
        ("10月3日上班吗", "10月3日（周六）放假，国庆节。\n之后的工作日：10月8日（周四）。"),
        ("11月28日上班吗", "11月28日（周六）休息，周末。\n之后的工作日：11月30日（周一）。"),
        ("12月1日到12月5日几个工作日", "12月1日（周二）至12月5日（周六）有4个工作日。"),
        (
            "10月有几个工作日",
            "10月有18个工作日。\n10月1日（周四）至10月7日（周三）：国庆节放假\n10月10日（周六）：补班",
        ),
        (
            "2027年2月",
            "2027年2月有18个工作日（暂定）。\n2027年2月5日（周五）至2027年2月8日（周一）：春节放假（暂定）",
        ),
    ],
)
def test_answers(asked: str, text: str) -> None:
    assert plain(answer(understand(asked, NOW), PUBLISHED, NOW, PERIODS)) == text


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("2027年1月4日上班吗", "2027年1月4日（周一）上班。"),
        ("2027年1月9日上班吗", f"2027年1月9日（周六）上班，补班。\n依据：{NOTICE}"),
        (
            "12月30日起3个工作日",
            (
                "2027年1月5日（周二）\n"
                "3个工作日：12月30日当日不计；12月31日①、2027年1月4日②、5日③ → 2027年1月5日"
            ),
        ),
    ],
)
def test_answers_once_the_notice_is_loaded(asked: str, text: str) -> None:
    assert plain(answer(understand(asked, NOW), LOADED, NOW, PERIODS)) == text


def test_the_overview() -> None:
    assert plain(overview(PUBLISHED, NOW, PERIODS)) == (
        "工作日\n"
        "今天11月23日（周一），上班。\n"
        "接下来：11月24日(周二)、11月25日(周三)、11月26日(周四)。\n"
        "11月还有5个工作日（今天不算），12月23个（暂定）。\n"
        "2027年1月1日（周五）：元旦放假（暂定）\n"
        "\n"
        "可以这样问：\n"
        "· 3个工作日后是哪天\n"
        "· 10月8日前5个工作日\n"
        "· 2027年1月4日上班吗\n"
        "· 12月有几个工作日"
    )


def test_the_overview_on_a_festival() -> None:
    text = plain(overview(PUBLISHED, datetime(2026, 10, 1, 10, 0, tzinfo=SHANGHAI), PERIODS))
    assert "今天10月1日（周四）国庆节，休息。" in text
    assert "接下来：10月8日(周四)、10月9日(周五)、10月10日(周六补班)。" in text


def test_every_answer_fits_one_screen() -> None:
    many = Calendar([CalendarDay(date(2026, 12, day), day % 2 == 0, "<b>某通知</b>") for day in range(1, 32)])
    text = answer(understand("12月有几个工作日", NOW), many, NOW, PERIODS)
    assert len(text.splitlines()) <= 12
    assert "&lt;b&gt;" in answer(understand("12月1日上班吗", NOW), many, NOW, PERIODS)

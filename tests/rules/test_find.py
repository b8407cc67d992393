"""What the words of /find ask for, on Monday 23 November 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.find import text as text_of
from rules.find import ROOM, Found, newest, read
from rules.refused import Refused
from rules.stretch import Stretch

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "terms", "stretch"),
    [
        ("财政局", ["财政局"], None),
        ("  财政局，济南、出差 ", ["财政局", "济南", "出差"], None),
        ("财政局　财政局", ["财政局"], None),
        ("12月", [], "2026-12-01 2026-12-31"),
        ("１２月份", [], "2026-12-01 2026-12-31"),
        ("10月 财政局", ["财政局"], "2026-10-01 2026-10-31"),
        ("1月", [], "2027-01-01 2027-01-31"),
        ("6月", [], "2026-06-01 2026-06-30"),
        ("2025年2月", [], "2025-02-01 2025-02-28"),
        ("2025-02", [], "2025-02-01 2025-02-28"),
        ("2025", [], "2025-01-01 2025-12-31"),
        ("2025年", [], "2025-01-01 2025-12-31"),
        ("去年", [], "2025-01-01 2025-12-31"),
        ("本月", [], "2026-11-01 2026-11-30"),
        ("上月", [], "2026-10-01 2026-10-31"),
        ("下个月", [], "2026-12-01 2026-12-31"),
        ("本周", [], "2026-11-23 2026-11-29"),
        ("上周", [], "2026-11-16 2026-11-22"),
        ("昨天", [], "2026-11-22 2026-11-22"),
        ("12月1日", [], "2026-12-01 2026-12-01"),
        ("2026-12-01", [], "2026-12-01 2026-12-01"),
        ("12月1日至12月3日", [], "2026-12-01 2026-12-03"),
        ("12.1-12.3", [], "2026-12-01 2026-12-03"),
        # what only looks like a time is a word
        ("2026年重点项目", ["2026年重点项目"], None),
        ("第3号", ["第3号"], None),
        ("12345", ["12345"], None),
        ("13月", ["13月"], None),
        ("2月30日", ["2月30日"], None),
        ("周一鸣", ["周一鸣"], None),
        ("三楼会议室", ["三楼会议室"], None),
    ],
)
def test_words_and_times_are_told_apart(text: str, terms: list[str], stretch: str | None) -> None:
    words = read(text, TODAY)
    assert list(words.terms) == terms
    days = [date.fromisoformat(day) for day in stretch.split()] if stretch else None
    assert words.stretch == (Stretch(*days) if days else None)
    assert not words.cut


@pytest.mark.parametrize("text", ["", "，。", "  、 "])
def test_without_a_word_it_asks_for_one(text: str) -> None:
    with pytest.raises(Refused, match="请写要查的词"):
        read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "terms", "beyond"),
    [
        ("财政局 12月 去年 出差", ("财政局", "出差"), ("去年",)),
        ("12月 12月份", (), ()),
        ("12月、去年、明年、去年", (), ("去年", "明年")),
    ],
)
def test_of_several_times_the_first_is_looked_for_and_the_others_are_named(
    text: str, terms: tuple[str, ...], beyond: tuple[str, ...]
) -> None:
    words = read(text, TODAY)
    assert words.stretch == Stretch(date(2026, 12, 1), date(2026, 12, 31))
    assert (words.terms, words.beyond) == (terms, beyond)


def test_the_times_that_are_not_looked_for_are_named_in_the_answer() -> None:
    head = text_of(read("财政局 12月 去年 明年", TODAY), [], 0).split("\n没有查到")[0]
    assert head == (
        "<b>查找“财政局 12月 去年 明年”</b>\n时间：2026年12月1日至2026年12月31日\n"
        "（时间一次只查一段，“去年”、“明年”没有算上；要查请另发一次。）"
    )


def test_what_is_too_long_for_a_button_is_cut_and_says_so() -> None:
    words = read("千文区城市更新和历史文化街区保护利用管理办法", TODAY)
    assert words.said == "千文区城市更新和历史文化街区"
    assert words.cut


@given(st.text(min_size=1, max_size=80))
def test_what_was_read_reads_the_same_from_a_button(text: str) -> None:
    try:
        words = read(text, TODAY)
    except Refused:
        return
    assert len(words.said.encode()) <= ROOM
    again = read(words.said, TODAY)
    assert replace(again, cut=words.cut) == words


def test_the_newest_stands_first() -> None:
    at = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 3, 2)]
    found = [Found(f"leave:{number}", moment, "") for number, moment in enumerate(at)]
    assert [one.key for one in newest(found)] == ["leave:1", "leave:2", "leave:0"]

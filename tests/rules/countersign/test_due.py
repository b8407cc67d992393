"""By when a unit has to answer: its own working days, or the day that the lead unit has set (art. 63)."""

from datetime import date

import pytest

from rules.countersign.due import Limit, due_after, due_on
from rules.periods import Periods
from tests.cast import beijing
from tests.countersign_cast import CALENDAR


@pytest.mark.parametrize(
    ("received", "limit", "label", "explained"),
    [
        ("2026-09-30 17:00", Limit(), "10月10日(周六补班)", "3个工作日：9月30日收到不计；10月8日①"),
        ("2026-10-03 10:00", Limit(), "10月10日(周六补班)", "3个工作日：10月3日收到不计；10月8日①"),
        ("2025-12-31 09:00", Limit(), "1月6日(周二)", "3个工作日：12月31日收到不计"),
        ("2026-11-25 09:00", Limit(days=5), "12月2日(周三)", "主办单位要求5个工作日：11月25日收到不计"),
        ("2026-11-25 09:00", Limit(days=1), "11月26日(周四)", "主办单位要求1个工作日："),
        (
            "2026-11-25 09:00",
            Limit(until=beijing("2026-12-03 14:30")),
            "12月3日 14:30",
            "主办单位要求",
        ),
    ],
)
def test_when_a_unit_has_to_answer(received: str, limit: Limit, label: str, explained: str) -> None:
    due = due_after(beijing(received), limit, CALENDAR, Periods())
    assert due.label == label
    assert due.explained.startswith(explained)


def test_whoever_is_reached_late_has_a_working_day_all_the_same() -> None:
    limit = Limit(until=beijing("2026-11-26 12:00"))
    today = due_after(beijing("2026-11-26 09:00"), limit, CALENDAR, Periods())
    assert (today.label, today.closes_at) == ("11月26日 12:00", beijing("2026-11-28 00:00"))
    too_late = due_after(beijing("2026-11-28 09:00"), limit, CALENDAR, Periods())
    assert (too_late.label, too_late.closes_at) == ("11月30日(周一)", beijing("2026-12-01 00:00"))
    assert too_late.explained.startswith("主办单位要求11月26日 12:00前回复，送达时已过，按1个工作日计。")


def test_an_extended_day_is_told_with_its_name() -> None:
    assert due_on(date(2026, 10, 10), CALENDAR).label == "10月10日(周六补班)"
    assert due_on(date(2027, 1, 8), CALENDAR).label == "1月8日(周五，暂定)"

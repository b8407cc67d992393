"""What stands beside a question: an example of a day to come, and what limits the answer."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.fields import Files, Moment, Number, SpanField, Text
from rules.fields.limit import LimitField
from tests.rules.fields.scene import SCENE, scene

SPAN = SpanField("span", "时间", example="{day}至{end}")
AT = st.integers(0, 880).map(lambda days: datetime(2025, 1, 1, 1, tzinfo=UTC) + timedelta(days=days))


def test_the_days_of_an_example_are_reckoned_from_today() -> None:
    assert SPAN.sample(SCENE) == "12月1日至12月3日"
    assert Moment("at", "时间", example="{day} 9:00").sample(SCENE) == "12月1日 9:00"
    assert LimitField("limit", "时限", example="3，或{soon} 14:30").sample(SCENE) == "3，或11月26日 14:30"
    assert Text("a", "地点", example="济南").sample(SCENE) == "济南"


@given(AT)
def test_an_example_can_always_be_sent_as_it_stands(now: datetime) -> None:
    there = scene(now)
    span = SPAN.read(SPAN.sample(there), there)
    assert span.start > there.today
    assert span.days == 3
    assert all(there.calendar.is_working(day) for day in (span.start, span.end))


def test_over_the_national_holiday_it_waits_for_a_working_day() -> None:
    eve = scene(datetime(2026, 9, 24, 1, tzinfo=UTC))
    assert SPAN.read(SPAN.sample(eve), eve).start == date(2026, 10, 8)


def test_limits_are_said() -> None:
    assert Text("a", "理由", longest=200).limit(SCENE) == "200字以内"
    assert Number("a", "时限", unit="天", most=30).limit(SCENE) == "1至30天"
    assert LimitField("a", "时限").limit(SCENE) == "1至60个工作日"
    assert Files("a", "材料", endings=(".pdf",)).limit(SCENE) == "最多10个，每个不超过20MB，收pdf"
    assert Files("a", "文件", most=1, endings=(".pdf",)).limit(SCENE) == "每个不超过20MB，收pdf"

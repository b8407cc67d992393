"""Every way to write time in one table: read right, or asked about with what was understood.

What is misread without a word is worse than what is not understood, so a row is right, asked or refused.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.reading import (
    Sitting,
    parse_day,
    parse_moment,
    parse_sitting,
    parse_span,
    say_moment,
    say_sitting,
)
from rules.refused import Refused, Unsure
from rules.working_days import SHANGHAI, Calendar

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
TABLE = Path(__file__).parent / "ways_to_write_time.tsv"


def rows() -> Iterator[tuple[str, str, str]]:
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, text, value = line.split("\t")
            yield kind, text, value


def read(kind: str, text: str) -> str:
    """The value of the text as the table writes it."""
    match kind:
        case "日":
            return f"{parse_day(text, NOW, calendar=Calendar()):%F}"
        case "时":
            return f"{parse_moment(text, NOW, calendar=Calendar()).astimezone(SHANGHAI):%F %H:%M}"
        case "会":
            sitting = parse_sitting(text, NOW, calendar=Calendar())
            until = f"—{sitting.until.astimezone(SHANGHAI):%F %H:%M}" if sitting.until else ""
            return f"{sitting.start.astimezone(SHANGHAI):%F %H:%M}{until}"
        case _:
            span = parse_span(text, NOW, Calendar())
            return f"{span.start:%F}{span.start_half}—{span.end:%F}{span.end_half}"


def outcome(kind: str, text: str) -> str:
    try:
        return f"= {read(kind, text)}"
    except Unsure as unsure:
        return f"? {' | '.join(unsure.meant)}"
    except Refused as refused:
        return f"x {refused}"


@pytest.mark.parametrize(("kind", "text", "value"), list(rows()))
def test_it_is_read_right_or_asked_about(kind: str, text: str, value: str) -> None:
    assert outcome(kind, text) == value


def test_the_table_is_long_enough_and_says_each_thing_once() -> None:
    written = Counter((kind, text) for kind, text, _ in rows())
    assert len(written) >= 450
    assert [each for each, count in written.items() if count > 1] == []


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, t, value in rows() if value.startswith("?")])
def test_whatever_is_offered_leaves_no_doubt(kind: str, text: str) -> None:
    with pytest.raises(Unsure) as unsure:
        read(kind, text)
    assert unsure.value.meant
    assert len({read(kind, meant) for meant in unsure.value.meant}) == len(unsure.value.meant)


SOON = st.integers(0, 280 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(SOON)
def test_a_moment_as_we_say_it_is_read_as_that_moment(moment: datetime) -> None:
    assert parse_moment(say_moment(moment, NOW), NOW) == moment


@given(SOON, st.integers(1, 3 * 24 * 60))
def test_a_sitting_as_we_say_it_is_read_as_that_sitting(start: datetime, minutes: int) -> None:
    sitting = Sitting(start, start + timedelta(minutes=minutes))
    assert parse_sitting(say_sitting(sitting, NOW), NOW) == sitting


@given(SOON, st.sampled_from(["", "上午", "中午", "下午", "晚上", "半夜", "凌晨"]), st.integers(0, 24))
def test_an_hour_is_never_read_against_its_part_of_the_day(day: datetime, part: str, hour: int) -> None:
    """Whatever is read without asking lies where the word says; 晚上12点 ends the day."""
    try:
        read_as = parse_moment(f"{day:%Y-%m-%d} {part}{hour}点", NOW).astimezone(SHANGHAI)
    except Refused:
        return
    midnight = day.replace(hour=0, minute=0)
    since = (read_as - midnight) / timedelta(hours=1)
    bounds = {"": (0, 24), "上午": (5, 11), "中午": (11, 14), "下午": (12, 23), "晚上": (17, 24)}
    least, most = bounds.get(part, (0, 6) if part == "凌晨" else (5, 23))
    assert least <= since <= most
    assert part or hour in (0, *range(7, 25))


@pytest.mark.parametrize(
    ("text", "today", "meant"),
    [
        ("12月20日", "2027-01-05", "2026-12-20"),
        ("1月4日", "2027-01-05", "2027-01-04"),
        ("1月6日", "2027-01-05", "2026-01-06"),
        ("2月29日", "2027-01-05", None),
        ("25日", "2027-01-05", "2026-12-25"),
        ("5日", "2027-01-05", "2027-01-05"),
        ("周五", "2027-01-05", "2027-01-01"),
        ("周二", "2027-01-05", "2027-01-05"),
        ("元旦", "2027-01-05", "2027-01-01"),
        ("春节", "2027-01-05", "2026-02-17"),
        ("2026年12月20日", "2027-01-05", "2026-12-20"),
    ],
)
def test_what_has_happened_is_the_latest_such_day(text: str, today: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(Refused, match="没有这一天"):
            parse_day(text, date.fromisoformat(today), past=True)
    else:
        assert parse_day(text, date.fromisoformat(today), past=True) == date.fromisoformat(meant)

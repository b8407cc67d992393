"""催办 by the lead unit: once a half-day, not beside the bot's own, never out of hours (art. 63)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.countersign.answer import Opinion
from rules.countersign.clock import Nudge
from rules.countersign.matter import Countersign
from rules.countersign.nudges import BY_LEAD, BY_LEADER, nudge, press, say_left
from rules.countersign.terms import CountersignTerms
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.working_days import SHANGHAI, shanghai_day
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

HOURS, TERMS = OfficeHours(), CountersignTerms()
NIGHT = beijing("2026-11-25 21:00")


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def nudged(cast: CountersignCast, sheet: Countersign, at: datetime) -> list[str]:
    reminded, _ = nudge(
        sheet, cast.liaison_of(cast.housing), cast.seat(cast.housing), at, CALENDAR, HOURS, TERMS
    )
    return [one.unit.name for one in reminded]


def test_once_a_half_day(cast: CountersignCast) -> None:
    sheet = cast.sheet()  # sent on Wednesday, 25 November, at 9:00
    assert nudged(cast, sheet, beijing("2026-11-25 10:00")) == ["财政局", "人社局"]
    with pytest.raises(Refused, match="财政局、人社局：11月25日 10:00已催办过，半天只催办一次。"):
        nudged(cast, sheet, beijing("2026-11-25 11:59"))
    assert nudged(cast, sheet, beijing("2026-11-25 14:00")) == ["财政局", "人社局"]
    assert nudged(cast, sheet, beijing("2026-11-26 08:30")) == ["财政局", "人社局"]


def test_who_has_answered_or_was_not_reached_is_left_in_peace(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    cast.deliver(sheet, sheet.consultations[0], WEDNESDAY)
    later = beijing("2026-11-25 10:00")
    reminded, left = nudge(
        sheet, cast.head_of(cast.housing), cast.seat(cast.housing), later, CALENDAR, HOURS, TERMS
    )
    assert [one.unit.name for one in reminded] == ["财政局"]
    assert say_left(left) == "人社局：尚未送达，暂不催办"
    for one in list(sheet.waiting):
        sheet.sign(cast.head_of(one.unit), one, Opinion.NO_OBJECTION, later, seat=cast.seat(one.unit))
    with pytest.raises(Refused, match="各单位均已答复"):
        nudged(cast, sheet, later)


def test_not_within_an_hour_of_the_bots_own_before_or_after_it(cast: CountersignCast) -> None:
    sheet = cast.sheet()  # due on Monday the 30th: reminded on Friday and Monday morning, Monday 15:00
    for one in sheet.consultations:
        one.nudged(beijing("2026-11-30 08:30"), Nudge.MORNING)
    with pytest.raises(Refused, match="11月30日 08:30机器人刚提醒过，请于11月30日 09:30后再催办"):
        nudged(cast, sheet, beijing("2026-11-30 09:29"))
    assert nudged(cast, sheet, beijing("2026-11-30 09:30")) == ["财政局", "人社局"]
    with pytest.raises(Refused, match="机器人将于11月30日 15:00提醒，不必催办"):
        nudged(cast, sheet, beijing("2026-11-30 14:01"))


@pytest.mark.parametrize("at", ["2026-11-25 12:30", "2026-11-25 19:00", "2026-11-28 10:00"])
def test_out_of_hours_only_what_is_urgent(cast: CountersignCast, at: str) -> None:
    sheet = cast.sheet()
    with pytest.raises(Refused, match="现在是休息时间"):
        nudged(cast, sheet, beijing(at))
    sheet.urgent = True
    assert nudged(cast, sheet, beijing(at)) == ["财政局", "人社局"]


def test_only_the_lead_unit_nudges(cast: CountersignCast) -> None:
    with pytest.raises(Refused, match="由住建局主办"):
        nudge(
            cast.sheet(),
            cast.head_of(cast.law),
            cast.seat(cast.housing),
            WEDNESDAY,
            CALENDAR,
            HOURS,
            TERMS,
        )


@given(st.lists(st.integers(1, 6 * 24 * 60), max_size=40), st.booleans())
def test_whenever_it_is_tapped_never_twice_in_a_half_day(minutes: list[int], urgent: bool) -> None:
    cast = CountersignCast()
    sheet = cast.sheet()
    sheet.urgent = urgent
    for minute in sorted(minutes):
        try:
            nudged(cast, sheet, WEDNESDAY + timedelta(minutes=minute))
        except Refused:
            continue
    for one in sheet.consultations:
        own = [at.astimezone(SHANGHAI) for at, what in one.nudged_when if what == BY_LEAD]
        assert len({(shanghai_day(at), at.hour < 12) for at in own}) == len(own)
        assert urgent or all(HOURS.is_open(CALENDAR, at) for at in own)


def test_who_is_in_charge_presses_all_that_may_be_pressed(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    pressed, left = press([(sheet, one) for one in sheet.current], WEDNESDAY, CALENDAR, HOURS, TERMS)
    assert [one for _, one in pressed] == sheet.current
    assert not left
    assert {what for one in sheet.current for _, what in one.nudged_when} == {BY_LEADER}
    with pytest.raises(Refused, match="半天只催办一次"):
        nudge(sheet, cast.head_of(cast.housing), cast.seat(cast.housing), WEDNESDAY, CALENDAR, HOURS, TERMS)
    with pytest.raises(Refused, match="休息时间"):
        press([(sheet, one) for one in sheet.current], NIGHT, CALENDAR, HOURS, TERMS)
    with pytest.raises(Refused, match="没有逾期未签"):
        press([], WEDNESDAY, CALENDAR, HOURS, TERMS)

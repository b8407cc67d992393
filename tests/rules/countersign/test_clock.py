"""When a unit asked is nudged, when its silence counts, how far up a missing signature is told."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.countersign.answer import Opinion
from rules.countersign.clock import (
    Nudge,
    Step,
    due_now,
    hour_set,
    is_new_to_leader,
    next_look,
    nudge_due,
    nudges,
    presses,
    step_due,
)
from rules.countersign.consultation import Consultation, Delivery
from rules.countersign.delivery import on_paper
from rules.countersign.due import due_after, due_on
from rules.countersign.extension import Extension, ExtensionState
from rules.countersign.matter import Countersign, CountersignKind
from rules.hours import OfficeHours
from rules.outage import Outage
from rules.periods import Periods
from rules.refused import Refused
from rules.working_days import DAY, SHANGHAI, Calendar, CalendarDay, shanghai_day
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, CountersignCast

HOURS, PERIODS = OfficeHours(), Periods()
SENT = beijing("2026-11-23 10:00")  # a Monday
MIDNIGHT = beijing("2026-11-27 00:00")  # three working days later


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def delivered(
    cast: CountersignCast,
    at: datetime,
    kind: CountersignKind = CountersignKind.DRAFT,
    limit_days: int | None = None,
) -> tuple[Countersign, Consultation]:
    """A sheet with its first unit, which received it then."""
    sheet = cast.sheet(kind, now=at, delivered=False, limit_days=limit_days)
    one = sheet.current[0]
    cast.deliver(sheet, one, at)
    return sheet, one


def with_hour(cast: CountersignCast, at: datetime, until: datetime) -> tuple[Countersign, Consultation]:
    """One to which the lead unit has set a moment, and which received it then."""
    sheet, one = delivered(cast, at)
    sheet.limit_until = until
    one.put_due(due_after(at, sheet.limit, CALENDAR, PERIODS))
    return sheet, one


def stages(sheet: Countersign, one: Consultation, hours: OfficeHours = HOURS) -> list[tuple[str, Nudge]]:
    found = nudges(sheet, one, CALENDAR, hours)
    return [(f"{at.astimezone(SHANGHAI):%m-%d %H:%M}", nudge) for at, nudge in found]


# ---------------------------------------------------------------- nudges

BEFORE, MORNING, LAST, HOUR = Nudge


@pytest.mark.parametrize(
    ("at", "limit", "expected"),
    [
        ("2026-11-23 10:00", 3, [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 15:00", LAST)]),
        # Over the National Day: the last day is a Saturday of work.
        ("2026-09-30 17:00", 3, [("10-09 08:30", BEFORE), ("10-10 08:30", MORNING), ("10-10 15:00", LAST)]),
        # Received on a Saturday: nobody is nudged before they had it for some hours.
        ("2026-11-28 11:00", 1, [("11-30 08:30", MORNING), ("11-30 15:00", LAST)]),
        ("2026-11-23 17:50", 1, [("11-24 08:30", MORNING), ("11-24 15:00", LAST)]),
        ("2026-11-24 06:00", 1, [("11-25 08:30", MORNING), ("11-25 15:00", LAST)]),
    ],
)
def test_three_nudges_or_fewer_where_the_limit_is_short(
    cast: CountersignCast, at: str, limit: int, expected: list[tuple[str, Nudge]]
) -> None:
    assert stages(*delivered(cast, beijing(at), limit_days=limit)) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("11-26 14:30", [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 11:30", HOUR)]),
        ("11-26 16:30", [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 15:00", LAST)]),
        ("11-26 15:30", [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 14:30", HOUR)]),
        ("11-26 12:30", [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 11:00", HOUR)]),
        ("11-26 20:00", [("11-25 08:30", BEFORE), ("11-26 08:30", MORNING), ("11-26 15:00", LAST)]),
        # In the morning there is time for one only, and before the opening it is that of the day before.
        ("11-26 10:00", [("11-25 08:30", BEFORE), ("11-26 08:30", HOUR)]),
        ("11-26 08:30", [("11-24 08:30", BEFORE), ("11-25 08:30", MORNING), ("11-25 15:00", LAST)]),
        ("11-26 06:00", [("11-24 08:30", BEFORE), ("11-25 08:30", MORNING), ("11-25 15:00", LAST)]),
        # A Saturday, and the same day: reached so late that it has the next day as well.
        ("11-28 10:00", [("11-26 08:30", BEFORE), ("11-27 08:30", MORNING), ("11-27 15:00", LAST)]),
        ("11-23 17:30", [("11-23 16:30", HOUR), ("11-24 08:30", MORNING), ("11-24 15:00", LAST)]),
        ("11-23 14:30", [("11-24 08:30", MORNING), ("11-24 15:00", LAST)]),
    ],
)
def test_each_nudge_lies_before_the_hour_it_speaks_of(
    cast: CountersignCast, until: str, expected: list[tuple[str, Nudge]]
) -> None:
    sheet, one = with_hour(cast, SENT, beijing(f"2026-{until}"))
    assert stages(sheet, one) == expected


def test_where_the_office_closes_at_noon_the_last_one_comes_in_the_morning(cast: CountersignCast) -> None:
    short = OfficeHours(((time(9), time(12)),), ())
    assert stages(*delivered(cast, SENT), short) == [("11-25 09:00", BEFORE), ("11-26 09:00", LAST)]


@given(
    st.integers(0, 60 * 24 * 30).map(
        lambda minutes: beijing("2026-09-20 00:00") + timedelta(minutes=minutes)
    ),
    st.integers(1, 60 * 24 * 12),
)
def test_no_nudge_of_an_hour_comes_after_it(at: datetime, minutes: int) -> None:
    until = at + timedelta(minutes=minutes)
    sheet, one = with_hour(CountersignCast(), at, until)
    found = nudges(sheet, one, CALENDAR, HOURS)
    assert [moment for moment, _ in found] == sorted({moment for moment, _ in found})
    for moment, nudge in found:
        assert HOURS.is_open(CALENDAR, moment)
        assert at + timedelta(hours=4) <= moment < (one.closes_at or at)
        speaks_of_the_hour = shanghai_day(until) == shanghai_day((one.closes_at or at) - DAY)
        if hour_set(sheet, one) and (speaks_of_the_hour or nudge is HOUR):
            assert moment < until


def test_a_last_day_that_is_a_rest_day_is_nudged_for_before_it(cast: CountersignCast) -> None:
    """The lead unit may set a Saturday: earlier, never later."""
    sheet, one = delivered(cast, SENT)
    one.put_due(due_on(date(2026, 11, 28), CALENDAR))
    assert stages(sheet, one) == [("11-26 08:30", BEFORE), ("11-27 08:30", MORNING), ("11-27 15:00", LAST)]


def test_each_stage_is_sent_once_and_only_the_latest_is_made_up_for(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, SENT)

    def due(at: str) -> Nudge | None:
        return nudge_due(sheet, one, beijing(at), CALENDAR, HOURS)

    assert due("2026-11-25 08:29") is None
    assert due("2026-11-25 08:30") is BEFORE
    assert due("2026-11-25 12:30") is None, "not at noon"
    one.nudged(beijing("2026-11-25 08:30"), BEFORE)
    assert due("2026-11-25 10:00") is None
    one.nudged(beijing("2026-11-25 16:00"), "主办单位催办")
    assert due("2026-11-26 15:20") is LAST, "that of the morning fell into a stop, and is let go"
    one.nudged(beijing("2026-11-26 15:20"), LAST)
    assert due("2026-11-26 17:00") is None
    assert due("2026-11-27 09:00") is None, "over"


def test_a_later_end_is_nudged_for_again(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, SENT)
    one.nudged(beijing("2026-11-26 15:00"), LAST)
    one.put_due(due_on(date(2026, 11, 30), CALENDAR))
    assert nudge_due(sheet, one, beijing("2026-11-27 08:30"), CALENDAR, HOURS) is BEFORE


@given(
    st.integers(0, 60 * 24 * 60).map(
        lambda minutes: beijing("2026-09-10 00:00") + timedelta(minutes=minutes)
    ),
    st.integers(1, 6),
)
def test_the_clock_walks_to_the_end_and_nudges_only_in_office_hours(at: datetime, limit: int) -> None:
    """From look to look: never twice in a stage, never on a rest day, never too soon, and at last silence."""
    sheet, one = delivered(CountersignCast(), at, limit_days=limit)
    now, sent = at, []
    while not sheet.may_lapse(one, now):
        following = next_look(sheet, one, now, CALENDAR, HOURS)
        assert following is not None
        assert following > now
        now = following
        nudge = nudge_due(sheet, one, now, CALENDAR, HOURS)
        if nudge is not None:
            assert HOURS.is_open(CALENDAR, now)
            assert now - at >= timedelta(hours=4)
            one.nudged(now, nudge)
            one.nudge_settled(now, now)
            sent.append(nudge)
    assert now == one.closes_at == beijing(f"{CALENDAR.after(shanghai_day(at), limit).day + DAY} 00:00")
    assert sent == [BEFORE, MORNING, LAST][3 - len(sent) :]
    assert len(sent) >= 2
    assert sheet.lapse(one, now)
    assert next_look(sheet, one, now, CALENDAR, HOURS) is None
    assert [what for _, what in one.answers[0].evidence["nudges"]] == sent


# ---------------------------------------------------------------- silence


def test_an_answer_ends_it(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, SENT)
    assert next_look(sheet, one, SENT, CALENDAR, HOURS) == beijing("2026-11-25 08:30")
    seat = cast.seat(cast.finance)
    sheet.sign(
        cast.head_of(cast.finance), one, Opinion.NO_OBJECTION, MIDNIGHT - timedelta(seconds=1), seat=seat
    )
    assert one.opinion is Opinion.NO_OBJECTION, "23:59:59 counts"
    assert next_look(sheet, one, MIDNIGHT, CALENDAR, HOURS) is None


def test_what_was_signed_in_time_takes_the_place_of_the_silence_entered_meanwhile(
    cast: CountersignCast,
) -> None:
    """The clock came at midnight; the tap of a second before had waited for a bot that was not there."""
    sheet, one = delivered(cast, SENT)
    seat = cast.seat(cast.finance)
    assert sheet.lapse(one, MIDNIGHT + timedelta(minutes=1))
    in_time = MIDNIGHT - timedelta(seconds=1)
    sheet.sign(cast.head_of(cast.finance), one, Opinion.OBJECTION, in_time, seat=seat, text="第八条")
    assert (one.opinion, one.late) == (Opinion.OBJECTION, None)
    assert one.answer is not None
    assert one.answer.at == in_time


def test_without_delivery_there_is_nothing_to_look_at(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    assert next_look(sheet, sheet.current[0], SENT, CALENDAR, HOURS) is None
    assert due_now(sheet, sheet.current[0], [], CALENDAR, HOURS, PERIODS) is None


@pytest.mark.parametrize("kind", [CountersignKind.TOPIC, CountersignKind.REQUEST])
def test_a_missing_signature_is_told_further_up_each_working_morning(
    cast: CountersignCast, kind: CountersignKind
) -> None:
    sheet, one = delivered(cast, SENT, kind)
    now, told, pressed = MIDNIGHT, [], []
    assert step_due(sheet, one, now, CALENDAR, HOURS) is None, "not at midnight"
    for _ in range(7):
        now = next_look(sheet, one, now, CALENDAR, HOURS) or now
        step = step_due(sheet, one, now, CALENDAR, HOURS)
        assert step
        pressed += [told_at(now)] if presses(one, step, now, CALENDAR) else []
        one.escalated(now, step)
        assert step_due(sheet, one, now + timedelta(hours=1), CALENDAR, HOURS) is None, "once a day"
        assert is_new_to_leader(one, now) == (step is Step.VICE_MAYOR), "one ring for one that is new"
        told.append((told_at(now), step))
    assert told[:4] == [
        ("11-27 08:30", Step.HEAD),
        ("11-30 08:30", Step.VICE_MAYOR),
        ("12-01 08:30", Step.OFFICE),
        ("12-02 08:30", Step.OFFICE),
    ]
    assert pressed == ["11-27 08:30", "11-30 08:30", "12-01 08:30", "12-07 08:30"], "then on Mondays"


def told_at(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


# ---------------------------------------------------------------- the end that stands now


def test_an_outage_is_added_back_and_said(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, beijing("2026-09-23 10:00"))
    outage = Outage(beijing("2026-09-28 10:00"), beijing("2026-09-29 16:00"))
    due = due_now(sheet, one, [outage], CALENDAR, HOURS, PERIODS)
    assert due is not None
    assert one.due_label == "9月29日(周二)"
    assert due.closes_at == beijing("2026-10-09 00:00"), "two days lost, and the National Day between"
    assert due.explained == (
        "3个工作日：9月23日收到不计；9月24日①、28日②、29日③ → 9月29日；"
        "9月28日 10:00至9月29日 16:00机器人未能收取消息，顺延至10月8日(周四)"
    )


def test_an_extension_runs_from_when_it_was_agreed(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, SENT)
    head = cast.head_of(cast.housing)
    extension = Extension(date(2026, 11, 30), "", head, SENT, ExtensionState.AGREED)
    extension.decided_at = beijing("2026-11-26 09:00")
    one.extensions.append(extension)
    before = Outage(beijing("2026-11-24 10:00"), beijing("2026-11-24 16:00"))
    within = Outage(beijing("2026-11-27 10:00"), beijing("2026-11-27 16:00"))
    plain = due_now(sheet, one, [before], CALENDAR, HOURS, PERIODS)
    later = due_now(sheet, one, [before, within], CALENDAR, HOURS, PERIODS)
    assert plain == due_on(date(2026, 11, 30), CALENDAR)
    assert later
    assert later.closes_at == beijing("2026-12-02 00:00")


def test_a_later_day_names_who_gave_it(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, SENT)
    asker, clerk, at = cast.head_of(cast.housing), cast.clerk, beijing("2026-11-26 09:00")
    agreed = Extension(date(2026, 11, 30), "", asker, SENT, ExtensionState.AGREED, clerk, None, at)
    given = Extension(
        date(2026, 12, 1), "主办单位撤并期间不计", clerk, at, ExtensionState.AGREED, clerk, None, at
    )
    one.extensions.append(agreed)
    due = due_now(sheet, one, [], CALENDAR, HOURS, PERIODS)
    assert due
    assert due.explained == "经主办单位同意，延期至11月30日(周一)"
    one.extensions.append(given)
    due = due_now(sheet, one, [], CALENDAR, HOURS, PERIODS)
    assert due
    assert due.explained == "主办单位撤并期间不计，区政府办公室顺延至12月1日(周二)"


def test_a_changed_calendar_moves_it_and_takes_the_mark_away(cast: CountersignCast) -> None:
    sheet, one = delivered(cast, beijing("2026-12-31 10:00"))
    assert one.due_label == "1月6日(周三，暂定)"
    days = {date(2027, 1, day): day > 3 for day in range(1, 4)}
    arranged = [CalendarDay(day, working, "国办发明电〔2026〕9号", "元旦") for day, working in days.items()]
    arranged += [
        CalendarDay(day, False, "国办发明电〔2026〕9号", "放假")
        for day in (date(2027, 2, 5) + n * DAY for n in range(300))
        if day.weekday() < 5 and not CALENDAR.is_working(day)
    ]
    due = due_now(sheet, one, [], Calendar(arranged), HOURS, PERIODS)
    assert due
    assert due.label == "1月6日(周三)"
    assert not due.provisional


# ---------------------------------------------------------------- on paper


def test_paper_is_recorded_by_the_office_and_within_its_time(cast: CountersignCast) -> None:
    sheet = cast.sheet(now=SENT, delivered=False)
    one, now = sheet.current[0], SENT + timedelta(hours=5)
    with pytest.raises(Refused, match="由区政府办公室登记"):
        on_paper(sheet, one, cast.head_of(cast.housing), SENT, "李某", now)
    with pytest.raises(Refused, match="还没有到"):
        on_paper(sheet, one, cast.clerk, now + timedelta(minutes=1), "李某", now)
    with pytest.raises(Refused, match="早于送会签的时间（11月23日 10:00）"):
        on_paper(sheet, one, cast.clerk, SENT - timedelta(minutes=1), "李某", now)
    proof = on_paper(sheet, one, cast.clerk, SENT, "李某", now)
    assert proof == Delivery(SENT, None, channel=proof.channel, recorded_by=cast.clerk, note="李某")
    cast.deliver(sheet, one, SENT)
    with pytest.raises(Refused, match=r"已于11月23日 10:00送达（财政局局长 .*），不必再登记"):
        on_paper(sheet, one, cast.clerk, SENT, "李某", now)

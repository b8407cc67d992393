"""How a unit stands with a sheet, and how timely it was (art. 61, 63); received on Wednesday 25 November."""

from datetime import date, timedelta

import pytest

from rules.countersign.answer import Opinion, Source
from rules.countersign.ledger import Line, Tally, Terms, Timeliness, by_unit, leads, lines, open_to
from rules.countersign.life import ask_extension, decide_extension, withdraw
from rules.countersign.matter import Countersign, CountersignKind
from rules.hours import OfficeHours
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, CountersignCast

CLOSES = "2026-12-01 00:00"
"""24:00 of the third working day, Monday 30 November."""


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def counted(sheet: Countersign, at: str) -> list[Line]:
    return lines(sheet, Terms(CALENDAR, OfficeHours(), beijing(at)))


def sign(
    cast: CountersignCast, sheet: Countersign, place: int, at: str, opinion: Opinion = Opinion.NO_OBJECTION
) -> None:
    one = sheet.consultations[place]
    text = "第三条宜删" if opinion is Opinion.OBJECTION else ""
    sheet.sign(cast.head_of(one.unit), one, opinion, beijing(at), seat=cast.seat(one.unit), text=text)


def timeliness(sheet: Countersign, at: str) -> list[Timeliness]:
    return [line.timeliness for line in counted(sheet, at)]


def test_until_the_day_is_over_it_waits_then_silence_is_consent(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    assert timeliness(sheet, "2026-11-30 23:59") == [Timeliness.WAITING] * 2
    assert timeliness(sheet, CLOSES) == [Timeliness.OVERDUE] * 2  # the clock has not come yet
    sheet.lapse(sheet.consultations[0], beijing("2026-12-01 00:01"))
    assert timeliness(sheet, "2026-12-01 09:00") == [Timeliness.DEEMED, Timeliness.OVERDUE]


def test_working_time_runs_from_delivery_to_signature(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, 0, "2026-11-26 10:30")  # 3 + 4 hours on Wednesday, 2 on Thursday
    sign(
        cast, sheet, 1, "2026-11-29 10:30", Opinion.OBJECTION
    )  # a Sunday: three whole days less half an hour
    first, second = counted(sheet, "2026-12-01 09:00")
    assert (first.timeliness, first.worked) == (Timeliness.IN_TIME, timedelta(hours=9))
    assert (second.timeliness, second.worked) == (Timeliness.IN_TIME, timedelta(hours=22))


def test_what_comes_after_silence_is_late_and_consent_stands(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    sign(cast, sheet, 0, "2026-12-01 09:30", Opinion.OBJECTION)
    line = counted(sheet, "2026-12-01 10:00")[0]
    assert (line.timeliness, line.deemed, line.late) == (Timeliness.DEEMED, True, True)
    assert line.worked == timedelta(hours=30.5)
    sheet.reopen(cast.head_of(cast.housing), sheet.consultations[0], cast.seat(cast.housing))
    line = counted(sheet, "2026-12-01 10:00")[0]
    assert (line.timeliness, line.deemed, line.late) == (Timeliness.LATE, True, True)


def test_more_time_makes_it_in_time_again(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.consultations[0]
    seat, lead = cast.seat(cast.finance), cast.seat(cast.housing)
    asked = ask_extension(
        sheet,
        cast.head_of(cast.finance),
        one,
        date(2026, 12, 4),
        "须上会研究",
        beijing("2026-11-30 17:00"),
        seat=seat,
        liaisons=[],
        calendar=CALENDAR,
    )
    asked.id = 1
    decide_extension(
        sheet,
        cast.head_of(cast.housing),
        one,
        1,
        beijing("2026-11-30 17:30"),
        agree=True,
        seat=lead,
        calendar=CALENDAR,
    )
    sign(cast, sheet, 0, "2026-12-03 09:00")
    line = counted(sheet, "2026-12-05 10:00")[0]
    assert (line.timeliness, line.deemed, line.late) == (Timeliness.IN_TIME, False, False)
    assert by_unit([line])[0].extended == 1


def test_an_answer_by_phone_counts_by_its_day(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    for place, day in enumerate((date(2026, 11, 30), date(2026, 12, 1))):
        sheet.record(
            cast.clerk,
            sheet.consultations[place],
            Opinion.NO_OBJECTION,
            beijing("2026-12-01 10:00"),
            source=Source.PHONE,
            source_note="王某来电",
            given_on=day,
        )
    first, second = counted(sheet, "2026-12-01 11:00")
    assert (first.timeliness, first.worked) == (Timeliness.IN_TIME, timedelta(hours=29.5))
    assert (second.timeliness, second.deemed, second.late) == (Timeliness.DEEMED, True, True)


def test_a_topic_without_a_signature_is_overdue_and_never_deemed(cast: CountersignCast) -> None:
    sheet = cast.sheet(CountersignKind.TOPIC)
    assert timeliness(sheet, "2026-12-02 09:00") == [Timeliness.OVERDUE] * 2
    sign(cast, sheet, 0, "2026-12-02 09:30")
    assert timeliness(sheet, "2026-12-02 10:00") == [Timeliness.LATE, Timeliness.OVERDUE]


def test_not_delivered_and_no_longer_asked(cast: CountersignCast) -> None:
    sheet = cast.sheet(delivered=False)
    assert timeliness(sheet, "2026-12-30 09:00") == [Timeliness.UNDELIVERED] * 2
    withdraw(
        sheet, cast.head_of(cast.housing), "另行研究", beijing("2026-12-30 10:00"), cast.seat(cast.housing)
    )
    assert timeliness(sheet, "2026-12-30 11:00") == [Timeliness.MOOT] * 2


def test_before_it_goes_out_nobody_is_asked(cast: CountersignCast) -> None:
    sheet = Countersign(
        cast.housing, cast.liaison_of(cast.housing), CountersignKind.DRAFT, "稿", beijing("2026-11-25 09:00")
    )
    sheet.consult({cast.finance: None})
    assert counted(sheet, "2026-11-25 10:00") == []


def test_each_unit_is_added_up(cast: CountersignCast) -> None:
    quick, slow, open_one = cast.sheet(), cast.sheet(), cast.sheet()
    sign(cast, quick, 0, "2026-11-25 10:00")
    sign(cast, slow, 0, "2026-11-25 12:00", Opinion.OBJECTION)
    slow.lapse(slow.consultations[1], beijing(CLOSES))
    all_lines = [line for sheet in (quick, slow, open_one) for line in counted(sheet, "2026-12-01 08:00")]
    finance, personnel = by_unit(all_lines)
    assert finance == Tally(
        cast.finance,
        asked=3,
        in_time=2,
        overdue=1,
        objections=1,
        answered=2,
        worked=timedelta(hours=4),
        longest=timedelta(hours=3),
    )
    assert finance.average == timedelta(hours=2)
    assert personnel == Tally(cast.personnel, asked=3, deemed=1, overdue=2)
    assert personnel.average is None


def test_who_may_see_how_others_answered(cast: CountersignCast) -> None:
    line = counted(cast.sheet(), "2026-11-25 10:00")[0]
    for reader in (None, cast.clerk, cast.mayor, cast.head_of(cast.housing)):
        assert leads(line.sheet, reader)
        assert open_to(line, reader)
    assert not leads(line.sheet, cast.head_of(cast.finance))
    assert open_to(line, cast.head_of(cast.finance))
    assert not open_to(line, cast.head_of(cast.personnel))

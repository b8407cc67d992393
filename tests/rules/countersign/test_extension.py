"""More time for an answer: asked for once, agreed, refused or left unanswered (art. 63)."""

from datetime import date, datetime, timedelta

import pytest

from rules.countersign.answer import Opinion
from rules.countersign.extension import ExtensionState
from rules.countersign.life import ask_extension, decide_extension
from rules.countersign.matter import Countersign
from rules.refused import Refused
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast
from tests.rules.countersign.play import sign


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


LAST_MOMENT = beijing("2026-11-30 23:59:59")
MIDNIGHT = beijing("2026-12-01 00:00:00")


def ask(cast: CountersignCast, sheet: Countersign, until: date, now: datetime) -> int:
    one, liaison = sheet.current[0], cast.liaison_of(cast.finance)
    extension = ask_extension(
        sheet,
        liaison,
        one,
        until,
        "需报局党组会研究",
        now,
        seat=cast.seat(cast.finance),
        liaisons=[liaison],
        calendar=CALENDAR,
    )
    extension.id = len(one.extensions)
    return extension.id


def decide(cast: CountersignCast, sheet: Countersign, id: int, now: datetime, *, agree: bool) -> None:
    decide_extension(
        sheet,
        cast.liaison_of(cast.housing),
        sheet.current[0],
        id,
        now,
        agree=agree,
        seat=cast.seat(cast.housing),
        calendar=CALENDAR,
    )


def test_an_agreed_extension_sets_the_new_day(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    decide(cast, sheet, ask(cast, sheet, date(2026, 12, 4), WEDNESDAY), WEDNESDAY, agree=True)
    assert (one.due_label, one.closes_at) == ("12月4日(周五)", beijing("2026-12-05 00:00"))
    assert not sheet.lapse(one, MIDNIGHT)
    with pytest.raises(Refused, match="已由住建局科员 苏平章答复：同意延期"):
        decide(cast, sheet, 1, WEDNESDAY, agree=False)


def test_refused_or_unanswered_the_old_day_stays(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    decide(cast, sheet, ask(cast, sheet, date(2026, 12, 4), WEDNESDAY), WEDNESDAY, agree=False)
    assert one.due_label == "11月30日(周一)"
    ask(cast, sheet, date(2026, 12, 4), LAST_MOMENT)
    assert sheet.lapse(one, MIDNIGHT)
    assert one.extensions[-1].state is ExtensionState.LAPSED


def test_agreed_after_the_last_day_the_unit_is_back_in(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    id = ask(cast, sheet, date(2026, 12, 4), LAST_MOMENT)
    sheet.lapse(one, MIDNIGHT)
    decide(cast, sheet, id, MIDNIGHT + timedelta(hours=9), agree=True)
    assert one.waiting
    assert one.opinion is None
    sign(cast, sheet, now=beijing("2026-12-04 23:59:59"))
    assert one.opinion is Opinion.NO_OBJECTION


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 12, 5), "不是工作日"),
        (date(2026, 11, 24), "已经过去"),
        (date(2026, 11, 30), "不晚于现在的期限"),
    ],
)
def test_what_day_may_be_asked_for(cast: CountersignCast, until: date, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ask(cast, cast.sheet(), until, WEDNESDAY)


def test_one_request_at_a_time(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    ask(cast, sheet, date(2026, 12, 4), WEDNESDAY)
    with pytest.raises(Refused, match="已申请延期至12月4日（周五），主办单位尚未答复"):
        ask(cast, sheet, date(2026, 12, 7), WEDNESDAY)


def test_what_silence_went_over_may_be_agreed_to_until_its_own_day_is_over(cast: CountersignCast) -> None:
    sheet = cast.sheet()
    one = sheet.current[0]
    ask(cast, sheet, date(2026, 12, 4), LAST_MOMENT)
    (extension,) = one.extensions
    assert not extension.is_idle(date(2026, 12, 5))  # nobody has let it lie yet
    sheet.lapse(one, MIDNIGHT)
    assert not extension.is_idle(date(2026, 12, 4))
    assert extension.is_idle(date(2026, 12, 5))
    extension.overtake(beijing("2026-12-05 08:30"))
    assert not extension.is_idle(date(2026, 12, 5))

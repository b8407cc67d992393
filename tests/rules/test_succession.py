"""Who takes over the legal review of a closed reviewer (art. 10, 21, 24, 53), in every state of its place."""

from datetime import date, datetime

import pytest

from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper, Opinion, Source
from rules.countersign.clock import last_day
from rules.countersign.consultation import Consultation
from rules.countersign.legal import Nature
from rules.countersign.life import leave_out, new_round, obstacles_to_closing, recordable
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.succession import review_left, take_review
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.roster import Unit
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

HOURS = OfficeHours()
CLOSED = beijing("2026-11-26 10:00")  # a Thursday; the units answer by Monday the 30th
TAKEN = beijing("2026-11-30 10:00")


@pytest.fixture
def cast() -> CountersignCast:
    return CountersignCast()


def sent(cast: CountersignCast) -> tuple[Countersign, Consultation, Consultation]:
    """城市更新办法 at 财政局 and, for its review, at 司法局."""
    sheet = Countersign(
        cast.housing, cast.liaison_of(cast.housing), CountersignKind.DRAFT, "城市更新办法", WEDNESDAY
    )
    sheet.id, sheet.nature, sheet.reviewer = 12, Nature.NORMATIVE, cast.law
    sheet.consult({unit: cast.head_of(unit) for unit in (cast.finance, cast.law)})
    sheet.release(cast.head_of(cast.housing), cast.seat(cast.housing), WEDNESDAY)
    finance, law = sheet.consultations
    for one in (finance, law):
        cast.deliver(sheet, one, WEDNESDAY)
    return sheet, finance, law


def signed(
    cast: CountersignCast, sheet: Countersign, one: Consultation, at: datetime, text: str = ""
) -> None:
    """An objection where there is a text."""
    opinion = Opinion.OBJECTION if text else Opinion.NO_OBJECTION
    sheet.sign(cast.head_of(one.unit), one, opinion, at, seat=cast.seat(one.unit), text=text)


def closed(law: Consultation) -> None:
    law.unit.closed_at = CLOSED
    leave_out(law)


def taken(cast: CountersignCast, sheet: Countersign, unit: Unit) -> tuple[Consultation | None, bool]:
    return take_review(sheet, cast.clerk, unit, cast.head_of(unit), TAKEN, CALENDAR, HOURS)


def test_a_review_that_was_passed_before_stays_passed(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, law, WEDNESDAY)
    closed(law)
    assert not review_left(sheet)
    with pytest.raises(Refused, match="已经办结、取消或到了时间"):
        taken(cast, sheet, cast.personnel)
    signed(cast, sheet, finance, WEDNESDAY)
    assert obstacles_to_closing(sheet) == []


def test_a_new_version_wants_a_review_that_the_old_reviewer_cannot_give(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, law, WEDNESDAY)
    signed(cast, sheet, finance, WEDNESDAY, "资金来源不明")
    closed(law)
    new_round(
        sheet,
        cast.head_of(cast.housing),
        cast.seat(cast.housing),
        TAKEN,
        papers=[CountersignPaper("f2", "办法（第二稿）.docx")],
        note="明确了资金来源",
        again=[],
        heads={},
    )
    assert review_left(sheet)
    signed(cast, sheet, sheet.waiting[0], TAKEN)
    assert obstacles_to_closing(sheet) == ["司法局已撤并，待区政府办公室明确合法性审查单位（第二十一条）"]
    place, longer = taken(cast, sheet, cast.personnel)
    assert place is not None
    assert (place.round, place.unit, place.waiting, longer) == (2, cast.personnel, True, False)
    assert not sheet.lapses(place)
    assert obstacles_to_closing(sheet) == ["人社局尚未答复"]


def test_a_unit_that_is_being_asked_gets_the_lost_days_and_its_silence_is_consent_no_more(
    cast: CountersignCast,
) -> None:
    sheet, finance, law = sent(cast)
    closed(law)
    assert sheet.lapses(finance)
    place, longer = taken(cast, sheet, cast.finance)
    assert (place, longer) == (finance, True)
    assert finance.closes_at is not None
    assert last_day(finance.closes_at) == date(2026, 12, 3)  # the 26th, 27th and 30th were lost
    assert finance.extensions[-1].reason == "合法性审查单位撤并期间不计"
    assert finance.extensions[-1].decided_by is cast.clerk
    assert not sheet.lapses(finance)


def test_consent_as_one_of_the_consulted_is_no_review(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, finance, WEDNESDAY)
    closed(law)
    place, longer = taken(cast, sheet, cast.finance)
    assert (place, longer) == (finance, False)
    assert (finance.waiting, finance.answer, finance.delivered_at, finance.closes_at) == (
        True,
        None,
        None,
        None,
    )
    assert [answer.status for answer in finance.answers] == [AnswerStatus.REPLACED]
    signed(cast, sheet, finance, TAKEN)
    assert obstacles_to_closing(sheet) == []


def test_its_objection_stands_and_no_second_word_is_asked_for(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, finance, WEDNESDAY, "资金来源不明")
    closed(law)
    assert taken(cast, sheet, cast.finance) == (finance, False)
    assert not finance.waiting
    assert obstacles_to_closing(sheet) == ["财政局的不同意见尚未答复"]


def test_the_lead_unit_itself_is_asked_nothing(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, finance, WEDNESDAY)
    closed(law)
    assert taken(cast, sheet, cast.housing) == (None, False)
    assert sheet.reviewer is None
    assert obstacles_to_closing(sheet) == []


def test_before_it_goes_out_the_successor_stands_among_those_to_be_asked(cast: CountersignCast) -> None:
    sheet = Countersign(
        cast.housing, cast.liaison_of(cast.housing), CountersignKind.DRAFT, "城市更新办法", WEDNESDAY
    )
    sheet.id, sheet.nature, sheet.reviewer = 12, Nature.NORMATIVE, cast.law
    sheet.consult({unit: cast.head_of(unit) for unit in (cast.finance, cast.law)})
    cast.law.closed_at = CLOSED
    with pytest.raises(Refused, match="请待区政府办公室明确合法性审查单位后再送"):
        sheet.release(cast.head_of(cast.housing), cast.seat(cast.housing), TAKEN)
    assert taken(cast, sheet, cast.personnel) == (None, False)
    sheet.release(cast.head_of(cast.housing), cast.seat(cast.housing), TAKEN)
    assert [one.unit for one in sheet.waiting] == [cast.finance, cast.personnel]
    assert [sheet.lapses(one) for one in sheet.waiting] == [True, False]


def test_only_the_desk_says_who_reviews(cast: CountersignCast) -> None:
    sheet, _, law = sent(cast)
    closed(law)
    head = cast.head_of(cast.housing)
    with pytest.raises(Refused, match="由区政府办公室明确承接单位"):
        take_review(sheet, head, cast.finance, None, TAKEN, CALENDAR, HOURS)


def test_of_a_closed_unit_nothing_can_be_recorded(cast: CountersignCast) -> None:
    sheet, finance, law = sent(cast)
    signed(cast, sheet, law, WEDNESDAY)
    finance.enter(Answer(Opinion.DEEMED, TAKEN, AnswerStatus.IN_FORCE, source=Source.SILENCE))
    assert recordable(sheet) == [finance]
    cast.finance.closed_at = TAKEN
    with pytest.raises(
        Refused, match="财政局已撤并，没有可代录的；职能由其他单位承接的，请主办单位另行征求其意见。"
    ):
        recordable(sheet)
